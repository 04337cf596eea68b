"""Filters of a list, kept under a name."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, signed_in
from portal.accounts.forms import SavedViewForm
from portal.accounts.models import SavedView
from portal.accounts.services import preferences
from portal.ui.forms import refusals_in


@require_POST
@signed_in
def save(request: ActorRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            view = preferences.save_view(**form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã lưu bộ lọc “{view.name}”.")
            return HttpResponseRedirect(view.address)
    for errors in form.errors.values():
        messages.error(request, errors[0])
    page, query = form.cleaned_data.get("page"), form.cleaned_data.get("query", "")
    return HttpResponseRedirect(f"{page}?{query}") if page else redirect("home")


@require_POST
@signed_in
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.allowed(request.actor, Permission.SEE_OWN_RECORD), pk=pk)
    preferences.drop_view(view, by=request.actor)
    messages.success(request, f"Đã bỏ bộ lọc “{view.name}”.")
    return HttpResponseRedirect(view.page)
