"""Lists come in pages."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS_A_PAGE = 30


def page_of(
    rows: QuerySet | Sequence[Any], request: HttpRequest, *, rows_a_page: int = ROWS_A_PAGE, count: int | None = None
) -> Page:
    """The page that the address asks for (?trang=2); nonsense gives the first, too far gives the last.

    `count`: how many rows there are, where the page has counted them already.
    """
    paginator = Paginator(rows, rows_a_page)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("trang"))
