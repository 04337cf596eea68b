"""python -m bench.load_meetings --seconds 60: many halls at once, against the web server as `make run` starts it.

Twenty marks and a hundred questions for news a second, asked when their moment comes whether or not the last was answered; the
time counts from that moment. On loopback, against a demo of its own, and it ends by itself.
"""

import argparse
import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import django

from portal.machine.place import CHECKOUT, Place
from portal.machine.process import start, stop
from portal.machine.run import WEB
from portal.machine.servers import servers

SAVES, POLLS, HALLS, DEVICES = 20, 100, 20, 32  # a second; meetings; connections
LONGEST = 120  # seconds
GOAL_MS = 300
MARKS = ("present", "late")


@dataclass
class Row:
    """A member on the roll, marked by one device at a time."""

    id: str
    meeting: str
    version: int
    mark: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Told:
    saves: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.load_meetings")
    parser.add_argument("--seconds", type=int, default=60)
    seconds = min(parser.parse_args().seconds, LONGEST)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ.update({"LOG_LEVEL": "ERROR", "SECRET_KEY": secrets.token_urlsafe(50), "ALLOWED_HOSTS": "127.0.0.1"})
    place = Place.of_this_checkout("bench")
    with place.held() as mine:
        if not mine:
            sys.exit("Đang đo ở nơi khác; đợi xong rồi chạy lại.")
        with servers(place):
            django.setup()
            return _load(seconds)


def _load(seconds: int) -> int:
    from bench import data

    with data.seeded("demo"):
        rows, cookie = _halls(), _signed_in()
        with _web() as port:
            token, cookies = _token(port, cookie, rows[0].meeting)
            told = _ask(port, cookies, token, rows, seconds)
        lost = _lost(rows)
    print(f"saves {_figures(told.saves)}; polls {_figures(told.polls)}; wrong {len(told.wrong)}; lost {len(lost)}")
    for said in [*told.wrong[:5], *lost[:5]]:
        print(" ", said)
    slow = max(_p95(told.saves), _p95(told.polls)) > GOAL_MS
    return 1 if slow or told.wrong or lost else 0


def _halls() -> list[Row]:
    """A meeting today in so many branches that one office reaches."""
    from django.utils import timezone

    from branches.models import Kind, Organisation
    from meetings.models import Attendance, Meeting, MeetingKind
    from meetings.services.roll import settle_roll
    from portal.accounts.models import Account

    office = Account.objects.get(username="vanphong").grants.select_related("organisation").first().organisation
    branches = Organisation.everything.filter(path__startswith=office.path, kind=Kind.BRANCH)[:HALLS]
    rows = []
    for branch in branches:
        meeting = Meeting(organisation=branch, kind=MeetingKind.EXTRAORDINARY, day=timezone.localdate())
        meeting.save()
        settle_roll(meeting)
        found = Attendance.everything.filter(meeting=meeting, standing="expected")
        rows += [Row(str(row.pk), str(meeting.pk), row.version) for row in found]
    return rows


def _signed_in() -> str:
    from django.conf import settings
    from django.test import Client

    from portal.accounts.models import Account

    client = Client()
    client.force_login(Account.objects.get(username="vanphong"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _web() -> Iterator[int]:
    """Gunicorn on the clone, on a free port of loopback."""
    from django.db import connection

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = os.environ["DATABASE_URL"].replace("/portal?", f"/{connection.settings_dict['NAME']}?")
    before = dict(os.environ)
    os.environ.update({"DATABASE_URL": address, "PORTAL_BIND": f"127.0.0.1:{port}"})
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    logs = CHECKOUT / "var" / "log"
    logs.mkdir(parents=True, exist_ok=True)
    web = start([sys.executable, "-m", *WEB], log=logs / "load.log", cwd=CHECKOUT)
    os.environ.clear()
    os.environ.update(before)
    try:
        _wait_for(port)
        yield port
    finally:
        stop(web)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the web server did not come up")


def _token(port: int, cookie: str, meeting: str) -> tuple[str, str]:
    web = HTTPConnection("127.0.0.1", port, timeout=30)
    web.request("GET", f"/hop/{meeting}/so/", headers={"Cookie": cookie})
    answer = web.getresponse()
    page = answer.read().decode()
    assert answer.status == 200, answer.status
    token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    given = [value.split(";", 1)[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return token, "; ".join([cookie, *given])


def _ask(port: int, cookies: str, token: str, rows: list[Row], seconds: int) -> Told:
    told, mine, count = Told(), threading.local(), (SAVES + POLLS) * seconds
    every = (SAVES + POLLS) // SAVES
    begin = time.perf_counter() + 1

    def one(number: int) -> None:
        moment = begin + number / (SAVES + POLLS)
        time.sleep(max(0, moment - time.perf_counter()))
        if not hasattr(mine, "web"):
            mine.web = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            if number % every:
                _poll(mine.web, cookies, rows[number % len(rows)])
                told.polls.append((time.perf_counter() - moment) * 1000)
            else:
                _mark(mine.web, cookies, token, rows[number // every % len(rows)])
                told.saves.append((time.perf_counter() - moment) * 1000)
        except Exception as error:  # noqa: BLE001  whatever goes wrong is told at the end
            mine.web = HTTPConnection("127.0.0.1", port, timeout=30)
            told.wrong.append(repr(error)[:200])

    with ThreadPoolExecutor(DEVICES) as devices:
        list(devices.map(one, range(count)))
    return told


def _poll(web: HTTPConnection, cookies: str, row: Row) -> None:
    """As a device that has heard the last news."""
    answer = _answered(web, "GET", f"/hop/{row.meeting}/tin/?tu=999999", cookies)
    assert answer["open"], answer


def _mark(web: HTTPConnection, cookies: str, token: str, row: Row) -> None:
    with row.lock:
        mark = MARKS[row.mark == MARKS[0]]
        item = {"kind": "attendance", "id": row.id, "version": row.version, "values": {"mark": mark}, "gone": False}
        answer = _answered(web, "POST", f"/hop/{row.meeting}/luu/", cookies, json.dumps({"items": [item]}), token)
        said = answer["answers"][row.id]
        assert said["outcome"] == "saved", said
        row.version, row.mark = said["version"], mark


def _answered(web: HTTPConnection, method: str, path: str, cookies: str, body: str = "", token: str = "") -> Any:
    headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/json"}
    web.request(method, path, body=body or None, headers=headers)
    answer = web.getresponse()
    said = answer.read()
    assert answer.status == 200, (answer.status, said[:200])
    return json.loads(said)


def _lost(rows: list[Row]) -> list[str]:
    from meetings.models import Attendance

    kept = {
        str(row.pk): (row.version, row.mark) for row in Attendance.everything.filter(pk__in=[row.id for row in rows])
    }
    return [
        f"{row.id}: {kept[row.id]} instead of {row.version, row.mark}"
        for row in rows
        if kept[row.id] != (row.version, row.mark)
    ]


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] if times else 0.0


def _figures(times: list[float]) -> str:
    return (
        f"{len(times)}, median {sorted(times)[len(times) // 2]:.0f} ms, p95 {_p95(times):.0f} ms" if times else "none"
    )


if __name__ == "__main__":
    sys.exit(main())
