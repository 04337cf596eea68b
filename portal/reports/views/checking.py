"""Is a file the one that was issued? Open to everybody: whoever holds a copy may ask. The file itself stays where it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.reports.forms.checking import CheckForm
from portal.reports.queries.checking import issued_with


@require_safe
@login_not_required
def check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.GET if "ma" in request.GET else None)
    found = issued_with(form.cleaned_data["ma"]) if form.is_valid() else None
    is_unknown = form.is_bound and form.is_valid() and found is None
    return render(request, "reports/check.html", {"form": form, "found": found, "is_unknown": is_unknown})
