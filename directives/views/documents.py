"""One document: reading it, and what an office does with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives.drawing import picture_of
from directives.forms.documents import ChangeDocumentForm, DocumentForm, MergeForm, RelateForm, SecretForm
from directives.models import Bookmark, Document, DocumentFile, ObligationKind, Relation
from directives.queries import documents as queries
from directives.queries.cascade import latest_proved, tasks_of_document
from directives.reading.marked import marked
from directives.services import documents as services
from directives.views.reached import kept_document, reached_document
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.READ_LIBRARY)
def document(request: ActorRequest, pk: int) -> HttpResponse:
    found, actor = reached_document(request, pk), request.actor
    if found.merged_into_id:
        return redirect("document", found.merged_into_id)
    if found.is_secret:
        facts = {"document": found, "may_keep": services.may_keep(found, actor), "history": history_of(found)}
        return render(request, "directives/secret.html", facts)
    chain, rows = queries.chain_of(found, actor), list(queries.obligations(actor).of(found).in_order())
    places = [(row.start, row.end, row.code) for row in rows if row.start is not None]
    mine = Bookmark.objects.allowed(actor, Permission.READ_LIBRARY)
    facts = {
        "document": found,
        "chain": chain,
        "picture": picture_of(chain, found),
        "around": queries.around(found, actor),
        "obligations": rows,
        "count": len(rows),
        "paragraphs": marked(found.text, places),
        "files": DocumentFile.objects.allowed(actor, Permission.READ_LIBRARY).of(found).select_related("file"),
        "is_bookmarked": mine.filter(document=found).exists(),
        "is_in_force": found.in_force_on(timezone.localdate()),
        "may_keep": services.may_keep(found, actor),
        "may_see_study": actor.may(Permission.READ_FIGURES),
        "may_give": actor.may(Permission.GIVE_TASKS),
        "given": tasks_of_document(found, actor, timezone.localdate()) if actor.may(Permission.SEE_TASKS) else [],
        "proved": latest_proved(found, actor) if actor.may(Permission.SEE_TASKS) else [],
        "has_targets": actor.may(Permission.READ_FIGURES) and any(row.kind == ObligationKind.TARGET for row in rows),
        "may_see_tasks": actor.may(Permission.SEE_TASKS),
    }
    return render(request, "directives/document.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def enter(request: ActorRequest) -> HttpResponse:
    own = request.actor.capacity.organisation_name if request.actor.capacity else ""
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"issuer": own}, issuers=_issuers(request))
    if form.is_valid():
        with refusals_in(form):
            new = services.enter_document(**form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã ghi {new.name} vào kho văn bản.")
            return redirect("take_apart" if new.text else "document", new.pk)
    return render(
        request, "directives/document_form.html", {"form": form, "document": None, "version": None, "newer": None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = _open_one(request, pk)
    form = ChangeDocumentForm(
        request.POST or None, request.FILES or None, initial=_as_written(found), issuers=_issuers(request)
    )
    if form.is_valid():
        with refusals_in(form):
            services.change_document(found, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã sửa {found.name}.")
            return redirect("document", found.pk)
    found.refresh_from_db()  # the refused words are in the form; beside it stands what is stored
    return render(request, "directives/document_form.html", {"form": form, "document": found} | newer_than(form, found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def register_secret(request: ActorRequest) -> HttpResponse:
    form = SecretForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            new = services.register_secret(**form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã đăng ký văn bản mật số {new.symbol}.")
            return redirect("document", new.pk)
    return render(request, "directives/secret_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def relate(request: ActorRequest, pk: int) -> HttpResponse:
    found = _open_one(request, pk)
    form = RelateForm(request.POST or None, documents=_others(request, found))
    if form.is_valid():
        with refusals_in(form):
            services.relate(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi quan hệ giữa hai văn bản.")
            return redirect("document", found.pk)
    rows = (
        Relation.objects.allowed(request.actor, Permission.READ_LIBRARY).of(found).select_related("other", "document")
    )
    seen = set(queries.library(request.actor).values_list("pk", flat=True))
    facts = {"form": form, "document": found, "relations": [row for row in rows if row.other_id in seen]}
    return render(request, "directives/relate.html", facts)


@require_POST
@requires(Permission.KEEP_LIBRARY)
def unrelate(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Relation.objects.allowed(request.actor, Permission.READ_LIBRARY).select_related("document__keeper")
    row = get_object_or_404(rows, pk=pk)
    services.unrelate(row, by=request.actor)
    messages.success(request, "Đã bỏ quan hệ giữa hai văn bản.")
    return redirect("relate_document", row.document_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def merge(request: ActorRequest, pk: int) -> HttpResponse:
    stub = _open_one(request, pk)
    if not stub.is_stub:
        messages.info(request, "Văn bản này đã có toàn văn, không nhập vào văn bản khác.")
        return redirect("document", stub.pk)
    form = MergeForm(request.POST or None, documents=_others(request, stub))
    if form.is_valid():
        with refusals_in(form):
            into = services.merge_stub(stub, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã nhập vào {into.dated_name}. Các văn bản nhắc đến nay dẫn tới đây.")
            return redirect("document", into.pk)
    return render(request, "directives/merge.html", {"form": form, "document": stub})


@require_POST
@requires(Permission.READ_LIBRARY)
def bookmark(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.library(request.actor).open_ones(), pk=pk)
    is_wanted = request.POST.get("giu") == "1"
    (services.keep_bookmark if is_wanted else services.drop_bookmark)(found, by=request.actor)
    messages.success(request, "Đã đánh dấu văn bản." if is_wanted else "Đã bỏ đánh dấu.")
    return redirect("document", found.pk)


def _open_one(request: ActorRequest, pk: int) -> Document:
    found = kept_document(request, pk)
    if found.is_secret:
        raise Http404("of a secret one there is nothing to change")
    return found


def _others(request: ActorRequest, document: Document) -> Any:
    return queries.library(request.actor).open_ones().without_texts().exclude(pk=document.pk).newest_first()


def _issuers(request: ActorRequest) -> list[str]:
    return list(queries.issuers_of(queries.library(request.actor)).values_list("name", flat=True))


def _as_written(document: Document) -> dict[str, Any]:
    said = {name: getattr(document, name) for name in services.WRITTEN}
    return said | {"issuer": document.issuer.name if document.issuer else "", "version": document.version}
