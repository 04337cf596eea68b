"""Every branch gets its members, written in bulk: who they are, where they belong, in which state, with which badges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from branches.models import BranchType, Grant, Kind, Organisation
from branches.rules.definitions import badges
from branches.rules.reading import Rulebook, RulesNotLoaded
from branches.rules.shapes.days import YearDay
from members.models import (
    BadgeAward,
    Member,
    Membership,
    MembershipKind,
    ResidenceLink,
    State,
    StateSpell,
)
from members.party_age import reached_on, round_from
from members.services.roll import settle_rolls
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.seeding.persons import Place, invent_member
from portal.seeding.scales import Scale

AT_ONCE = 4_000
DAY = timedelta(days=1)
LIVED_IN = (BranchType.VILLAGE, BranchType.NEIGHBOURHOOD)
OLD = 68
MOVED, GONE, EXEMPT_OF_THE_OLD, DEFERRED, AWAY = 0.02, 0.02, 0.45, 0.008, 0.006  # shares of all


@dataclass
class Load:
    """Rows that are written together. They name their member by object; numbers come when they are written."""

    members: list[Member] = field(default_factory=list)
    rest: list[Membership | StateSpell | ResidenceLink | BadgeAward] = field(default_factory=list)

    def save(self) -> int:
        Member.everything.bulk_create(self.members, batch_size=1_000)
        for model in (Membership, StateSpell, ResidenceLink, BadgeAward):
            rows = [row for row in self.rest if type(row) is model]
            for row in rows:
                row.member_id = row.member.pk
            model.everything.bulk_create(rows, batch_size=2_000)  # type: ignore[arg-type]
        return len(self.members)


def seed_members(scale: Scale, random: Random, today: date) -> str:
    if Member.objects.everywhere(reason="seeding").exists():
        return "đã có đảng viên"
    filler = Filler(random, today, *_badge_rules(today))
    accounts = _accounts()
    for branch, siblings, size in _branches(scale, random):
        known = accounts.get(branch.pk, [])[:size]
        for account in [*known, *[None] * (size - len(known))]:
            filler.add(branch, siblings, account)
        filler.write_when_full()
    filler.write()
    settle_rolls(today=today)
    return f"{filler.count} đảng viên"


def _branches(scale: Scale, random: Random) -> Iterator[tuple[Organisation, list[Organisation], int]]:
    """Each branch with the others of its commune and its number of members; together as many as the scale says."""
    rows = Organisation.objects.everywhere(reason="seeding").filter(kind=Kind.BRANCH).select_related("parent")
    branches = list(rows.order_by("pk"))
    weights = [random.randint(12, 36) for _ in branches]
    siblings: dict[int | None, list[Organisation]] = {}
    for branch in branches:
        siblings.setdefault(branch.parent_id, []).append(branch)
    given, so_far, total = 0, 0, sum(weights)
    for branch, weight in zip(branches, weights, strict=True):
        so_far += weight
        until_here = scale.members * so_far // total
        yield branch, siblings[branch.parent_id], until_here - given
        given = until_here


def _accounts() -> dict[int, list[Account]]:
    """The secretary of each branch is on its roll; in the branch that everybody knows, the clerk and a member too."""
    found: dict[int, list[Account]] = {}
    rows = Grant.objects.everywhere(reason="seeding").filter(role__in=[Role.SECRETARY, Role.CLERK, Role.MEMBER])
    for grant in rows.select_related("account").order_by("pk"):
        found.setdefault(grant.organisation_id, []).append(grant.account)
    return found


def _badge_rules(today: date) -> tuple[tuple[int, ...], tuple[YearDay, ...]]:
    """Without the rules in the database nobody knows which badges there are."""
    book = Rulebook()
    try:
        return tuple(book.source_of(badges.YEARS, None, on=today).value), tuple(
            book.source_of(badges.AWARD_DAYS, None, on=today).value
        )
    except RulesNotLoaded:
        return (), ()


@dataclass
class Filler:
    random: Random
    today: date
    badge_years: tuple[int, ...]
    award_days: tuple[YearDay, ...]
    count: int = 0
    load: Load = field(default_factory=Load)

    def write_when_full(self) -> None:
        if len(self.load.members) >= AT_ONCE:
            self.write()

    def write(self) -> None:
        self.count += self.load.save()
        self.load = Load()

    def add(self, branch: Organisation, siblings: list[Organisation], account: Account | None) -> None:
        number, name = self.count + len(self.load.members) + 1, account.full_name if account else ""
        member = invent_member(self.random, self.today, _place(branch), number=number, full_name=name)
        member.account, member.branch = account, branch
        left_on = None if account else self._left_on(member)
        others = [one for one in siblings if one.pk != branch.pk]
        self.load.members.append(member)
        self.load.rest += self._memberships(member, branch, others, left_on)
        self.load.rest += self._spells(member, left_on)
        self.load.rest += self._badges(member)
        if left_on is None:
            self.load.rest += self._residence(member, branch, others)

    def _left_on(self, member: Member) -> date | None:
        if self.random.random() >= GONE or member.official_on is None:
            return None
        return max(self._days_ago(20, 500), member.official_on + timedelta(days=40))

    def _memberships(
        self, member: Member, branch: Organisation, others: list[Organisation], left_on: date | None
    ) -> Iterator[Membership]:
        began = member.admitted_on or self._days_ago(3_000, 4_000)
        until = left_on - DAY if left_on else None
        moved_on = self._days_ago(30, 900)
        if others and self.random.random() < MOVED and not left_on and moved_on > began:
            before = self.random.choice(others)
            yield Membership(member=member, organisation=before, since=began, until=moved_on - DAY)
            began = moved_on
        yield Membership(member=member, organisation=branch, since=began, until=until)
        if others and self.random.random() < AWAY and not left_on:
            yield Membership(
                member=member, organisation=self.random.choice(others), kind=MembershipKind.TEMPORARY,
                since=max(began, self._days_ago(10, 80)), until=self.today + timedelta(days=200), ground="Đi công tác",
            )  # fmt: skip

    def _spells(self, member: Member, left_on: date | None) -> Iterator[StateSpell]:
        official = member.official_on
        until = official - DAY if official else None
        yield StateSpell(member=member, state=State.PROBATIONARY, since=member.admitted_on, until=until)
        member.state = State.FULL if official else State.PROBATIONARY
        if official:
            until = left_on - DAY if left_on else None
            yield StateSpell(member=member, state=State.FULL, since=official, until=until)
        if left_on:
            member.state = State.DIED if (member.age_on(left_on) or 0) > OLD else State.MOVED_AWAY
            yield StateSpell(member=member, state=member.state, since=left_on)
        elif official:
            yield from self._reliefs(member)

    def _reliefs(self, member: Member) -> Iterator[StateSpell]:
        fate, since = self.random.random(), self._days_ago(30, 700)
        if member.account_id:
            return  # who keeps the books of the demo comes to its meetings
        if (member.age_on(self.today) or 0) > OLD and fate < EXEMPT_OF_THE_OLD:
            member.relief = State.EXEMPT
            yield StateSpell(member=member, state=State.EXEMPT, since=since, ground="Tuổi cao, sức khỏe yếu")
        elif fate < DEFERRED:
            member.relief = State.DEFERRED
            until = self.today + timedelta(days=self.random.randint(60, 400))
            ground = "Đi lao động ở nước ngoài"
            yield StateSpell(member=member, state=State.DEFERRED, since=since, until=until, ground=ground)

    def _badges(self, member: Member) -> Iterator[BadgeAward]:
        """Those of past rounds."""
        if member.decided_on is None or member.official_on is None:
            return
        for years in self.badge_years:
            reached = reached_on(years, decided_on=member.decided_on, not_counted=member.months_not_counted)
            if reached > self.today:
                return
            if (given_on := round_from(reached, self.award_days)) < self.today:
                yield BadgeAward(member=member, years=years, on=given_on)

    def _residence(self, member: Member, branch: Organisation, others: list[Organisation]) -> Iterator[ResidenceLink]:
        """Quy định 213: who works in an office, a school, a company lives in a village."""
        homes = [one for one in others if one.branch_type in LIVED_IN]
        if branch.branch_type not in LIVED_IN and homes:
            since = max(member.admitted_on or self.today, date(self.today.year - 4, 1, 1))
            yield ResidenceLink(member=member, branch=self.random.choice(homes), since=since)

    def _days_ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.random.randint(least, most))


def _place(branch: Organisation) -> Place:
    commune = branch.parent.name.removeprefix("Đảng ủy ") if branch.parent else ""
    own = branch.name.removeprefix("Chi bộ ")
    lives = f"{own}, {commune}" if branch.branch_type in LIVED_IN else commune
    return Place(branch.branch_type, lives, commune)
