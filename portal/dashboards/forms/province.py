"""How the comparison of places is asked for: all of it stands in the address."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from branches.models import Area, BranchType, Tag
from portal.dashboards.frame import Frame
from portal.dashboards.queries.province.board import Asked, Board
from portal.dashboards.queries.province.goals import GoalsOf, goals_by_document
from portal.dashboards.queries.province.rows import VALUES
from portal.indicators.registry import Subject, all_indicators, indicator
from portal.ui.forms import PortalForm

ANY = "Tất cả"
NARROWING = ("chiso", "loai", "diaban", "dien")
USUAL_RANK = "Số chỉ tiêu đạt, rồi dự họp"


class BoardForm(PortalForm):
    """?vanban=5&chiso=meetings.held&loai=village&diaban=mountain&dien=border&xep=-du&loc=dat-du"""

    vanban = forms.TypedChoiceField(label="Chỉ tiêu của văn bản", coerce=int, empty_value=None, required=False)
    chiso = forms.ChoiceField(label="Xếp hạng theo", required=False)
    loai = forms.ChoiceField(
        label="Loại hình chi bộ", choices=[("", ANY), *[one for one in BranchType.choices if one[0]]], required=False
    )
    diaban = forms.ChoiceField(
        label="Địa bàn", choices=[("", ANY), *[one for one in Area.choices if one[0]]], required=False
    )
    dien = forms.ChoiceField(label="Diện ưu tiên", choices=[("", ANY), *Tag.choices], required=False)
    xep = forms.ChoiceField(
        choices=[("", ""), *((sign + key, key) for key in VALUES for sign in ("", "-"))], required=False
    )
    loc = forms.SlugField(required=False)
    mo = forms.IntegerField(min_value=1, max_value=10**18 - 1, required=False)

    def __init__(self, asked: QueryDict, documents: Iterable[GoalsOf]) -> None:
        super().__init__(asked)
        self.fields["vanban"].choices = [("", ""), *((one.document.pk, one.document.brief) for one in documents)]  # type: ignore[attr-defined]
        self.fields["chiso"].choices = [("", USUAL_RANK), *_by_subject()]  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """Where a word was wrong, what is usual stands in its place."""
        self.full_clean()
        found: Mapping[str, Any] = self.cleaned_data
        return Asked(
            document=found.get("vanban"),
            indicator=indicator(found.get("chiso") or ""),
            branch_type=found.get("loai") or "",
            area=found.get("diaban") or "",
            tag=found.get("dien") or "",
            order=found.get("xep") or "",
            only=found.get("loc") or "",
            opened=found.get("mo"),
        )

    @property
    def kept(self) -> dict[str, str]:
        """What links to this page keep; which row stands open is no part of it."""
        found = {name: self.cleaned_data.get(name) for name in self.fields if name != "mo"}
        return {name: str(value) for name, value in found.items() if value}

    @property
    def selects(self) -> list[tuple[str, str, SafeString]]:
        """Name, label and control of what narrows. Drawn in one piece: an option at a time costs more than the comparison."""
        return [(name, str(self.fields[name].label), self._select(name)) for name in NARROWING]

    def _select(self, name: str) -> SafeString:
        groups: Any = self.fields[name].choices  # type: ignore[attr-defined]
        chosen = str(self.cleaned_data.get(name) or "")
        drawn = "".join(_options(*pair, chosen) for pair in groups)
        return mark_safe(f'<select class="input" name="{name}" id="id_{name}">{drawn}</select>')  # noqa: S308  escaped there

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in NARROWING)


def asked_board(frame: Frame) -> tuple[Board, BoardForm]:
    """As the address asks for it; links to the page keep its words from here on."""
    documents = goals_by_document(frame)
    form = BoardForm(frame.asked, documents)
    board = Board(frame, documents, form.asked)
    frame.kept.update(form.kept)
    return board, form


def _options(value: Any, words: Any, chosen: str) -> str:
    """Of a choice, or of a group of choices."""
    if isinstance(words, list):
        return f'<optgroup label="{escape(value)}">{"".join(_options(*pair, chosen) for pair in words)}</optgroup>'
    return f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'


def _by_subject() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for subject in Subject:
        names = [(one.code, one.name) for one in all_indicators() if one.subject is subject]
        if names:
            yield subject.value, names
