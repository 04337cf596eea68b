"""The rules of due work with reports that are to be sent, by hand in bare SQL: of each kind the one that is asked for now."""

from datetime import date
from typing import Any

from portal.reports.expected import asked_for_on, due_kinds

_OWING = """
SELECT 'gui-' || %s, o.id::text || ':' || %s::date, o.id, %s::date FROM branches_organisation o
WHERE o.kind = ANY(%s) AND o.parent_id IS NOT NULL AND (o.joined_on IS NULL OR o.joined_on <= %s)
AND (o.founded_on IS NULL OR o.founded_on <= %s) AND (o.dissolved_on IS NULL OR o.dissolved_on > %s)
AND NOT EXISTS (SELECT FROM reports_report r WHERE r.organisation_id = o.id AND r.kind = %s AND r.first = %s
                AND r.document_id IS NULL AND r.state = 'issued')
"""


def owing_on(today: date) -> tuple[str, list[Any]]:
    parts, values = [], []
    for kind in due_kinds():
        one = asked_for_on(kind, today)
        if one and not one.is_over(today):
            first, in_use = one.period.first, one.in_use_by
            parts.append(_OWING)
            values += [kind.code, first, one.due, list(kind.of), in_use, min(in_use, today), today, kind.code, first]
    return " UNION ALL ".join(parts), values
