"""An open dashboard asks every few seconds whether anything has moved, by the mark that it was made with."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from redis.exceptions import RedisError

from branches.models import Organisation
from branches.summary.kept import Shelf
from portal.access.actor import Actor
from portal.access.reading import SAFE_METHODS
from portal.live.versions import version_of

ADDRESS = "phien-ban/"
LET_IN_FOR = 60  # seconds


def mark_of(actor: Actor, place: Organisation, shelf: Shelf) -> str:
    """Of what this reader is shown of a place today. Taken before the figures are read: what moves meanwhile is seen next
    time. Empty: it cannot be known now.

    Its first half is what writers tell, and changes at once; its second what the database saw, also of those who forgot to
    tell: it is asked for again when the minute is over.
    """
    version = version_of(place.path)
    if version is None:
        return ""
    return f"{version}-{_hashed(repr((shelf.today, shelf.sum, actor.account.pk, actor.reach)))}"


def note_let_in(request: HttpRequest, place: Organisation, mark: str) -> None:
    with suppress(RedisError):
        cache.set(_key(request), (place.path, mark), timeout=LET_IN_FOR)


class LetInBefore:
    """Who passed the door less than a minute ago, and asks again whether anything has moved, is told without asking the
    database who it is: hundreds ask every second, and nearly always nothing has. “No” is all that is ever said here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("If-None-Match", "")
        if asked and self._stands(request, asked.removeprefix("W/").strip('"')):
            return HttpResponseNotModified(headers={"ETag": asked, "Cache-Control": "no-store"})
        return self.get_response(request)

    def _stands(self, request: HttpRequest, asked: str) -> bool:
        if request.method not in SAFE_METHODS or not request.path.endswith(ADDRESS):
            return False
        try:
            path, mark = cache.get(_key(request)) or ("", "")
        except RedisError:
            return False
        version = version_of(path) if mark and mark == asked else None
        return version is not None and mark.startswith(f"{version}-")


def _key(request: HttpRequest) -> str:
    """Of this page in this session; what a session is called does not leave the database."""
    return f"live:in:{_hashed(request.path + request.COOKIES.get(settings.SESSION_COOKIE_NAME, ''))}"


def _hashed(said: str) -> str:
    return blake2b(said.encode(), digest_size=16).hexdigest()
