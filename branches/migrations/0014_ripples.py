"""Watched tables leave ripples (branches/models/ripple.py)."""

import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
import portal.words.fields
from django.db import migrations, models

from portal.history.together import Together

# At these places and at all that ever stood above them, or above what ever stood above them: a figure of two years is counted in two
# trees. 0 is a place that is none, where stands what concerns all.
LEAVE = """
CREATE FUNCTION branches_leave_ripples(what text, places bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(places) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO branches_ripple (place, source, value)
    SELECT reached.place, what, random(1, 9223372036854775807)
    FROM (
        SELECT DISTINCT above.ancestor_id
        FROM branches_ancestry own JOIN branches_ancestry above ON above.organisation_id = own.ancestor_id
        WHERE own.organisation_id = ANY (places)
        UNION ALL
        SELECT 0 WHERE 0 = ANY (places)
    ) AS reached (place);
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0013_so_far'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ripple',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField(verbose_name='nơi')),
                ('source', portal.words.fields.CodeField(db_collation='C', max_length=63, verbose_name='bảng')),
                ('value', models.BigIntegerField(verbose_name='số ngẫu nhiên')),
                ('folded', models.BooleanField(db_default=False, default=False, verbose_name='đã gộp')),
            ],
            options={
                'verbose_name': 'dấu có thay đổi',
                'verbose_name_plural': 'dấu có thay đổi',
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunSQL(LEAVE, "DROP FUNCTION branches_leave_ripples"),
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='ancestry',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='a337611794350108ab9ad2acdc2d8ccfa936b2e7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_2b924', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='branches_ancestry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='ancestry',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='90bc2d4fe56a73a32217916d3e33f39041af71e2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_1bdb1', referencing='REFERENCING NEW TABLE AS new_rows ', table='branches_ancestry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='ancestry',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='679e89bf403f8b2f8038211bdf9debb45ecb6a05', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_949d8', referencing='REFERENCING OLD TABLE AS old_rows ', table='branches_ancestry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='month',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM old_rows UNION SELECT organisation_id FROM new_rows)); RETURN NULL;', hash='cfde08ad67b93111c9fba379d20925d473ebdaaa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_132d1', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='branches_month', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='month',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM new_rows)); RETURN NULL;', hash='405b7a95a22c78a0104eab3f051ca084350add7c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_0f701', referencing='REFERENCING NEW TABLE AS new_rows ', table='branches_month', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='month',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT organisation_id FROM old_rows)); RETURN NULL;', hash='2762beaffda4751a077de5b3e3b14786130bef41', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_1e329', referencing='REFERENCING OLD TABLE AS old_rows ', table='branches_month', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='6be9e1b8232ad634eb8e00341437738882d5e121', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_12886', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='branches_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='bd77b266e3845d539faa93098172500a0c7d4211', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_e8c89', referencing='REFERENCING NEW TABLE AS new_rows ', table='branches_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='5b92e3519a180252e88727c501f0987e57faca0f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_a57c5', referencing='REFERENCING OLD TABLE AS old_rows ', table='branches_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rule',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='dd8116fc14e5962f4216d04ead30185b25592cd0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_d38b4', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='branches_rule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rule',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='010be7497b55dd72499356393f3f23c852492389', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_f9b7a', referencing='REFERENCING NEW TABLE AS new_rows ', table='branches_rule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rule',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='a5c945d05a535f00f1b9023950597e185d25e2c5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_7a1cd', referencing='REFERENCING OLD TABLE AS old_rows ', table='branches_rule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standing',
                trigger=pgtrigger.compiler.Trigger(name='ripple_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows UNION SELECT 0 FROM new_rows)); RETURN NULL;', hash='746e0c5192c9bcab9a7e5441a2de0b6f0b049d1c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ripple_changed_7bd35', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='branches_standing', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standing',
                trigger=pgtrigger.compiler.Trigger(name='ripple_added', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM new_rows)); RETURN NULL;', hash='ecd69a8d88a54e48304893c3d2c406b1d8e77819', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ripple_added_80775', referencing='REFERENCING NEW TABLE AS new_rows ', table='branches_standing', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standing',
                trigger=pgtrigger.compiler.Trigger(name='ripple_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM branches_leave_ripples(TG_TABLE_NAME, ARRAY(SELECT 0 FROM old_rows)); RETURN NULL;', hash='d9b9460f7baa46e6c0ab4a13ad927a01359accac', level='STATEMENT', operation='DELETE', pgid='pgtrigger_ripple_gone_8cef3', referencing='REFERENCING OLD TABLE AS old_rows ', table='branches_standing', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='ripple',
                index=models.Index(fields=['place'], include=('source', 'value', 'folded'), name='ripple_place'),
            ),
        ]),
    ]
