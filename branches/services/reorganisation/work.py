"""A reorganisation while it is being done: the small steps that all of them are made of."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from branches.models import Grant, Kind, Organisation, Placement, Standing, Succession
from branches.models.reorganisation import Deed, Reorganisation, Touch
from branches.services.grants import HELD_IN
from branches.services.organisations import NewOrganisation, found
from branches.services.reorganisation.remains import rows_standing_on
from branches.services.tree import settle_tree
from branches.signals import reorganised
from branches.summary.recount import recount_since
from portal.access.actor import Actor
from portal.access.roles import Role
from portal.history.journal import Journal
from portal.words.errors import DomainError
from portal.words.quantities import day

REFUSALS = {
    "placement_below_a_higher_kind": "Một tổ chức sẽ đứng dưới tổ chức cùng cấp hoặc thấp hơn nó.",
    "placement_within_life": "Một tổ chức sẽ trực thuộc nơi chưa lập hoặc đã kết thúc.",
    "placement_one_at_a_time": "Một tổ chức sẽ trực thuộc hai nơi cùng lúc.",
    "organisation_ends_after_it_begins": "Một tổ chức sẽ kết thúc trước khi được lập.",
    "branches_organisation_code_key": "Mã này đã dùng cho tổ chức khác.",
}


@dataclass
class Work:
    deed: Deed
    on: date
    decision: str
    by: Actor
    journal: Journal = field(default_factory=Journal)
    heirs: dict[Organisation, Organisation | None] = field(default_factory=dict)
    receiving: list[Organisation] = field(default_factory=list)
    touched: dict[int, bool] = field(default_factory=dict)
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    title: str = ""
    record: Reorganisation = field(default_factory=Reorganisation)

    @property
    def day_before(self) -> date:
        return self.on - timedelta(days=1)

    def when_settled(self, do: Callable[[], object]) -> None:
        """For receivers: once the tree of today stands, in the same transaction."""
        self.afterwards.append(do)

    def touch(self, *organisations: Organisation, changed: bool = True) -> None:
        """It stands in their history; those that were not changed themselves only gave or received."""
        for organisation in organisations:
            self.touched[organisation.pk] = self.touched.get(organisation.pk, False) or changed

    def found(self, new: NewOrganisation, parent: Organisation) -> Organisation:
        made = found(new, parent, founded_on=self.on, decision=self.decision)
        self.journal.note_new(made)
        self.receiving.append(made)
        self.touch(made)
        self.journal.tell(f"Lập {made.name} (mã {made.code}), trực thuộc {parent.name}.")
        return made

    def rename(self, organisation: Organisation, **values: Any) -> None:
        self._from_day_on(self._covering(Standing, organisation), **values)
        self.touch(organisation)

    def hang(self, organisation: Organisation, parent: Organisation) -> None:
        self._from_day_on(self._covering(Placement, organisation), parent=parent)
        self.touch(organisation)

    def hand_down(self, old: Organisation, to: Organisation) -> int:
        """Everybody who hangs under the old one, on the day or later, hangs under the other from then on."""
        below = Placement.everything.from_day(self.on).filter(parent=old).select_related("organisation")
        rows = list(below.order_by("pk"))
        for row in rows:
            if row.organisation_id == to.pk:
                raise DomainError(f"{to.name} đang trực thuộc {old.name}: chuyển {to.name} đi nơi khác trước.")
            self._from_day_on(row, parent=to)
            self.touch(row.organisation)
        return len({row.organisation_id for row in rows})

    def end(self, old: Organisation, *, keeper: Organisation, heirs: Iterable[Organisation] = ()) -> None:
        for model in (Placement, Standing):
            for row in model.everything.filter(organisation=old).order_by("pk"):
                self._cut(row)
        self.journal.change(old, dissolved_on=self.on, keeper=keeper)
        for heir in heirs:
            self.journal.add(Succession(old=old, new=heir, on=self.on))
        self.touch(old)

    def hand_over_roles(self, old: Organisation, heir: Organisation | None) -> None:
        """Roles in what ends are over the day before; with an heir, the same people hold them there from the day on."""
        given = taken = 0
        for grant in (
            Grant.everything.from_day(self.on).filter(organisation=old).select_related("account").order_by("pk")
        ):
            if heir and self._can_go_on(grant, heir):
                self.journal.add(self._same_role(grant, old, heir))
                given += 1
            taken += 1
            self._cut(grant)
        if taken:
            carried = f"; {given} vai trò được giao tiếp ở {heir.name}" if heir else ""
            self.journal.tell(f"Thu hồi {taken} vai trò ở {old.name} từ {day(self.on)}{carried}.")

    def _can_go_on(self, grant: Grant, heir: Organisation) -> bool:
        held = Grant.everything.from_day(self.on).filter(account=grant.account_id, organisation=heir, role=grant.role)
        return heir.kind in HELD_IN[Role(grant.role)] and not held.exists()

    def _same_role(self, grant: Grant, old: Organisation, heir: Organisation) -> Grant:
        return Grant(
            account=grant.account, organisation=heir, role=grant.role, since=max(self.on, grant.since), until=grant.until,
            acting_for_id=grant.acting_for_id, ground=f"kế tục từ {old.name}"[:200], given_by=self.by.account,
        )  # fmt: skip

    def _covering(self, model: type[Placement] | type[Standing], organisation: Organisation) -> Any:
        row = model.everything.on(self.on).filter(organisation=organisation).first()
        if row is None:
            raise DomainError(f"{organisation.name} không có trong cây tổ chức ngày {day(self.on)}.")
        return row

    def _from_day_on(self, row: Any, **values: Any) -> None:
        """From the day on the row says something else; what it said before stays."""
        if row.since is not None and row.since >= self.on:
            self.journal.change(row, **values)
            return
        after = type(row)(
            **{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
        )
        after.since = self.on
        for name, value in values.items():
            setattr(after, name, value)
        self._cut(row)
        self.journal.add(after)

    def _cut(self, row: Any) -> None:
        """The day before is its last; what had not begun by then is gone."""
        if row.since is not None and row.since >= self.on:
            self.journal.remove(row)
        elif row.until is None or row.until >= self.on:
            self.journal.change(row, until=self.day_before)


@contextmanager
def reorganising(deed: Deed, *, on: date, decision: str, by: Actor) -> Iterator[Work]:
    """All or nothing; upper apps move their own, the database judges the result, the record says what was done."""
    work = Work(deed, on, decision, by)
    try:
        with transaction.atomic():
            yield work
            reorganised.send(sender=Work, work=work)
            settle_tree()
            for do in work.afterwards:
                do()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            _write_down(work)
            recount_since(Organisation.everything.filter(pk__in=work.touched), min(on, timezone.localdate()))
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if broken not in REFUSALS:
            raise
        raise DomainError(REFUSALS[broken]) from error


def _write_down(work: Work) -> None:
    work.record = Reorganisation(
        deed=work.deed, on=work.on, decision=work.decision, title=work.title[:300], told=work.journal.told,
        by=work.by.account, journal=work.journal.entries,
        counts={organisation.pk: rows_standing_on(organisation) for organisation in work.receiving},
    )  # fmt: skip
    work.record.save()
    Touch.everything.bulk_create(
        [
            Touch(reorganisation=work.record, organisation_id=pk, changed=changed)
            for pk, changed in sorted(work.touched.items())
        ]
    )


def above(organisation: Organisation, on: date) -> Organisation:
    """Whom it hangs under on that day."""
    placement = organisation.placements.on(on).select_related("parent").first()
    if placement is None:
        raise DomainError(f"{organisation.name} không trực thuộc tổ chức nào vào ngày {day(on)}.")
    return placement.parent


def refuse_if_not_there(organisation: Organisation, on: date, *, field: str = "") -> None:
    if not organisation.lives_on(on):
        raise DomainError(f"{organisation.name} không hoạt động vào ngày {day(on)}.", field=field)
    if organisation.dissolved_on:
        sentence = f"{organisation.name} kết thúc từ ngày {day(organisation.dissolved_on)}: không sắp xếp tiếp được."
        raise DomainError(sentence, field=field)


def refuse_if_too_high(kind: Kind, parent: Organisation, *, field: str = "") -> None:
    if Kind(kind).height <= Kind(parent.kind).height:
        raise DomainError(f"{Kind(kind).label} không thể trực thuộc {parent.name}.", field=field)
