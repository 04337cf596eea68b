"""The library: searched and filtered; and the list of all that its documents oblige to."""

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives.forms.documents import LibraryForm
from directives.forms.obligations import ObligationFilterForm
from directives.models import Bookmark, Document, ObligationKind
from directives.models.document import DocumentQuerySet
from directives.queries import documents as queries
from directives.queries.search import Sought
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.pages import page_of

ROWS_A_PAGE = 15  # each with the place found in its text


@require_safe
@requires(Permission.READ_LIBRARY)
def library(request: ActorRequest) -> HttpResponse:
    actor, everything = request.actor, queries.library(request.actor)
    form = LibraryForm(request.GET, issuers=queries.issuers_of(everything))
    asked = form.asked
    sought = Sought(asked.get("tim", ""), queries.narrowed(everything, asked, actor))
    page, count = _found(request, sought)
    today = timezone.localdate()
    for document in page:
        document.place = sought.place_in(document) if sought.says_something else None
        document.place_number = _paragraph_of(document)
        document.is_in_force = document.in_force_on(today)
    facts = {
        "form": form,
        "page": page,
        "count": count,
        "sought": sought,
        "is_narrowed": bool(asked),
        "bookmarked": set(Bookmark.objects.allowed(actor, Permission.READ_LIBRARY).values_list("document", flat=True)),
        "may_keep": actor.may(Permission.KEEP_LIBRARY),
    }
    return render(request, "directives/library.html#rows" if request.htmx else "directives/library.html", facts)


def _found(request: ActorRequest, sought: Sought) -> tuple[Page, int]:
    """The page that is asked for, and how many there are in all. Texts come for this page only."""
    if not sought.says_something:
        page = page_of(_listed(sought.rows).defer("text", "text_key").newest_first(), request, rows_a_page=ROWS_A_PAGE)
        return page, page.paginator.count
    count, keys = sought.ranked()
    page = page_of(keys, request, rows_a_page=ROWS_A_PAGE)
    rows = {one.pk: one for one in _listed(sought.rows).filter(pk__in=list(page.object_list))}
    page.object_list = [rows[key] for key in page.object_list if key in rows]
    return page, count


def _listed(rows: DocumentQuerySet) -> DocumentQuerySet:
    return rows.select_related("issuer", "keeper").defer("words", "title_words")


def _paragraph_of(document: Document) -> int | None:
    """The number of the paragraph that the place found stands in: as many lines with words as stand before it, and itself."""
    if not document.place:
        return None
    return sum(1 for line in document.text[: document.place.start].split("\n")[:-1] if line.strip()) + 1


@require_safe
@requires(Permission.READ_LIBRARY)
def obligations(request: ActorRequest) -> HttpResponse:
    """All of them, under their codes: what kind, who, when, and where it stands."""
    everything, kind = queries.obligations(request.actor), request.GET.get("loai", "")
    form = ObligationFilterForm(request.GET)
    typed = form.cleaned_data["tim"].strip() if form.is_valid() else ""
    if typed:
        everything = everything.filter(
            Q(code__istartswith=typed) | Q(words__icontains=typed) | Q(who_words__icontains=typed)
        )
    counts = queries.counted_by_kind(everything)
    rows = everything.filter(kind=kind) if kind in ObligationKind.values else everything
    facts = {
        "form": form,
        "typed": typed,
        "kind": kind if kind in ObligationKind.values else "",
        "chips": [(one.label, count, _narrowed_to(request, one.value), kind == one.value) for one, count in counts],
        "all_kinds": _narrowed_to(request, None),
        "total": sum(count for _, count in counts),
        "page": page_of(
            rows.select_related("document").defer("document__text", "document__text_key").in_order(), request
        ),
    }
    return render(request, "directives/obligations.html", facts)


def _narrowed_to(request: ActorRequest, kind: str | None) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    query.pop("loai", None)
    if kind:
        query["loai"] = kind
    return f"?{query.urlencode()}" if query else request.path
