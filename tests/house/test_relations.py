from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.relations import FLOORS, upward


def test_every_relation_points_down():
    assert upward(apps.get_models()) == []


def test_every_app_with_models_has_a_floor():
    known = set().union(*FLOORS)
    assert {model._meta.app_label for model in apps.get_models()} <= known


@isolate_apps("branches", "meetings")
def test_an_upward_foreign_key_is_refused():
    class Meeting(models.Model):
        class Meta:
            app_label = "meetings"

    class Branch(models.Model):
        last_meeting = models.ForeignKey("meetings.Meeting", models.CASCADE)

        class Meta:
            app_label = "branches"

    assert upward([Meeting, Branch]) == ["branches.Branch.last_meeting points up at meetings"]


def test_text_columns_are_ours():
    """NFC holds for every model: text stands in LineField or ProseField."""
    from portal.words.fields import CodeField, LineField, ProseField, SortKeyField

    plain_ascii = (models.EmailField, models.SlugField, models.URLField, models.UUIDField, models.FileField)
    ours = [
        model
        for model in apps.get_models()
        if not model.__module__.startswith(("django.", "pghistory.", "allauth.", "axes."))
    ]
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, (CodeField, LineField, ProseField, SortKeyField, *plain_ascii))
        and field.name not in ("password", "pgh_label")
    ]
    assert wrong == []
    assert ours


def test_the_first_manager_of_a_guarded_model_is_plain():
    """Django validates and follows relations by the first manager; the guarded one is asked for by name."""
    from portal.access.rows import GuardedQuerySet

    guarded = [model for model in apps.get_models() if isinstance(model.objects.all(), GuardedQuerySet)]
    assert guarded
    assert [model for model in guarded if model._default_manager.name != "everything"] == []
