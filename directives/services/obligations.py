"""Marking what a document obliges to."""

from typing import Any

from branches.models import Organisation
from directives.models import Document, Obligation, ObligationKind, Target, Task
from directives.services.documents import need_keeping
from directives.timing import Timing
from portal.access.actor import Actor
from portal.history.actions import action
from portal.words.errors import DomainError


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
    if kind == ObligationKind.TASK:
        Task(obligation=obligation, **(detail or {})).save(force_insert=True)
    if kind == ObligationKind.TARGET:
        Target(obligation=obligation, **(detail or {})).save(force_insert=True)
    return obligation


@action("bỏ việc đã bóc tách")
def remove_obligation(obligation: Obligation, *, by: Actor) -> None:
    need_keeping(obligation.document, by)
    if obligation.document.source:
        raise DomainError("Việc của văn bản đi kèm cổng không bỏ được.")
    obligation.delete()


def _next_code(document: Document) -> str:
    """VB41-7. Numbers are not given again within a document while a later one stands."""
    Document.objects.everywhere(reason="codes are given one after another").select_for_update().get(pk=document.pk)
    given = [
        int(code.rpartition("-")[2]) for code in document.obligations.values_list("code", flat=True) if code[:2] == "VB"
    ]
    return f"VB{document.pk}-{max(given, default=0) + 1}"
