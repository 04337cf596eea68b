"""What the database itself holds about the tree. The functions called here are written in migration 0003."""

import pgtrigger
from pgtrigger import Trigger

# The row is read again at the end of the transaction: it may have been changed once more since this trigger was queued.
PLACEMENT_STANDS_RIGHTLY = """
    PERFORM branches_refuse_wrong_placements(ARRAY[NEW.id]);
    RETURN NULL;
"""
PLACEMENTS_WITHIN_LIFE = """
    PERFORM branches_refuse_wrong_placements(
        ARRAY(SELECT id FROM branches_placement WHERE organisation_id = NEW.id OR parent_id = NEW.id)
    );
    RETURN NULL;
"""
FIRST_ROWS = """
    INSERT INTO branches_standing (organisation_id, name, symbol, rank, since, until)
    VALUES (NEW.id, NEW.name, NEW.symbol, NEW.rank, NEW.founded_on, NEW.dissolved_on - 1);
    IF NEW.parent_id IS NOT NULL THEN
        INSERT INTO branches_placement (organisation_id, parent_id, since, until)
        VALUES (NEW.id, NEW.parent_id, NEW.founded_on, NEW.dissolved_on - 1);
    ELSE
        PERFORM branches_retrace(ARRAY[NEW.id]);
    END IF;
    RETURN NULL;
"""


def of_organisations() -> list[Trigger]:
    return [
        Trigger(name="first_rows", when=pgtrigger.After, operation=pgtrigger.Insert, func=FIRST_ROWS),
        Trigger(
            name="placements_within_life",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("founded_on", "dissolved_on"),
            timing=pgtrigger.Deferred,
            func=PLACEMENTS_WITHIN_LIFE,
        ),
        Trigger(
            name="retrace_lives",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("founded_on", "dissolved_on"),
            func="PERFORM branches_retrace(ARRAY[NEW.id]); RETURN NULL;",
        ),
    ]


def of_placements() -> list[Trigger]:
    return [
        Trigger(
            name="stands_rightly",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update,
            timing=pgtrigger.Deferred,
            func=PLACEMENT_STANDS_RIGHTLY,
        ),
        _retrace("inserted", pgtrigger.Insert, new="new_rows"),
        _retrace("updated", pgtrigger.Update, old="old_rows", new="new_rows"),
        _retrace("deleted", pgtrigger.Delete, old="old_rows"),
    ]


def _retrace(word: str, operation: pgtrigger.Operation, **tables: str) -> Trigger:
    """Once a statement, however many placements it wrote."""
    changed = " UNION ".join(f"SELECT organisation_id FROM {table}" for table in tables.values())  # noqa: S608  ours
    return Trigger(
        name=f"retrace_{word}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"PERFORM branches_retrace(ARRAY({changed})); RETURN NULL;",
    )
