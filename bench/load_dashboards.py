"""python -m bench.load_dashboards --seconds 60: five hundred open dashboards, while branches close five meetings a second.

Each does what static/js/live.js does: asks whether anything has moved, and fetches its page when it has. One in fifty shows the
province, the others the communes, by turns; meetings are closed by their secretaries. Against the web server as it runs in
production, on loopback, at the size of a province, and it ends by itself.
"""

import argparse
import asyncio
import os
import random
import secrets
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import django

from bench.load_meetings import _figures, _p95, _web
from portal.machine.place import Place
from portal.machine.servers import servers

DASHBOARDS, OF_THE_PROVINCE, CLOSINGS = 500, 10, 5  # a second
AT_ONCE = 8  # when they open
EVERY, SELDOM = 4.5, 60  # seconds: as in live.js
LONGEST, PATIENCE = 120, 30  # seconds
GOAL_MS = 100
CSRF = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=32))


@dataclass
class Dashboard:
    place: int
    cookie: str
    mark: str = ""
    seen: float = 0.0


@dataclass
class Closing:
    meeting: str
    above: tuple[int, ...]
    cookie: str


@dataclass
class Told:
    only_ask: bool = False
    known: list[float] = field(default_factory=list)  # 304
    moved: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    closings: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)  # from a meeting's closing to the page that counts it
    closed: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.load_dashboards")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--scale", default="province")
    parser.add_argument(
        "--only-ask", action="store_true", help="nobody fetches the page again: what the questions alone cost"
    )
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ.update({"LOG_LEVEL": "ERROR", "SECRET_KEY": secrets.token_urlsafe(50), "ALLOWED_HOSTS": "127.0.0.1"})
    place = Place.of_this_checkout("bench")
    with place.held() as mine:
        if not mine:
            sys.exit("Đang đo ở nơi khác; đợi xong rồi chạy lại.")
        with servers(place):
            django.setup()
            return _load(min(asked.seconds, LONGEST), asked.scale, only_ask=asked.only_ask)


def _load(seconds: int, scale: str, *, only_ask: bool) -> int:
    from bench import data

    with data.seeded(scale):
        closings = list(_to_close(seconds * CLOSINGS))
        dashboards = _dashboards()
        print(f"{len(dashboards)} dashboards, {len(closings)} meetings to close", flush=True)
        with _web() as port:
            told = asyncio.run(_all(port, dashboards, closings, seconds, only_ask=only_ask))
    for name in ("known", "moved", "pages", "closings", "shown"):
        print(f"{name:9} {_figures(getattr(told, name))}")
    for said in told.wrong[:5]:
        print(" ", said)
    print(f"wrong {len(told.wrong)}")
    return 1 if _p95(told.known) > GOAL_MS or told.wrong else 0


# ------------------------------------------------------------------ who looks, and what will be closed


def _dashboards() -> list[Dashboard]:
    """An office in every commune, and that of the province; each open page has a session of its own."""
    from branches.models import Grant, Kind, Organisation
    from portal.access.roles import Role
    from portal.accounts.models import Account

    communes = list(Organisation.everything.filter(kind=Kind.COMMUNE).order_by("pk"))
    names = [f"tai{one.pk}" for one in communes]
    people = Account.objects.bulk_create(Account(username=name, full_name="Văn phòng Đảng ủy") for name in names)
    Grant.everything.bulk_create(
        Grant(account=person, organisation=one, role=Role.COMMUNE_OFFICE, since="2020-01-01", ground="đo tải")
        for person, one in zip(people, communes, strict=True)
    )
    province, office = Organisation.everything.get(parent=None), Account.objects.get(username="bantochuc")
    found = [Dashboard(province.pk, _cookie(office)) for _ in range(OF_THE_PROVINCE)]
    for number in range(DASHBOARDS - OF_THE_PROVINCE):
        turn = number % len(communes)
        found.append(Dashboard(communes[turn].pk, _cookie(people[turn])))
    return found


def _to_close(count: int) -> Iterator[Closing]:
    """The last regular meetings of so many branches, opened again by their secretaries, where nothing stands in the way."""
    from branches.models import Grant
    from meetings.models import Meeting
    from meetings.services.missing import what_is_missing
    from meetings.services.reopening import reopen_meeting
    from portal.access.actor import Actor
    from portal.access.roles import Role

    grants = Grant.everything.filter(role=Role.SECRETARY, until=None).select_related("account", "organisation")
    left = count
    for grant in grants.order_by("organisation__sort_key", "pk"):
        rows = Meeting.everything.filter(
            organisation=grant.organisation, kind="regular", closed_at__isnull=False, called_off_at=None
        )
        last, by = rows.order_by("-day").first(), Actor.today(grant.account)
        if last is None or not left:
            continue
        reopen_meeting(last, because="Đo tải", by=by)
        last.refresh_from_db()
        if not any(one.refuses for one in what_is_missing(last, reader=by)):
            left -= 1
            above = tuple(int(number) for number in grant.organisation.path.strip("/").split("/")[:-1])
            yield Closing(str(last.pk), above, _cookie(grant.account))


def _cookie(account: object) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


# ------------------------------------------------------------------ asking


class Web:
    """A handful of connections that are kept, as a proxy keeps them."""

    def __init__(self, port: int) -> None:
        self.port, self.free = port, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]()

    async def ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        while True:
            kept = bool(self.free)
            ends = self.free.pop() if kept else await asyncio.open_connection("127.0.0.1", self.port)
            try:
                answer = await asyncio.wait_for(self._ask(ends, method, path, headers), PATIENCE)
            except TimeoutError:
                ends[1].close()
                raise
            except (asyncio.IncompleteReadError, ConnectionError):
                ends[1].close()
                if not kept:
                    raise
                continue  # the server had closed it meanwhile
            if answer[1].get("connection", "").lower() == "close":
                ends[1].close()
            else:
                self.free.append(ends)
            return answer

    async def _ask(
        self, ends: tuple[asyncio.StreamReader, asyncio.StreamWriter], method: str, path: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, str]]:
        reader, writer = ends
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *map(": ".join, headers.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        said = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        status = int(head[0].split(" ", 2)[1])
        if status != 304:
            await reader.readexactly(int(said.get("content-length", 0)))
        return status, said


async def _all(
    port: int, dashboards: list[Dashboard], closings: list[Closing], seconds: int, *, only_ask: bool
) -> Told:
    web, told = Web(port), Told(only_ask=only_ask)
    print("opening …", flush=True)
    for first in range(0, len(dashboards), AT_ONCE):  # each has its page: only what moves from now on is fetched
        await asyncio.gather(*(_open(web, one) for one in dashboards[first : first + AT_ONCE]))
    print("looking …", flush=True)
    begin = time.perf_counter() + 1
    watching = [_watch(web, one, told, begin, begin + seconds) for one in dashboards]
    closing = [_close(web, one, told, begin + number / CLOSINGS) for number, one in enumerate(closings)]
    tasks = [asyncio.ensure_future(one) for one in (*watching, *closing)]
    _, late = await asyncio.wait(tasks, timeout=seconds + 2 * PATIENCE)
    for one in late:
        one.cancel()
    told.wrong += [f"{len(late)} had no answer when the time was over"] if late else []
    return told


async def _open(web: Web, one: Dashboard) -> None:
    status, _ = await web.ask("GET", f"/tong-quan/{one.place}/", {"Cookie": one.cookie, "Accept-Encoding": "br"})
    assert status == 200, status
    one.mark = (await _poll(web, one))[1]


async def _poll(web: Web, one: Dashboard) -> tuple[int, str]:
    headers = {"Cookie": one.cookie, "X-Asked-By-Itself": "1"} | ({"If-None-Match": one.mark} if one.mark else {})
    status, said = await web.ask("GET", f"/tong-quan/{one.place}/phien-ban/", headers)
    assert status in (200, 304), status
    return status, said["etag"]


async def _watch(web: Web, one: Dashboard, told: Told, begin: float, end: float) -> None:
    await _until(begin + random.random() * EVERY)
    while (moment := time.perf_counter()) < end:
        try:
            status, mark = await _poll(web, one)
            (told.known if status == 304 else told.moved).append(_since(moment))
            if status == 200:
                if not told.only_ask:
                    await _fetch(web, one, told)
                one.mark = mark
        except Exception as error:  # noqa: BLE001  whatever goes wrong is told at the end
            told.wrong.append(repr(error)[:200])
        pause = min(SELDOM, max(EVERY, 10 * (time.perf_counter() - moment))) * (0.9 + random.random() / 10)
        if time.perf_counter() + pause > end:
            return  # not all of them once more in the last moment
        await asyncio.sleep(pause)


async def _fetch(web: Web, one: Dashboard, told: Told) -> None:
    moment = time.perf_counter()
    headers = {"Cookie": one.cookie, "X-Asked-By-Itself": "1", "Accept-Encoding": "br"}
    status, _ = await web.ask("GET", f"/tong-quan/{one.place}/", headers)
    assert status == 200, status
    told.pages.append(_since(moment))
    told.shown += [_since(on) for on in told.closed[one.place] if one.seen < on < moment]
    one.seen = moment


async def _close(web: Web, one: Closing, told: Told, moment: float) -> None:
    await _until(moment)
    headers = {"Cookie": one.cookie, "X-CSRFToken": CSRF, "Content-Length": "0"}
    try:
        status, said = await web.ask("POST", f"/hop/{one.meeting}/dong/", headers)
        assert (status, said.get("location", "").endswith("/ban-ky/")) == (302, True), (status, said.get("location"))
    except Exception as error:  # noqa: BLE001
        told.wrong.append(repr(error)[:200])
    told.closings.append(_since(moment))
    for place in one.above:
        told.closed[place].append(time.perf_counter())


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))


def _since(moment: float) -> float:
    return (time.perf_counter() - moment) * 1000


if __name__ == "__main__":
    sys.exit(main())
