from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, DateField, Exists, F, Func, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from branches.rules.definitions import badges
from branches.rules.definitions.reminders import BADGE_AHEAD
from branches.rules.measures import largest, measure, stages_of_reminding
from branches.rules.reading import Rulebook
from members.models import BadgeAward, Member, State
from members.party_age import DayOfYear, round_before, round_from
from members.party_age import months_later as shifted
from portal.access.permissions import Permission
from portal.duties.days import days_later, months_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day

SLACK = timedelta(days=3)  # months have different lengths
BEHIND = 2  # rounds that are looked back at: half a year


class GiveBadge(Duty):
    """Whoever reaches the years by a round is given the badge in it. What was missed stays due for half a year."""

    code = "huy-hieu"
    title = "Trao Huy hiệu Đảng"
    icon = "flag"
    doer = Permission.KEEP_ROLL

    def open(self, asked: Asked) -> Open:
        book = Rulebook.of(asked)
        years = book.source_of(badges.YEARS, None, on=asked.on).value
        award_days = book.source_of(badges.AWARD_DAYS, None, on=asked.on).value
        rounds = _rounds(asked.on, award_days, largest(BADGE_AHEAD, asked, on=asked.on))
        given = BadgeAward.objects.everywhere(reason="what is due").filter(
            member=OuterRef("pk"), years=OuterRef("reached")
        )
        full = Member.objects.everywhere(reason="what is due").filter(state=State.FULL, branch__isnull=False)
        rows = full.filter(_perhaps(years, rounds)).annotate(reached=_years_reached(years, rounds))
        reached_on = months_later("decided_on", 12 * F("reached") + F("months_not_counted"))
        rows = rows.annotate(reached_on=reached_on).filter(reached_on__gt=rounds[0], reached_on__lte=rounds[-1])
        rows = rows.annotate(round_on=_round_of(rounds))
        asked_for = Q(branch__joined_on__isnull=True) | Q(branch__joined_on__lte=F("round_on"))
        ahead = measure(BADGE_AHEAD, asked, on=asked.on, path="branch__path")
        return Open(
            rows=rows.filter(~Exists(given), asked_for),
            subject=Concat(Cast("pk", CharField()), Value(":"), Cast("reached", CharField())),
            organisation="branch",
            place="branch__path",
            since=days_later("round_on", -1 * ahead),
            limit="round_on",
            stages=stages_of_reminding(asked, on=asked.on, path="branch__path"),
            facts={"member": "pk", "name": "full_name", "years": "reached", "round": "round_on", "branch": "branch"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Trao Huy hiệu {facts['years']} năm cho đ/c {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        round_on = date.fromisoformat(facts["round"])
        return f"Đợt {day(round_on)}: " + ("trao rồi thì ghi vào hồ sơ" if round_on <= on else "chuẩn bị hồ sơ đề nghị")

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        if facts["round"] > on.isoformat():
            return Step(reverse("member", args=[facts["member"]]), "Mở hồ sơ")
        act = reverse("act_on_member", args=[facts["member"], "huy-hieu"])
        return Step(f"{act}?nam={facts['years']}&ngay={facts['round']}", "Ghi đã trao")


def _rounds(on: date, award_days: Sequence[DayOfYear], ahead: int) -> list[date]:
    """In order. The first is only the day after which a badge is looked for."""
    found = [round_from(on, award_days)]
    for _ in range(BEHIND + 1):
        found.insert(0, round_before(found[0], award_days))
    while (further := round_from(found[-1] + timedelta(days=1), award_days)) - timedelta(days=ahead) <= on:
        found.append(further)
    return found


def _windows(years: Sequence[int], rounds: Sequence[date]) -> dict[int, tuple[date, date]]:
    """Of each badge the days of decision that may reach it in these rounds, if all months count."""
    return {one: (shifted(rounds[0], -12 * one) - SLACK, shifted(rounds[-1], -12 * one) + SLACK) for one in years}


def _perhaps(years: Sequence[int], rounds: Sequence[date]) -> Q:
    """What an index finds quickly; the count itself comes after."""
    windows = [Q(decided_on__range=window) for window in _windows(years, rounds).values()]
    return reduce(or_, windows, Q(decided_on__isnull=False, months_not_counted__gt=0))


class _YearsReached(Func):
    """Which of the badges falls between two days. They lie further apart than these: at most one."""

    template = """(
        SELECT max(years) FROM (SELECT %(expressions)s) AS known (decided_on, not_counted, badges, after, until), unnest(badges) AS years
        WHERE (decided_on + make_interval(months => 12 * years + not_counted))::date > after
          AND (decided_on + make_interval(months => 12 * years + not_counted))::date <= until
    )"""
    output_field = IntegerField()


def _years_reached(years: Sequence[int], rounds: Sequence[date]) -> Case:
    """Where all months count the day of decision says which; the database works the count out only where some do not."""
    plain = [
        When(months_not_counted=0, decided_on__range=window, then=Value(one))
        for one, window in _windows(years, rounds).items()
    ]
    badges = Cast(Value(list(years), ArrayField(IntegerField())), ArrayField(IntegerField()))
    window = [Cast(Value(one, DateField()), DateField()) for one in (rounds[0], rounds[-1])]
    counted = _YearsReached("decided_on", "months_not_counted", badges, *window)
    return Case(*plain, default=counted, output_field=IntegerField())


def _round_of(rounds: Sequence[date]) -> Case:
    """The first from the day on which the years are reached."""
    return Case(*(When(reached_on__lte=one, then=Value(one)) for one in rounds[1:]), output_field=DateField())
