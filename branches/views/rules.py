from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organisation, Rule
from branches.queries.tree import trail_of
from branches.rules.forms import RuleForm, form_for
from branches.rules.reading import Rulebook
from branches.rules.registry import Definition, UnknownRule, definition_of
from branches.rules.sheet import Effect, Sheet, effect_of
from branches.services.rules import earliest_day, fit_to_follow, fit_to_set, follow_above, set_rule, take_back_rule
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.errors import DomainError
from portal.words.quantities import day


@require_safe
@requires(Permission.SEE_ORGANISATION)
def rules(request: ActorRequest, pk: int) -> HttpResponse:
    """“Quy định áp dụng”: what holds here today, since when, and from whom; a subject at a time, or what is sought."""
    organisation = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    sought = request.GET.get("tim", "").strip()
    sections = _sheet(request, organisation).sections(sought)
    chosen = [section for section in sections if section.subject.name == request.GET.get("nhom")]
    facts = {
        "organisation": organisation,
        "sought": sought,
        "all": sections,
        "chosen": chosen[0].subject if chosen and not sought else None,
        "sections": sections if sought else chosen,
    }
    return render(request, "branches/rules.html#rows" if request.htmx else "branches/rules.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_ORGANISATION)
def rule(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """One rule here: its time line, and for those who may the form that sets one's own, with a look at what changes."""
    organisation = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    definition = _definition_or_404(key)
    may_set = request.actor.may(Permission.SET_RULES, organisation.path)
    form = _form(request, organisation, definition)
    effect = None
    if request.method == "POST":
        request.actor.need(Permission.SET_RULES, organisation.path)
        if form.is_valid():
            with refusals_in(form):
                effect = _effect(request, organisation, form)
                if request.POST.get("buoc") == "dat":
                    return _set(request, organisation, form, effect)
    sheet = _sheet(request, organisation)
    facts = {
        "organisation": organisation,
        "definition": definition,
        "line": sheet.line(definition),
        "moments": sheet.moments(definition),
        "form": form if may_set and definition.may_be_set_in(organisation.kind) else None,
        "effect": None if request.POST.get("buoc") == "sua" else effect,
        "typed": _typed(request),
    }
    return render(request, "branches/rule.html", facts)


@require_POST
@requires(Permission.SET_RULES)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Rule.objects.allowed(request.actor, Permission.SET_RULES).select_related("organisation")
    found = get_object_or_404(rows, pk=pk)
    try:
        take_back_rule(found, by=request.actor)
        messages.success(request, f"Đã rút mức định áp dụng từ {day(found.since)}.")
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("rule", found.organisation_id, found.key)


def _definition_or_404(key: str) -> Definition[Any]:
    try:
        return definition_of(key)
    except UnknownRule:
        raise Http404 from None


def _sheet(request: ActorRequest, organisation: Organisation) -> Sheet:
    return Sheet(Rulebook.of(request.actor), trail_of(organisation), timezone.localdate())


def _form(request: ActorRequest, organisation: Organisation, definition: Definition[Any]) -> RuleForm:
    book, today = Rulebook.of(request.actor), timezone.localdate()
    above = ""
    if book.entries(definition.key, organisation.pk):
        value = book.source_of(definition, organisation, on=today, but_itself=True).value
        above = definition.shape.say(value)
    shown = definition.shape.shown(book.value(definition, organisation, on=today))
    return form_for(definition)(
        request.POST or None,
        above=above,
        earliest=earliest_day(definition),
        initial={"how": "own", **shown},
    )


def _effect(request: ActorRequest, organisation: Organisation, form: RuleForm) -> Effect:
    """All that the service will ask is asked here too, so that a preview never promises what is refused afterwards."""
    since: date = form.cleaned_data["since"]
    place: dict[str, Any] = {"key": form.definition.key, "organisation": organisation, "since": since}
    value = None
    if form.follows_above:
        fit_to_follow(**place, by=request.actor)
    else:
        value = fit_to_set(**place, value=form.cleaned_data["value"], by=request.actor)
    return effect_of(form.definition, organisation, since=since, value=value, on=timezone.localdate(), by=request.actor)


def _set(request: ActorRequest, organisation: Organisation, form: RuleForm, effect: Effect) -> HttpResponse:
    cleaned = form.cleaned_data
    place: dict[str, Any] = {"key": form.definition.key, "organisation": organisation, "since": cleaned["since"]}
    if form.follows_above:
        follow_above(**place, source=cleaned["source"], by=request.actor)
    else:
        set_rule(**place, value=cleaned["value"], source=cleaned["source"], by=request.actor)
    messages.success(request, f"Đã đặt. {effect.sentence}")
    return redirect("rule", organisation.pk, form.definition.key)


def _typed(request: ActorRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again from the page that shows what changes."""
    left_out = ("csrfmiddlewaretoken", "buoc")
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
