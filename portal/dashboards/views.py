from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.views import ActorRequest, signed_in


@require_safe
@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """Việc của tôi: what is due, in words with the day."""
    return render(request, "dashboards/home.html", {"today": timezone.localdate()})
