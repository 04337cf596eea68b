"""The tokens: made fresh after a change was committed, read by pages that stay open."""

import logging
import secrets
import threading
from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from portal.access.reach import paths_down_to

log = logging.getLogger("portal.live")


class _Untold(threading.local):
    """Paths of this thread that are still to be made fresh.

    What a transaction that was rolled back has left here is told with the next: somebody then looks once for nothing. What
    could not be told, because Valkey was away, is told with the next as well.
    """

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.valkey_is_away = False


_untold = _Untold()


def touched(paths: Iterable[str]) -> None:
    """Inside the writer's transaction. After it, one write for all that it touched, however often this was called."""
    _untold.paths.update(above for path in paths for above in paths_down_to(path))
    transaction.on_commit(_tell, robust=True)


def version_of(path: str) -> str | None:
    """Of what is shown of the organisation at this path. None: it cannot be known now."""
    try:
        return cache.get(_key(path)) or cache.get_or_set(_key(path), _fresh, timeout=None)
    except RedisError as error:
        _note_away(error)
        return None


def _tell() -> None:
    if not _untold.paths:
        return
    token = _fresh()
    try:
        cache.set_many({_key(path): token for path in _untold.paths}, timeout=None)
    except RedisError as error:
        _note_away(error)
        return
    _untold.paths.clear()
    _untold.valkey_is_away = False


def _note_away(error: RedisError) -> None:
    """Once, not for every page that asks."""
    if not _untold.valkey_is_away:
        log.warning("open pages are not told of changes: %s", type(error).__name__)
    _untold.valkey_is_away = True


def _fresh() -> str:
    return secrets.token_hex(8)


def _key(path: str) -> str:
    return f"live:{path}"
