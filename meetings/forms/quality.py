"""Scoring a meeting from beside the branch, and a set of criteria of one's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from meetings.models import ASKED, Block, Criterion, Scorer
from meetings.quality.measurers import MEASURERS
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from meetings.queries.score_sheet import ScoreSheet, SheetRow
from portal.ui.forms import DayField, PortalForm

MOST_BLOCKS, MOST_LINES = 8, 15
SPARE_LINES = 2
FILLS = [(ASKED, "Chi bộ chấm"), *((code, f"Tự điền: {one.label.lower()}") for code, one in MEASURERS.items())]


@dataclass(frozen=True)
class Tiles:
    """A criterion with its points side by side."""

    row: SheetRow
    field: BoundField
    choices: list[tuple[str, bool]]


class BesideForm(PortalForm):
    """Begins with what this scorer said before; else with what the log has filled in by itself."""

    def __init__(self, data: Mapping[str, Any] | None, *, sheet: ScoreSheet, scorer: Scorer) -> None:
        super().__init__(data)
        self.sheet = sheet
        for row in sheet.rows:
            before = getattr(row, scorer.value)
            filled = None if row.by_hand else row.branch
            self.fields[f"points_{row.criterion.pk}"] = forms.TypedChoiceField(
                label=row.words,
                choices=[(str(points), str(points)) for points in range(row.most + 1)],
                coerce=int,
                widget=forms.RadioSelect,
                initial=before if before is not None else filled,
            )
        self.fields["comment"] = forms.CharField(
            label="Nhận xét", max_length=5_000, required=False, widget=forms.Textarea({"rows": 3}),
            initial=sheet.comment(scorer),
        )  # fmt: skip

    def parts(self) -> Iterator[tuple[str, int, list[Tiles]]]:
        for part in self.sheet.parts:
            yield part.title, part.most, [self._tiles(row) for row in part.rows]

    def _tiles(self, row: SheetRow) -> Tiles:
        field = self[f"points_{row.criterion.pk}"]
        chosen = str(field.value())
        return Tiles(row, field, [(str(points), str(points) == chosen) for points in range(row.most + 1)])

    @property
    def said(self) -> dict[str, Any]:
        points = {row.criterion.pk: self.cleaned_data[f"points_{row.criterion.pk}"] for row in self.sheet.rows}
        return {"points": points, "comment": self.cleaned_data["comment"]}


@dataclass(frozen=True)
class FormPart:
    """A block of the form; spare lines, and a spare block, are folded away."""

    title: BoundField
    lines: list[list[BoundField]]
    spare_lines: list[list[BoundField]]
    spare: bool = False


class CriteriaForm(PortalForm):
    """A copy of the set that holds, to be changed: a line without words is left out, spare lines are empty."""

    name = forms.CharField(label="Tên bộ tiêu chí", max_length=200)
    document = forms.CharField(
        label="Theo văn bản", max_length=300, required=False, help_text="Ví dụ Quy định 27-QĐ/TU ngày 30/10/2023."
    )
    since = DayField(label="Áp dụng từ ngày", help_text="Buổi họp trước ngày này giữ bộ tiêu chí cũ.")

    def __init__(self, data: Mapping[str, Any] | None, *, base: NewSet, today: date) -> None:
        super().__init__(data, initial={"name": base.name, "document": base.document, "since": today})
        self.base = base
        since = cast(DayField, self.fields["since"])
        since.not_before = today
        self._shape = self._sizes(data or {})
        for place, size in enumerate(self._shape):
            self._add_block(place, size)

    def _sizes(self, data: Mapping[str, Any]) -> list[int]:
        """How many lines each block has room for: what it has, what was typed, and some to spare; and one block more."""
        sizes = [len(block.criteria) + SPARE_LINES for block in self.base.blocks] + [SPARE_LINES + 1]
        for name in data:
            found = re.fullmatch(r"line_(\d{1,2})_(\d{1,2})_words", name, re.ASCII)
            if found and (place := int(found[1])) < MOST_BLOCKS:
                sizes += [SPARE_LINES] * (place + 1 - len(sizes))
                sizes[place] = max(sizes[place], int(found[2]) + 1)
        return [min(size, MOST_LINES) for size in sizes[:MOST_BLOCKS]]

    def _add_block(self, place: int, size: int) -> None:
        block = self.base.blocks[place] if place < len(self.base.blocks) else None
        self.fields[f"block_{place}"] = _text(Block, "title", "Tên nhóm", required=False)
        self.fields[f"block_{place}"].initial = block.title if block else ""
        for nth in range(size):
            line = block.criteria[nth] if block and nth < len(block.criteria) else None
            for name, field in _line_fields().items():
                field.initial = getattr(line, name) if line else field.initial
                self.fields[f"line_{place}_{nth}_{name}"] = field

    def parts(self) -> list[FormPart]:
        return [self._part(place, size) for place, size in enumerate(self._shape)]

    def _part(self, place: int, size: int) -> FormPart:
        lines = [[self[f"line_{place}_{nth}_{name}"] for name in LINE] for nth in range(size)]
        used = [nth for nth, line in enumerate(lines) if line[0].value() or any(field.errors for field in line)]
        cut = used[-1] + 1 if used else 0
        title = self[f"block_{place}"]
        if not cut and not title.value():
            return FormPart(title, lines, [], spare=True)
        return FormPart(title, lines[:cut], lines[cut:])

    def clean(self) -> None:
        blocks = []
        for place, size in enumerate(self._shape):
            lines = tuple(filter(None, (self._line(place, nth) for nth in range(size))))
            title = self.cleaned_data.get(f"block_{place}") or ""
            if lines and not title:
                self.add_error(f"block_{place}", "Đặt tên cho nhóm tiêu chí này.")
            if lines:
                blocks.append(NewBlock(title, lines))
        said = self.cleaned_data
        said["wanted"] = NewSet(self.base.kind, said.get("name", ""), tuple(blocks), said.get("document") or "")

    def _line(self, place: int, nth: int) -> NewCriterion | None:
        words, most, fills, full = (self.cleaned_data.get(f"line_{place}_{nth}_{name}") for name in LINE)
        if not words:
            return None
        if most is None and f"line_{place}_{nth}_most" not in self.errors:
            self.add_error(f"line_{place}_{nth}_most", "Chưa nhập điểm.")
        return NewCriterion(words, most or 0, fills or ASKED, bool(full))


LINE = ("words", "most", "fills", "must_be_full")


def _line_fields() -> dict[str, forms.Field]:
    return {
        "words": _text(Criterion, "words", "Tiêu chí", required=False),
        "most": forms.IntegerField(label="Điểm", min_value=1, max_value=100, required=False),
        "fills": forms.ChoiceField(label="Cách chấm", choices=FILLS, required=False, initial=ASKED),
        "must_be_full": forms.BooleanField(label="Phải trọn điểm", required=False),
    }


def _text(model: Any, name: str, label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(label=label, max_length=model._meta.get_field(name).max_length, required=required)
