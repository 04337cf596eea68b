"""Reads over the tree and its grants."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice

from django.db.models import Count, Q

from branches.models import DocumentNumber, Grant, Organisation, Settlement, SettlementKind, State, Term
from branches.models.number import SERIES, number_text
from branches.models.organisation import paths_down_to
from portal.access.grants import Held
from portal.access.kinds import KINDS, DataKind
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account


def grants_of(account: Account, on: date) -> tuple[Held, ...]:
    """What an account holds on a day, widest reach first: one query, whatever it holds."""
    rows = (
        Grant.objects.everywhere(reason="the door itself asks what somebody holds")
        .filter(account=account)
        .on(on)
        .order_by("organisation__path", "pk")
        .values_list(
            "pk",
            "role",
            "organisation_id",
            "organisation__name",
            "organisation__path",
            "until",
            "acting_for__full_name",
        )
    )
    return tuple(
        Held(pk, Role(role), organisation, name, path, until, acting_for or "")
        for pk, role, organisation, name, path, until, acting_for in rows
    )


def trail_of(organisation: Organisation) -> list[Organisation]:
    """From the root down to the organisation itself: one query, whatever the depth."""
    rows = Organisation.objects.everywhere(reason="names of those above are no secret to those below")
    return list(rows.filter(path__in=paths_down_to(organisation.path)).order_by("path"))


@dataclass(frozen=True)
class Onlookers:
    """Who sees one kind of an organisation's data, each through which grant."""

    kind: DataKind
    grants: list[Grant]


def onlookers_of(organisation: Organisation, on: date) -> list[Onlookers]:
    """Everybody whose role reaches this organisation today, by kind of data: one query."""
    grants = list(
        Grant.objects.everywhere(reason="the page that says who can see what, from above as well")
        .reaching(organisation.path)
        .on(on)
        .select_related("account", "organisation", "acting_for")
        .in_order()
    )
    return [Onlookers(kind, _that_give(grants, kind)) for kind in KINDS[1:]]


def _that_give(grants: Iterable[Grant], kind: DataKind) -> list[Grant]:
    return [grant for grant in grants if kind.permission in ROLES[Role(grant.role)].permissions]


@dataclass
class Standing:
    """How far a series has come in a term."""

    series: str
    highest: int  # what a typing error put far ahead does not count once it is voided
    there: set[int] = field(default_factory=set)  # voided ones too: they are not given again
    reserved: int = 0

    @property
    def name(self) -> str:
        return SERIES[self.series]

    @property
    def next(self) -> int:
        return self.following(1)[0]

    def following(self, number: int) -> list[int]:
        return list(islice((n for n in count(self.highest + 1) if n not in self.there), number))

    @property
    def gaps(self) -> list["Gap"]:
        """Runs of numbers that nothing stands under: given on paper, or forgotten."""
        found: list[Gap] = []
        before = 0
        for number in sorted(n for n in self.there if n <= self.highest):
            if number > before + 1:
                found.append(Gap(before + 1, number - 1))
            before = number
        return found


@dataclass(frozen=True)
class Gap:
    first: int
    last: int

    def __str__(self) -> str:
        first, last = number_text(self.first), number_text(self.last)
        return first if first == last else f"{first}–{last}"

    @property
    def below(self) -> int:
        """The number that the gap lies directly under."""
        return self.last + 1


def standings_of(term: Term, series: str = "") -> dict[str, Standing]:
    """Every series of a term that has begun, or one of them: one query."""
    rows = DocumentNumber.objects.everywhere(reason="a series is counted whole").filter(term=term)
    rows = rows.filter(series=series) if series else rows
    found: dict[str, Standing] = {}
    for code, number, state in rows.order_by("series").values_list("series", "number", "state"):
        standing = found.setdefault(code, Standing(code, 0))
        standing.there.add(number)
        standing.reserved += state == State.RESERVED
        if state != State.VOIDED:
            standing.highest = max(standing.highest, number)
    return found


@dataclass(frozen=True)
class OfferedTerm:
    name: str
    since: date


def offered_term(organisation: Organisation, on: date) -> OfferedTerm:
    """The term to begin a register with: that of the nearest committee above, else the five years of congresses."""
    above = paths_down_to(organisation.path)[:-1]
    terms = Term.objects.everywhere(reason="the terms of those above are no secret to those below")
    nearest = terms.on(on).filter(organisation__path__in=above).order_by("-organisation__path").first()
    if nearest:
        return OfferedTerm(nearest.name, nearest.since)
    begins = on.year - on.year % 5
    return OfferedTerm(f"nhiệm kỳ {begins}–{begins + 5}", date(begins, 1, 1))


@dataclass(frozen=True)
class Coverage:
    """Of the living settlements of a commune, how many have no branch."""

    total: int
    without: int
    noun: str


def coverage_of(commune: Organisation) -> Coverage:
    """One query. The noun is what the settlements there are called, the most frequent kind first."""
    rows = Settlement.objects.everywhere(reason="counted for who sees the commune").of(commune).living()
    kinds = rows.values("kind").annotate(n=Count("pk"), bare=Count("pk", filter=Q(branch=None))).order_by("-n", "kind")
    found = list(kinds)
    noun = ", ".join(SettlementKind(row["kind"]).label for row in found) or SettlementKind.VILLAGE.label
    return Coverage(sum(row["n"] for row in found), sum(row["bare"] for row in found), noun)
