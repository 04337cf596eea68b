"""What every form of the portal has in common: our markup, our sentences, and how a service's refusal is shown."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from portal.ui.days import DayField, PickDay, ThreeBoxes
from portal.ui.sentences import put_into_words
from portal.words.errors import DomainError, NotAllowed

__all__ = ["DayField", "PickDay", "PortalForm", "PortalRenderer", "Proposing", "Segments", "ThreeBoxes", "refusals_in"]

_BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget, forms.HiddenInput)


class PortalBoundField(forms.BoundField):
    """Text boxes look like ours, and numbers bring up the keyboard of digits."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if not isinstance(drawn, _BOXES):
            attrs["class"] = f"input {drawn.attrs.get('class', '')}".strip()
        if isinstance(self.field, forms.IntegerField) and isinstance(drawn, forms.TextInput):
            attrs.setdefault("inputmode", "numeric" if type(self.field) is forms.IntegerField else "decimal")
        return attrs

    @property
    def anchor(self) -> str:
        """Where the error summary leads to: the field's first control."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id


class PortalRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` give our markup; single controls may be overridden in templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField


class Segments(forms.RadioSelect):
    """Up to four short choices side by side. `faces`: value → (tone, icon)."""

    template_name = "components/segments.html"

    def __init__(self, faces: dict[str, tuple[str, str]] | None = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.faces = faces or {}

    def create_option(self, name: str, value: Any, *rest: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *rest, **options)
        option["tone"], option["icon"] = self.faces.get(str(value), ("ok", "check"))
        return option


class Proposing(forms.TextInput):
    """A text box that proposes while one types: for choices that are too many for a list. The field gives `proposals`."""

    template_name = "components/proposing.html"
    proposals: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"list": f"{name}-proposals", "autocomplete": "off"}
        return context | {"proposals": self.proposals, "proposals_id": f"{name}-proposals"}


class PortalForm(forms.Form):
    """Base of every form. The browser's own checks are off: they speak its language, not the page's, and vanish."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | options)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # a browser cuts a pasted text silently; we say it is too long
            if type(field.widget) is forms.NumberInput:
                _type_as_text(field)
            if isinstance(field, forms.ModelChoiceField) and field.empty_label:
                field.empty_label = "Chọn trong danh sách"

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            put_into_words(field, str(field.label or name))
        super().full_clean()


def _type_as_text(field: forms.Field) -> None:
    """Numbers are typed as text: 12,5 with our comma, and no wheel that changes them unseen."""
    kept = {name: value for name, value in field.widget.attrs.items() if name not in ("min", "max", "step")}
    field.widget = forms.TextInput(kept)
    field.localize = field.widget.is_localized = True


@contextmanager
def refusals_in(form: forms.BaseForm) -> Iterator[None]:
    """What a service refuses inside becomes an error of the form: of its field, or of the form as a whole.

    “You may not” is no matter of the form: it goes on, and becomes the 403 page.
    """
    try:
        yield
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
