"""Real workers and a real mail server: beats twice, workers killed, servers away. Each is told once, and nobody is forgotten."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from portal.notifications.models import Delivery, Morning, Notice
from tests.jobs.conftest import CHECKOUT
from tests.notifications.conftest import MANY, Site, all_sent, begin_anew, until
from tests.notifications.mailbox import MailServer, mail_server

pytestmark = pytest.mark.machine
Clock = Callable[..., None]
TOLD = MANY + 1  # and the secretary of the cast, who has no address


def told_once() -> None:
    rows = Notice.everything.values_list("account", "rule", "subject", "stage")
    assert len(rows) == len(set(rows)) == TOLD
    assert Morning.everything.count() == 1


def test_four_beats_and_four_workers_tell_everybody_once(site: Site, letters: MailServer, clean: None, clock: Clock):
    clock("notifications.remind", 4)
    clock("notifications.deliver", 8)
    until(all_sent, or_say=site.logs)
    clock("notifications.deliver", 4)
    until(lambda: len(letters.taken) >= MANY)
    told_once()
    assert letters.readers == sorted(f"bt{number}@example.vn" for number in range(MANY))


@pytest.mark.parametrize(
    ("point", "twice"),
    [
        ("before the claim", 0),
        ("after the claim", 0),
        ("after the send", 1),
        ("after the mark", 1),
        ("after the commit", 0),
    ],
)
def test_a_sender_is_killed(site: Site, letters: MailServer, clean: None, clock: Clock, point: str, twice: int):
    """Once the server has said 250 and the mark is not committed, the letter goes again, under the same Message-ID."""
    site.plan.write_text(point)
    clock("notifications.remind")
    until(lambda: Delivery.everything.count() == MANY)
    clock("notifications.deliver")
    until(lambda: not site.plan.exists(), or_say=site.logs)
    # a row is passed over until the database has let go of the dead one's lock
    until(lambda: clock("notifications.deliver") or all_sent(), or_say=site.logs)
    told_once()
    assert len(set(letters.marks)) == MANY
    assert len(letters.marks) == MANY + twice


@pytest.fixture(scope="module")
def statements(site: Site, letters: MailServer) -> int:
    """How many statements the scan takes."""
    from celery import current_app

    begin_anew(site, letters)
    counted = site.plan.with_suffix(".counted")
    counted.unlink(missing_ok=True)  # of a scan that found the day done
    current_app.send_task("notifications.remind")
    until(counted.exists, or_say=site.logs)
    until(all_sent, or_say=site.logs)
    return int(counted.read_text())


@pytest.mark.parametrize("part", range(5))
def test_a_scan_is_killed(site: Site, statements: int, letters: MailServer, clean: None, clock: Clock, part: int):
    site.plan.write_text(f"sql {1 + part * (statements - 1) // 4}" if part < 4 else "commit")
    clock("notifications.remind")
    until(lambda: not site.plan.exists(), or_say=site.logs)
    assert (Notice.everything.count(), Morning.everything.count()) in ((0, 0), (TOLD, 1))
    clock("notifications.remind", 2)
    until(all_sent, or_say=site.logs)
    told_once()
    assert len(letters.marks) == len(set(letters.marks)) == MANY


def test_a_server_that_says_later_gets_it_later(site: Site, letters: MailServer, clean: None, clock: Clock):
    letters.answers = ["451 4.7.1 greylisted"] * MANY
    clock("notifications.remind")
    until(lambda: Delivery.everything.filter(attempts=1).count() == MANY, or_say=site.logs)
    assert letters.taken == []
    assert {row.error for row in Delivery.everything.all()} == {"Máy chủ thư trả lời 451: 4.7.1 greylisted"}
    clock("notifications.deliver", later=True)
    until(all_sent, or_say=site.logs)
    assert (len(letters.marks), set(Delivery.everything.values_list("attempts", flat=True))) == (MANY, {2})
    assert sorted(letters.offered) == sorted(letters.marks * 2)  # the same letter, twice offered


REMIND = """
import sys, django
django.setup()
from datetime import time
from portal.notifications.services import delivering, reminding
reminding.NOT_BEFORE = time(0)
sys.exit(0 if (reminding.remind() if sys.argv[1] == "remind" else delivering.deliver_due()) is not None else 1)
"""


def test_a_dead_mail_server_loses_nothing(site: Site, letters: MailServer, clean: None, clock: Clock):
    with mail_server() as soon_gone:
        port = soon_gone.port
    dead = site.environment | {"EMAIL_PORT": str(port), "REDIS_URL": "redis://127.0.0.1:1/0"}
    run(site, dead, "remind")
    for attempt in (1, 2):
        clock("nothing", 0, later=True)
        run(site, dead, "deliver")
        assert set(Delivery.everything.values_list("attempts", "state")) == {(attempt, "waiting")}
    clock("notifications.deliver", later=True)
    until(all_sent, or_say=site.logs)
    assert len(letters.marks) == len(set(letters.marks)) == MANY


def test_a_broker_that_is_away_loses_nothing(site: Site, letters: MailServer, clean: None, clock: Clock):
    """The scan stands; nobody was woken; the clock of the next minute does it."""
    run(site, site.environment | {"REDIS_URL": "redis://127.0.0.1:1/0"}, "remind")
    told_once()
    assert set(Delivery.everything.values_list("state", flat=True)) == {"waiting"}
    clock("notifications.deliver")
    until(all_sent, or_say=site.logs)
    assert len(letters.marks) == MANY


def run(site: Site, environment: dict[str, str], what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REMIND, what], env=environment, cwd=CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
