"""Watched tables leave ripples (branches/models/ripple.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from portal.history.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0014_ripples'),
        ('meetings', '0005_indicators'),
    ]

    operations = [
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT unnest(ARRAY[old_rows.organisation_id, new_rows.organisation_id]) FROM old_rows JOIN new_rows USING (id) WHERE (old_rows.organisation_id, old_rows.kind, old_rows.period, old_rows.also_thematic, old_rows.day, old_rows.begins, old_rows.started_at, old_rows.closed_at, old_rows.called_off_at) IS DISTINCT FROM (new_rows.organisation_id, new_rows.kind, new_rows.period, new_rows.also_thematic, new_rows.day, new_rows.begins, new_rows.started_at, new_rows.closed_at, new_rows.called_off_at))); RETURN NULL;', hash='04a0767a66dcb399891ecfffbf8d0485e0f2e380', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_f64d8', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='meetings_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM new_rows)); RETURN NULL;', hash='686ecdbaa210b9af8f8647da9404f0304afff6e2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_511f1', referencing='REFERENCING NEW TABLE AS new_rows ', table='meetings_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM old_rows)); RETURN NULL;', hash='82fd88618ccad3bba5c46a156d2f5a0e6ba3729c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_b48c2', referencing='REFERENCING OLD TABLE AS old_rows ', table='meetings_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='slotdecision',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='c256e85c409c3d1a13ac6f0ae1e64e7463c960af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_c14fa', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='meetings_slotdecision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='slotdecision',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='f531cbba13ae8ab053e67c735118f4911a06eba1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_cbb98', referencing='REFERENCING NEW TABLE AS new_rows ', table='meetings_slotdecision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='slotdecision',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='8054578aa70f9eebf49320d72126324c56811684', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_3317f', referencing='REFERENCING OLD TABLE AS old_rows ', table='meetings_slotdecision', when='AFTER')),
            ),
        ]),
    ]
