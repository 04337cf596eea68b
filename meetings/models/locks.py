"""What is closed stays as it is: the database refuses, whoever writes, and however.

Once a statement, so that a sheet of a thousand rows costs what one row costs.
"""

from typing import TypeVar

import pgtrigger
from django.db import models
from pgtrigger import Trigger

M = TypeVar("M", bound=type[models.Model])

LOCKED: list[type[models.Model]] = []  # what a closed meeting locks; a page and a test read it


OF_ROWS = "SELECT meeting_id FROM {table}"


def locked_with_its_meeting(of_rows: str = OF_ROWS) -> list[Trigger]:
    """`of_rows`: of which of the rows that were touched the meeting must be open."""
    return [
        _closed("inserted", pgtrigger.Insert, of_rows, new="new_rows"),
        _closed("updated", pgtrigger.Update, of_rows, old="old_rows", new="new_rows"),
        _closed("deleted", pgtrigger.Delete, of_rows, old="old_rows"),
    ]


def locks(model: M) -> M:
    """Marks a model whose triggers are those above."""
    LOCKED.append(model)
    return model


def _closed(word: str, operation: pgtrigger.Operation, of_rows: str, **tables: str) -> Trigger:
    touched = " UNION ".join(of_rows.format(table=table) for table in tables.values())
    return Trigger(
        name=f"open_when_{word}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"""
            IF EXISTS (
                SELECT 1 FROM meetings_meeting m WHERE m.closed_at IS NOT NULL AND m.id IN ({touched})
            ) THEN
                RAISE EXCEPTION 'meeting_is_closed' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608  our own words
    )


def words_stay(*columns: str) -> list[Trigger]:
    """For what lives on after its meeting: it is neither added to a closed one nor taken out, and these columns stay."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    inserted, _, deleted = locked_with_its_meeting()
    words = Trigger(
        name="words_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF ({changed}) AND EXISTS (
                SELECT 1 FROM meetings_meeting m WHERE m.id = OLD.meeting_id AND m.closed_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'meeting_is_closed' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  our own words
    )
    return [inserted, deleted, words]


CLOSED_STAYS = """
    IF OLD.closed_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.closed_at IS NULL AND EXISTS (
            SELECT 1 FROM meetings_reopening r WHERE r.meeting_id = OLD.id AND r.closed_again_at IS NULL
        ) THEN
            RETURN NEW;
        END IF;
        IF to_jsonb(NEW) = to_jsonb(OLD) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'meeting_is_closed' USING ERRCODE = 'check_violation';
"""


def closed_meeting_stays() -> Trigger:
    return Trigger(
        name="closed_stays", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=CLOSED_STAYS
    )
