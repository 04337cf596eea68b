"""One mark of the roll, as a device sends it: the whole view against a bare one that writes the same rows.

Both go the whole road of middleware. What is left between them: may they, what was typed, the version, the history's words.
"""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import re_path
from django.utils import timezone

from bench.frame import Contest, entry
from meetings.models import Attendance, Meeting, SignedPaper
from portal.accounts.models import Account
from portal.seeding.meetings import demo_meeting
from portal.urls import urlpatterns as portal_urls

MARKS = ("present", "late")


@entry("meeting.save")
def save() -> Contest:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Account.objects.get(username="bithu"))
    cookie = client.cookies.output(header="", sep=";").strip()
    meeting = Meeting.everything.get(pk=demo_meeting("open"))
    one, other = meeting.attendances.filter(standing="expected").order_by("name")[:2]
    ours = _device(_handler(), cookie, meeting, one)
    floor = _device(_handler(_bare), cookie, meeting, other)
    return Contest(
        ours=ours, floor=floor, floor_is="bare view, the same rows written, same middleware", goal=4.0, calls=20
    )


def _device(handler: WSGIHandler, cookie: str, meeting: Meeting, row: Attendance) -> Callable[[], None]:
    """Marks one member anew each time."""
    state = {"version": row.version, "turn": MARKS.index(row.mark) + 1 if row.mark in MARKS else 0}

    def send() -> None:
        values = {"mark": MARKS[state["turn"] % 2], "reason": ""}
        item = {"kind": "attendance", "id": str(row.pk), "version": state["version"], "values": values, "gone": False}
        answer = json.loads(_posted(handler, cookie, f"/hop/{meeting.pk}/luu/", json.dumps({"items": [item]}).encode()))
        told = answer["answers"][str(row.pk)]
        assert told["outcome"] == "saved", told
        state["version"], state["turn"] = told["version"], state["turn"] + 1

    return send


def _posted(handler: WSGIHandler, cookie: str, path: str, body: bytes) -> bytes:
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": cookie, "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(),
    }  # fmt: skip
    said: list[str] = []
    answer = handler(environ, lambda status, headers: said.append(status))
    told = b"".join(answer)
    answer.close()
    assert said == ["200 OK"], said
    return told


def _handler(bare: Callable[..., HttpResponse] | None = None) -> WSGIHandler:
    """Our middleware; a device's token is not what is measured."""
    handler = WSGIHandler()
    answer = handler.get_response
    urls = type("Urls", (), {"urlpatterns": [re_path(r"^hop/(?P<pk>[^/]+)/luu/$", bare), *portal_urls] if bare else []})

    def get_response(request: HttpRequest) -> HttpResponse:
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        if bare:
            request.urlconf = urls  # type: ignore[attr-defined]
        return answer(request)

    handler.get_response = get_response
    return handler


def _bare(request: HttpRequest, pk: Any) -> HttpResponse:
    (item,) = json.loads(request.body)["items"]
    with transaction.atomic():
        stamp = Meeting.everything.select_for_update().values_list("stamp", flat=True).get(pk=pk) + 1
        Attendance.everything.filter(pk=item["id"]).update(
            **item["values"], version=F("version") + 1, stamp=stamp, saved_by=request.user.pk, saved_at=timezone.now()
        )
        Meeting.everything.filter(pk=pk).update(stamp=stamp)
        SignedPaper.everything.filter(meeting=pk, dropped_at=None).update(dropped_at=timezone.now())
    told = {"outcome": "saved", "version": item["version"] + 1}
    return JsonResponse({"stamp": stamp, "answers": {item["id"]: told}})
