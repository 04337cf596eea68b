"""The fixed tree and the people every test knows.

    Tỉnh ủy Thanh Bình            Kiên (province office), Khôi (administrator)
    ├── Đảng ủy xã Phú Lương      Mai (commune office), Sơn (inspector), Vinh (standing)
    │   ├── Chi bộ thôn Đông      Thịnh (secretary), Thơm (clerk), Hậu (member)
    │   └── Chi bộ thôn Đoài      Hoà (secretary)
    └── Đảng ủy xã Tân Hòa        Quyết (commune office)
        └── Chi bộ thôn Thượng    Yến (secretary)
Xưa was secretary of thôn Đông until yesterday; Mới will be from tomorrow.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from branches.models import Grant, Kind, Organisation, Rank
from portal.access.actor import Actor
from portal.access.roles import Role
from portal.accounts.models import Account


@dataclass
class Cast:
    province: Organisation
    phu_luong: Organisation
    dong: Organisation
    doai: Organisation
    tan_hoa: Organisation
    thuong: Organisation
    people: dict[str, Account] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Account:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        return Actor.today(self.people[name])


FULL_NAMES = {
    "kien": "Hồ Trung Kiên", "khoi": "Trịnh Minh Khôi", "mai": "Đinh Thị Mai", "son": "Trần Đình Sơn",
    "vinh": "Vũ Quang Vinh", "thinh": "Lò Văn Thịnh", "thom": "Đặng Thị Thơm", "hau": "Phạm Đức Hậu",
    "hoa": "Nguyễn Thị Hoà", "quyet": "Lê Văn Quyết", "yen": "Ma Thị Yến", "xua": "Đỗ Văn Xưa", "moi": "Hà Thị Mới",
}  # fmt: skip


def assemble(today: date | None = None) -> Cast:
    """Written straight into the tables, in three statements: what services do with them is what the tests ask."""
    today = today or timezone.localdate()
    province = planned(9000001, "TB", "Tỉnh ủy Thanh Bình", Kind.PROVINCE, None)
    phu_luong = planned(9000002, "PL", "Đảng ủy xã Phú Lương", Kind.COMMUNE, province)
    dong = planned(9000003, "PL-1", "Chi bộ thôn Đông", Kind.BRANCH, phu_luong)
    doai = planned(9000004, "PL-2", "Chi bộ thôn Đoài", Kind.BRANCH, phu_luong)
    tan_hoa = planned(9000005, "TH", "Đảng ủy xã Tân Hòa", Kind.COMMUNE, province)
    thuong = planned(9000006, "TH-1", "Chi bộ thôn Thượng", Kind.BRANCH, tan_hoa)
    cast = Cast(province, phu_luong, dong, doai, tan_hoa, thuong)
    Organisation.everything.bulk_create([province, phu_luong, dong, doai, tan_hoa, thuong])
    cast.people = {account.username: account for account in Account.objects.bulk_create(map(unsaved, FULL_NAMES))}
    long_ago, day = today - timedelta(days=400), timedelta(days=1)
    grants = [
        ("kien", Role.PROVINCE_OFFICE, province, long_ago, None),
        ("khoi", Role.ADMINISTRATOR, province, long_ago, None),
        ("mai", Role.COMMUNE_OFFICE, phu_luong, long_ago, None),
        ("son", Role.INSPECTOR, phu_luong, long_ago, None),
        ("vinh", Role.COMMUNE_LEADER, phu_luong, long_ago, None),
        ("thinh", Role.SECRETARY, dong, long_ago, None),
        ("thom", Role.CLERK, dong, long_ago, None),
        ("hau", Role.MEMBER, dong, long_ago, None),
        ("hoa", Role.SECRETARY, doai, long_ago, None),
        ("quyet", Role.COMMUNE_OFFICE, tan_hoa, long_ago, None),
        ("yen", Role.SECRETARY, thuong, long_ago, None),
        ("xua", Role.SECRETARY, dong, long_ago, today - day),
        ("moi", Role.SECRETARY, dong, today + day, None),
    ]
    Grant.everything.bulk_create(
        Grant(account=cast[name], organisation=where, role=role, since=since, until=until)
        for name, role, where, since, until in grants
    )
    return cast


def unsaved(name: str) -> Account:
    account = Account(username=name, full_name=FULL_NAMES[name])
    account.set_unusable_password()
    return account


def place(number: int, code: str, name: str, kind: Kind, parent: Organisation | None) -> Organisation:
    made = planned(number, code, name, kind, parent)
    made.save(force_insert=True)
    return made


def planned(number: int, code: str, name: str, kind: Kind, parent: Organisation | None) -> Organisation:
    """Not yet written. Numbers far above those that services draw."""
    path = f"{parent.path if parent else '/'}{number}/"
    return Organisation(
        pk=number, code=code, name=name, kind=kind, parent=parent, path=path,
        rank=Rank.BASE if kind == Kind.BRANCH else Rank.NONE,
    )  # fmt: skip
