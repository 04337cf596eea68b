"""The page after five wrong passwords in a row, from one address under one name: how long to wait, whom to call."""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.addresses import client_address


def locked_out(request: HttpRequest, answer: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    left = _still_closed(request, (credentials or {}).get("username", ""))
    facts = {
        "minutes": max(1, ceil(left.total_seconds() / 60)),
        "until": timezone.localtime(timezone.now() + left),
        "most": settings.AXES_FAILURE_LIMIT,
    }
    page = render(request, "accounts/locked.html", facts, status=429)
    page["Retry-After"] = str(ceil(left.total_seconds()))
    return page


def _still_closed(request: HttpRequest, username: str) -> timedelta:
    """From the last failure that counted; tries at the closed door do not."""
    last = AccessAttempt.objects.filter(username=username, ip_address=client_address(request)).first()
    since = last.attempt_time if last else timezone.now()
    return max(since + settings.AXES_COOLOFF_TIME - timezone.now(), timedelta(seconds=1))
