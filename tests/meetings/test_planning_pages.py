"""From planning to answering, as people click it; what is wrong is said and what was typed stays."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.models import Kind
from meetings.models import (
    Invitation,
    Meeting,
    MeetingKind,
    MeetingPaper,
    Opinion,
    Orientation,
    PlanState,
    ThematicPlan,
    Topic,
    TopicSuggestion,
)
from meetings.services.invitations import send_notice
from meetings.services.planning import plan_meeting
from members.models import Charge
from tests.cast import Cast, place
from tests.directives.papers import a_document
from tests.files.makers import pdf
from tests.members.people import on_the_roll

TODAY = timezone.localdate


def soon() -> date:
    return TODAY() + timedelta(days=5)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    on_the_roll(cast.dong, "Lường Văn Pản")
    return plan_meeting(
        cast.dong, kind=MeetingKind.REGULAR, day=soon(), begins=time(14), place="Nhà văn hóa", by=cast.actor("thinh")
    )


def page(name: str, *args: object) -> str:
    return reverse(name, args=args)


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


# Planning


def test_a_meeting_is_planned_by_choosing_a_day(cast: Cast, as_thinh: Client):
    address = page("meeting_plan", cast.dong.pk)
    first = as_thinh.get(address).context["form"]["day_choice"].field.choices[0][0]
    answer = as_thinh.post(address, {"day_choice": first, "begins": "19:30", "place": "Nhà văn hóa"})
    meeting = Meeting.everything.get()
    assert answer.url == page("meeting_prepare", meeting.pk)
    assert (meeting.day, meeting.begins, meeting.place) == (date.fromisoformat(first), time(19, 30), "Nhà văn hóa")


def test_another_day_is_picked(cast: Cast, as_thinh: Client):
    address = page("meeting_plan", cast.dong.pk) + "?loai=extraordinary"
    typed = {"day_choice": "khac", "begins": "08:00", "place": "Trường học", "title": "Bão"}
    answer = as_thinh.post(address, typed)
    assert "Chưa chọn ngày khác" in said(answer)
    assert "Trường học" in said(answer)
    as_thinh.post(address, typed | {"other_day": f"{soon():%Y-%m-%d}"})
    assert (Meeting.everything.get().day, Meeting.everything.get().title) == (soon(), "Bão")


def test_a_second_one_is_refused_in_words_and_nothing_typed_is_lost(cast: Cast, meeting: Meeting, as_thinh: Client):
    typed = {"day_choice": "khac", "other_day": f"{soon():%Y-%m-%d}", "begins": "08:15", "place": "Nhà ông Páo"}
    answer = as_thinh.post(page("meeting_plan", cast.dong.pk), typed)
    assert "đã có buổi sinh hoạt thường kỳ" in said(answer)
    assert "Nhà ông Páo" in said(answer)
    assert "08:15" in said(answer)


def test_the_days_offered_are_those_of_week_one_of_a_month_without_a_meeting(cast: Cast, as_thinh: Client):
    month = (TODAY().replace(day=1) + timedelta(days=40)).replace(day=1)
    Meeting.everything.create(organisation=cast.dong, kind="regular", day=TODAY(), period=TODAY().replace(day=1))
    choices = as_thinh.get(page("meeting_plan", cast.dong.pk)).context["form"]["day_choice"].field.choices
    days = [value for value, _ in choices if value != "khac"]
    assert days == [f"{month.replace(day=number):%Y-%m-%d}" for number in range(1, 8)]


# Preparing


def test_day_and_place_are_changed_and_an_old_version_is_told(cast: Cast, meeting: Meeting, as_thinh: Client):
    address = page("meeting_prepare", meeting.pk)
    typed = {"version": meeting.version, "day": f"{soon():%Y-%m-%d}", "begins": "14:00", "place": "Hội trường"}
    typed["form"] = "in person"
    assert as_thinh.post(address, typed).status_code == 302
    answer = as_thinh.post(address, typed | {"place": "Nhà khác"})
    assert "Người khác vừa sửa" in said(answer)
    assert "Nhà khác" in said(answer)
    current = Meeting.everything.get(pk=meeting.pk).version
    assert f'name="version" value="{current}"' in said(answer)  # saved once more, it stands


def test_online_without_a_ground_is_refused_beside_its_field(meeting: Meeting, as_thinh: Client):
    typed = {"version": meeting.version, "day": f"{soon():%Y-%m-%d}", "form": "online", "place": "x"}
    answer = as_thinh.post(page("meeting_prepare", meeting.pk), typed)
    assert "form_ground" in answer.context["form"].errors
    assert '<details class="further" open>' in said(answer)


def press(browser: Client, meeting: Meeting, act: str, **more: str) -> object:
    return browser.post(page("meeting_agenda", meeting.pk), {"viec": act, **more})


def test_the_agenda_is_freely_changed(meeting: Meeting, as_thinh: Client):
    def lines() -> list[str]:
        rows = meeting.agendaitems.filter(gone=False).order_by("position")
        return [row.words for row in rows]

    press(as_thinh, meeting, "them", words="Bàn làm đường", presenter="Đ/c Páo")
    assert lines()[-1] == "Bàn làm đường"
    road = meeting.agendaitems.get(words="Bàn làm đường")
    press(as_thinh, meeting, f"len:{road.pk}")
    assert lines()[-2:] == ["Bàn làm đường", "Kết thúc"]
    press(as_thinh, meeting, f"xuong:{road.pk}")
    press(as_thinh, meeting, f"xuong:{road.pk}")  # it is the last
    press(as_thinh, meeting, f"bo:{road.pk}")
    assert lines()[-1] == "Kết thúc"
    assert len(lines()) == 17
    assert "Chưa nhập thêm nội dung" in said(press(as_thinh, meeting, "them", words=""))
    assert press(as_thinh, meeting, "bo:khong").status_code == 404


def test_a_file_and_a_document_are_papers_and_one_may_be_taken_back(
    cast: Cast, meeting: Meeting, as_thinh: Client, sign_in: Callable[[str], Client]
):
    document = a_document(cast.phu_luong, "Kế hoạch chuyển đổi số")
    address = page("meeting_papers", meeting.pk)
    file = SimpleUploadedFile("du-thao.pdf", pdf(), "application/pdf")
    as_thinh.post(address, {"file": file, "title": "Dự thảo nghị quyết"})
    as_thinh.post(address, {"document": document.dated_name})
    assert "không có văn bản này" in said(as_thinh.post(address, {"document": "12-XX/YY"})).lower()
    assert "Chọn một tệp" in said(as_thinh.post(address, {}))
    paper, other = meeting.papers.order_by("pk")
    assert (paper.title, other.document) == ("Dự thảo nghị quyết", document)
    where = page("file", paper.file_id)
    assert sign_in("hau").get(where).status_code == 200  # a member of the branch reads it
    assert sign_in("quyet").get(where).status_code == 404
    as_thinh.post(address, {"bo": paper.pk})
    assert not MeetingPaper.everything.filter(pk=paper.pk).exists()


def test_it_is_said_truly_how_early_people_were_told(cast: Cast, meeting: Meeting, as_thinh: Client):
    address = page("meeting_prepare", meeting.pk)
    assert "Chưa mời, phải trước 1 ngày" in said(as_thinh.get(address))
    send_notice(meeting, by=cast.actor("thinh"))
    assert "Đã mời trước 5 ngày" in said(as_thinh.get(address))
    Meeting.everything.filter(pk=meeting.pk).update(day=TODAY())
    assert "Đã mời ngay trong ngày họp (phải trước 1 ngày)" in said(as_thinh.get(address))
    Meeting.everything.filter(pk=meeting.pk).update(told_at=None)
    assert "Chưa mời, đã muộn (phải trước 1 ngày)" in said(as_thinh.get(address))


def test_preparing_costs_the_same_however_much_there_is(cast: Cast, meeting: Meeting, as_thinh: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_thinh.get(page("meeting_prepare", meeting.pk)).status_code == 200
        return len(queries)

    send_notice(meeting, by=cast.actor("thinh"))
    document = a_document(cast.phu_luong, "Kế hoạch")
    MeetingPaper.everything.create(meeting=meeting, title="Một", document=document, put_out_by=cast["thinh"])
    hau = Invitation.everything.get(member__account=cast["hau"])
    Opinion.everything.create(meeting=meeting, member=hau.member, words="x", sent_before=True)
    few = cost()
    for number in range(8):
        member = on_the_roll(cast.dong, f"Ma Văn {number}")
        MeetingPaper.everything.create(meeting=meeting, title="x", document=document, put_out_by=cast["thinh"])
        Opinion.everything.create(meeting=meeting, member=member, words="x", sent_before=True)
        Invitation.everything.create(meeting=meeting, member=member, day=soon(), opinion_asked="x")
    assert cost() <= few


def test_called_off_with_a_reason(cast: Cast, meeting: Meeting, as_thinh: Client):
    address = page("meeting_call_off", meeting.pk)
    assert "Chưa nhập lý do hủy" in said(as_thinh.post(address, {"because": ""}))
    as_thinh.post(address, {"because": "Bão số 3"})
    assert "Bão số 3" in said(as_thinh.get(page("meeting_prepare", meeting.pk)))
    answer = press(as_thinh, meeting, "them", words="x")
    assert "đã hủy" in said(answer)


# Invitations


def test_sent_read_answered(cast: Cast, meeting: Meeting, as_thinh: Client, sign_in: Callable[[str], Client]):
    as_thinh.post(page("meeting_ask", meeting.pk), {"member": _hau(cast), "about": "Làm đường thôn"})
    assert "2 đồng chí" in said(as_thinh.get(page("meeting_notice", meeting.pk)))
    as_thinh.post(page("meeting_notice", meeting.pk))
    hau, address = sign_in("hau"), page("meeting_answer", meeting.pk)
    assert "Nhà văn hóa" in said(hau.get(page("my_meetings")))
    assert "Làm đường thôn" in said(hau.get(address))
    assert "Ghi lý do không dự được" in said(hau.post(address, {"answer": "not coming", "because": ""}))
    hau.post(address, {"answer": "not coming", "because": "Đi viện"})
    assert "Đi viện" in said(as_thinh.get(page("meeting_prepare", meeting.pk)))
    hau.post(page("meeting_opinion", meeting.pk), {"words": "Nên làm trước mùa mưa"})
    assert "Nên làm trước mùa mưa" in said(as_thinh.get(page("meeting_prepare", meeting.pk)))
    assert "Nên làm trước mùa mưa" in said(hau.get(address))


def _hau(cast: Cast) -> int:
    return cast["hau"].member.pk


def test_opening_the_papers_takes_a_press_and_reading_the_page_does_not(
    cast: Cast, meeting: Meeting, sign_in: Callable[[str], Client]
):
    document = a_document(None, "Nghị quyết")
    MeetingPaper.everything.create(meeting=meeting, title="Dự thảo", document=document, put_out_by=cast["thinh"])
    send_notice(meeting, by=cast.actor("thinh"))
    hau, row = sign_in("hau"), Invitation.everything.get(member__account=cast["hau"])
    assert "Mở tài liệu" in said(hau.get(page("meeting_answer", meeting.pk)))
    row.refresh_from_db()
    assert row.opened_at is None
    hau.post(page("open_meeting_papers", meeting.pk))
    row.refresh_from_db()
    assert row.opened_at is not None
    assert "Dự thảo" in said(hau.get(page("meeting_answer", meeting.pk)))


def test_who_follows_the_branch_reads_the_invitation(cast: Cast, meeting: Meeting, sign_in: Callable[[str], Client]):
    yen = on_the_roll(cast.thuong, "Ma Thị Yến", account=cast["yen"])
    address = page("meeting_answer", meeting.pk)
    assert sign_in("yen").get(address).status_code == 404
    Charge(member=yen, organisation=cast.dong, since=date(2025, 1, 1)).save()
    assert "Nhà văn hóa" in said(sign_in("yen").get(address))
    assert sign_in("hoa").get(address).status_code == 404


def test_own_meetings_cost_the_same_however_many(cast: Cast, meeting: Meeting, sign_in: Callable[[str], Client]):
    hau = sign_in("hau")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            hau.get(page("my_meetings"))
        return len(queries)

    send_notice(meeting, by=cast.actor("thinh"))
    few = cost()
    for number in range(4):
        more = plan_meeting(
            cast.dong, kind=MeetingKind.EXTRAORDINARY, day=soon() + timedelta(days=number), begins=time(8), place="x",
            by=cast.actor("thinh"),
        )  # fmt: skip
        send_notice(more, by=cast.actor("thinh"))
    assert cost() == few


# Orientation


def test_the_commune_writes_publishes_and_the_branch_reads(cast: Cast, as_mai: Client, as_thinh: Client):
    month = f"{TODAY():%Y-%m}"
    own, branch = page("orientation", cast.phu_luong.pk, month), page("orientation", cast.dong.pk, month)
    as_mai.post(own, {"version": "0", "contents": "Tập trung chuyển đổi số"})
    row = Orientation.everything.get()
    as_mai.post(page("orientation_lines", row.pk), {"viec": "them", "words": "Học Nghị quyết 57"})
    assert "chuyển đổi số" not in said(as_thinh.get(branch))
    as_mai.post(page("publish_orientation", row.pk))
    assert "Học Nghị quyết 57" in said(as_thinh.get(branch))
    answer = as_mai.post(own, {"version": "1", "contents": "Của tôi"})
    assert "Người khác vừa sửa" in said(answer)
    assert "Của tôi" in said(answer)
    assert as_thinh.post(own, {"contents": "x"}).status_code in (403, 404)


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "1999-12", "abc", "٢٠٢٦-٠٣"])
def test_a_month_that_is_none_is_no_page(cast: Cast, as_mai: Client, month: str):
    assert as_mai.get(f"/to-chuc/{cast.phu_luong.pk}/dinh-huong/{month}/").status_code == 404


# Themes


def test_themes_from_suggestion_to_the_quarters_meeting(cast: Cast, as_mai: Client, as_thinh: Client):
    year = TODAY().year
    below, plan = page("thematic_plans", cast.phu_luong.pk, year), page("thematic_plan", cast.dong.pk, year)
    as_mai.post(below, {"words": "Chuyển đổi số"})
    assert "Chuyển đổi số" in said(as_thinh.get(plan))
    quarter = (TODAY().month + 2) // 3
    as_thinh.post(plan, {"quarter": str(quarter), "words": "Chuyển đổi số"})
    as_thinh.post(page("send_thematic_plan", cast.dong.pk, year))
    assert "Chờ duyệt" in said(as_mai.get(below))
    decide = page("decide_thematic_plan", cast.dong.pk, year)
    assert "cần sửa gì" in said(as_mai.post(decide, {"viec": "tra-lai", "remark": ""}))
    as_mai.post(decide, {"viec": "duyet"})
    assert ThematicPlan.everything.get().state == PlanState.APPROVED
    topic = Topic.everything.get()
    answer = as_thinh.post(page("prepare_topic", topic.pk))  # the first of its kind: hour and place are asked for
    assert answer.url == page("meeting_plan", cast.dong.pk) + f"?chuyen-de={topic.pk}"
    assert "Chuyển đổi số" in said(as_thinh.get(answer.url))
    Meeting.everything.create(
        organisation=cast.dong,
        kind="extraordinary",
        day=TODAY() - timedelta(days=9),
        begins=time(8),
        place="Nhà văn hóa",
    )
    answer = as_thinh.post(page("prepare_topic", topic.pk))
    topic.refresh_from_db()
    assert answer.url == page("meeting_prepare", topic.meeting_id)


def test_a_suggestion_is_withdrawn(cast: Cast, as_mai: Client):
    row = TopicSuggestion.everything.create(organisation=cast.phu_luong, year=TODAY().year, words="Cũ")
    as_mai.post(page("withdraw_suggestion", row.pk))
    assert not TopicSuggestion.everything.exists()


def test_the_list_below_costs_the_same_however_many_branches(cast: Cast, as_mai: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_mai.get(page("thematic_plans", cast.phu_luong.pk, TODAY().year))
        return len(queries)

    plan = ThematicPlan.everything.create(organisation=cast.dong, year=TODAY().year)
    Topic.everything.create(plan=plan, quarter=1, words="Một")
    few = cost()
    for number in range(5):
        branch = place(9000030 + number, f"PL-3{number}", f"Chi bộ số {number}", Kind.BRANCH, cast.phu_luong)
        more = ThematicPlan.everything.create(organisation=branch, year=TODAY().year)
        Topic.everything.create(plan=more, quarter=1, words="Một")
    assert cost() == few
