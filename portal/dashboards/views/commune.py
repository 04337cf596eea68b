from django.http import HttpResponse
from django.shortcuts import render

from portal.access.views import ActorRequest
from portal.dashboards.frame import Frame


def page(request: ActorRequest, frame: Frame) -> HttpResponse:
    return render(request, "dashboards/commune.html", {"frame": frame, "organisation": frame.place})
