"""What targets ask of the study of documents: who held it by its day, and how many members that reached."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.summary.months import last_day_of, last_whole_month
from members.models import MembershipKind, State
from portal.access.permissions import Permission
from portal.indicators.registry import Figure, Growth, Indicator, Subject

# Branches that stood under whoever asked, on the day by which it asked; of them those below the place on the last day.
ASKED = f"""
    SELECT study.id, study.due_on, asked.organisation_id AS branch
    FROM directives_study study
    JOIN branches_ancestry asked ON asked.ancestor_id = study.organisation_id AND asked.days @> study.due_on
    JOIN branches_ancestry below ON below.organisation_id = asked.organisation_id
     AND below.ancestor_id = %(place)s AND below.days @> %(last)s
    JOIN branches_organisation branch ON branch.id = asked.organisation_id AND branch.kind = '{Kind.BRANCH}'
     AND (branch.founded_on IS NULL OR branch.founded_on <= study.due_on)
     AND (branch.dissolved_on IS NULL OR branch.dissolved_on > study.due_on)
     AND (branch.joined_on IS NULL OR branch.joined_on <= study.due_on)
    WHERE study.due_on BETWEEN %(first)s AND %(over)s
"""  # noqa: S608  our own words
IN_TIME = f"""
WITH asked AS ({ASKED}),
held AS (
    SELECT DISTINCT study.id, session.organisation_id AS branch
    FROM directives_study study JOIN directives_studysession session ON session.study_id = study.id
    WHERE study.due_on BETWEEN %(first)s AND %(over)s AND session.held_on <= study.due_on
)
SELECT {{grouped}}, count(held.id), count(*) FROM asked LEFT JOIN held USING (id, branch) GROUP BY 1
"""  # noqa: S608
# Members as the roll stood at the end of the month in which the day lay: the summary has how many there were.
REACHED = f"""
WITH asked AS (
    SELECT asked.*, month.working, (date_trunc('month', asked.due_on::timestamp) + interval '1 month - 1 day')::date AS day
    FROM ({ASKED}) asked JOIN branches_month month ON month.organisation_id = asked.branch
     AND month.month = date_trunc('month', asked.due_on::timestamp)::date
    WHERE month.working > 0
),
reached AS (
    SELECT asked.id, asked.branch, count(DISTINCT was.member_id) AS people
    FROM asked
    JOIN directives_studysession session ON session.study_id = asked.id AND session.held_on <= asked.due_on
    JOIN directives_studied was ON was.session_id = session.id
    JOIN members_membership here ON here.member_id = was.member_id AND here.organisation_id = asked.branch
     AND here.kind = '{MembershipKind.MAIN}' AND daterange(here.since, here.until, '[]') @> asked.day
    WHERE EXISTS (
        SELECT FROM members_statespell spell WHERE spell.member_id = was.member_id
           AND spell.state = ANY (%(present)s) AND daterange(spell.since, spell.until, '[]') @> asked.day
    ) AND NOT EXISTS (
        SELECT FROM members_statespell spell WHERE spell.member_id = was.member_id
           AND spell.state = ANY (%(reliefs)s) AND daterange(spell.since, spell.until, '[]') @> asked.day
    )
    GROUP BY 1, 2
)
SELECT {{grouped}}, COALESCE(sum(reached.people), 0)::int, sum(asked.working)::int
FROM asked LEFT JOIN reached USING (id, branch) GROUP BY 1
"""  # noqa: S608
BY_BRANCH, BY_MONTH = "asked.branch", "date_trunc('month', asked.due_on::timestamp)::date"


def in_time(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    return _counted(IN_TIME, BY_BRANCH, place, first, last, over=_yesterday(last))


def in_time_by_month(place: Organisation, first: date, last: date) -> dict[date, Figure]:
    return _counted(IN_TIME, BY_MONTH, place, first, last, over=_yesterday(last))


def reached(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    return _counted(REACHED, BY_BRANCH, place, first, last, over=last_day_of(last_whole_month(last)))


def reached_by_month(place: Organisation, first: date, last: date) -> dict[date, Figure]:
    return _counted(REACHED, BY_MONTH, place, first, last, over=last_day_of(last_whole_month(last)))


def _yesterday(last: date) -> date:
    """The last day that is over: today's has not ended yet."""
    return min(last, date.fromordinal(timezone.localdate().toordinal() - 1))


def _counted(sql: str, grouped: str, place: Organisation, first: date, last: date, *, over: date) -> dict[Any, Figure]:
    said = {
        "place": place.pk, "first": first, "last": last, "over": over,
        "present": [state.value for state in State.present()], "reliefs": [state.value for state in State.reliefs()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.format(grouped=grouped), said)
        return {key: Figure(part, whole) for key, part, whole in cursor.fetchall()}


def _library(place: Organisation, year: int) -> str:
    return reverse("library")


def _as_the_library_asks(place: Organisation) -> Permission:
    return Permission.READ_LIBRARY


def indicators() -> Iterator[Indicator]:
    facts: dict[str, Any] = {
        "subject": Subject.DOCUMENTS, "behind": _library, "asks": _as_the_library_asks, "growth": Growth.SUMS,
        "source": "Các đợt quán triệt và buổi quán triệt ghi ở từng văn bản.",
    }  # fmt: skip
    yield Indicator(
        code="directives.studied_in_time", to_the_day=True, name="Chi bộ quán triệt văn bản đúng hạn", of_what="lượt chi bộ được giao, đã qua hạn",
        counts="lượt chi bộ có buổi quán triệt, muộn nhất vào ngày hạn", by_place=in_time, by_month=in_time_by_month,
        left_out="Đợt chưa đến hạn; chi bộ chưa lập, chưa dùng cổng hoặc chưa thuộc nơi giao vào ngày hạn.", **facts,
    )  # fmt: skip
    yield Indicator(
        code="directives.study_reached", name="Đảng viên được quán triệt văn bản", by_place=reached, by_month=reached_by_month,
        of_what="lượt đảng viên phải học, theo danh sách cuối tháng đến hạn", counts="lượt đảng viên có mặt, muộn nhất vào ngày hạn",
        left_out="Đảng viên được miễn, tạm hoãn sinh hoạt; đợt có tháng đến hạn chưa hết.", **facts,
    )  # fmt: skip
