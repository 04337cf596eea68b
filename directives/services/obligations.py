"""Marking what a document obliges to, correcting it, taking it away again."""

import re
from typing import Any

from branches.models import Organisation
from directives.models import Document, Obligation, ObligationKind, Target, Task
from directives.services.documents import need_keeping
from directives.timing import Timing
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError, NotAllowed

DETAILS: dict[str, type[Task | Target]] = {ObligationKind.TASK: Task, ObligationKind.TARGET: Target}


@action("bóc tách việc văn bản giao")
def mark_obligation(
    document: Document,
    *,
    kind: str,
    start: int,
    end: int,
    clause: str,
    timing: Timing,
    when_words: str = "",
    bearers: list[str],
    who_words: str = "",
    named: list[Organisation] | None = None,
    detail: dict[str, Any] | None = None,
    by: Actor,
) -> Obligation:
    """The words are those that stand in the text between the two places."""
    need_keeping(document, by)
    if document.is_secret:
        raise DomainError("Văn bản mật chỉ ghi ký hiệu, độ mật và nơi giữ.")
    words = " ".join(document.text[start:end].split())
    if not words or not 0 <= start < end:
        raise DomainError("Chọn một đoạn trong bài.", field="words")
    if document.obligations.filter(start=start, end=end, kind=kind).exists():
        raise DomainError("Đoạn này đã được bóc tách thành việc cùng loại.")
    obligation = Obligation(
        document=document, code=_next_code(document), kind=kind, clause=clause, words=words, start=start, end=end,
        when_words=when_words, who_words=who_words, bearers=bearers, **timing.columns,
    )  # fmt: skip
    obligation.save(force_insert=True)
    obligation.named.set(named or [])
    _put_detail(obligation, detail or {})
    return obligation


@action("sửa việc đã bóc tách")
def correct_obligation(
    obligation: Obligation, *, kind: str, words: str, timing: Timing, detail: dict[str, Any], by: Actor, **facts: Any
) -> Obligation:
    """Under the same code. The words stay the document's own: where they stand is looked for in its text."""
    need_own(obligation, by)
    rows = Obligation.objects.allowed(by, Permission.KEEP_LIBRARY).select_for_update(of=["self"])
    locked = rows.select_related("document").get(pk=obligation.pk)
    start, end = _place_of(words, locked.document.text, near=locked.start or 0)
    others = locked.document.obligations.exclude(pk=locked.pk)
    if others.filter(start=start, end=end, kind=kind).exists():
        raise DomainError("Đoạn này đã được bóc tách thành việc cùng loại.", field="words")
    if kind != locked.kind:
        for model in DETAILS.values():
            model.objects.allowed(by, Permission.KEEP_LIBRARY).filter(obligation=locked).delete()
    said = {"kind": kind, "words": " ".join(words.split()), "start": start, "end": end} | timing.columns | facts
    for name, value in said.items():
        setattr(locked, name, value)
    locked.save()
    _put_detail(locked, detail)
    return locked


@action("bỏ việc đã bóc tách")
def remove_obligation(obligation: Obligation, *, by: Actor) -> None:
    need_own(obligation, by)
    obligation.delete()


def need_own(obligation: Obligation, by: Actor) -> None:
    """What the portal brought along is mended with the portal."""
    need_keeping(obligation.document, by)
    if obligation.document.source:
        raise NotAllowed("Việc của văn bản đi kèm cổng do cổng giữ, không sửa hay bỏ được.")


def _put_detail(obligation: Obligation, detail: dict[str, Any]) -> None:
    """What a task or a target has besides. Columns that nobody speaks of stay as they were."""
    model = DETAILS.get(obligation.kind)
    if model is None:
        return
    rows = model.objects.everywhere(reason="of an obligation that was reached")
    row = rows.filter(obligation=obligation).first() or model(obligation=obligation)
    for name, value in detail.items():
        setattr(row, name, value)
    row.save()


def _place_of(words: str, text: str, *, near: int) -> tuple[int, int]:
    """From one letter to another; of several places the nearest to where it stood."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = [one.span() for one in re.finditer(pattern, text)] if pattern else []
    if not found:
        raise DomainError("Lời văn phải đúng từng chữ như trong bài. Chép lại đoạn ấy từ toàn văn.", field="words")
    return min(found, key=lambda place: abs(place[0] - near))


def _next_code(document: Document) -> str:
    """VB41-7. Numbers are not given again within a document while a later one stands."""
    Document.objects.everywhere(reason="codes are given one after another").select_for_update().get(pk=document.pk)
    given = [
        int(code.rpartition("-")[2]) for code in document.obligations.values_list("code", flat=True) if code[:2] == "VB"
    ]
    return f"VB{document.pk}-{max(given, default=0) + 1}"
