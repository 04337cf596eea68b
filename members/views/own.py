"""One's own record: to read, and to say what is wrong in it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.forms.own import AnswerForm, CorrectionForm
from members.models import Correction, Member
from members.queries.assignments import tasks_of
from members.queries.quality import shown
from members.services.corrections import CORRECTABLE, accept_correction, ask_for_correction, refuse_correction
from members.services.records import path_of
from members.views.record import open_facts
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in


@require_safe
@requires(Permission.SEE_OWN_RECORD)
def own_record(request: ActorRequest) -> HttpResponse:
    member = _own(request)
    if member is None:
        return render(request, "members/no_record.html")
    waiting = Correction.objects.allowed(request.actor, Permission.SEE_OWN_RECORD).filter(member=member)
    correctable = [(column, str(Member._meta.get_field(column).verbose_name)) for column in CORRECTABLE]
    facts = {"corrections": waiting.order_by("-asked_at")[:20], "correctable": correctable, "tasks": tasks_of(member)}
    return render(request, "members/own.html", open_facts(member, request) | facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_OWN_RECORD)
def ask(request: ActorRequest, slug: str) -> HttpResponse:
    member = _own(request)
    if member is None or slug not in CORRECTABLE:
        raise Http404("no record, or nothing that can be asked for")
    form = CorrectionForm(request.POST or None, column=slug)
    if form.is_valid():
        with refusals_in(form):
            ask_for_correction(member, column=slug, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã gửi đề nghị. Bí thư xem giấy tờ rồi trả lời ngay trên trang này.")
            return redirect("own_record")
    label = str(Member._meta.get_field(slug).verbose_name)
    facts = {"form": form, "member": member, "label": label, "now": shown(member, slug)}
    return render(request, "members/ask.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """The secretary corrects the record with one press, or says why not."""
    rows = Correction.objects.allowed(request.actor, Permission.KEEP_ROLL)
    correction = get_object_or_404(rows.select_related("member__branch", "asked_by"), pk=pk)
    request.actor.need(Permission.KEEP_ROLL, path_of(correction.member))
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            if form.cleaned_data["answer"] == "accept":
                accept_correction(correction, by=request.actor)
            else:
                refuse_correction(correction, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, f"Đã trả lời đ/c {correction.member.full_name}.")
            return redirect("member", correction.member_id)
    correction.refresh_from_db()
    return render(request, "members/answer.html", {"correction": correction, "form": form})


def _own(request: ActorRequest) -> Member | None:
    rows = Member.objects.allowed(request.actor, Permission.SEE_OWN_RECORD)
    return rows.select_related("branch").first()
