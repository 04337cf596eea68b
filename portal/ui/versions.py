"""Two people change one thing: whoever saves second is told, keeps the own words, and sees the newer ones beside them."""

from typing import Any

from django import forms


class VersionForm(forms.Form):
    """The version the writer had before them when the page was opened."""

    version = forms.IntegerField(min_value=0, max_value=2_147_483_646, widget=forms.HiddenInput)


def newer_than(form: forms.BaseForm, written: Any) -> dict[str, Any]:
    """What the page of a form over a written thing shows: the version it is based on from now on, and, if somebody saved
    since the writer opened it, the newer text beside their own."""
    based_on = form["version"].value() if form.is_bound else written.version
    return {"version": written.version, "newer": written if str(based_on) != str(written.version) else None}
