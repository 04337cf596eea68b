"""The page of a committee with branches: what it says, what it counts, whom it leads where."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from branches.services.reorganisation import move_organisations
from branches.summary.recount import recount_since
from directives.services.library import load_documents
from meetings.models import ActionItem, Meeting, MeetingKind, Proposal
from members.models import Charge
from portal.dashboards.queries.commune.targets import Counted
from portal.indicators.registry import Figure, indicator
from tests.cast import Cast
from tests.dashboards.large import branches_below, large_commune, year_of_meetings
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.members.people import on_the_roll
from tests.standing import of_its_own, standing

NOW = "2026-11-05 09:00+07:00"


def _lay_out(cast: Cast) -> None:
    """Thôn Đông met each month until November 3, thôn Đoài until September."""
    with time_machine.travel(NOW):
        load_documents()
        for branch, months in ((cast.dong, 11), (cast.doai, 9)):
            people_of(branch, 2)
            for month in range(1, months + 1):
                close(meeting_of(branch, date(2026, month, 3)))
        people_of(cast.thuong, 2)
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def cast(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW):
        yield of_its_own(laid_out)


def page_of(client: Client, place: Organisation, **words: str) -> str:
    answer = client.get(f"/tong-quan/{place.pk}/", words)
    assert answer.status_code == 200
    return answer.content.decode()


def read(html: str) -> str:
    """As one reads it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("\xa0", " ")


def settled(html: str) -> str:
    """Without the number of the request."""
    return re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|lúc \d\d:\d\d", "", read(html))


def test_one_sentence_says_where_the_month_stands(cast: Cast, as_mai: Client):
    said = read(page_of(as_mai, cast.phu_luong))
    assert "Tháng 11: 1/2 chi bộ đã họp, 1 chi bộ chưa họp. Hạn họp thường kỳ: thứ Bảy, 07/11." in said
    assert "Nhắc 1 chi bộ chưa họp" in said


def test_after_the_last_day_it_says_so(cast: Cast, sign_in):
    with time_machine.travel("2026-11-08 09:00+07:00"):
        assert "1 chi bộ chưa họp, đã quá hạn." in read(page_of(sign_in("mai"), cast.phu_luong))


def test_who_is_writing_it_up_and_who_meets_today_is_no_laggard(cast: Cast, as_mai: Client):
    meeting = meeting_of(cast.doai, date(2026, 11, 5))
    said = read(page_of(as_mai, cast.phu_luong))
    assert "1 chi bộ họp hôm nay" in said
    assert "Nhắc" not in said
    Meeting.everything.filter(pk=meeting.pk).update(started_at="08:00")
    assert "1 chi bộ đang ghi" in read(page_of(as_mai, cast.phu_luong))


def test_each_number_of_the_sentence_leads_to_those_it_counts(cast: Cast, as_mai: Client):
    html = page_of(as_mai, cast.phu_luong)
    links = re.findall(r'href="(/tong-quan/\d+/thang/\?loc=[\w-]+)"', html)
    assert len(links) == 2
    held, waiting = (read(as_mai.get(link).content.decode()) for link in links)
    assert "Chi bộ thôn Đông" in held
    assert "Chi bộ thôn Đoài" not in held
    assert "Chi bộ thôn Đoài" in waiting
    assert "Chi bộ thôn Đông" not in waiting


def test_a_past_day_is_told_as_it_was_then(cast: Cast, as_mai: Client):
    """Nothing held later, no button, no news."""
    said = read(page_of(as_mai, cast.phu_luong, den="2026-06-30"))
    assert "Tháng 6/2026: 2/2 chi bộ đã họp." in said
    assert "Nhắc" not in said
    assert "Có gì mới" not in said
    said = read(page_of(as_mai, cast.phu_luong, den="2026-10-15"))
    assert "Tháng 10/2026: 1/2 chi bộ đã họp, 1 chi bộ chưa họp, đã quá hạn." in said


def test_a_meeting_after_that_day_is_not_known_yet(cast: Cast, as_mai: Client):
    assert "11: 1/2" in read(page_of(as_mai, cast.phu_luong))
    assert "Tháng 11/2026: 0/2 chi bộ đã họp, 2 chi bộ chưa họp." in read(
        page_of(as_mai, cast.phu_luong, den="2026-11-02")
    )


@pytest.mark.parametrize(
    "words", [{}, {"ky": "quy"}, {"ky": "thang", "den": "2026-09-30"}, {"cay": "nay", "den": "2026-06-30"}]
)
def test_each_figure_leads_to_a_list_that_adds_up_to_it(cast: Cast, as_mai: Client, words: dict[str, str]):
    html = page_of(as_mai, cast.phu_luong, **words)
    links = set(re.findall(r'href="(/tong-quan/\d+/so-lieu/[^"]+)"', html))
    assert len(links) >= 5
    for link in links:
        found = as_mai.get(link.replace("&amp;", "&")).content.decode()
        parts, whole = map(int, re.search(r": ([\d.]+)/([\d.]+) ", read(found)).groups())  # type: ignore[union-attr]
        column = [
            [int(one) for one in re.findall(rf'data-label="{label}">([\d.]+)<', found)]
            for label in ("Đạt", "Trên tổng số")
        ]
        assert (sum(column[0]), sum(column[1])) == (parts, whole), link


def test_another_communes_branches_move_no_number(cast: Cast, as_mai: Client):
    before = settled(page_of(as_mai, cast.phu_luong))
    foreign = branches_below(cast.tan_hoa, 3)
    year_of_meetings(foreign, 2026, 10)
    Proposal.everything.create(meeting=meeting_of(foreign[0], date(2026, 11, 1)), to=cast.tan_hoa, words="Của nơi khác")
    assert settled(page_of(as_mai, cast.phu_luong)) == before


def test_a_province_reads_figures_and_is_led_to_no_meeting_and_no_roll(cast: Cast, sign_in):
    html = page_of(sign_in("kien"), cast.phu_luong)
    for part in ("Kiến nghị chưa trả lời", "Lịch cấp ủy viên", "Nhắc 1 chi bộ"):
        assert part not in html
    for link in set(re.findall(r'href="(/[^"#]*)"', html)):
        if re.match(r"/(tong-quan|chi-so|to-chuc|hop|dang-vien|van-ban|viec)", link):
            assert sign_in("kien").get(link.replace("&amp;", "&")).status_code in (200, 302), link


@pytest.mark.parametrize(("name", "slug", "status"), [
    ("mai", "kien-nghi", 200), ("kien", "kien-nghi", 404), ("kien", "lich-du-hop", 404), ("kien", "luoi-hop", 200),
    ("kien", "viec-qua-han", 200), ("mai", "chi-tieu", 200), ("mai", "so-lieu", 200), ("mai", "chua-giao-nhiem-vu", 200),
])  # fmt: skip
def test_a_part_leaves_only_for_whoever_may_see_it(cast: Cast, sign_in, name: str, slug: str, status: int):
    assert sign_in(name).get(f"/tong-quan/{cast.phu_luong.pk}/khoi/{slug}/").status_code == status


def follows(cast: Cast, name: str, branch: Organisation) -> None:
    member = on_the_roll(cast.dong, cast[name].full_name, account=cast[name])
    Charge.everything.create(member=member, organisation=branch, since=date(2026, 1, 1))


def test_an_inspector_begins_with_the_branches_in_his_charge(cast: Cast, sign_in):
    son = sign_in("son")
    assert "Chi bộ tôi phụ trách" not in page_of(son, cast.phu_luong)
    follows(cast, "son", cast.doai)
    html = page_of(son, cast.phu_luong)
    assert "0/1 chi bộ" in read(html)
    assert "1 chi bộ qua 12 tháng" in read(html)
    assert "2 chi bộ qua 12 tháng" in read(page_of(son, cast.phu_luong, cua="tat-ca"))


def test_what_he_follows_elsewhere_is_not_here(cast: Cast, sign_in):
    follows(cast, "son", cast.thuong)
    assert "2 chi bộ qua 12 tháng" in read(page_of(sign_in("son"), cast.phu_luong))


def test_who_directs_sees_all_whatever_he_follows(cast: Cast, sign_in):
    follows(cast, "vinh", cast.doai)
    assert "2 chi bộ qua 12 tháng" in read(page_of(sign_in("vinh"), cast.phu_luong))


def test_who_follows_a_branch_stands_beside_its_next_meeting(cast: Cast, as_mai: Client):
    meeting_of(cast.doai, date(2026, 11, 7))
    assert "Chưa có cấp ủy viên phụ trách" in page_of(as_mai, cast.phu_luong)
    follows(cast, "vinh", cast.doai)
    assert "Đ/c Vũ Quang Vinh" in page_of(as_mai, cast.phu_luong)


def test_a_proposal_waits_until_it_is_answered_on_the_day_looked_from(cast: Cast, as_mai: Client):
    meeting = meeting_of(cast.dong, date(2026, 3, 20), MeetingKind.EXTRAORDINARY)
    row = Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Xin sửa nhà văn hóa")
    close(meeting)
    assert "Xin sửa nhà văn hóa" in page_of(as_mai, cast.phu_luong)
    Proposal.everything.filter(pk=row.pk).update(state="accepted", answer="Đồng ý", answered_on=date(2026, 5, 1))
    assert "Xin sửa nhà văn hóa" not in page_of(as_mai, cast.phu_luong)
    assert "Xin sửa nhà văn hóa" in page_of(as_mai, cast.phu_luong, den="2026-04-30")
    assert "Xin sửa nhà văn hóa" not in page_of(as_mai, cast.phu_luong, den="2026-02-28")


def test_as_many_questions_for_two_branches_as_for_forty(cast: Cast, as_mai: Client):
    counts = []
    for more in (0, 40):
        large_commune(cast, more)
        page_of(as_mai, cast.phu_luong)
        with CaptureQueriesContext(connection) as asked:
            page_of(as_mai, cast.phu_luong)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24


def test_nobody_is_led_from_a_branch_that_hangs_elsewhere_today(cast: Cast, as_mai: Client):
    """In the tree of that day it is counted and named, and leads nowhere; in today's it is not there."""
    move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 10, 1), by=cast.actor("kien"))
    then = page_of(as_mai, cast.phu_luong, den="2026-09-30")
    assert "Thôn Đoài" in then
    assert f"/tong-quan/{cast.doai.pk}/" not in then
    assert "Thôn Đoài" not in page_of(as_mai, cast.phu_luong, den="2026-09-30", cay="nay")


@pytest.mark.parametrize(("tree_on", "there"), [(date(2026, 9, 30), "phu_luong"), (date(2026, 11, 5), "tan_hoa")])
def test_what_is_read_from_records_follows_the_tree_that_is_wished_for(cast: Cast, tree_on: date, there: str):
    """Figures of months do so by themselves."""
    item = {"organisation": cast.doai, "words": "Lập danh sách", "due_on": date(2026, 3, 20)}
    meeting = meeting_of(cast.doai, date(2026, 3, 10), MeetingKind.COMMITTEE)
    ActionItem.everything.create(meeting=meeting, **item, stand="done", stood_on=date(2026, 3, 20))
    close(meeting)
    move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 10, 1), by=cast.actor("kien"))
    done = indicator("meetings.actions_in_time")
    assert done
    for name in ("phu_luong", "tan_hoa"):
        counted = Counted(getattr(cast, name), [cast.doai.pk], date(2026, 9, 30), tree_on)
        parts = counted.of([done], date(2026, 1, 1))[done.code]
        assert parts == ({cast.doai.pk: Figure(1, 1)} if name == there else {})
