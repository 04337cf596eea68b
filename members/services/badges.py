"""Party badges: that one was given, and by which decision."""

from datetime import date

from django.utils import timezone

from branches.rules.definitions import badges
from branches.rules.reading import Rulebook
from members.models import BadgeAward, Member
from members.party_age import months_later, reached_on
from members.services.records import path_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day


@action("ghi trao Huy hiệu Đảng")
def give_badge(member: Member, *, years: int, on: date, decision: str = "", by: Actor) -> BadgeAward:
    """Early only as far as the rules allow it, for the gravely ill."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    if member.branch is None or member.decided_on is None:
        raise DomainError("Hồ sơ chưa ghi ngày quyết định kết nạp: chưa tính được tuổi Đảng.", field="years")
    book = Rulebook.of(by)
    if years not in book.value(badges.YEARS, member.branch, on=on):
        raise DomainError(f"Không có Huy hiệu {years} năm.", field="years")
    if on > timezone.localdate():
        raise DomainError("Ngày trao chưa đến: trao rồi hãy ghi.", field="on")
    reached = reached_on(years, decided_on=member.decided_on, not_counted=member.months_not_counted)
    if on < months_later(reached, -book.value(badges.EARLY, member.branch, on=on)):
        raise DomainError(f"Đến ngày {day(reached)} mới đủ {years} năm tuổi Đảng.", field="on")
    if BadgeAward.everything.filter(member=member, years=years).exists():
        raise DomainError(f"Đã ghi trao Huy hiệu {years} năm.", field="years")
    award = BadgeAward(member=member, years=years, on=on, decision=decision)
    award.save()
    return award


@action("bỏ ghi trao Huy hiệu Đảng")
def take_back_badge(award: BadgeAward, *, by: Actor) -> None:
    """It was noted by mistake."""
    by.need(Permission.KEEP_ROLL, path_of(award.member))
    award.delete()
