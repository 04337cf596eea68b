"""What a paper may draw in: our own static files, and private files that the paper itself names. Nothing else is ever opened."""

import mimetypes
from collections.abc import Iterable
from email.message import EmailMessage
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.files import shelf

STATIC, PRIVATE = "static:", "private:"


class NotOurs(ValueError):
    """An address that no paper may fetch."""


class OnlyOurs(URLFetcher):
    """`static:css/papers/paper.css`, and `private:stored/…` for those paths of the shelf that it was given.

    It answers for every address, so the fetchers that it inherits (http, ftp, file, data) are never asked.
    """

    def __init__(self, private: Iterable[str] = ()) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._private = frozenset(private)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(STATIC):
            return self._static(url, url.removeprefix(STATIC))
        if url.startswith(PRIVATE) and url.removeprefix(PRIVATE) in self._private:
            return _answer(url, shelf.open_file(url.removeprefix(PRIVATE)))
        raise NotOurs(url[:80])

    def _static(self, url: str, name: str) -> URLFetcherResponse:
        found = None if ".." in name.split("/") else finders.find(name)
        if not isinstance(found, str):
            raise NotOurs(url[:80])
        return _answer(url, open(found, "rb"))


def _answer(url: str, body: Any) -> URLFetcherResponse:
    headers = EmailMessage()
    headers["Content-Type"] = mimetypes.guess_type(url)[0] or "application/octet-stream"
    return URLFetcherResponse(url, body, headers)
