"""Documents for tests, written straight into the tables."""

from datetime import date
from typing import Any

from branches.models import Organisation
from directives.models import Document, Issuer, Obligation, Target, Task

TEXT = """I. MỤC ĐÍCH

1. Các chi bộ họp mỗi tháng một lần.

2. Báo cáo kết quả trước ngày 05/12 hằng năm; tỷ lệ dự họp đạt từ 90% trở lên."""


START, END = TEXT.index("Các chi bộ"), TEXT.index("\n\n2.")


def a_document(keeper: Organisation | None, subject: str, **facts: Any) -> Document:
    issuer, _ = Issuer.everything.get_or_create(name="Cơ quan ban hành thử", organisation=None)
    number = Document.everything.count() + 1
    usual = {
        "slug": f"van-ban-{number}", "type": "plan", "number": number, "symbol": f"{number}-KH/ĐU", "issuer": issuer,
        "issued_on": date(2026, 1, 5), "since": date(2026, 1, 5), "text": TEXT, "version": 2,
    }  # fmt: skip
    document = Document(subject=subject, keeper=keeper, **usual | facts)
    document.save()
    return document


def an_obligation(document: Document, *, start: int = START, end: int = END) -> Obligation:
    words = " ".join(document.text[start:end].split())
    row = Obligation(
        document=document, code=f"VB{document.pk}-{start}", kind="task", words=words, start=start, end=end, clause="I.1",
        bearers=["branch", "council"],
    )  # fmt: skip
    row.save()
    Task(obligation=row, product="Buổi sinh hoạt", proof="Biên bản").save()
    return row


def a_target(document: Document, indicator: str = "", *, timing: dict[str, Any] | None = None, **facts: Any) -> Target:
    """From 90 % on, if nothing else is said."""
    number = Obligation.everything.count() + 1
    row = Obligation(
        document=document, code=f"CT{document.pk}-{number}", kind="target", words=f"Chỉ tiêu thứ {number}",
        bearers=["branch"], **timing or {},
    )  # fmt: skip
    row.save()
    usual = {"comparison": "at least", "value": 90, "unit": "%", "indicator": indicator}
    target = Target(obligation=row, **usual | facts)
    target.save()
    return Target.everything.select_related("obligation").get(pk=target.pk)
