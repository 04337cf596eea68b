"""What belongs to a foreign commune is never seen: a word that stands in all of its texts shows up in no answer, and more
of its rows change nothing on any page."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from branches.models import DocumentNumber, Enquiry, Grant, Kind, Rule, Settlement
from branches.models import Term as CommitteeTerm
from directives.models import (
    Demand,
    Document,
    Extension,
    Finding,
    InspectionProgramme,
    Obligation,
    Order,
    OrderedTask,
    PlannedInspection,
    Relation,
    Review,
    ReviewPart,
    Study,
    TargetShare,
    TargetTotal,
    TaskAssignment,
)
from meetings.models import (
    ActionItem,
    Meeting,
    Orientation,
    Proposal,
    Resolution,
    SlotDecision,
    Topic,
    TopicSuggestion,
)
from members.models import (
    Assignment,
    BadgeAward,
    Correction,
    HouseholdCharge,
    Import,
    Member,
    Merge,
    Office,
)
from portal.access.roles import Role
from portal.help.models import Article, Term
from portal.history.models import AccessTrace, Deed
from portal.jobs.models import Job
from portal.reports.models import Arrival, Report
from tests.access.canaries import (
    a_foreign_meeting,
    foreign_meetings,
    let_them_sing,
    number_in,
    reminded_of,
    village,
    village_people,
)
from tests.access.canaries_in_papers import a_foreign_paper, a_foreign_review, foreign_reports
from tests.access.canary_words import CANARY
from tests.access.objects import as_text
from tests.cast import Cast, place
from tests.house.addresses import Address, all_addresses

FOREIGN_TO = ["mai", "son", "vinh", "thinh", "thom", "hau", "hoa", "xua", "moi"]  # Phú Lương knows nothing of Tân Hòa
PASSING = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|<b class="nowrap">[^<]+</b>|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b')


@pytest.fixture
def canaries(cast: Cast) -> Cast:
    let_them_sing(cast)
    return cast


def answers(browser: Client, cast: Cast) -> dict[str, bytes]:
    """Every address, with every object of its kind in its place, asked by one person; pages that search, searched too."""
    browser.raise_request_exception = False
    found: dict[str, bytes] = {}
    for address in all_addresses():
        if address.name in ("health", "sign_out"):
            continue
        for path in filled(address, cast):
            found[path] = PASSING.sub(b"", opened(browser.get(path)))
            if b'name="tim"' in found[path]:
                found |= {
                    path + q: PASSING.sub(b"", opened(browser.get(path + q))) for q in ("?tim=chimyen", "?tim=thuong")
                }
    return found


def opened(answer) -> bytes:
    """What is in the answer, also where it is packed: a workbook is a ZIP of XML."""
    content = b"".join(answer) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_a_packed_answer_is_opened():
    """The blind spot of a search over bytes: the word inside a workbook."""
    box = BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<t>{CANARY}</t>" * 50)
    assert CANARY.encode() not in box.getvalue()
    assert CANARY.encode() in opened(HttpResponse(box.getvalue()))


OBJECTS = {
    "nhiem-ky/": CommitteeTerm, "so-van-ban/": DocumentNumber, "thon/": Settlement, "dang-vien/<": Member,
    "sua-ho-so/": Correction, "nhap-ho-so/": Merge, "huy-hieu/": BadgeAward, "nhap-dang-vien/": Import,
    "chuc-vu/": Office, "phu-trach/": HouseholdCharge, "nhiem-vu/": Assignment,
    "tep-cua-toi/": Job, "vai-tro/": Grant, "quy-dinh/": Rule, "xin-xem-ho-so/": Enquiry,
    "ky-hop/": SlotDecision, "dinh-huong/<": Orientation, "chuyen-de/<": Topic, "chuyen-de-goi-y/<": TopicSuggestion,
    "van-ban/<": Document, "quan-he-van-ban/": Relation, "viec-van-ban/": Obligation, "quan-triet/": Study,
    "giao-viec/<": Order, "viec-giao/<": OrderedTask, "viec-duoc-giao/<": TaskAssignment, "gia-han/": Extension,
    "phan-bo/": TargetTotal, "phan-chi-tieu/": TargetShare,
    "so-ket/": Review, "phan-so-ket/": ReviewPart, "chuong-trinh-kiem-tra/": InspectionProgramme,
    "kiem-tra/": PlannedInspection, "phat-hien/": Finding, "yeu-cau-kiem-tra/": Demand,
    "bao-cao/<": Report, "bao-cao-den/": Arrival,
}  # fmt: skip


OF_MEETINGS = {
    "hop/": Meeting,
    "viec/": ActionItem,
    "kien-nghi/": Proposal,
    "nghi-quyet/": Resolution,
}  # named by devices, so in no order


def of_foreign_meetings(address: Address, cast: Cast) -> list[object]:
    for beginning, model in OF_MEETINGS.items():
        if address.route.startswith(f"{beginning}<uuid"):
            whose = "meeting__organisation" if model in (Proposal, Resolution) else "organisation"
            return list(model.everything.filter(**{whose: cast.thuong}).values_list("pk", flat=True))
    return []


def filled(address: Address, cast: Cast) -> list[str]:
    numbers: list[object] = [o.pk for o in (cast.dong, cast.phu_luong, cast.tan_hoa, cast.thuong, cast.province)]
    model = next((model for beginning, model in OBJECTS.items() if address.route.startswith(beginning)), None)
    if model is Grant:
        numbers = [cast[name].grants.order_by("pk").first().pk for name in ("yen", "thinh")]
    elif model:
        numbers = list(model.everything.order_by("pk").values_list("pk", flat=True)[:3])
    elif named := of_foreign_meetings(address, cast):
        numbers = named
    elif not address.route.startswith(("to-chuc/", "chi-bo/", "tong-quan/")):
        numbers = [Term.everything.first().pk]
    slug = Article.everything.first().slug
    today = timezone.localdate()
    route = as_text(address, "/" + address.route).replace("<str:key>", "meeting.minutes.least")
    route = route.replace("<str:thang>", f"{today:%Y-%m}").replace("<int:year>", f"{today.year}")
    slugs = {
        "organisation_panel": "dang-vien",
        "act_on_member": "tinh-trang",
        "ask_for_correction": "job",
        "end_side_post": "ho",
        "undone": "sua-ho-so",
        "score_beside": "cap-tren",
        "copy_criteria": "thuong-ky",
        "follow_criteria": "thuong-ky",
        "dashboard_block": "chi-so",
        "act_on_report": "duyet",
        "arrivals_of": "chi-bo-thang",
    }
    slug = slugs.get(address.name, slug)
    route = re.sub(r"<slug:\w+>", slug, route)
    return sorted({re.sub(r"<(?:int|uuid):\w+>", str(n), route) for n in numbers})


@pytest.mark.parametrize("name", FOREIGN_TO)
def test_the_word_is_in_no_answer(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    seen = answers(sign_in(name), canaries)
    assert len(seen) > 50
    assert [path for path, content in seen.items() if CANARY.encode() in content] == []


@pytest.mark.parametrize("name", ["quyet", "kien"])
def test_those_who_reach_it_do_see_it(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    """The canary itself is tried: it sings where it may."""
    assert any(CANARY.encode() in content for content in answers(sign_in(name), canaries).values())


@pytest.mark.parametrize("name", ["mai", "thinh", "hau"])
def test_more_foreign_rows_change_nothing(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    moment = timezone.now()  # pages tell the minute in which they were made
    with time_machine.travel(moment, tick=False):
        before = answers(sign_in(name), canaries)
    for number in range(40):
        branch = place(9_200_000 + number, f"TH-X{number}", CANARY, Kind.BRANCH, canaries.tan_hoa)
        Grant(account=canaries["yen"], organisation=branch, role=Role.CLERK, since=timezone.localdate()).save()
        AccessTrace.everything.create(account=canaries["quyet"], deed=Deed.READ, place=branch.path, subject=CANARY)
        number_in(CommitteeTerm.everything.get(organisation=canaries.tan_hoa), number + 2)
        village(canaries.tan_hoa, branch, f"{CANARY} {number}")
        a_foreign_paper(canaries, branch, number + 2)
        a_foreign_review(canaries, canaries.tan_hoa, branch, number + 1)
        foreign_reports(canaries, canaries.tan_hoa, branch, number + 1)
        village_people(canaries, branch, number + 1)
        a_foreign_meeting(canaries, branch, number + 1)
        reminded_of(canaries, "yen", branch, number + 1)
        foreign_meetings(branch, canaries.tan_hoa, number + 1)
    with time_machine.travel(moment, tick=False):
        after = answers(sign_in(name), canaries)
    # the book of access grows by the asking itself: an export leaves its trace there (tests/branches/test_pages.py)
    compared = [path for path in before if "/so-truy-cap/" not in path]
    assert [path for path in compared if before[path] != after[path]] == []
