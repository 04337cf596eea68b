"""Lists come in pages."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS_A_PAGE = 30


def page_of(rows: QuerySet, request: HttpRequest, *, rows_a_page: int = ROWS_A_PAGE) -> Page:
    """The page that the address asks for (?trang=2); nonsense gives the first, too far gives the last."""
    return Paginator(rows, rows_a_page).get_page(request.GET.get("trang"))
