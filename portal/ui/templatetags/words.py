"""Filters: numbers, days and texts as a Vietnamese reader writes them."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.ui.prose import as_html
from portal.words import quantities

register = template.Library()
_DOCUMENT_NUMBER = re.compile(r"\b\d+-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]+\b")


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """{{ 1234.5|number }} → 1.234,5; None → a dash."""
    return quantities.number(value, decimals)


@register.filter
def share(part: int, whole: int) -> str:
    """{{ 34|share:36 }} → 34/36 (94,4 %)"""
    return quantities.share(part, whole)


@register.filter
def percent(part: int, whole: int) -> str:
    """{{ 34|percent:36 }} → 94,4 %"""
    return quantities.percent(part, whole)


@register.filter
def day(value: date | None) -> str:
    """{{ due_on|day }} → 05/12/2025. Of a time: the day it is in Vietnam."""
    return quantities.day(_local(value))


@register.filter
def long_day(value: date | None) -> str:
    """{{ due_on|long_day }} → Thứ Sáu, 05/12/2025"""
    local = _local(value)
    return quantities.DOES_NOT_APPLY if local is None else quantities.long_day(local)


@register.filter
def remaining(due_on: date, today: date | None = None) -> str:
    """{{ due_on|remaining }} or {{ due_on|remaining:today }} → còn 3 ngày"""
    return quantities.remaining(due_on, today or timezone.localdate())


@register.filter
def file_size(size: int) -> str:
    """{{ file.size|file_size }} → 1,8 MB"""
    return quantities.file_size(size)


@register.filter(is_safe=True)
def doc_no(text: str) -> SafeString:
    """Document numbers such as 11-ĐA/TU within a text never break across lines."""
    escaped = str(conditional_escape(text))
    return mark_safe(_DOCUMENT_NUMBER.sub(r'<span class="doc-no">\g<0></span>', escaped))  # noqa: S308


@register.filter
def prose(text: str) -> SafeString:
    """Plain text as paragraphs, lists and headings; see portal.ui.prose."""
    return as_html(text)


@register.filter
def highlight(text: str, sought: str) -> SafeString:
    """Marks what was searched for, as it stands in the text."""
    begins = text.lower().find(sought.lower()) if sought else -1
    if begins < 0 or len(text.lower()) != len(text):
        return escape(text)
    ends = begins + len(sought)
    return format_html("{}<mark>{}</mark>{}", text[:begins], text[begins:ends], text[ends:])


def _local(value: date | None) -> date | None:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
