"""Pages against a view that returns the same bytes. Both go the whole road of middleware: session and account from the
database, policy, compression. What is left between them is the page itself."""

from collections.abc import Callable
from io import BytesIO

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import re_path

from bench.frame import Contest
from portal.accounts.models import Account
from portal.machine.room import with_room
from portal.urls import urlpatterns as portal_urls


def page_against_bytes(username: str, address: str, *, goal: float, calls: int = 20) -> Contest:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Account.objects.get(username=username))
    cookie = client.cookies.output(header="", sep=";").strip()
    page = client.get(address).content
    ours, floor = (
        asker(WSGIHandler(), cookie, address),
        asker(handler_of(lambda request: HttpResponse(page)), cookie, address),
    )
    assert brotli.decompress(floor()) == page
    return Contest(ours=ours, floor=floor, floor_is="bare view, same bytes, same middleware", goal=goal, calls=calls)


def asker(handler: WSGIHandler, cookie: str, address: str) -> Callable[[], bytes]:
    """Asks for the page as a web server would, and reads the answer whole."""

    name, _, query = address.partition("?")
    handle = with_room(handler)  # as portal.wsgi does

    def ask() -> bytes:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": name, "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "br", "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(),
        }  # fmt: skip
        said: list[str] = []
        answer = handle(environ, lambda status, headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        assert said == ["200 OK"], said
        return body

    return ask


def handler_of(view: Callable[[HttpRequest], HttpResponse]) -> WSGIHandler:
    """Our middleware, and behind it this view at every address."""
    urls = type("Urls", (), {"urlpatterns": [re_path("", view), *portal_urls]})
    handler = WSGIHandler()
    answer = handler.get_response

    def get_response(request: HttpRequest) -> HttpResponse:
        request.urlconf = urls  # type: ignore[attr-defined]
        return answer(request)

    handler.get_response = get_response
    return handler
