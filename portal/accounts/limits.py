"""How often something may be tried: counted in the cache, in windows of fixed length."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from math import ceil
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.addresses import client_address

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    minutes: int

    def reached(self, who: object) -> bool:
        return int(cache.get(self._key(who), 0)) >= self.most

    def count(self, who: object) -> None:
        """Two at once are two: the cache counts."""
        key = self._key(who)
        cache.add(key, 0, timeout=self.minutes * 60 * 2)
        cache.incr(key)

    def forget(self, who: object) -> None:
        cache.delete(self._key(who))

    @property
    def minutes_left(self) -> int:
        return max(1, ceil((self.minutes * 60 - timezone.now().timestamp() % (self.minutes * 60)) / 60))

    def _key(self, who: object) -> str:
        """What was typed may be long or odd, and is nobody's business in a cache."""
        window = int(timezone.now().timestamp()) // (self.minutes * 60)
        return f"limit:{sha256(f'{self.name} {window} {who}'.encode()).hexdigest()}"


def too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    answer = render(request, "accounts/too_many.html", {"minutes": limit.minutes_left}, status=429)
    answer["Retry-After"] = str(limit.minutes_left * 60)
    return answer


def at_most_from_one_address(limit: Limit) -> Callable[[View], View]:
    """For views before sign-in: what is sent in counts, looking does not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if request.method == "POST":
                if limit.reached(client_address(request)):
                    return too_many(request, limit)
                limit.count(client_address(request))
            return view(request, *args, **options)

        return counted

    return decorate
