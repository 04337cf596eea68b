"""Who changes the locks shows the key again: the password must have been typed a short while ago."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

WHILE = 15 * 60
View = Callable[..., HttpResponse]


def recently_confirmed(request: HttpRequest) -> bool:
    return any(time.time() - record["at"] < WHILE for record in get_authentication_records(request, request.user))


def freshly_confirmed(view: View) -> View:
    """What was to be sent is not sent after the detour: one comes back to the page of second factors."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if recently_confirmed(request):
            return view(request, *args, **options)
        back = request.get_full_path() if request.method == "GET" else reverse("second_factor")
        return redirect(f"{reverse('confirm')}?{urlencode({'next': back})}")

    return asked
