"""Who holds which office, and where the officers below are not complete."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from branches.models import Kind, Organisation, Settlement
from branches.rules.definitions.organisations import DEPUTY_FROM, SECRETARY_THEORY
from branches.rules.reading import Rulebook
from members.models import ConcurrentPost, Member, Office, Post, State, StatePost, Theory
from portal.access.actor import Actor
from portal.access.permissions import Permission

ORDER = {post.value: place for place, post in enumerate(Post)}
LEVELS = [Theory.NONE, Theory.BASIC, Theory.INTERMEDIATE, Theory.ADVANCED]


@dataclass(frozen=True)
class Held:
    now: list[Office]
    coming: list[Office]
    past: list[Office]


def office_holders(organisation: Organisation, actor: Actor, today: date) -> Held:
    """One query."""
    rows = Office.objects.allowed(actor, Permission.READ_ROLL).filter(organisation=organisation)
    found = list(rows.select_related("member", "organisation", "acting_for", "term").order_by("since", "pk"))
    now = [row for row in found if row.since <= today and (row.until is None or row.until >= today)]
    now.sort(key=lambda row: (ORDER[row.post], row.acting_for_id is not None))
    past = [row for row in reversed(found) if row.until and row.until < today]
    return Held(now, [row for row in found if row.since > today], past[:60])


@dataclass(frozen=True)
class Gaps:
    """What is missing below an organisation today. Each a list that leads to where it is put right."""

    no_secretary: list[Organisation]
    no_deputy: list[Organisation]
    untrained: list[Office]  # secretaries below the level that the rule wants
    ending: list[Office]  # whose time ends within three months
    heads_outside: list[Settlement]  # villages whose head is not known as a member
    heads_who_lead: int  # secretaries who are heads of their village as well

    @property
    def count(self) -> int:
        lists = (self.no_secretary, self.no_deputy, self.untrained, self.ending, self.heads_outside)
        return sum(map(len, lists))


ENDING_WITHIN = 90  # days ahead that the list looks


def gaps_below(root: Organisation, actor: Actor, today: date) -> Gaps:
    branches = list(vacancies(root, actor, today))
    book = Rulebook.of(actor)
    secretaries = list(_secretaries(root, actor, today))
    ending = (
        Office.objects.allowed(actor, Permission.READ_ROLL).on(today).filter(organisation__path__startswith=root.path)
    )
    ending = ending.filter(until__isnull=False, acting_for=None).select_related("member", "organisation", "acting_for")
    return Gaps(
        no_secretary=[branch for branch in branches if not branch.has_secretary],
        no_deputy=[
            branch
            for branch in branches
            if branch.has_secretary
            and not branch.has_deputy
            and branch.full >= book.value(DEPUTY_FROM, branch, on=today)
        ],
        untrained=[
            row
            for row in secretaries
            if _is_below(row.member.theory, book.value(SECRETARY_THEORY, row.organisation, on=today))
        ],
        ending=[row for row in ending.order_by("until") if (row.until - today).days <= ENDING_WITHIN],
        heads_outside=list(_heads_outside(root, actor, today)),
        heads_who_lead=sum(row.is_head for row in secretaries),
    )


def vacancies(root: Organisation, actor: Actor, today: date):
    """Branches of today with what they have: a secretary, a deputy (substitutes count), and how many full members."""
    offices = (
        Office.objects.everywhere(reason="a subquery of rows that stand behind the door")
        .on(today)
        .filter(organisation=OuterRef("pk"))
    )
    rows = Organisation.objects.allowed(actor, Permission.READ_ROLL).filter(
        kind=Kind.BRANCH, path__startswith=root.path
    )
    return (
        rows.living(today)
        .in_order()
        .annotate(
            has_secretary=Exists(offices.filter(post=Post.SECRETARY)),
            has_deputy=Exists(offices.filter(post=Post.DEPUTY)),
            full=Count("members", filter=Q(members__state=State.FULL)),
        )
    )


def _secretaries(root: Organisation, actor: Actor, today: date):
    heads = (
        ConcurrentPost.objects.everywhere(reason="a subquery of rows that stand behind the door")
        .on(today)
        .filter(member=OuterRef("member"), post=StatePost.VILLAGE_HEAD)
    )
    rows = Office.objects.allowed(actor, Permission.READ_ROLL).on(today)
    rows = rows.filter(post=Post.SECRETARY, acting_for=None, organisation__kind=Kind.BRANCH)
    rows = rows.filter(organisation__path__startswith=root.path).annotate(is_head=Exists(heads))
    return rows.select_related("member", "organisation", "acting_for").order_by("organisation__sort_key", "pk")


def _heads_outside(root: Organisation, actor: Actor, today: date):
    heads = (
        ConcurrentPost.objects.everywhere(reason="a subquery of rows that stand behind the door")
        .on(today)
        .filter(settlement=OuterRef("pk"), post=StatePost.VILLAGE_HEAD)
    )
    rows = Settlement.objects.allowed(actor, Permission.READ_ROLL).living()
    rows = rows.filter(commune__path__startswith=root.path)
    return rows.filter(~Exists(heads)).select_related("branch").in_order()


def _is_below(theory: str, wanted: str) -> bool:
    return not theory or LEVELS.index(Theory(theory)) < LEVELS.index(Theory(wanted))


@dataclass(frozen=True)
class SidePosts:
    """What stands beside somebody's offices today, and the classes attended."""

    offices: list[Office]
    rows: list[tuple[str, object]]  # what it is in an address, and the row
    trainings: list


def side_posts_of(member: Member) -> SidePosts:
    """Five queries."""
    today = timezone.localdate()
    offices = list(member.offices.from_day(today).select_related("organisation", "acting_for", "acting_for"))
    rows: list[tuple[str, object]] = [
        *(("ngoai-dang", row) for row in member.state_posts.from_day(today).select_related("settlement")),
        *(("chi-bo", row) for row in member.charges.from_day(today).select_related("organisation")),
        *(("ho", row) for row in member.household_charges.from_day(today)),
    ]
    return SidePosts(offices, rows, list(member.trainings.order_by("-ended_on")))
