"""The month that is looked at: who has met, who is writing it up, who has not met; and who was reminded today."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from branches.models import Organisation
from meetings.duties.slots import HoldRegular
from meetings.queries.grid import Row
from meetings.queries.slots import Slot
from meetings.slots import SlotState
from portal.access.permissions import Permission
from portal.access.roles import ROLES
from portal.duties.holders import holders_on
from portal.notifications.models import Notice

HELD, LOGGING, TODAY, WAITING = "da-hop", "dang-ghi", "hom-nay", "chua-hop"
NOT_HELD = (SlotState.PLANNED, SlotState.COMING, SlotState.MISSING)
ROLES_THAT_RECORD = [role.value for role, text in ROLES.items() if Permission.RECORD_MEETING in text.permissions]


@dataclass(frozen=True)
class Standing:
    """One branch in that month."""

    row: Row
    slot: Slot
    on: date

    @property
    def branch(self) -> Organisation:
        return self.row.branch

    @property
    def group(self) -> str:
        """Empty: it owes no meeting for the month."""
        if self.slot.state in SlotState.held():
            return HELD
        if self.slot.state == SlotState.LOGGING:
            return LOGGING
        if self.slot.state in NOT_HELD:
            return TODAY if self.slot.day == self.on else WAITING
        return ""

    @property
    def is_late(self) -> bool:
        return self.group == WAITING and self.on > self.slot.last_day


@dataclass(frozen=True)
class MonthOfBranches:
    month: date
    on: date
    standings: list[Standing]

    @cached_property
    def groups(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {HELD: [], LOGGING: [], TODAY: [], WAITING: []}
        for one in self.standings:
            if one.group:
                found[one.group].append(one)
        return found

    @property
    def owed(self) -> int:
        return sum(map(len, self.groups.values()))

    @property
    def held(self) -> list[Standing]:
        return self.groups[HELD]

    @property
    def logging(self) -> list[Standing]:
        return self.groups[LOGGING]

    @property
    def meeting_today(self) -> list[Standing]:
        return self.groups[TODAY]

    @property
    def waiting(self) -> list[Standing]:
        return self.groups[WAITING]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.waiting)

    @cached_property
    def last_day(self) -> date | None:
        """The day that most of them have; a branch may have one of its own."""
        days = Counter(one.slot.last_day for one in self.standings if one.group)
        return days.most_common(1)[0][0] if days else None

    @property
    def is_over(self) -> bool:
        return self.last_day is not None and self.on > self.last_day


def month_of_rows(rows: list[Row], on: date) -> MonthOfBranches:
    return MonthOfBranches(on.replace(day=1), on, [Standing(row, row.slots[on.month - 1], on) for row in rows])


@dataclass(frozen=True)
class Reminding:
    """Who keeps the meetings of those that have not met, and who of them was reminded today."""

    waiting: list[Standing]
    holders: dict[int, list[str]]  # by branch, whom a reminder reaches
    told: dict[int, datetime]  # by branch, when today

    @property
    def to_tell(self) -> list[Standing]:
        return [one for one in self.waiting if one.branch.pk in self.holders and one.branch.pk not in self.told]

    @property
    def unreached(self) -> list[Standing]:
        return [one for one in self.waiting if one.branch.pk not in self.holders]

    @property
    def lines(self) -> list[tuple[Standing, list[str], datetime | None]]:
        return [(one, self.holders.get(one.branch.pk, []), self.told.get(one.branch.pk)) for one in self.waiting]

    @property
    def told_at(self) -> datetime | None:
        return timezone.localtime(max(self.told.values())) if self.told else None


def reminding_of(month: MonthOfBranches) -> Reminding:
    """Two queries, none where nobody is waited for."""
    numbers = [one.branch.pk for one in month.waiting]
    if not numbers:
        return Reminding([], {}, {})
    holders: dict[int, list[str]] = {}
    rows = holders_on(month.on).filter(organisation__in=numbers, role__in=ROLES_THAT_RECORD)
    for number, name in rows.order_by("account__sort_key", "pk").values_list("organisation_id", "account__full_name"):
        holders.setdefault(number, []).append(name)
    subjects = {f"{number}:{month.month:%Y-%m}": number for number in numbers}
    notices = Notice.objects.everywhere(reason="whether branches within reach were told today")
    told = notices.filter(rule=HoldRegular.code, subject__in=list(subjects), told_on=month.on)
    return Reminding(
        month.waiting, holders, {subjects[said]: at for said, at in told.values_list("subject", "told_at")}
    )
