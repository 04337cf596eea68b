from typing import Any

from django import forms
from django.db.models import QuerySet

from directives.models import Document, DocumentType, Issuer, RelationKind, Secrecy, Struck
from directives.models.document import LONGEST_TEXT
from directives.reading.word import text_of_word
from directives.services.documents import PAPERS
from portal.files.forms import StoredFileField
from portal.files.kinds import Kind
from portal.files.refusals import FileRefused
from portal.ui.forms import DayField, PickDay, PortalForm, Proposing
from portal.ui.versions import VersionForm


class LibraryForm(PortalForm):
    """The filters of the library, as they stand in the address."""

    tim = forms.CharField(
        label="Tìm trong tên và toàn văn", max_length=200, required=False, help_text="Có dấu hay không dấu đều được."
    )
    loai = forms.ChoiceField(label="Loại văn bản", choices=[("", "Tất cả"), *DocumentType.choices], required=False)
    noi = forms.ModelChoiceField(label="Cơ quan ban hành", queryset=Issuer.objects.none(), required=False)
    nam = forms.IntegerField(label="Năm ban hành", min_value=1930, max_value=2100, required=False)
    hieu_luc = forms.DateField(label="Còn hiệu lực ngày", widget=PickDay, required=False)
    danh_dau = forms.BooleanField(label="Chỉ văn bản tôi đánh dấu", required=False)

    def __init__(self, *args: Any, issuers: QuerySet[Issuer], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["noi"]
        field.queryset, field.empty_label = issuers, "Tất cả"  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}

    @property
    def further(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "tim"]

    @property
    def is_further_asked(self) -> bool:
        return any(field.value() or field.errors for field in self.further)


class DocumentForm(PortalForm):
    type = forms.ChoiceField(label="Loại văn bản", choices=[("", "Chọn trong danh sách"), *DocumentType.choices])
    symbol = forms.CharField(
        label="Số, ký hiệu", max_length=40, required=False, help_text="Như trên văn bản, ví dụ 12-HD/BTCTW."
    )
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, widget=Proposing)
    issued_on = DayField(label="Ngày ban hành", required=False)
    subject = forms.CharField(
        label="Trích yếu", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Văn bản nói về việc gì, ví dụ: về nâng cao chất lượng sinh hoạt chi bộ.",
    )  # fmt: skip
    text = forms.CharField(
        label="Toàn văn", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Dán nội dung vào đây để tìm được và bóc tách thành việc. Không dán tên người ký.",
    )  # fmt: skip
    word = StoredFileField(
        label="Hoặc lấy toàn văn từ tệp Word", kinds={Kind.DOCX}, required=False,
        help_text="Chọn tệp .docx: cổng đọc chữ vào ô Toàn văn, không giữ tệp.",
    )  # fmt: skip
    file = StoredFileField(label="Bản đã ký", kinds=PAPERS, required=False)
    since = forms.DateField(
        label="Có hiệu lực từ", widget=PickDay, required=False, help_text="Bỏ trống là từ ngày ban hành."
    )
    until = forms.DateField(label="Hết hiệu lực sau ngày", widget=PickDay, required=False)
    recipients = forms.CharField(
        label="Nơi nhận",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi nơi một dòng.",
    )
    note = forms.CharField(label="Ghi chú", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, issuers: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["issuer"].widget.proposals = issuers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.pop("word", None)
        if upload and not cleaned.get("text"):
            try:
                cleaned["text"] = text_of_word(upload)[:LONGEST_TEXT]
            except FileRefused as refusal:
                self.add_error("word", refusal.sentence)
        cleaned["text"] = "\n".join(line.rstrip() for line in cleaned.get("text", "").splitlines()).strip()
        return cleaned


class ChangeDocumentForm(VersionForm, DocumentForm):
    pass


class SecretForm(PortalForm):
    symbol = forms.CharField(label="Số, ký hiệu", max_length=40, help_text="Chỉ ghi số, ký hiệu; không ghi nội dung.")
    secrecy = forms.ChoiceField(label="Độ mật", choices=Secrecy.choices[1:], widget=forms.RadioSelect)


class StrikeForm(PortalForm):
    because = forms.ChoiceField(label="Vì sao gạch", choices=Struck.choices, widget=forms.RadioSelect)


class _OfDocuments(PortalForm):
    """Chooses another document by its address or symbol: the library is too long for a list."""

    def __init__(self, *args: Any, documents: QuerySet[Document], **options: Any) -> None:
        super().__init__(*args, **options)
        self.documents = documents
        self._field().widget.proposals = self._names()

    def _field(self) -> Any:
        return next(field for field in self.fields.values() if isinstance(field.widget, Proposing))

    def _names(self) -> list[str]:
        return [one.dated_name[:200] for one in self.documents[:500]]

    def found(self, typed: str) -> Document:
        same = [
            one
            for one in self.documents
            if typed.casefold() in (one.dated_name[:200].casefold(), one.symbol.casefold(), one.name.casefold())
        ]
        if not same:
            raise forms.ValidationError(
                "Không có văn bản này trong kho. Gõ số, ký hiệu rồi chọn trong danh sách hiện ra."
            )
        if len(same) > 1:
            raise forms.ValidationError("Có nhiều văn bản mang số này. Gõ kèm ngày, ví dụ: " + same[0].dated_name + ".")
        return same[0]


class RelateForm(_OfDocuments):
    kind = forms.ChoiceField(label="Văn bản này", choices=RelationKind.choices)
    other = forms.CharField(label="Văn bản kia", max_length=200, widget=Proposing, help_text="Gõ số, ký hiệu rồi chọn.")

    def clean_other(self) -> Document:
        return self.found(self.cleaned_data["other"])


class MergeForm(_OfDocuments):
    into = forms.CharField(
        label="Văn bản đầy đủ",
        max_length=200,
        widget=Proposing,
        help_text="Gõ số, ký hiệu rồi chọn trong danh sách hiện ra.",
    )

    def clean_into(self) -> Document:
        return self.found(self.cleaned_data["into"])
