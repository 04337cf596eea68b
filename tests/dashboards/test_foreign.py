"""What others do moves nothing: communes, branches and meetings that lie outside one's reach change no number on a dashboard, in an
export or a picture, and their names appear in none of them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client, RequestFactory

from branches.models import Kind, Organisation
from branches.summary.recount import recount_since
from directives.services.library import load_documents
from meetings.models import Proposal
from portal.dashboards.blocks import block_named, slugs_of
from portal.dashboards.exports.ways import Way, made
from portal.dashboards.frame import frame_of
from portal.dashboards.views import leaving  # noqa: F401  all that can leave registers itself
from tests.cast import Cast, place
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import of_its_own, standing

NOW = "2026-11-05 09:00+07:00"
CANARY = "Chimla"
# tokens of forms, the number of the request, the version of what is shown: another with every answer
CHANCE = re.compile(r"\b[A-Za-z0-9]{64}\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b|data-live-mark=\S+")
LOOKS = {"mai": "phu_luong", "thinh": "dong", "kien": "province"}
PAGES = (
    "",
    "man-chieu/",
    "thang/",
    "viec-qua-han/",
    "kien-nghi/",
    "viec/",
    "so-lieu/meetings.held/",
    "so-lieu/meetings.attendance/",
)


def _lay_out(cast: Cast) -> None:
    with time_machine.travel(NOW):
        load_documents()
        for branch in (cast.dong, cast.doai):
            people_of(branch, 2)
            for month in (8, 9, 10):
                close(meeting_of(branch, date(2026, month, 3)))
        recount_since(Organisation.everything.all(), date(2026, 1, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def cast(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=False):  # pages tell the minute in which they were made
        yield of_its_own(laid_out)


def _others(cast: Cast, above: Organisation | None) -> None:
    """Beside the reader's: a commune with a branch that meets, is late, asks for something."""
    top = above or place(9_100_000, "CL", f"Tỉnh ủy {CANARY}", Kind.PROVINCE, None)
    commune = place(9_100_001, "CL-1", f"Đảng ủy xã {CANARY}", Kind.COMMUNE, top)
    branch = place(9_100_002, "CL-1-1", f"Chi bộ thôn {CANARY}", Kind.BRANCH, commune)
    people_of(branch, 5)
    for month in (3, 8, 10):
        meeting = meeting_of(branch, date(2026, month, 25))
        Proposal.everything.create(meeting=meeting, to=commune, words=f"{CANARY} xin sửa đường")
        close(meeting)
    meeting_of(branch, date(2026, 11, 4))
    recount_since([top, commune, branch], date(2026, 1, 1))


def _seen(cast: Cast, name: str) -> dict[str, str]:
    """All that this reader can be shown or take away of the own place, but for tokens and what counts the changes."""
    client, where = Client(), getattr(cast, LOOKS[name])
    client.force_login(cast[name])
    found = {}
    for page in PAGES:
        answer = client.get(f"/tong-quan/{where.pk}/{page}")
        if answer.status_code == 200:
            found[page] = CHANCE.sub("", answer.content.decode())
    request = RequestFactory().get("/")
    request.actor = cast.actor(name)
    frame = frame_of(request, where.pk)
    for slug in slugs_of(frame.level):
        block = block_named(frame, slug)
        if block is not None:
            found[f"{slug}.svg"] = made(block, frame, Way.SVG).decode()
            found[f"{slug}.table"] = repr(block)
    return found


@pytest.mark.parametrize("name", LOOKS)
def test_others_move_no_number_and_are_not_named(cast: Cast, name: str):
    before = _seen(cast, name)
    assert len(before) > 4
    _others(cast, None if name == "kien" else cast.province)
    after = _seen(cast, name)
    assert after.keys() == before.keys()
    for what, shown in after.items():
        assert CANARY not in shown, what
        assert shown == before[what], what


def test_the_canary_sings_where_it_may(cast: Cast):
    """Else the test above proves nothing: the province sees what stands below it."""
    before = _seen(cast, "kien")
    _others(cast, cast.province)
    after = _seen(cast, "kien")
    assert CANARY in after[""]
    assert after[""] != before[""]
