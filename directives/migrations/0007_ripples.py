"""Watched tables leave ripples (branches/models/ripple.py)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from portal.history.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0014_ripples'),
        ('directives', '0006_reviews'),
    ]

    operations = [
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='document',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='203a0e63358f7ae7adb83d02ad0a1ca6b15fd727', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_c075c', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_document', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='document',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='4921a68f6decb0c592abac305c8ec0ac1a94b862', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_e2ed6', referencing='REFERENCING NEW TABLE AS new_rows ', table='directives_document', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='document',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='482823ffe38d27af9c8d7b2c4a0147886d7e788f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_8a08c', referencing='REFERENCING OLD TABLE AS old_rows ', table='directives_document', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='obligation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='be088ff3533648b407fdc7db5a33a167c3b09e3d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_90ac1', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_obligation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='obligation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='79dad756ee344f4167d095108c01470002aa0c4f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_3169c', referencing='REFERENCING NEW TABLE AS new_rows ', table='directives_obligation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='obligation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='1dea07b1196bce9eac4bff3fe0ddbc01e793fa5a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_c2231', referencing='REFERENCING OLD TABLE AS old_rows ', table='directives_obligation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='order',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows JOIN new_rows USING (id) WHERE (old_rows.document_id, old_rows.organisation_id) IS DISTINCT FROM (new_rows.document_id, new_rows.organisation_id))); RETURN NULL;', hash='72757852f8c9c1af6f83474fd00e1891f4fd668a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_712f2', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_order', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='orderedtask',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows JOIN new_rows USING (id) WHERE (old_rows.order_id, old_rows.words) IS DISTINCT FROM (new_rows.order_id, new_rows.words))); RETURN NULL;', hash='b2d9bd3d80dba5cd8efe834e31bfa29563a20387', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_91e98', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_orderedtask', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='target',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='8fb9d4a5a833620188fb96c4672dc071fb2dc0a8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_1dfc7', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_target', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='target',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='2edf43a2900f190b2cec3d9fd0f9872763cdce47', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_5fb8b', referencing='REFERENCING NEW TABLE AS new_rows ', table='directives_target', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='target',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='dc36d8c3c87d81d3364cdbcc16f1b87b15298948', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_582ce', referencing='REFERENCING OLD TABLE AS old_rows ', table='directives_target', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='taskassignment',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM old_rows UNION SELECT organisation_id FROM new_rows)); RETURN NULL;', hash='3f502d431d89752e81520933302520b2752ba2ef', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_91bd5', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='directives_taskassignment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='taskassignment',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM new_rows)); RETURN NULL;', hash='3e70a5e8d5fa14d4ea03fd80224f9f68553c902c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_dd226', referencing='REFERENCING NEW TABLE AS new_rows ', table='directives_taskassignment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='taskassignment',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM old_rows)); RETURN NULL;', hash='40eae8afaf02ffbbfcfc2e98c5b1b222fa0c3e9e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_a23c0', referencing='REFERENCING OLD TABLE AS old_rows ', table='directives_taskassignment', when='AFTER')),
            ),
        ]),
    ]
