from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.help.forms import ChangeTermForm, TermForm
from portal.help.models import Term
from portal.help.services import glossary as services
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.READ_HELP)
def glossary(request: ActorRequest) -> HttpResponse:
    sought = request.GET.get("tim", "")
    terms = Term.objects.allowed(request.actor, Permission.READ_HELP).matching(sought).in_order()
    template = "help/glossary.html#rows" if request.htmx else "help/glossary.html"
    may_write = request.actor.may(Permission.WRITE_HELP)
    return render(request, template, {"page": page_of(terms, request), "sought": sought, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_HELP)
def add_term(request: ActorRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            term = services.add_term(**form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã thêm thuật ngữ “{term}”.")
            return redirect("glossary")
    facts = {"heading": "Thêm thuật ngữ", "form": form, "term": None, "version": None, "newer": None, "history": []}
    return render(request, "help/term_form.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_HELP)
def change_term(request: ActorRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term.objects.allowed(request.actor, Permission.WRITE_HELP), pk=pk)
    form = ChangeTermForm(request.POST or None, initial={"word": term.word, "meaning": term.meaning})
    if form.is_valid():
        with refusals_in(form):
            services.change_term(term, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã sửa thuật ngữ “{term}”.")
            return redirect("glossary")
    term.refresh_from_db()  # the refused words are in the form; beside it stands what is stored
    facts = {"heading": "Sửa thuật ngữ", "form": form, "term": term, "history": history_of(term)}
    facts |= newer_than(form, term)
    return render(request, "help/term_form.html", facts)


@require_POST
@requires(Permission.WRITE_HELP)
def remove_term(request: ActorRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term.objects.allowed(request.actor, Permission.WRITE_HELP), pk=pk)
    services.remove_term(term, by=request.actor)
    return render(request, "help/term_removed.html", {"term": term})
