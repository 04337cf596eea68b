from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.base import File

from portal.files.inspection.first_look import first_look
from portal.files.kinds import Kind, in_words, limits_in_words
from portal.files.refusals import FileRefused


class StoredFileField(forms.FileField):
    """Chooses one file; says what is taken, and looks at size, kind and name. The service inspects the rest and stores it.

    `paper = StoredFileField(label="Văn bản", kinds=PAPERS)`, then `store_file(form.cleaned_data["paper"], kinds=PAPERS,
    field="paper", by=…)` inside `refusals_in(form)`.
    """

    def __init__(self, *, kinds: Collection[Kind], **options: Any) -> None:
        self.kinds = frozenset(kinds)
        said = f"{in_words(self.kinds)}; {limits_in_words(self.kinds)}."
        super().__init__(**{"help_text": said[:1].upper() + said[1:]} | options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Phones turn their photos into a kind that stands here."""
        kinds = sorted(self.kinds)
        types = [kind.facts.content_type.partition(";")[0] for kind in kinds]
        return {"accept": ",".join([f".{ending}" for kind in kinds for ending in kind.facts.extensions] + types)}

    def to_python(self, data: Any) -> File | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            first_look(upload, self.kinds)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.sentence, code="refused") from refusal
        return upload
