"""Components of forms."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from portal.ui.templatetags.ui import drawn

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """All errors on top, leading to their fields; takes the focus. Nothing when there are none."""
    places = [(field, field.errors) for field in form.visible_fields() if field.errors]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    whole = [*form.non_field_errors(), *hidden]
    return {"places": places, "whole": whole, "count": len(whole) + sum(len(errors) for _, errors in places)}


@register.inclusion_tag("components/field.html")
def field(
    field: BoundField,
    *,
    label: str = "",
    hint: str = "",
    autocomplete: str = "",
    inputmode: str = "",
    placeholder: str = "",
    quiet: bool = False,
) -> dict[str, Any]:
    """A field of a form with its label, hint and errors. `quiet`: leave out “(không bắt buộc)”, as in filters."""
    field.label = label or field.label
    field.help_text = hint or field.help_text
    extra = {"autocomplete": autocomplete, "inputmode": inputmode, "placeholder": placeholder}
    control = field.as_widget(attrs={name: value for name, value in extra.items() if value})
    return {"field": field, "control": control, "quiet": quiet}


@register.simple_block_tag
def savebar(content: SafeString, *, state: str, text: str, note: str = "", still: bool = False) -> SafeString:
    """Sticks to the foot of a form that saves itself. `state`: saved, saving, offline, conflict. `still`: in its place."""
    tone, icon = {
        "saved": ("ok", "cloud-ok"),
        "saving": ("mute", "refresh"),
        "offline": ("warn", "cloud-off"),
        "conflict": ("bad", "alert"),
    }[state]
    return drawn("savebar", locals())


ATTENDANCE = [
    ("present", "ok", "check", "Có mặt", ""),
    ("excused", "warn", "letter-p", "Vắng", "có lý do"),
    ("absent", "bad", "x", "Vắng", "không lý do"),
    ("exempt", "mute", "minus", "Miễn", ""),
]


@register.inclusion_tag("components/attendance_row.html")
def attendance_row(
    name: str, *, number: int, field: str, meta: str = "", chosen: str = "", stacked: bool = False
) -> dict[str, Any]:
    """One member of the roll call. Nobody is marked until someone marks: without `chosen` the row says so.

    `field`: name of the radio group, unique on the page. Values: present, excused, absent, exempt.
    """
    return {**locals(), "choices": ATTENDANCE}
