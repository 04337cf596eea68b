"""The people of every branch: invented names, sensible days, a few on probation or exempt."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from branches.models import Kind, Organisation
from members.models import Education, Member, Membership, Sex, State, StateSpell, Theory
from members.services.roll import settle_rolls
from portal.accounts.models import Account
from portal.seeding.demo import BRANCH
from portal.seeding.names import invent_name
from portal.seeding.scales import Scale

EVERY_EXEMPT, EVERY_PROBATIONARY = 25, 30  # one in so many
ETHNICITIES = ["Kinh"] * 14 + ["Tày", "Nùng", "Thái", "Mường"]
JOBS = ["nông dân", "giáo viên", "cán bộ xã", "hưu trí", "công nhân", "y sĩ", "buôn bán", "bộ đội xuất ngũ"]
LINKED = {"bithu": 0, "dangvien": 1}  # demo accounts, and which member of the demo's branch each is


def seed_members(scale: Scale, random: Random, today: date) -> str:
    if Member.everything.exists():
        return "đã có đảng viên"
    branches = list(Organisation.objects.everywhere(reason="seeding").filter(kind=Kind.BRANCH).order_by("pk"))
    made = list(_people(scale, branches, random, today))
    members = [member for member, _, _ in made]
    Member.everything.bulk_create(members, batch_size=2_000)
    Membership.everything.bulk_create((membership for _, membership, _ in made), batch_size=2_000)
    StateSpell.everything.bulk_create((spell for _, _, spells in made for spell in spells), batch_size=2_000)
    _link_the_demo(branches)
    settle_rolls()
    return f"{len(members)} đảng viên"


def _people(
    scale: Scale, branches: list[Organisation], random: Random, today: date
) -> Iterator[tuple[Member, Membership, list[StateSpell]]]:
    for number in range(scale.members):
        branch = branches[number % len(branches)]
        member = _person(number, random, today)
        probationary = number % EVERY_PROBATIONARY == 17
        if probationary:
            member.admitted_on, member.decided_on, member.official_on = (
                today - timedelta(days=200),
                today - timedelta(days=220),
                None,
            )
        since = min(member.official_on or today - timedelta(days=200), today - timedelta(days=30))
        yield member, Membership(member=member, organisation=branch, since=since), _spells(number, member, since, today)


def _person(number: int, random: Random, today: date) -> Member:
    sex = random.choice(["nam", "nữ"])
    born = date(random.randint(today.year - 80, today.year - 22), random.randint(1, 12), random.randint(1, 28))
    admitted = date(born.year + random.randint(19, 21), random.randint(1, 12), random.randint(1, 28))
    return Member(
        card_number=f"{number + 1:08}", full_name=invent_name(random, sex=sex, born=born.year), born_on=born,
        sex=Sex.MALE if sex == "nam" else Sex.FEMALE, ethnicity=random.choice(ETHNICITIES), job=random.choice(JOBS),
        education=random.choice([Education.LOWER, Education.UPPER, Education.UPPER, Education.COLLEGE, Education.UNIVERSITY]),
        theory=random.choice([Theory.NONE, Theory.NONE, Theory.BASIC, Theory.BASIC, Theory.INTERMEDIATE]),
        phone=f"09{random.randint(0, 99_999_999):08}", admitted_on=admitted, decided_on=admitted - timedelta(days=12),
        official_on=date(admitted.year + 1, admitted.month, admitted.day),
    )  # fmt: skip


def _spells(number: int, member: Member, since: date, today: date) -> list[StateSpell]:
    if member.official_on is None:
        return [StateSpell(member=member, state=State.PROBATIONARY, since=member.admitted_on)]
    spells = [StateSpell(member=member, state=State.FULL, since=member.official_on)]
    if number % EVERY_EXEMPT == 11:
        spells.append(
            StateSpell(member=member, state=State.EXEMPT, since=today - timedelta(days=300), ground="tuổi cao")
        )
    return spells


def _link_the_demo(branches: list[Organisation]) -> None:
    """The demo's secretary and member are on the roll of their branch, under their own names."""
    home = next((branch for branch in branches if branch.code == BRANCH), None)
    roll = list(Member.everything.filter(memberships__organisation=home).order_by("pk")[: len(LINKED)])
    for username, place in LINKED.items():
        account = Account.objects.filter(username=username).first()
        if account and place < len(roll):
            roll[place].account, roll[place].full_name = account, account.full_name
            roll[place].sex = Sex.MALE
            roll[place].save()
