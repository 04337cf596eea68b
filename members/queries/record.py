"""What a record says of somebody's life in the Party, in the order in which it happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from branches.rules.definitions import badges
from branches.rules.reading import Rulebook
from members.models import CellSpell, Member, Membership, MembershipKind, State, StateSpell
from members.party_age import Award, next_award
from portal.access.actor import Actor
from portal.words.quantities import day

STATE_WORDS = {
    State.PROBATIONARY: ("Kết nạp, là đảng viên dự bị", "star"),
    State.FULL: ("Công nhận đảng viên chính thức", "check"),
    State.EXEMPT: ("Được miễn công tác và sinh hoạt", "minus"),
    State.DEFERRED: ("Tạm hoãn sinh hoạt", "clock"),
}


@dataclass(frozen=True)
class Happened:
    """`on` is None for what has always been so, as far as the record knows."""

    on: date | None
    title: str
    icon: str
    more: str = ""


def party_life(member: Member) -> list[Happened]:
    """Branches, states and badges in one line, the latest first. Four queries."""
    happened = [*_memberships(member), *_cells(member), *_spells(member), *_badges(member)]
    return sorted(happened, key=lambda one: one.on or date.min, reverse=True)


def _memberships(member: Member) -> Iterator[Happened]:
    for row in member.memberships.select_related("organisation").order_by("since"):
        temporary = row.kind == MembershipKind.TEMPORARY
        title = f"{'Sinh hoạt tạm thời' if temporary else 'Sinh hoạt'} tại {row.organisation.name}"
        yield Happened(row.since, title, "building", _more(row))


def _cells(member: Member) -> Iterator[Happened]:
    for row in (
        CellSpell.objects.everywhere(reason="of a member who is within reach")
        .filter(membership__member=member)
        .select_related("cell")
        .order_by("since")
    ):
        yield Happened(row.since, f"Vào {row.cell.name}", "users", f"đến hết {day(row.until)}" if row.until else "")


def _spells(member: Member) -> Iterator[Happened]:
    for row in member.spells.order_by("since"):
        title, icon = STATE_WORDS.get(State(row.state), (row.get_state_display(), "out"))
        yield Happened(row.since, title, icon, _more(row))


def _badges(member: Member) -> Iterator[Happened]:
    for award in member.badges.order_by("years"):
        yield Happened(award.on, f"Nhận Huy hiệu {award.years} năm tuổi Đảng", "flag", award.decision)


def _more(row: Membership | StateSpell) -> str:
    until = f"đến hết {day(row.until)}" if row.until else ""
    return " · ".join(filter(None, [until, row.ground, row.decision]))


def award_of(member: Member, actor: Actor, today: date) -> Award | None:
    """The badge that comes next, and its round; by the rules of the member's branch."""
    if member.decided_on is None or member.branch is None or member.state not in State.present():
        return None
    book = Rulebook.of(actor)
    return next_award(
        today,
        decided_on=member.decided_on,
        not_counted=member.months_not_counted,
        badges=book.value(badges.YEARS, member.branch, on=today),
        award_days=book.value(badges.AWARD_DAYS, member.branch, on=today),
    )
