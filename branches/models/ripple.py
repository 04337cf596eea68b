"""Each change of a watched table leaves a ripple at its place and at all above it, by the hand of the database itself.

The ripples of a place add up to a number that says nothing but whether something has moved: what was counted while they stood as
they do now would be counted the same again (branches/summary/kept.py). They are folded each minute (branches/services/ripples.py).
"""

import pgtrigger
from django.db import models
from pgtrigger import Trigger

from portal.access.rows import GuardedQuerySet
from portal.words.fields import CodeField

EVERYWHERE = 0  # a place that is none: what concerns all
UNSETTLED = -1  # another: here stands who may still be writing with an old tree in mind
TREE = "branches_ancestry"


class Ripple(models.Model):
    """`source`: the table that changed.

    Chance numbers and no counts: a database that was put back from a copy must not come to a sum that it had once before.
    """

    place = models.BigIntegerField("nơi")  # an organisation, also one that is removed now
    source = CodeField("bảng", max_length=63)
    value = models.BigIntegerField("số ngẫu nhiên")
    folded = models.BooleanField("đã gộp", default=False, db_default=False)

    everything = models.Manager()
    objects = GuardedQuerySet.as_manager()
    is_derived = True

    class Meta:
        verbose_name = "dấu có thay đổi"
        verbose_name_plural = "dấu có thay đổi"
        indexes = [models.Index(fields=["place"], include=["source", "value", "folded"], name="ripple_place")]

    def __str__(self) -> str:
        return f"{self.place}, {self.source}"


class Ripples(Trigger):
    """One of the triggers of a watched table. `at`: the column with its organisation, or with the row that has it; "": a change
    concerns everybody. `of`: the columns that are watched; none named: all."""

    at: str
    of: tuple[str, ...]


def ripples(
    at: str = "", *, of: tuple[str, ...] = (), through: str = "", also: str = "", seen_through_others: bool = False
) -> list[Trigger]:
    """For a model's Meta. `of`: the only columns whose change counts, where others are written all the time.

    `through`: the table of the row that `at` points to, and in which the organisation stands; `also`: a column with another one.
    `seen_through_others`: a new row shows nowhere before rows of another watched table point at it.
    """

    def places_of(*tables: str) -> str:
        if not through:
            found = [f"{table}.{at}" for table in tables]
        else:
            found = [f"(SELECT organisation_id FROM {through} WHERE id = {table}.{at})" for table in tables]  # noqa: S608
        found += [f"{table}.{also}" for table in tables if also]
        return f"unnest(ARRAY[{', '.join(found)}])"

    column = at or str(EVERYWHERE)
    added, gone = (
        f"SELECT {places_of(rows) if through or also else column} FROM {rows}"  # noqa: S608  our own words
        for rows in ("new_rows", "old_rows")
    )
    changed = f"{gone} UNION {added}"
    if of:
        old, new = (", ".join(f"{rows}.{name}" for name in of) for rows in ("old_rows", "new_rows"))
        places = places_of("old_rows", "new_rows") if at else column
        rows = f"old_rows JOIN new_rows USING (id) WHERE ({old}) IS DISTINCT FROM ({new})"
        changed = f"SELECT {places} FROM {rows}"  # noqa: S608  our own words
    written = [("changed", pgtrigger.Update, changed, {"old": "old_rows", "new": "new_rows"})]
    if not seen_through_others:
        written.append(("added", pgtrigger.Insert, added, {"new": "new_rows"}))
        written.append(("gone", pgtrigger.Delete, gone, {"old": "old_rows"}))
    found: list[Trigger] = []
    for word, operation, places, tables in written:
        one = _ripple(word, operation, places, tables)
        one.at, one.of = at, of
        found.append(one)
    return found


def _ripple(word: str, operation: pgtrigger.Operation, places: str, tables: dict[str, str]) -> Ripples:
    """Once a statement, however many rows it wrote. The function is written in migration 0015."""
    return Ripples(
        name=f"ripple_{word}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY({places})); RETURN NULL;",
    )
