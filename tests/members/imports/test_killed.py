"""A real worker is killed while it writes a sheet: the roll has all of it or nothing, and the job comes to its end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest

from members.imports import bringing
from members.imports.bringing import apply_sheet, check_sheet, undo_sheet
from members.imports.checking import check_import
from members.imports.receiving import receive_sheet
from members.models import Import, Member, Membership, StateSpell
from portal.jobs.models import Job, State
from portal.jobs.services.asking import cancel
from tests.cast import Cast
from tests.jobs.conftest import Site, people, real_database, site, until  # noqa: F401  fixtures
from tests.members.imports.makers import HEADINGS, sheet, upload

pytestmark = pytest.mark.machine
PEOPLE = 40
NOBODY, ALL = (0, 0, 0), (PEOPLE, PEOPLE, PEOPLE)
POINTS = 9  # statements to die before, evenly spread over all
ROWS = [[f"Lê Văn {chr(65 + n // 20)}{chr(97 + n % 20)}", "", "Nam", str(n), "PL-1", "03/02/2001", "03/02/2002"]
        for n in range(PEOPLE)]  # fmt: skip


@pytest.fixture
def shown(site: Site, people: Cast, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:  # noqa: F811
    """A long sheet that was checked, on a roll of nobody; its file where the workers look for it."""
    settings.JOBS_SENT_AGAIN_AFTER = timedelta(seconds=0.3)
    store = {"BACKEND": "portal.files.folder.PrivateFolder", "OPTIONS": {"location": site.home / "files"}}
    settings.STORAGES = settings.STORAGES | {"files": store}
    monkeypatch.setattr(bringing, "MOST_AT_ONCE", 1)
    by = people.actor("mai")
    if all(worker.poll() is not None for worker in site.workers):
        site.start_worker()
    file = upload(sheet(HEADINGS, *ROWS))
    yield check_import(receive_sheet(file, organisation=people.phu_luong, by=by), by=by)
    site.plan.unlink(missing_ok=True)
    Import.everything.all().delete()
    Job.everything.all().delete()
    for model in (StateSpell, Membership, Member):
        model.everything.all().delete()


def roll() -> tuple[int, int, int]:
    return Member.everything.count(), Membership.everything.count(), StateSpell.everything.count()


def asked(shown: Import, people: Cast) -> Job:  # noqa: F811
    return apply_sheet(shown, by=people.actor("mai")).job


def state_of(shown: Import) -> str:
    return Import.everything.get(pk=shown.pk).state


@pytest.fixture(scope="module")
def counted() -> dict[str, int]:
    """How many statements an apply takes from the lock to the unlock, once it is known."""
    return {}


def statements(site: Site, shown: Import, people: Cast, counted: dict[str, int]) -> int:  # noqa: F811
    if not counted:
        site.plan.write_text("never")
        site.ended(asked(shown, people), sweeping=False)
        until(site.plan.with_suffix(".counted").exists)
        counted["apply"] = len(json.loads(site.plan.with_suffix(".counted").read_text()))
        site.ended(undo_sheet(shown, by=people.actor("mai")).job, sweeping=False)
        Import.everything.filter(pk=shown.pk).update(state="checked", applied_at=None, undone_at=None)
    return counted["apply"]


@pytest.mark.parametrize("part", range(POINTS))
def test_killed_before_the_kth_statement(site: Site, shown: Import, people: Cast, counted: dict[str, int], part: int):  # noqa: F811
    last = statements(site, shown, people, counted)
    site.plan.write_text(f"sql {1 + part * (last - 1) // (POINTS - 1)}")
    job = asked(shown, people)
    until(lambda: not site.plan.exists(), or_say=site.logs)  # it was killed
    assert (roll(), state_of(shown)) in ((NOBODY, "checked"), (ALL, "applied"))
    job = site.ended(job)
    assert (job.state, roll(), state_of(shown)) == (State.DONE, ALL, "applied")


@pytest.mark.parametrize("point", ["received", "commit", "committed", "acknowledge"])
def test_killed_at_the_message_and_around_the_commit(site: Site, shown: Import, people: Cast, point: str):  # noqa: F811
    site.plan.write_text(point)
    job = site.ended(asked(shown, people))
    until(lambda: not site.plan.exists())
    assert (job.state, roll(), state_of(shown)) == (State.DONE, ALL, "applied")
    assert job.attempts == (2 if point == "commit" else 1)


@pytest.mark.parametrize("point", ["sql 20", "commit"])
def test_killed_while_it_takes_back_or_checks(site: Site, shown: Import, people: Cast, point: str):  # noqa: F811
    by = people.actor("mai")
    site.plan.write_text(point)
    job = site.ended(check_sheet(shown, by=by).job)
    assert (job.state, job.attempts, state_of(shown)) == (State.DONE, 2, "checked")
    assert Import.everything.get(pk=shown.pk).lines.count() == PEOPLE
    site.ended(asked(shown, people))
    site.plan.write_text(point)
    job = site.ended(undo_sheet(shown, by=by).job)
    assert (job.state, job.attempts, roll(), state_of(shown)) == (State.DONE, 2, NOBODY, "undone")


def test_the_bar_moves_while_nothing_is_to_be_seen_yet(site: Site, shown: Import, people: Cast):  # noqa: F811
    """The third table is held, so that the worker stands in the middle of its one transaction."""
    with held(site, "members_statespell"):
        job = asked(shown, people)
        until(lambda: now(job).done >= 2, or_say=site.logs)
        assert (now(job).state, now(job).sentence) == (State.RUNNING, "Đang ghi tình trạng")
        assert now(job).done < now(job).total
        assert (roll(), state_of(shown)) == (NOBODY, "checked")
    assert site.ended(job).state == State.DONE
    assert (roll(), state_of(shown)) == (ALL, "applied")


def test_stopped_in_the_middle_nothing_stays(site: Site, shown: Import, people: Cast):  # noqa: F811
    with held(site, "members_statespell"):
        job = asked(shown, people)
        until(lambda: now(job).done >= 2, or_say=site.logs)
        cancel(job, by=people.actor("mai"))
    assert site.ended(job, sweeping=False).state == State.CANCELLED
    assert (roll(), state_of(shown)) == (NOBODY, "checked")


def now(job: Job) -> Job:
    return Job.everything.get(pk=job.pk)


@contextmanager
def held(site: Site, table: str) -> Iterator[None]:  # noqa: F811
    """By somebody else: it can be read, and who wants to write waits."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as other:
        other.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")  # type: ignore[arg-type]
        yield
