"""The register of secret papers: symbol, class and keeper. What is in it by mistake, or no longer kept, is struck off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from directives.forms.documents import StrikeForm
from directives.services import documents as services
from directives.views.reached import kept_document
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def strike(request: ActorRequest, pk: int) -> HttpResponse:
    secret = kept_document(request, pk)
    if not secret.is_secret:
        raise Http404("only secret papers stand in this register")
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            services.strike_secret(secret, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã gạch văn bản mật số {secret.symbol} khỏi sổ.")
            return redirect("document", secret.pk)
    return render(request, "directives/strike.html", {"form": form, "document": secret})
