"""The records that a sheet may mean: found for all lines at once, by two statements, and handed out line after line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection

from members.imports.columns import FACTS

_COLUMNS = ", ".join("closed.religion" if name == "religion" else f"member.{name}" for name in FACTS)
_SAID = f"""
SELECT asked.place, member.id, member.xmin::text::bigint, member.branch_id, COALESCE(branch.path, ''), member.state,
       member.relief, {_COLUMNS}
FROM unnest({{asked}}) WITH ORDINALITY AS asked({{names}}, place)
JOIN members_member member ON {{same}}
LEFT JOIN members_closedrecord closed ON closed.member_id = member.id
LEFT JOIN branches_organisation branch ON branch.id = member.branch_id
WHERE member.merged_into_id IS NULL
ORDER BY asked.place, member.id
"""  # noqa: S608  only our own words are put together
BY_CARD = _SAID.format(asked="%s::text[]", names="card", same="member.card_number = asked.card")
BY_NAME = _SAID.format(
    asked="%s::text[], %s::date[]",
    names="key, born",
    same="member.search_key = asked.key AND member.born_on = asked.born",
)


@dataclass(frozen=True, slots=True)
class Record:
    pk: int
    seen: int
    branch: int | None
    path: str
    state: str
    relief: str
    facts: tuple[Any, ...]  # as FACTS orders them

    def said(self) -> Mapping[str, Any]:
        return dict(zip(FACTS, self.facts, strict=True))


def records_by_card(cards: Sequence[str]) -> Iterator[tuple[int, Record]]:
    """The place of the card among those asked for, and its record."""
    for place, records in _found(BY_CARD, [list(cards)]):
        yield place, records[0]


def records_by_name(people: Sequence[tuple[str, date]]) -> Iterator[tuple[int, list[Record]]]:
    yield from _found(BY_NAME, [[key for key, _ in people], [born for _, born in people]])


def _found(sql: str, asked: list[list]) -> Iterator[tuple[int, list[Record]]]:
    """Read in portions: the records of a whole commune are never in memory at once."""
    if not asked[0]:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, asked)
        rows = (row for portion in iter(lambda: cursor.fetchmany(2_000), []) for row in portion)
        for place, of_one in groupby(rows, key=lambda row: row[0]):
            yield place - 1, [Record(*row[1:7], facts=tuple(row[7:])) for row in of_one]
