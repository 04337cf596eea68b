"""What tests of the register do in one line."""

from datetime import date, timedelta

from django.utils import timezone

from branches.models import DocumentNumber
from branches.services.numbers import record_outside_number, reserve_numbers, take_number
from tests.cast import Cast

D = date(2025, 7, 16)  # the new term's first day
DAY = timedelta(days=1)


def take(cast: Cast, type: str = "BC", by: str = "mai", **more: object) -> DocumentNumber:
    facts = {"issuer": cast.phu_luong, "type": type, "subject": "Công tác tháng 11"}
    return take_number(**facts | more, by=cast.actor(by))


def reserve(cast: Cast, count: int, **more: object) -> list[DocumentNumber]:
    facts = {"issuer": cast.phu_luong, "type": "BC", "count": count, "reason": "mạng đang mất"}
    return reserve_numbers(**facts | more, by=cast.actor("mai"))


def record(cast: Cast, number: int, suffix: str = "", **more: object) -> DocumentNumber:
    facts = {"issuer": cast.phu_luong, "type": "BC", "on": timezone.localdate(), "subject": "Viết tay"}
    return record_outside_number(number=number, suffix=suffix, **facts | more, by=cast.actor("mai"))


def register(cast: Cast, type: str = "BC") -> list[str]:
    rows = DocumentNumber.everything.filter(issuer=cast.phu_luong, series=type).order_by("term", "number", "suffix")
    return list(rows.values_list("symbol", flat=True))
