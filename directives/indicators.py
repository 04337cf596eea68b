"""What targets ask of the study of documents: which branches held it by its day.

How many members that reached is told document by document (queries/study.py): over a whole province and year it would have
to be a fact of the summary.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from branches.models import Kind, Organisation
from portal.access.permissions import Permission
from portal.indicators.registry import Figure, Indicator, Subject

# Branches that stood under whoever asked, on the day by which it asked; of them those below the place on the last day.
ASKED = f"""
    SELECT study.id, study.due_on, asked.organisation_id AS branch
    FROM directives_study study
    JOIN branches_ancestry asked ON asked.ancestor_id = study.organisation_id AND asked.days @> study.due_on
    JOIN branches_organisation branch ON branch.id = asked.organisation_id AND branch.kind = '{Kind.BRANCH}'
     AND (branch.founded_on IS NULL OR branch.founded_on <= study.due_on)
     AND (branch.dissolved_on IS NULL OR branch.dissolved_on > study.due_on)
     AND (branch.joined_on IS NULL OR branch.joined_on <= study.due_on)
    WHERE study.due_on BETWEEN %(first)s AND %(over)s AND (
        asked.organisation_id IN (SELECT organisation_id FROM branches_ancestry WHERE ancestor_id = %(place)s AND days @> %(last)s)
    ) IS TRUE
"""  # noqa: S608  our own words
# What was asked and what was done lie in one heap and are told apart by adding up: joined, they would be taken for few.
IN_TIME = f"""
WITH told AS (
    SELECT id, due_on, branch, 1 AS asked, 0 AS done FROM ({ASKED}) asked
    UNION ALL
    SELECT study.id, study.due_on, session.organisation_id, 0, 1
    FROM directives_study study JOIN directives_studysession session ON session.study_id = study.id
    WHERE study.due_on BETWEEN %(first)s AND %(over)s AND session.held_on <= study.due_on
)
SELECT {{grouped}}, sum(done)::int, count(*) FROM (
    SELECT id, due_on, branch, LEAST(sum(done), 1) AS done FROM told GROUP BY 1, 2, 3 HAVING sum(asked) > 0
) AS one GROUP BY 1
"""  # noqa: S608
BY_BRANCH, BY_MONTH = "branch", "date_trunc('month', due_on::timestamp)::date"


def in_time(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    return _counted(BY_BRANCH, place, first, last)


def in_time_by_month(place: Organisation, first: date, last: date) -> dict[date, Figure]:
    return _counted(BY_MONTH, place, first, last)


def _yesterday(last: date) -> date:
    """The last day that is over: today's has not ended yet."""
    return min(last, date.fromordinal(timezone.localdate().toordinal() - 1))


def _counted(grouped: str, place: Organisation, first: date, last: date) -> dict[Any, Figure]:
    said = {"place": place.pk, "first": first, "last": last, "over": _yesterday(last)}
    with connection.cursor() as cursor:
        cursor.execute(IN_TIME.format(grouped=grouped), said)
        return {key: Figure(part, whole) for key, part, whole in cursor.fetchall()}


def _library(place: Organisation, year: int) -> str:
    return reverse("library")


def _as_the_library_asks(place: Organisation) -> Permission:
    return Permission.READ_LIBRARY


def indicators() -> Iterator[Indicator]:
    yield Indicator(
        code="directives.studied_in_time", to_the_day=True, name="Chi bộ quán triệt văn bản đúng hạn", of_what="lượt chi bộ được giao, đã qua hạn",
        counts="lượt chi bộ có buổi quán triệt, muộn nhất vào ngày hạn", by_place=in_time, by_month=in_time_by_month,
        left_out="Đợt chưa đến hạn; chi bộ chưa lập, chưa dùng cổng hoặc chưa thuộc nơi giao vào ngày hạn.",
        source="Các đợt quán triệt và buổi quán triệt ghi ở từng văn bản.", subject=Subject.DOCUMENTS,
        behind=_library, asks=_as_the_library_asks,
    )  # fmt: skip
