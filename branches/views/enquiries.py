from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from branches.forms.enquiries import EnquiryForm
from branches.models import Enquiry
from branches.services.enquiries import ASKED_ABOUT, ask_for_persons, days_open, end_enquiry
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.words.errors import DomainError, NotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASK_FOR_PERSONS)
def ask(request: ActorRequest, pk: int) -> HttpResponse:
    """The form, and below it what one has asked for so far, here and elsewhere."""
    organisation = reached_organisation(request, pk, Permission.ASK_FOR_PERSONS)
    form = EnquiryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            ask_for_persons(organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã ghi vào sổ truy cập của {organisation.name}.")
            return redirect("ask_for_persons", organisation.pk)
    mine = Enquiry.objects.allowed(request.actor, Permission.ASK_FOR_PERSONS)
    facts = {
        "form": form,
        "organisation": organisation,
        "asked_here": organisation.kind in ASKED_ABOUT,
        "open_here": mine.into(organisation.path).open_on(timezone.localdate()).latest_first().first(),
        "days": days_open(organisation, request.actor),
        "page": page_of(mine.select_related("organisation").latest_first(), request),
    }
    return render(request, "branches/ask_for_persons.html", facts)


@require_POST
@requires(Permission.ASK_FOR_PERSONS)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Enquiry.objects.allowed(request.actor, Permission.ASK_FOR_PERSONS).select_related("organisation")
    enquiry = get_object_or_404(rows, pk=pk)
    try:
        end_enquiry(enquiry, by=request.actor)
        messages.success(request, f"Đã kết thúc. Từ lúc này không xem được hồ sơ của {enquiry.organisation.name} nữa.")
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("ask_for_persons", enquiry.organisation_id)
