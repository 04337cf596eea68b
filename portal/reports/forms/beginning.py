from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.text import Truncator

from directives.models import Document
from directives.models.document import DocumentQuerySet
from portal.figures.periods import Length, Period
from portal.reports.kinds import ReportKind
from portal.reports.models import Report
from portal.reports.queries.listing import DONE, OPEN, period_end
from portal.ui.forms import PortalForm

BACK = {Length.MONTH: 13, Length.QUARTER: 6, Length.HALF: 4, Length.YEAR: 3}  # periods that can be chosen
LONGEST_LABEL = 110


class DocumentChoice(forms.ModelChoiceField):
    """By its number and what it is about, as much as a line of a list shows."""

    def label_from_instance(self, obj: Document) -> str:  # type: ignore[override]
        return Truncator(obj.full_title).chars(LONGEST_LABEL)


class BeginForm(PortalForm):
    """Which period, and of which document where it is about one."""

    day = forms.TypedChoiceField(label="Kỳ báo cáo", coerce=date.fromisoformat)
    document = DocumentChoice(label="Văn bản", queryset=None)

    def __init__(self, *args: Any, kind: ReportKind, today: date, documents: DocumentQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (period_end(period).isoformat(), _words(period, today)) for period in periods_back(kind, today)
        ]
        if kind.about_document:
            cast(forms.ModelChoiceField, self.fields["document"]).queryset = documents
        else:
            del self.fields["document"]


class ListFilter(PortalForm):
    """Stands in the address, so that a list can be kept and sent on."""

    loai = forms.ChoiceField(label="Loại báo cáo", required=False)
    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    loc = forms.ChoiceField(
        label="Tình trạng", required=False,
        choices=[("", "Mọi tình trạng"), (OPEN, "Chưa ban hành"), (DONE, "Đã ban hành")],
    )  # fmt: skip

    def __init__(self, asked: Any, *, kinds: list[ReportKind], years: list[int]) -> None:
        super().__init__(asked, auto_id="loc_%s")
        fields = cast(dict[str, forms.ChoiceField], self.fields)
        fields["loai"].choices = [("", "Mọi loại"), *((one.code, one.name) for one in kinds)]
        fields["nam"].choices = [("", "Mọi năm"), *((str(year), str(year)) for year in years)]
        self.is_valid()


class SendBackForm(PortalForm):
    remark = forms.CharField(
        label="Cần sửa gì", max_length=Report._meta.get_field("remark").max_length, widget=forms.Textarea({"rows": 3})
    )


def periods_back(kind: ReportKind, today: date) -> Iterator[Period]:
    period = kind.period(today)
    for _ in range(BACK[kind.length]):
        yield period
        period = kind.period(period.first - timedelta(days=1))


def _words(period: Period, today: date) -> str:
    return period.name if period_end(period) <= today else f"{period.name} (chưa hết kỳ)"
