"""Who must have tasks, and the year of a branch on one screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.models.summary import Month
from members.models import Assignment, AssignmentMark, Member, Membership
from members.models.member import MemberQuerySet
from portal.access.actor import Actor
from portal.access.permissions import Permission


def must_have_tasks(branch: Organisation, on: date) -> MemberQuerySet:
    """“Đảng viên đang công tác” of the target: in the Party and of this branch on that day, neither exempt nor deferred;
    the retired are among them."""
    here = (
        Membership.objects.everywhere(reason="a subquery of rows that stand behind the door")
        .working_on(on)
        .filter(member=OuterRef("pk"), organisation=branch)
    )
    rows = Member.objects.everywhere(reason="who must have tasks in a branch that is within reach")
    return rows.filter(Exists(here)).in_order()


@dataclass
class Person:
    """One member on the screen of a branch's year."""

    member: Member
    must: bool
    assignments: list[Assignment] = field(default_factory=list)

    @property
    def settled(self) -> list[Assignment]:
        """Agreed by the branch: no longer to be written over."""
        return [row for row in self.assignments if row.agreed_on]

    @property
    def has_agreed(self) -> bool:
        return any(row.agreed_on and not row.ended_on for row in self.assignments)


@dataclass(frozen=True)
class Year:
    people: list[Person]

    @property
    def must(self) -> list[Person]:
        return [person for person in self.people if person.must]

    @property
    def have(self) -> int:
        return sum(person.has_agreed for person in self.must)

    @property
    def proposed(self) -> int:
        return sum(not row.agreed_on for person in self.people for row in person.assignments)

    @property
    def without(self) -> list[Person]:
        return [person for person in self.must if not person.assignments]


def year_of(branch: Organisation, year: int, on: date, actor: Actor) -> Year:
    """Everybody who must have tasks, and whoever has some. Three queries."""
    rows = assignments_with_marks(Assignment.objects.allowed(actor, Permission.READ_ROLL))
    rows = rows.of_year(year).filter(organisation=branch).select_related("member").order_by("pk")
    people = {member.pk: Person(member, must=True) for member in must_have_tasks(branch, on)}
    for row in rows:
        people.setdefault(row.member_id, Person(row.member, must=False)).assignments.append(row)
    return Year(sorted(people.values(), key=lambda person: (person.member.sort_key, person.member.pk)))


def tasks_of(member: Member) -> list[Assignment]:
    """Of a record that is within reach: this year's and last year's, the latest first."""
    first = timezone.localdate().year - 1
    return list(member.assignments.filter(year__gte=first).order_by("-year", "pk"))


def assignments_with_marks(rows: Iterable) -> Iterable:
    marks = AssignmentMark.objects.everywhere(reason="marks of assignments behind the door").order_by("month")
    return rows.prefetch_related(Prefetch("marks", queryset=marks))


def branches_with_tasks(root: Organisation, year: int, today: date, actor: Actor):
    """Branches below with how many must have tasks and how many have some: from the summary of the year's last month known."""
    month = min(today.replace(day=1), date(year, 12, 1))
    known = Month.objects.everywhere(reason="a subquery of rows that stand behind the door").filter(
        organisation=OuterRef("pk"), month=month
    )
    rows = Organisation.objects.allowed(actor, Permission.READ_ROLL).filter(
        kind=Kind.BRANCH, path__startswith=root.path
    )
    return (
        rows.living(today)
        .annotate(
            must=Coalesce(Subquery(known.values("working")), 0), have=Coalesce(Subquery(known.values("with_tasks")), 0)
        )
        .order_by(F("must") - F("have"), "sort_key", "pk")
        .reverse()
    )
