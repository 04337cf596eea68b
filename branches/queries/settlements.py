"""Reads over villages and who covers them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from branches.models import Organisation, Settlement, SettlementKind


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
