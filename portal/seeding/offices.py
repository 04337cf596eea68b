"""Who leads each branch and commune, heads of villages, and the tasks of this year. Here and there something is missing,
so that the lists of what is missing show something."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from random import Random

from branches.models import Grant, Kind, Organisation, Settlement
from branches.rules.definitions.assignments import template_of
from branches.rules.reading import Rulebook, RulesNotLoaded
from members.models import (
    Assignment,
    AssignmentMark,
    Charge,
    ConcurrentPost,
    How,
    Member,
    Office,
    Outcome,
    Post,
    State,
    StatePost,
)
from members.services.office_roles import settle_roles
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.seeding.scales import Scale

BIG = 9  # from so many members on a branch elects a deputy and a committee
NO_SECRETARY, NO_DEPUTY, NO_TASKS, NO_HEAD = 40, 12, 9, 6  # one branch or village in so many
OUTCOMES = [Outcome.EXCELLENT, Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.PARTLY]
EARLIER = ["Dự đủ các buổi sinh hoạt chi bộ", "Vận động gia đình chấp hành chủ trương, chính sách"]


def seed_offices(scale: Scale, random: Random, today: date) -> str:
    if Office.everything.exists():
        return "đã có chức vụ"
    elected_on = date(today.year - 1, 4, 15)
    leading = set(Grant.everything.filter(role=Role.SECRETARY).values_list("account_id", flat=True))
    branches = dict(_people_by_branch())
    offices = [
        office
        for number, (branch, people) in enumerate(branches.items(), start=1)
        for office in _of_branch(branch, people, number, elected_on, leading)
    ]
    committees = list(_committees(branches, random, elected_on))
    Office.everything.bulk_create([*offices, *(office for office, _ in committees)], batch_size=2_000)
    Charge.everything.bulk_create((charge for _, charges in committees for charge in charges), batch_size=2_000)
    ConcurrentPost.everything.bulk_create(_heads(branches, elected_on), batch_size=2_000)
    for account in Account.objects.filter(member__offices__isnull=False).distinct():
        settle_roles(account)
    return f"{len(offices) + len(committees)} chức vụ"


def seed_assignments(scale: Scale, random: Random, today: date) -> str:
    if Assignment.everything.exists():
        return "đã có nhiệm vụ"
    agreed_on = date(today.year, 1, 9)
    most = 1 if scale.in_bulk else 3
    made: list[Assignment] = []
    for number, (branch, people) in enumerate(_people_by_branch(), start=1):
        if number % NO_TASKS == 0 or agreed_on > today:
            continue
        lines = _template(branch, today)[:most]
        made += [
            Assignment(member=member, organisation=branch, year=today.year, words=words, agreed_on=agreed_on)
            for member in people
            if not member.relief
            for words in lines
        ]
    Assignment.everything.bulk_create(made, batch_size=5_000)
    if not scale.in_bulk:
        AssignmentMark.everything.bulk_create(_marks(made, random, today), batch_size=5_000)
    return f"{len(made)} nhiệm vụ"


def _people_by_branch() -> Iterator[tuple[Organisation, list[Member]]]:
    """Whoever has an account first: the secretary leads also in the demo."""
    rows = Member.objects.everywhere(reason="seeding").filter(state__in=State.present(), branch__kind=Kind.BRANCH)
    rows = rows.select_related("branch").order_by("branch__pk", "account__pk", "pk")
    for _, people in groupby(rows, key=lambda member: member.branch_id):
        members = list(people)
        branch = members[0].branch
        assert branch is not None, "only those of a branch are asked for"
        yield branch, members


def _of_branch(
    branch: Organisation, people: list[Member], number: int, since: date, leading: set[int]
) -> Iterator[Office]:
    full = [member for member in people if member.state == State.FULL and not member.relief]
    leads = [member for member in full if member.account_id in leading] or full
    secretary = leads[0] if leads else None
    if secretary is None or (number % NO_SECRETARY == 0 and not secretary.account_id):
        return
    yield _office(secretary, branch, Post.SECRETARY, since)
    others = [member for member in full if member is not secretary and not member.account_id]
    if len(full) >= BIG and len(others) > 1 and number % NO_DEPUTY:
        yield _office(others[0], branch, Post.DEPUTY, since)
        yield _office(others[1], branch, Post.COMMITTEE, since)


def _committees(
    branches: dict[Organisation, list[Member]], random: Random, since: date
) -> Iterator[tuple[Office, list[Charge]]]:
    """In each commune the members of its office's branch sit on the committee and look after the other branches."""
    by_commune: dict[int, list[Organisation]] = {}
    for branch in branches:
        by_commune.setdefault(branch.parent_id or 0, []).append(branch)
    communes = {one.pk: one for one in Organisation.objects.everywhere(reason="seeding").filter(kind=Kind.COMMUNE)}
    for pk, below in by_commune.items():
        commune = communes.get(pk)
        if commune is None:
            continue
        people = [m for branch in below for m in branches[branch] if m.state == State.FULL and not m.account_id][:60]
        chosen = random.sample(people, min(7, len(people)))
        posts = [Post.SECRETARY, Post.DEPUTY, Post.STANDING, *[Post.COMMITTEE] * 4]
        for place, (member, post) in enumerate(zip(chosen, posts, strict=False)):
            charges = [
                Charge(member=member, organisation=branch, since=since) for branch in below[place :: len(chosen)]
            ]
            yield _office(member, commune, post, since, How.APPOINTED), charges


def _heads(branches: dict[Organisation, list[Member]], since: date) -> Iterator[ConcurrentPost]:
    people = {branch.pk: members for branch, members in branches.items()}
    rows = Settlement.objects.everywhere(reason="seeding").filter(branch__isnull=False).order_by("pk")
    for number, village in enumerate(rows, start=1):
        members = [m for m in people.get(village.branch_id or 0, []) if m.state == State.FULL and not m.relief]
        if number % NO_HEAD and members:
            head = members[0] if number % 3 else members[-1]
            yield ConcurrentPost(member=head, post=StatePost.VILLAGE_HEAD, settlement=village, since=since)


def _marks(made: Iterable[Assignment], random: Random, today: date) -> Iterator[AssignmentMark]:
    for assignment in made:
        for month in range(1, today.month):
            if random.random() < 0.85:
                yield AssignmentMark(assignment=assignment, month=month, outcome=random.choice(OUTCOMES))


def _template(branch: Organisation, today: date) -> list[str]:
    try:
        return list(Rulebook().source_of(template_of(branch.branch_type), None, on=today).value)
    except RulesNotLoaded:
        return EARLIER


def _office(member: Member, where: Organisation, post: Post, since: date, how: How = How.ELECTED) -> Office:
    """From the day of the election, or since they are there."""
    began = max(since, (member.official_on or since) + timedelta(days=1))
    return Office(member=member, organisation=where, post=post, since=began, how=how)
