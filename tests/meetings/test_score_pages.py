"""Pages of scoring: in the log, beside it, its sheet, and sets of criteria."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import CriteriaSet, Criterion, Guest, Meeting, QualityScore, Scorer, ScoreRow
from meetings.queries.log_wire import name_within
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.closing import close_meeting
from meetings.services.criteria import load_criteria
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of
from tests.meetings.scoring.sheets import agree


@pytest.fixture(autouse=True)
def sets(cast: Cast) -> None:
    load_criteria()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 3)
    return held(meeting_of(cast.dong))


@pytest.fixture
def closed(cast: Cast, meeting: Meeting) -> Meeting:
    agree(meeting, cast)
    return close_meeting(meeting, by=cast.actor("thinh"))


def signed_in(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(cast[name])
    return client


def asked_one() -> Criterion:
    return Criterion.everything.get(fills="asked", block__criteria__kind="regular")


def test_a_score_begun_while_the_sheet_is_read_is_not_half_shown(cast: Cast, meeting: Meeting, monkeypatch):
    agree(meeting, cast)
    monkeypatch.setattr("meetings.queries.score_sheet._scores", lambda meeting: [])  # it was not there yet
    sheet = score_sheet_of(meeting)
    assert [row.given for row in sheet.rows if row.given] == []


class TestInTheLog:
    def test_the_part_shows_what_fills_itself(self, client: Client, cast: Cast, meeting: Meeting):
        page = signed_in(client, cast, "thinh").get(reverse("meeting_log", args=[meeting.pk])).content.decode()
        assert "3/3 = 100" in page
        assert "Còn 1 tiêu chí chưa chấm" in page
        assert "Chi bộ đã thống nhất điểm" in page

    def test_the_plain_form_keeps_what_was_tapped(self, client: Client, cast: Cast, meeting: Meeting):
        one = asked_one()
        row, head = f"score:{name_within(meeting, 'score', one.pk)}", f"quality:{name_within(meeting, 'quality')}"
        said = {f"{row}:criterion": one.pk, f"{row}:points": "4", f"{row}:version": "0", f"{row}:reason": ""}
        said |= {f"{head}:agreed": "1", f"{head}:comment": "Khá", f"{head}:version": "0", "phan": "cham-diem"}
        answer = signed_in(client, cast, "thinh").post(reverse("meeting_save", args=[meeting.pk]), said)
        assert answer.status_code == 302
        assert ScoreRow.everything.get().points == 4
        assert (QualityScore.everything.get().agreed, QualityScore.everything.get().comment) == (True, "Khá")

    def test_too_many_points_are_refused_with_a_sentence(self, client: Client, cast: Cast, meeting: Meeting):
        one = asked_one()
        item = {
            "kind": "score", "id": str(name_within(meeting, "score", one.pk)), "version": 0,
            "values": {"criterion": str(one.pk), "points": "6", "reason": ""},
        }  # fmt: skip
        answer = signed_in(client, cast, "thinh").post(
            reverse("meeting_save", args=[meeting.pk]), json.dumps({"items": [item]}), content_type="application/json"
        )
        told = answer.json()["answers"][item["id"]]
        assert (told["outcome"], told["words"]) == ("refused", f"{one.words}: từ 0 đến 5 điểm.")

    def test_a_criterion_of_another_kind_is_not_known_here(self, client: Client, cast: Cast, meeting: Meeting):
        other = Criterion.everything.filter(block__criteria__kind="thematic").first()
        assert other
        item = {
            "kind": "score", "id": str(name_within(meeting, "score", other.pk)), "version": 0,
            "values": {"criterion": str(other.pk), "points": "1"},
        }  # fmt: skip
        answer = signed_in(client, cast, "thinh").post(
            reverse("meeting_save", args=[meeting.pk]), json.dumps({"items": [item]}), content_type="application/json"
        )
        assert "không thấy trong buổi họp này" in answer.json()["answers"][item["id"]]["words"]

    def test_agreed_twice_is_agreed_once(self, client: Client, cast: Cast, meeting: Meeting):
        item = {
            "kind": "quality",
            "id": str(name_within(meeting, "quality")),
            "version": 0,
            "values": {"agreed": True, "comment": ""},
        }
        outcomes = []
        for _ in range(2):
            answer = signed_in(client, cast, "thinh").post(
                reverse("meeting_save", args=[meeting.pk]),
                json.dumps({"items": [item]}),
                content_type="application/json",
            )
            outcomes.append(answer.json()["answers"][item["id"]]["outcome"])
        assert outcomes == ["saved", "same"]

    def test_facts_follow_what_was_saved(self, client: Client, cast: Cast, meeting: Meeting):
        address = reverse("score_facts", args=[meeting.pk])
        one = Criterion.everything.get(fills="unexcused", block__criteria__kind="regular")
        key = f"score:{name_within(meeting, 'score', one.pk)}"
        signed_in(client, cast, "thinh")
        assert client.get(address).json()["rows"][key]["points"] == 6
        meeting.attendances.filter(name="Lường Văn Aa").update(mark="absent")
        assert client.get(address).json()["rows"][key]["points"] == 0

    def test_the_closing_page_leads_to_the_part(self, client: Client, cast: Cast, meeting: Meeting):
        page = signed_in(client, cast, "thinh").get(reverse("meeting_close", args=[meeting.pk])).content.decode()
        assert "?phan=cham-diem#cham-diem" in page


class TestReading:
    def test_members_read_the_sheet_of_a_closed_meeting(self, client: Client, cast: Cast, closed: Meeting):
        signed_in(client, cast, "hau")
        page = client.get(reverse("meeting", args=[closed.pk])).content.decode()
        assert "Xem phiếu chấm điểm" in page
        sheet = client.get(reverse("score_sheet", args=[closed.pk])).content.decode()
        assert "3/3 = 100" in sheet
        assert "Tỷ lệ đảng viên dự họp" in sheet

    def test_not_while_the_log_is_open(self, client: Client, cast: Cast, meeting: Meeting):
        agree(meeting, cast)
        answer = signed_in(client, cast, "hau").get(reverse("score_sheet", args=[meeting.pk]), follow=True)
        assert "chưa có phiếu chấm điểm" in answer.content.decode()

    def test_the_book_shows_the_year(self, client: Client, cast: Cast, closed: Meeting):
        page = signed_in(client, cast, "hau").get(f"{reverse('meetings_of', args=[cast.dong.pk])}?nam=2026")
        assert "Chất lượng sinh hoạt" in page.content.decode()
        assert "1 buổi đã chấm" in page.content.decode()


class TestBeside:
    def test_the_office_scores_beside(self, client: Client, cast: Cast, closed: Meeting):
        address = reverse("score_beside", args=[closed.pk, "cap-tren"])
        signed_in(client, cast, "mai")
        assert "3/3 = 100" in client.get(address).content.decode()
        points = {
            f"points_{line.pk}": line.most - 1 for line in Criterion.everything.filter(block__criteria__kind="regular")
        }
        answer = client.post(address, points | {"comment": "Cần ghi rõ hơn"}, follow=True)
        page = answer.content.decode()
        assert "84/100 điểm, Khá" in page
        assert "Cần ghi rõ hơn" in page
        sheet = score_sheet_of(closed)
        assert sheet
        assert sheet.has_agreed(Scorer.ABOVE)

    def test_what_lacks_is_said_and_nothing_typed_is_lost(self, client: Client, cast: Cast, closed: Meeting):
        address = reverse("score_beside", args=[closed.pk, "cap-tren"])
        answer = signed_in(client, cast, "mai").post(address, {"comment": "Giữ lời này"})
        assert answer.status_code == 200
        assert "Giữ lời này" in answer.content.decode()
        assert "Lỗi:" in answer.content.decode()

    def test_a_visitor_is_told_what_lacks(self, client: Client, cast: Cast, meeting: Meeting):
        address = reverse("score_beside", args=[meeting.pk, "du"])
        answer = signed_in(client, cast, "vinh").get(address, follow=True)
        assert "chưa ghi có cấp ủy viên cấp trên về dự" in answer.content.decode()
        Guest.everything.create(meeting=meeting, name="Vũ Quang Vinh", of_committee=True)
        assert client.get(address).status_code == 200

    @pytest.mark.parametrize(("who", "status"), [("thinh", 403), ("hau", 403), ("quyet", 404), ("mai", 200)])
    def test_who_may(self, client: Client, cast: Cast, closed: Meeting, who: str, status: int):
        address = reverse("score_beside", args=[closed.pk, "cap-tren"])
        assert signed_in(client, cast, who).get(address).status_code == status

    def test_no_other_way_to_score(self, client: Client, cast: Cast, closed: Meeting):
        assert signed_in(client, cast, "mai").get(reverse("score_beside", args=[closed.pk, "khac"])).status_code == 404


class TestCriteria:
    def posted(self, client: Client, cast: Cast, **said: object) -> dict[str, object]:
        """What the form of a copy holds, as a browser would send it."""
        form = client.get(reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"])).context["form"]
        today = timezone.localdate()
        values = {bound.html_name: bound.value() for bound in form if bound.name != "since"}
        kept = {name: value for name, value in values.items() if value not in (None, "", False)}
        return kept | {"since_day": today.day, "since_month": today.month, "since_year": today.year} | said

    def test_a_copy_is_changed_looked_at_and_set(self, client: Client, cast: Cast):
        signed_in(client, cast, "mai")
        address = reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"])
        said = self.posted(client, cast, name="Bộ của xã", line_0_0_most="6", line_0_1_most="4")
        seen = client.post(address, said | {"buoc": "xem"}).content.decode()
        assert "5 → 6 điểm" in seen
        assert "2 chi bộ chấm theo bộ này" in seen
        assert not CriteriaSet.everything.filter(organisation=cast.phu_luong).exists()
        client.post(address, said | {"buoc": "dat"})
        own = CriteriaSet.everything.get(organisation=cast.phu_luong)
        assert (own.name, own.blocks.count(), own.blocks.first().lines.first().most) == ("Bộ của xã", 4, 6)
        page = client.get(reverse("criteria_sets", args=[cast.dong.pk])).content.decode()
        assert "Bộ của xã" in page
        assert "Đảng ủy xã Phú Lương" in page

    def test_a_line_without_words_is_left_out_and_the_sum_is_asked(self, client: Client, cast: Cast):
        signed_in(client, cast, "mai")
        address = reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"])
        page = client.post(address, self.posted(client, cast, line_0_0_words="") | {"buoc": "dat"}).content.decode()
        assert "Cộng lại được 95 điểm" in page
        assert not CriteriaSet.everything.filter(organisation=cast.phu_luong).exists()

    def test_a_new_block_has_a_title(self, client: Client, cast: Cast):
        signed_in(client, cast, "mai")
        address = reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"])
        said = self.posted(client, cast, line_4_0_words="Thêm", line_4_0_most="5")
        assert "Đặt tên cho nhóm" in client.post(address, said).content.decode()

    def test_an_end_from_tomorrow(self, client: Client, cast: Cast):
        signed_in(client, cast, "mai")
        client.post(
            reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"]), self.posted(client, cast) | {"buoc": "dat"}
        )
        client.post(reverse("follow_criteria", args=[cast.phu_luong.pk, "thuong-ky"]))
        assert CriteriaSet.everything.get(organisation=cast.phu_luong).until == timezone.localdate()

    def test_a_branch_uses_that_of_the_level_above(self, client: Client, cast: Cast):
        answer = signed_in(client, cast, "mai").get(reverse("copy_criteria", args=[cast.dong.pk, "thuong-ky"]))
        assert answer.status_code == 302

    def test_the_page_asks_as_much_of_one_set_as_of_many(self, client: Client, cast: Cast):
        signed_in(client, cast, "mai")
        address = reverse("criteria_sets", args=[cast.phu_luong.pk])
        counts = []
        for number in (1, 6):
            day = timezone.localdate() + timedelta(days=number * 10)
            CriteriaSet.everything.create(
                organisation=cast.phu_luong, kind="regular", name=f"Bộ {number}", since=day, until=day
            )
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        assert counts[0] == counts[1]

    @pytest.mark.parametrize("name", ["name", "line_0_0_words", "line_0_0_most", "line_0_0_fills", "since_day", "line_7_14_words",
                                      "line_99_99_words", "block_0"])  # fmt: skip
    def test_nothing_typed_gives_a_500(self, client: Client, cast: Cast, name: str):
        signed_in(client, cast, "mai")
        said = self.posted(client, cast)
        for text in ("", "\0", "9" * 500, "-1", "a" * 6_000, "<script>", "\U0001f680", "31/02/2026"):
            answer = client.post(
                reverse("copy_criteria", args=[cast.phu_luong.pk, "thuong-ky"]), said | {name: text, "buoc": "dat"}
            )
            assert answer.status_code < 500
