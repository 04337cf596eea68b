"""The door cannot be forgotten: each way around it is tried once, and seen to be caught."""

import shutil
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from branches.models import Organisation
from portal.access.permissions import Permission
from portal.access.reading import ReadingOnly, WroteWhileReading
from portal.access.rows import GuardedQuerySet, UnopenedRows
from portal.access.views import requires, signed_in
from portal.help.models import Term
from portal.words.errors import NotAllowed
from tests.cast import Cast
from tests.house.door import CHECKOUT, PACKAGES, plain_reads

# Models that nobody's reach narrows, and why.
UNGUARDED = {
    "accounts.Account": "asked by sign-in and by offices; pages reach accounts through grants",
}


def test_nobody_reads_past_the_door():
    assert plain_reads() == []


@pytest.mark.parametrize(
    "line", ["Term.everything.all()", "Term._default_manager.first()", "term.__class__._base_manager"]
)
def test_a_plain_manager_in_a_view_is_refused(tmp_path: Path, line: str):
    for package in PACKAGES:
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    view = tmp_path / "portal/help/views/glossary.py"
    view.write_text(view.read_text() + f"\n\ndef careless(term):\n    return {line}\n")
    assert [found.split(":")[0] for found in plain_reads(tmp_path)] == ["portal/help/views/glossary.py"]


def test_every_model_with_data_is_guarded():
    ours = [model for model in apps.get_models() if model.__module__.startswith(PACKAGES)]
    events = [model for model in ours if hasattr(model, "pgh_tracked_model")]
    open_ones = [
        model._meta.label
        for model in ours
        if model not in events and not isinstance(model.objects.all(), GuardedQuerySet)
    ]
    assert sorted(open_ones) == sorted(UNGUARDED)


def test_an_unscoped_read_is_refused(db: None):
    with pytest.raises(UnopenedRows, match="without"):
        list(Organisation.objects.filter(code="PL"))


def test_a_form_that_offers_rows_nobody_opened_is_refused(cast: Cast):
    class Careless(forms.Form):
        organisation = forms.ModelChoiceField(queryset=Organisation.objects.all())

    with pytest.raises(UnopenedRows):
        str(Careless())


def test_a_form_offers_what_the_actor_reaches_and_accepts_nothing_else(cast: Cast):
    class Careful(forms.Form):
        organisation = forms.ModelChoiceField(
            queryset=Organisation.objects.allowed(cast.actor("mai"), Permission.SEE_ORGANISATION)
        )

    assert "Tân Hòa" not in str(Careful())
    assert Careful({"organisation": cast.dong.pk}).is_valid()
    assert not Careful({"organisation": cast.thuong.pk}).is_valid()


def test_background_work_without_a_reason_is_refused(db: None):
    with pytest.raises(TypeError):
        Term.objects.everywhere()
    with pytest.raises(UnopenedRows, match="needs a reason"):
        Term.objects.everywhere(reason="")


@pytest.mark.parametrize(
    "write",
    [
        lambda: Term(word="x", meaning="x").save(),
        lambda: Term.objects.everywhere(reason="a test").update(meaning="y"),
        lambda: Term.objects.everywhere(reason="a test").delete(),
        lambda: Term.everything.bulk_create([Term(word="x", meaning="x")]),
        lambda: connection.cursor().execute("PREPARE away (bigint) AS DELETE FROM help_term WHERE id = $1"),
    ],
    ids=["save", "update", "delete", "bulk", "planned"],
)
def test_a_get_that_writes_is_refused(db: None, write):
    Term(word="Chi bộ", meaning="…").save()

    def view(request: HttpRequest) -> HttpResponse:
        write()
        return HttpResponse()

    guarded = ReadingOnly(view)
    with pytest.raises(WroteWhileReading):
        guarded(RequestFactory().get("/"))
    with pytest.raises(WroteWhileReading):
        guarded(RequestFactory().head("/"))


def test_a_post_may_write_and_a_get_may_read(db: None):
    Term(word="Chi bộ", meaning="…").save()
    ReadingOnly(lambda request: Term.objects.everywhere(reason="a test").update(meaning="y"))(
        RequestFactory().post("/")
    )
    read = ReadingOnly(lambda request: list(Term.objects.everywhere(reason="a test")))(RequestFactory().get("/"))
    assert [term.meaning for term in read] == ["y"]


def test_a_view_without_its_permission_is_refused(cast: Cast):
    @requires(Permission.WRITE_HELP)
    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("the view ran")

    request = RequestFactory().get("/")
    request.actor = cast.actor("thinh")
    with pytest.raises(NotAllowed):
        view(request)


def test_a_view_that_does_not_say_who_may_come_in_is_found():
    from tests.access.test_pages import silent_views
    from tests.house.addresses import Address

    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @signed_in
    def careful(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert silent_views([Address("x", "x/", careless), Address("y", "y/", careful)]) == ["x"]
