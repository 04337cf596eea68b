from typing import Any

from django import forms

from members.imports.columns import COLUMNS
from members.imports.receiving import MOST_BYTES
from members.models import Import
from portal.files.kinds import MEGABYTE
from portal.files.sheets.reading import ACCEPT, TAKEN
from portal.ui.forms import DayField, PortalForm

NOT_USED = "Không dùng cột này"


class MemberSheetForm(PortalForm):
    file = forms.FileField(
        label="Tệp danh sách",
        help_text=f"{TAKEN}; tối đa {MOST_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput({"accept": ACCEPT}),
    )


class MatchColumnsForm(PortalForm):
    """One choice for each heading of the sheet."""

    def __init__(self, *args: Any, brought: Import, **options: Any) -> None:
        super().__init__(*args, **options)
        by_place = {place: name for name, place in brought.places.items()}
        choices = [("", NOT_USED), *((name, column.title) for name, column in COLUMNS.items())]
        for place, heading in enumerate(brought.headings):
            if heading:
                self.fields[f"cot_{place}"] = forms.ChoiceField(
                    label=heading, choices=choices, required=False, initial=by_place.get(place, "")
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        places: dict[str, int] = {}
        for field, name in list(given.items()):
            if name in places:
                self.add_error(field, f"Hai cột cùng ghép vào “{COLUMNS[name].title}”. Chỉ chọn một.")
            elif name:
                places[name] = int(field.removeprefix("cot_"))
        return given | {"places": places}


class PeriodForm(PortalForm):
    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến hết ngày")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("tu") and given.get("den") and given["den"] < given["tu"]:
            self.add_error("den", "Ngày cuối phải từ ngày đầu trở đi.")
        return given
