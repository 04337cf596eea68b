"""A sheet of members, from the file to committed rows, the dry run with its preview included."""

import atexit
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import tablib
from django.core.files.base import File
from django.db import connection, transaction
from import_export import fields, resources, widgets

from bench.frame import Contest, entry
from branches.models import Organisation
from members.imports.applying import apply_import
from members.imports.checking import check_import
from members.imports.columns import FORM
from members.imports.receiving import receive_sheet
from members.imports.values import read_day, written_day
from members.models import Import, Member, Membership, StateSpell
from members.services.roll import settle_rolls
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.models import Account
from portal.files.sheets.blank import write_sheet
from portal.seeding.names import invent_name

TABLES = ("members_member", "members_membership", "members_statespell", "members_closedrecord")
MANY, FEW = 100_000, 10_000
OURS = "BENCH "  # so begin the cards of those who are brought here


@entry("import.members")
def import_members() -> Contest:
    path = a_sheet(MANY)
    peak = float(
        subprocess.run(
            [sys.executable, "-m", "bench.import_alone", connection.settings_dict["NAME"], path], check=True,
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parent.parent.parent, env=os.environ,
        ).stdout.split()[-1]
    )  # fmt: skip
    copied = {table: _copied_out(table) for table in TABLES}
    _as_before()

    def copied_in() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as we do: without it the floor is slower
            for table, (columns, content) in copied.items():
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    copy.write(content)

    return Contest(
        ours=lambda: brought_and_written(path), floor=copied_in, after=_as_before, peak_mb=round(peak, 1),
        floor_is="COPY of the same 100,000 people into the same tables, indexes and triggers on; memory: one process alone",
        goal=8.0,
    )  # fmt: skip


@entry("import.stock")
def import_stock() -> Contest:
    path = a_sheet(FEW)
    data = a_dataset(FEW)

    def by_stock() -> None:
        """Dry run and run, as django-import-export does it; then what its bulk mode has no hook for."""
        for dry_run in (True, False):
            result = StockResource().import_data(data, dry_run=dry_run, raise_errors=True, use_transactions=True)
            assert result.totals["new"] == FEW
        ours = Member.everything.filter(card_number__startswith=OURS)
        members = dict(ours.values_list("card_number", "pk"))
        rows = [(members[row["card"]], row["branch"], read_day(row["official"])) for row in data.dict]
        by_code = dict(Organisation.everything.values_list("code", "pk"))
        Membership.everything.bulk_create(
            [Membership(member_id=pk, organisation_id=by_code[code]) for pk, code, _ in rows]
        )
        StateSpell.everything.bulk_create([StateSpell(member_id=pk, state="full", since=day) for pk, _, day in rows])
        settle_rolls(members.values())

    return Contest(
        ours=lambda: brought_and_written(path), floor=by_stock, after=_as_before,
        floor_is="stock django-import-export, use_bulk, 10,000 rows in both: a tenth",
        goal=0.1,
    )  # fmt: skip


STOCK = {
    "name": "full_name", "card": "card_number", "born": "born_on", "official": "official_on", "sex": "sex",
    "ethnicity": "ethnicity", "home": "home", "residence": "residence", "phone": "phone", "job": "job",
    "admitted": "admitted_on", "decided": "decided_on", "branch": "branch_code",
}  # fmt: skip


class StockResource(resources.ModelResource):
    """As its documentation shows it."""

    name = fields.Field("full_name", "name")
    card = fields.Field("card_number", "card")
    born = fields.Field("born_on", "born", widget=widgets.DateWidget(format="%d/%m/%Y"))
    official = fields.Field("official_on", "official", widget=widgets.DateWidget(format="%d/%m/%Y"))
    sex = fields.Field("sex", "sex")
    ethnicity = fields.Field("ethnicity", "ethnicity")
    home = fields.Field("home", "home")
    residence = fields.Field("residence", "residence")
    phone = fields.Field("phone", "phone")
    job = fields.Field("job", "job")
    admitted = fields.Field("admitted_on", "admitted", widget=widgets.DateWidget(format="%d/%m/%Y"))
    decided = fields.Field("decided_on", "decided", widget=widgets.DateWidget(format="%d/%m/%Y"))
    branch = fields.Field("branch", "branch", widget=widgets.ForeignKeyWidget(Organisation, "code"))

    class Meta:
        model = Member
        fields = tuple(STOCK)
        import_id_fields = ("card",)
        use_bulk = True
        skip_unchanged = True

    def get_queryset(self) -> object:
        return Member.everything.all()


StockResource.fields["branch"].widget.get_queryset = lambda *_, **__: Organisation.everything.all()


def brought_and_written(path: str) -> Import:
    by = Actor.today(Account.objects.get(username="vanphong"))
    with open(path, "rb") as file:
        brought = receive_sheet(File(file, name="danh-sach.xlsx"), organisation=the_office(by), by=by)
    written = apply_import(check_import(brought, by=by), by=by)
    assert written.new > written.rows * 0.99  # a few are namesakes of the seeded ones, born the same day
    return written


def the_office(by: Actor) -> Organisation:
    return Organisation.objects.allowed(by, Permission.IMPORT_MEMBERS).get(path=by.capacity.path)


def a_sheet(count: int) -> str:
    by = Actor.today(Account.objects.get(username="vanphong"))
    rows = Organisation.objects.allowed(by, Permission.IMPORT_MEMBERS).filter(kind="branch", dissolved_on=None)
    codes = list(rows.order_by("pk").values_list("code", flat=True))
    out = tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False)  # noqa: SIM115  goes when the process does
    atexit.register(os.unlink, out.name)
    with out:
        titles, widths = [c.title for c in FORM.values()], [c.width for c in FORM.values()]
        write_sheet(out, "Danh sách", titles, widths, people(count, codes))
    return out.name


def people(count: int, codes: list[str]) -> Iterator[list[str]]:
    random, begin = Random(1), date(1945, 1, 1)
    for number in range(count):
        born = begin + timedelta(days=random.randrange(16_000))
        admitted = born + timedelta(days=8_000 + random.randrange(3_000))
        female = random.random() < 0.4
        said = {
            "full_name": invent_name(random, sex="nữ" if female else "nam", born=born.year), "born_on": written_day(born), "sex": "Nữ" if female else "Nam",
            "card_number": f"{OURS}{number:08}", "branch_code": codes[number % len(codes)], "state": "Chính thức",
            "admitted_on": written_day(admitted), "decided_on": written_day(admitted - timedelta(days=9)),
            "official_on": written_day(admitted + timedelta(days=365)), "ethnicity": random.choice(["Kinh", "Tày", "Nùng"]),
            "religion": random.choice(["", "", "Không", "Phật giáo"]), "home": f"xã Phú Lương {number % 300}, tỉnh Thanh Bình",
            "residence": f"thôn {number % 90}, xã Phú Lương", "phone": f"09{number:08}", "job": random.choice(["Làm ruộng", "Giáo viên"]),
            "education": random.choice(["12/12", "Đại học", "7/10"]), "theory": random.choice(["Sơ cấp", "Trung cấp", ""]),
        }  # fmt: skip
        yield [said.get(name, "") for name in FORM]


def a_dataset(count: int) -> tablib.Dataset:
    codes = list(Organisation.everything.filter(kind="branch").values_list("code", flat=True)[:30])
    names = list(FORM)
    rows = [dict(zip(names, row, strict=True)) for row in people(count, codes)]
    table = [["male" if name == "sex" else row[column] for name, column in STOCK.items()] for row in rows]
    return tablib.Dataset(*table, headers=list(STOCK))


def _copied_out(table: str) -> tuple[str, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table])  # fmt: skip
        columns, out = cursor.fetchone()[0], io.BytesIO()
        key = "id" if table == "members_member" else "member_id"
        with cursor.copy(f"COPY (SELECT {columns} FROM {table} WHERE {key} IN {_BROUGHT}) TO STDOUT") as copy:  # noqa: S608
            for portion in copy:
                out.write(portion)
    return columns, out.getvalue()


_BROUGHT = f"(SELECT id FROM members_member WHERE card_number LIKE '{OURS}%')"  # noqa: S608


def _as_before() -> None:
    """The seeded members stay, as they do in life; what was brought goes, and the room it took."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no history, no checks: this is not measured
        cursor.execute("SELECT id FROM members_member WHERE card_number LIKE %s", [f"{OURS}%"])
        brought = [pk for (pk,) in cursor.fetchall()]
        for table in reversed(TABLES):
            key = "id" if table == "members_member" else "member_id"
            cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [brought])  # noqa: S608
        cursor.execute("TRUNCATE members_import CASCADE")
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
