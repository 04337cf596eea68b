"""Pages in a real Chromium, against a real server on a freshly cloned demo. A test fails on anything in the console."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from branches.services.rules import load_rules
from directives.services.library import load_documents
from portal.accounts.models import Account
from portal.help.services.library import load_library_if_empty
from portal.seeding.seed import seed
from tests import databases

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread; nothing here is async
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 900}
PICTURES = settings.BASE / "var" / "pictures"
HELD = {"service_workers": "block"}  # page.route misses what is asked for while the service worker takes the page over
SOME_TESTS = 400  # all of tests/browser are fewer
expect.set_options(timeout=15_000)  # a machine that others work on as well


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Pictures are for who looks at some pages; those of a whole suite take a minute, and nobody sees them."""
    from tests.browser import measures

    measures.pictures_wanted = len(session.items) <= SOME_TESTS


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def portal(django_db_setup: None, django_db_blocker, worker_id: str) -> Iterator[str]:
    """The address of a portal with a demo of its own, which the test may change as it likes."""
    with django_db_blocker.unblock(), portal_of_its_own(f"browser_{worker_id}") as address:
        yield address


@pytest.fixture(scope="module")
def portal_to_look_at(django_db_setup: None, django_db_blocker, worker_id: str) -> Iterator[str]:
    """One for all tests of a module that only open pages, which changes nothing (portal/access/reading.py)."""
    with django_db_blocker.unblock(), portal_of_its_own(f"looked_at_{worker_id}") as address:
        yield address


@contextmanager
def portal_of_its_own(database: str) -> Iterator[str]:
    mine = databases.clone(demo_template(), database)
    with databases.using(mine):
        cache.clear()  # Valkey is kept on disk: who tried to sign in yesterday does not count
        server = LiveServerThread("localhost", lambda application: application, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None, server.error
        yield f"http://localhost:{server.port}"
        server.terminate()
    databases.drop(mine)


def demo_template() -> str:
    made_of = "portal/seeding/*.py portal/help/library.py directives/library/*.toml directives/library/*/*"
    return databases.template("demo", fill_demo, depends_on=f"{made_of} {databases.RULES}", of_a_day=True)


def fill_demo() -> None:
    load_library_if_empty()
    load_rules()
    load_documents()
    seed("demo")


class Complaints(list[str]):
    """What the browser complained of: script errors, refused styles and scripts, missing files."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:  # HELD
            self.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def open_page(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """open_page(size, as_="bithu", javascript=False …): a page in a browser of its own, signed in if asked."""
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def opened(size: dict[str, int] = LAPTOP, *, as_: str = "", **options: object) -> Page:
        page = in_a_browser_of_its_own(chromium, portal, size, complaints, **options)
        contexts.append(page.context)
        if as_:
            page.context.add_cookies([session_cookie(as_, portal)])
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def in_a_browser_of_its_own(
    chromium: Browser,
    portal: str,
    size: dict[str, int],
    complaints: Complaints,
    *,
    javascript: bool = True,
    **options: object,
) -> Page:
    phone = size["width"] < 600
    context = chromium.new_context(
        viewport=size, base_url=portal, java_script_enabled=javascript, locale="vi-VN", has_touch=phone,
        timezone_id="Asia/Ho_Chi_Minh", **options,
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.complaints = complaints  # a test that provokes one takes it out again
    page.on("console", complaints.hear)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    return page


def session_cookie(username: str, portal: str) -> dict[str, str]:
    return {"name": settings.SESSION_COOKIE_NAME, "value": session_of(username), "url": portal}


def session_of(username: str) -> str:
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    account = Account.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return session.session_key
