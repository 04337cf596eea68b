from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bench.frame import Contest, entry
from portal.accounts.models import Account
from portal.seeding.demo import DEMO_ACCOUNTS


@entry("home")
def home() -> Contest:
    """The whole road of the first page (middleware, session and account from the database, template, compression) against a
    view that returns the same bytes through the same handler, with no middleware, no template and no database."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Account.objects.get(username=DEMO_ACCOUNTS[0].username))
    cookie = client.cookies.output(header="", sep=";").strip()
    ours = asker(WSGIHandler(), cookie)
    floor = asker(bare_handler(ours()), cookie)
    return Contest(ours=ours, floor=floor, floor_is="bare view, same bytes", goal=25.0, calls=20)


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
    urls = type("Urls", (), {"urlpatterns": [path("", lambda request: HttpResponse(body))]})
    with override_settings(MIDDLEWARE=[]):
        handler = WSGIHandler()
    answer = handler.get_response

    def get_response(request):
        request.urlconf = urls
        return answer(request)

    handler.get_response = get_response
    return handler
