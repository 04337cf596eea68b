"""Components of lists, tables and tasks."""

from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from portal.ui.templatetags.ui import drawn

register = template.Library()


@register.simple_block_tag
def hero_task(
    content: SafeString,
    *,
    title: str,
    due: date | None = None,
    state: str = "",
    tone: str = "warn",
    icon: str = "clock",
    text: str = "",
    id: str = "viec-chinh",
) -> SafeString:
    """The one thing due now, framed like a citation; between the tags its progress and its button."""
    return drawn("hero_task", locals())


@register.inclusion_tag("components/task.html")
def task(
    title: str, *, url: str, state: str, meta: str = "", tone: str = "info", icon: str = "clock", sign: str = ""
) -> dict[str, Any]:
    """A row of `<ul class="panel tasks">`. The whole row is the link. `sign`: icon of the round sign, else `icon`."""
    return locals()


@register.simple_block_tag
def data_table(
    content: SafeString, *, caption: str, caption_shown: bool = False, css: str = "", compact: bool = False
) -> SafeString:
    """A table; on phones each row is a card. Between the tags: thead and tbody.

    The name of a row is `<th scope="row" class="data__name">`, other cells `<td data-label="Hạn">`, numbers add
    `class="num"`; a row over a group of rows is `<tr class="group"><th colspan=… scope="rowgroup">`.
    """
    return drawn("data_table", locals())


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: RequestContext, text: str, *, key: str, numeric: bool = False, param: str = "xep"
) -> dict[str, Any]:
    """A column's head that sorts: ?xep=name, again for ?xep=-name. The other parameters stay."""
    current = _query(context).get(param, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    url = _same_list(context, {param: f"-{key}" if current == key else key, "trang": None})
    return {"text": text, "numeric": numeric, "order": order, "url": url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page, *, noun: str, param: str = "trang") -> dict[str, Any]:
    """“Trang 2/12 · 240 đảng viên” and links that keep the other parameters. Nothing but the count on a single page."""

    def address(number: int) -> str:
        return _same_list(context, {param: str(number) if number > 1 else None})

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [(step, address(step) if isinstance(step, int) else "") for step in elided]
    return {
        "page": page,
        "noun": noun,
        "steps": steps if page.paginator.num_pages > 1 else [],
        "back": address(page.number - 1),
        "onward": address(page.number + 1),
    }


def _query(context: RequestContext) -> QueryDict:
    return context["request"].GET


def _same_list(context: RequestContext, changes: dict[str, str | None]) -> str:
    """The address of the same list with some parameters changed, and those that are None left out."""
    query = _query(context).copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}" if query else context["request"].path


@register.inclusion_tag("components/chip.html")
def chip(text: str, *, url: str, count: int | None = None, current: bool = False) -> dict[str, Any]:
    """A ready-made filter in `<nav class="chips">`; a link, so that it works everywhere and can be kept."""
    return locals()


@register.inclusion_tag("components/event.html")
def event(title: str, *, meta: str, icon: str = "", day: date | None = None, quiet: bool = True, url: str = "") -> dict:
    """A row of `<ol class="timeline">`, with a sign or a calendar leaf."""
    return locals()


@register.inclusion_tag("components/file_row.html")
def file_row(
    name: str, *, url: str, kind: str, meta: str, tone: str = "", icon: str = "check", state: str = ""
) -> dict[str, Any]:
    """A row of `<ul class="files">`. `kind`: PDF, DOCX, ẢNH."""
    return locals()


@register.simple_block_tag
def job_row(
    content: SafeString,
    *,
    title: str,
    kind: str,
    meta: str = "",
    done: int | None = None,
    total: int = 100,
    text: str = "",
    tone: str = "ok",
    id: str = "",
    level: int = 3,
    poll: str = "",
) -> SafeString:
    """Long work in `<ul class="jobs">`; while it runs, `done` of `total` and `text` say how far. Inside: its links.

    `poll`: the address of the row itself, fetched every two seconds in its place.
    """
    return drawn("job_row", locals())


@register.inclusion_tag("components/chain_step.html")
def chain_step(
    title: str, *, meta: str, state: str = "done", url: str = "", when: str = "", icon: str = ""
) -> dict[str, Any]:
    """A document in `<ol class="chain">`: from whom to whom it went down. `state`: here, done, waiting."""
    icon = icon or {"here": "star", "done": "check", "waiting": "clock"}[state]
    said = {"here": "văn bản đang xem", "done": "đã xong", "waiting": "còn chờ"}[state]
    return locals()


@register.simple_block_tag
def excerpt(content: SafeString, *, source: str, url: str = "") -> SafeString:
    """Words of an official document; the only place, beside its title, where the serif speaks."""
    return drawn("excerpt", locals())
