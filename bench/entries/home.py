from collections.abc import Callable
from io import BytesIO

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from bench.frame import Contest, entry
from portal.accounts.models import Account
from portal.seeding.demo import DEMO_ACCOUNTS
from portal.urls import urlpatterns as portal_urls


@entry("home")
def home() -> Contest:
    """The first page against a view that returns the same bytes. Both go the whole road of middleware: session and account
    from the database, policy, compression. What is left between them is the page itself."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Account.objects.get(username=DEMO_ACCOUNTS[0].username))
    cookie = client.cookies.output(header="", sep=";").strip()
    page = client.get("/").content
    ours, floor = asker(WSGIHandler(), cookie), asker(bare_handler(page), cookie)
    assert brotli.decompress(floor()) == page
    return Contest(ours=ours, floor=floor, floor_is="bare view, same bytes, same middleware", goal=3.0, calls=20)


def asker(handler: WSGIHandler, cookie: str) -> Callable[[], bytes]:
    """Asks for the page as a web server would, and reads the answer whole."""

    def ask() -> bytes:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "br", "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(),
        }  # fmt: skip
        said: list[str] = []
        answer = handler(environ, lambda status, headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        assert said == ["200 OK"], said
        return body

    return ask


def bare_handler(body: bytes) -> WSGIHandler:
    """Our middleware, and behind it a view that has its answer ready."""
    urls = type("Urls", (), {"urlpatterns": [path("", lambda request: HttpResponse(body)), *portal_urls]})
    handler = WSGIHandler()
    answer = handler.get_response

    def get_response(request: HttpRequest) -> HttpResponse:
        request.urlconf = urls  # type: ignore[attr-defined]
        return answer(request)

    handler.get_response = get_response
    return handler
