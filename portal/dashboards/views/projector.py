"""The dashboard as a hall sees it: slides, large, without navigation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.frame import Frame, frame_of
from portal.dashboards.queries.slides import slides_of


@require_safe
@requires(Permission.READ_FIGURES)
def projector(request: ActorRequest, pk: int) -> HttpResponse:
    """?trang=2. What is no number of a slide shows the first."""
    frame = frame_of(request, pk)
    slides = slides_of(frame)
    asked = request.GET.get("trang", "")
    number = min(int(asked), len(slides)) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    facts = {
        "frame": frame, "slide": slides[max(number, 1) - 1](), "number": max(number, 1), "count": len(slides),
        "before": _address(frame, number - 1) if number > 1 else "",
        "after": _address(frame, max(number, 1) + 1) if number < len(slides) else "",
        "close": _address(frame, 0),
    }  # fmt: skip
    return render(request, "dashboards/projector.html", facts)


def _address(frame: Frame, number: int) -> str:
    """With all that the page was asked for; 0 is the page itself."""
    asked = frame.asked.copy()
    asked.pop("trang", None)
    if number > 1:
        asked["trang"] = str(number)
    address = reverse("dashboard_projector" if number else "dashboard", args=[frame.place.pk])
    return f"{address}?{asked.urlencode()}" if asked else address
