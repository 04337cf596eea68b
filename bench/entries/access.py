from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db.models import F, Q
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from bench.frame import Contest, entry
from branches.models import Organisation
from branches.views.organisations import organisations
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.ui.pages import page_of


@entry("access.door")
def door() -> Contest:
    """A commune office's list page through the door (grants read, permission asked, rows narrowed) against the same page
    whose rows are filtered by hand, by somebody who already knows who asks and where they sit."""
    account = Account.objects.get(username="vanphong")
    known = Actor.today(account)
    path = known.held[0].path

    def through_the_door() -> bytes:
        request = a_request(account)
        request.actor = Actor.today(account)
        return organisations(request).content

    def by_hand() -> bytes:
        request = a_request(account)
        request.actor = known
        sought = Q(search_key__contains="chi bo") | Q(code__iexact="chi bo")
        rows = Organisation.everything.filter(sought, path__startswith=path).select_related("parent")
        page = page_of(rows.order_by(F("dissolved_on").asc(nulls_first=True), "sort_key", "pk"), request)
        today = timezone.localdate()
        facts = {"page": page, "like": [], "sought": "chi bo", "day": today, "today": today, "open": True}
        return render(request, "branches/organisations.html", facts).content

    assert len(through_the_door()) == len(by_hand())
    return Contest(
        ours=through_the_door, floor=by_hand, floor_is="same page, rows filtered by hand", goal=1.3, calls=10
    )


def a_request(account: Account) -> HttpRequest:
    """As the middleware leaves it."""
    request = RequestFactory().get("/to-chuc/?tim=chi+bo")
    request.user, request.session = account, SessionStore()
    request._messages = FallbackStorage(request)
    request.htmx = HtmxDetails(request)
    return request
