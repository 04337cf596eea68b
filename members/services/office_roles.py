"""Roles follow offices: who is elected may act from that day, who is no longer in office from that day no more."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from branches.models import Grant
from members.models import Member, Office
from portal.access.roles import Role
from portal.accounts.models import Account

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    since: date
    until: date | None
    ground: str = ""
    acting_for: int | None = None

    def meets(self, other: "Span") -> bool:
        """They share a day, or follow one upon the other."""
        first, second = sorted((self, other), key=lambda span: span.since)
        return first.until is None or second.since <= first.until + DAY


def settle_roles(account: Account) -> None:
    """The roles that follow the offices of whoever uses this account, written anew as far as they differ.

    A role that was given by hand for the same days becomes one that follows: an office that ends leaves nothing behind.
    """
    wanted = _wanted(account)
    rows = Grant.everything.filter(account=account).select_for_update(of=["self"]).order_by("since")
    by_place: dict[tuple[int, str], list[Grant]] = {}
    for row in rows:
        by_place.setdefault((row.organisation_id, row.role), []).append(row)
    for place in {*wanted, *by_place}:
        _settle_place(account, place, wanted.get(place, []), by_place.get(place, []))


def settle_roles_of(member: Member) -> None:
    if member.account_id:
        settle_roles(Account.objects.get(pk=member.account_id))


def _settle_place(account: Account, place: tuple[int, str], spans: list[Span], rows: list[Grant]) -> None:
    ours = [row for row in rows if row.follows_office]
    for row in rows:
        given = Span(row.since, row.until, row.ground)
        if not row.follows_office and any(span.meets(given) for span in spans):
            ours.append(row)
            first = min(span.since for span in spans if span.meets(given))
            if row.since < first:
                spans = [*spans, replace(given, until=first - DAY)]
    wanted = {span.since: span for span in joined(spans)}
    for row in ours:
        if row.since not in wanted:
            row.delete()
    kept = {row.since: row for row in ours if row.since in wanted}
    # an end that comes nearer first, so that a row that begins earlier finds its place
    for span in sorted(wanted.values(), key=lambda span: span.since):
        row = kept.get(span.since) or Grant(
            account=account, organisation_id=place[0], role=place[1], since=span.since, ground=span.ground,
            acting_for_id=span.acting_for,
        )  # fmt: skip
        if row.pk is None or (row.until, row.follows_office) != (span.until, True):
            row.until, row.follows_office = span.until, True
            row.save()


def _wanted(account: Account) -> dict[tuple[int, str], list[Span]]:
    found: dict[tuple[int, str], list[Span]] = {}
    offices = Office.everything.filter(member__account=account).select_related("organisation", "acting_for")
    for office in offices.order_by("since"):
        role: Role | None = office.role
        if role and office.since:
            acting_for = office.acting_for.account_id if office.acting_for else None
            ground = f"{office.title}{f', {office.decision}' if office.decision else ''}"[:200]
            span = Span(office.since, office.until, ground, acting_for)
            found.setdefault((office.organisation_id, role.value), []).append(span)
    return found


def joined(spans: list[Span]) -> list[Span]:
    """Spans that meet become one: a deputy who becomes secretary goes on without a gap."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: span.since):
        if result and result[-1].meets(span):
            last = result[-1]
            open_end = last.until is None or span.until is None
            result[-1] = replace(last, until=None if open_end else max(last.until, span.until))
        else:
            result.append(span)
    return result
