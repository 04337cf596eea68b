"""The functions behind the triggers of the tree (branches/models/triggers.py). Their bodies are read when they run."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

HEIGHT = """
CREATE FUNCTION branches_height(kind text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(
        ARRAY['centre', 'province', 'district', 'commune', 'base', 'part', 'branch', 'cell'], kind
    )
$$
"""

# The changed ones, and whoever ever stood below them, are written anew. The depth is bounded, so that a circle ends here
# and is refused where it is judged.
RETRACE = """
CREATE FUNCTION branches_retrace(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    WITH RECURSIVE down (id) AS (
        SELECT unnest(changed)
        UNION
        SELECT placement.organisation_id FROM branches_placement placement JOIN down ON placement.parent_id = down.id
    )
    SELECT array_agg(id) INTO touched FROM down;
    DELETE FROM branches_ancestry WHERE organisation_id = ANY (touched);
    INSERT INTO branches_ancestry (organisation_id, ancestor_id, depth, days)
    WITH RECURSIVE up (organisation_id, ancestor_id, depth, days) AS (
        SELECT id, id, 0, daterange(founded_on, dissolved_on, '[)') FROM branches_organisation WHERE id = ANY (touched)
        UNION ALL
        SELECT up.organisation_id, placement.parent_id, up.depth + 1,
               up.days * daterange(placement.since, placement.until, '[]')
        FROM up JOIN branches_placement placement ON placement.organisation_id = up.ancestor_id
        WHERE up.depth < 12 AND up.days && daterange(placement.since, placement.until, '[]')
    )
    SELECT organisation_id, ancestor_id, depth, days FROM up;
END
$$
"""

REFUSE = """
CREATE FUNCTION branches_refuse_wrong_placements(looked_at bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT placement.id,
           branches_height(parent.kind) >= branches_height(child.kind) AS too_high
    INTO wrong
    FROM branches_placement placement
    JOIN branches_organisation child ON child.id = placement.organisation_id
    JOIN branches_organisation parent ON parent.id = placement.parent_id
    WHERE placement.id = ANY (looked_at) AND (
        branches_height(parent.kind) >= branches_height(child.kind)
        OR NOT daterange(placement.since, placement.until, '[]') <@ daterange(child.founded_on, child.dissolved_on, '[)')
        OR NOT daterange(placement.since, placement.until, '[]') <@ daterange(parent.founded_on, parent.dissolved_on, '[)')
    )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'placement % of the tree is wrong', wrong.id USING
            ERRCODE = 'check_violation',
            TABLE = 'branches_placement',
            CONSTRAINT = CASE WHEN wrong.too_high THEN 'placement_below_a_higher_kind' ELSE 'placement_within_life' END;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(HEIGHT, "DROP FUNCTION branches_height(text)"),
        migrations.RunSQL(RETRACE, "DROP FUNCTION branches_retrace(bigint[])"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION branches_refuse_wrong_placements(bigint[])"),
    ]
