"""Organisations that were there before the tree had dates: they have always stood where they stand."""

from django.db import migrations

STANDINGS = """
INSERT INTO branches_standing (organisation_id, name, symbol, rank)
SELECT id, name, symbol, rank FROM branches_organisation
"""
PLACEMENTS = """
INSERT INTO branches_placement (organisation_id, parent_id)
SELECT id, parent_id FROM branches_organisation WHERE parent_id IS NOT NULL
"""
ANCESTRIES = "SELECT branches_retrace(ARRAY(SELECT id FROM branches_organisation))"


class Migration(migrations.Migration):
    dependencies = [("branches", "0003_dated_tree")]

    operations = [
        migrations.RunSQL(STANDINGS, "DELETE FROM branches_standing"),
        migrations.RunSQL(PLACEMENTS, "DELETE FROM branches_placement"),
        migrations.RunSQL(ANCESTRIES, "DELETE FROM branches_ancestry"),
    ]
