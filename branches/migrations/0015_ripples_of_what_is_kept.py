"""Records of an organisation that has ended are looked at where their keeper stands: its path leads there, its ancestry does not."""

from django.db import migrations

LEAVE = """
CREATE OR REPLACE FUNCTION branches_leave_ripples(what text, places bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(places) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO branches_ripple (place, source, value)
    SELECT reached.place, what, random(1, 9223372036854775807)
    FROM (
        SELECT above.ancestor_id
        FROM branches_ancestry own JOIN branches_ancestry above ON above.organisation_id = own.ancestor_id
        WHERE own.organisation_id = ANY (places)
        UNION
        SELECT unnest(string_to_array(btrim(own.path, '/'), '/')::bigint[])
        FROM branches_organisation own WHERE own.id = ANY (places)
        UNION ALL
        SELECT 0 WHERE 0 = ANY (places)
    ) AS reached (place);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0014_ripples")]

    operations = [migrations.RunSQL(LEAVE, migrations.RunSQL.noop)]
