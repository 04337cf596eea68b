"""How far a document has been studied: counted from who was there, never kept as a number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from branches.models import Kind, Organisation
from directives.models import Document, Studied, Study, StudySession
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission


@dataclass
class Covered:
    """An organisation: of whom are expected, how many have studied it."""

    organisation: Organisation
    expected: int = 0
    reached: int = 0
    branches: int = 0
    branches_done: int = 0  # that have held it at all
    last_on: date | None = None

    @property
    def is_branch(self) -> bool:
        return self.organisation.kind == Kind.BRANCH

    @property
    def is_done(self) -> bool:
        return self.branches > 0 and self.branches == self.branches_done

    def add(self, expected: int, reached: int, held_on: date | None) -> None:
        self.expected, self.reached = self.expected + expected, self.reached + reached
        self.branches, self.branches_done = self.branches + 1, self.branches_done + bool(held_on)
        if held_on and (self.last_on is None or held_on > self.last_on):
            self.last_on = held_on


def studies_for(document: Document, actor: Actor) -> list[Study]:
    """Those asked for where one acts, or above it, or below."""
    if actor.capacity is None:
        return []
    rows = Study.objects.allowed(actor, Permission.READ_LIBRARY).of(document).select_related("organisation")
    path = actor.capacity.path
    return [
        one
        for one in rows.order_by("due_on", "pk")
        if path.startswith(one.organisation.path) or one.organisation.path.startswith(path)
    ]


def coverage_of(study: Study, root: Organisation) -> tuple[Covered, list[Covered]]:
    """The whole below `root`, and each that hangs directly under it: four queries, however many branches."""
    whole = Covered(root)
    children = Organisation.objects.everywhere(reason="the root was asked for through the door").filter(parent=root)
    parts = {one.pk: Covered(one) for one in children.filter(dissolved_on=None).in_order()}
    below = Organisation.objects.everywhere(reason="figures of all branches below").at_or_below(root.path)
    counts, held = counts_by_branch(study, root), _held(study, root)
    level = len(root.path.strip("/").split("/"))  # where those directly under it stand in a path
    for pk, path in below.filter(kind=Kind.BRANCH, dissolved_on=None).values_list("pk", "path"):
        expected, reached = counts.get(pk, (0, 0))
        whole.add(expected, reached, held.get(pk))
        if part := parts.get(_step(path, level)):
            part.add(expected, reached, held.get(pk))
    return whole, [part for part in parts.values() if part.branches]


def counts_by_branch(study: Study, root: Organisation) -> dict[int, tuple[int, int]]:
    """By branch: who is in the Party there today and neither exempt nor deferred; and who of them has studied it."""
    members = Member.objects.everywhere(reason="counted, not named").at_or_below(root.path).present().filter(relief="")
    were_there = Studied.objects.everywhere(reason="counted, not named").filter(session__study=study).values("member")
    counted = {"expected": Count("pk"), "reached": Count("pk", filter=Q(pk__in=were_there))}
    rows = members.order_by().values_list("branch").annotate(**counted)
    return {branch: (expected, reached) for branch, expected, reached in rows}


def _held(study: Study, root: Organisation) -> dict[int, date]:
    sessions = StudySession.objects.everywhere(reason="figures of all branches below").filter(study=study)
    rows = sessions.filter(organisation__path__startswith=root.path).order_by().values_list("organisation")
    return dict(rows.annotate(last=Max("held_on")))


def _step(path: str, level: int) -> int | None:
    """The number that stands in a path at this place."""
    numbers = path.split("/", level + 2)  # “/1/20/300/”: it begins with nothing
    return int(numbers[level + 1]) if level + 2 < len(numbers) else None


def to_be_there(branch: Organisation, actor: Actor) -> list[Member]:
    rows = Member.objects.allowed(actor, Permission.READ_ROLL).filter(branch=branch, relief="").present()
    return list(rows.in_order())


def was_there(session: StudySession | None) -> set[int]:
    if session is None:
        return set()
    return set(
        Studied.objects.everywhere(reason="of a session reached before")
        .filter(session=session)
        .values_list("member", flat=True)
    )
