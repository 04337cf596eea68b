"""Every paper of a meeting and of a year, read back from the PDF: what stands in it, in which order, and what must not."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from branches.papers import form_of
from meetings.models import (
    AgendaItem,
    Dues,
    Meeting,
    QualityScore,
    Resolution,
    Scorer,
    SignedPaper,
    ThematicPlan,
    Topic,
)
from meetings.papers.archive import archive_list
from meetings.papers.attendance import attendance_of, sheet_to_sign
from meetings.papers.dues import dues_sheet
from meetings.papers.minutes import WITHOUT_CLOSED, minutes_of
from meetings.papers.notice import notice_of
from meetings.papers.resolution import resolution_book, resolution_paper, things_of
from meetings.papers.score_sheet import score_paper
from meetings.papers.thematic import thematic_paper
from meetings.queries.archive import Archive
from meetings.queries.criteria import set_in_force
from meetings.queries.dues import dues_of
from meetings.queries.log_reading import Reading
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.criteria import load_criteria
from members.models import Assignment
from members.papers.assignments import assignment_sheet
from members.queries.assignments import year_of
from portal.files.models import StoredFile
from portal.papers.content import Book, Paper
from portal.papers.pdf import pdf_of
from portal.papers.word import docx_of
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.papers_of import MARCH, full_meeting
from tests.papers.reading import facts_of, flat

TODAY = date(2026, 3, 20)
NASTY = " <script>alert(1)</script> <img src=file:///etc/passwd> http://127.0.0.1:9/a.css url(http://127.0.0.1:9/b) {{ 7*7 }}"


def every_paper(cast: Cast, meeting: Meeting, who: str = "thinh") -> dict[str, Paper | Book]:
    actor, branch = cast.actor(who), cast.dong
    reading, rows = Reading(meeting, actor), list(Resolution.everything.filter(meeting=meeting))
    plan = ThematicPlan.everything.filter(organisation=branch).first()
    found: dict[str, Paper | Book] = {
        "notice": notice_of(reading, written_on=TODAY),
        "to sign": sheet_to_sign(reading),
        "attendance": attendance_of(reading),
        "minutes": minutes_of(reading),
        "thematic": thematic_paper(branch, 2026, plan, today=TODAY),
        "dues": dues_sheet(branch, dues_of(branch, 2026, TODAY, actor), 1, today=TODAY),
        "tasks": assignment_sheet(branch, 2026, year_of(branch, 2026, TODAY, actor), today=TODAY),
        "archive": archive_list(Archive(branch, 2026, actor, TODAY)),
        "book": resolution_book(branch, 2026, actor, today=TODAY),
    }
    if sheet := score_sheet_of(meeting, actor):
        found["score"] = score_paper(reading, sheet)
    if rows:
        found["resolution"] = resolution_paper(rows[0], reading, things_of(rows, actor).get(rows[0].pk, []))
    return found


def pdf(cast: Cast, paper: Paper | Book) -> bytes:
    return pdf_of(paper, form_of(cast.dong, MARCH, cast.actor("thinh")))


def year_around(cast: Cast, words: str = "") -> None:
    """Dues, tasks and themes of the branch."""
    plan = ThematicPlan(organisation=cast.dong, year=2026, state="approved", decided_on=date(2026, 1, 10))
    plan.save()
    Topic(plan=plan, quarter=1, words=f"Giảm nghèo{words[:200]}").save()
    for member in cast.dong.members.all():
        Dues(
            organisation=cast.dong, member=member, month=date(2026, 1, 1), owed=30_000, paid=30_000, paid_on=MARCH
        ).save()
        Dues(organisation=cast.dong, member=member, month=date(2026, 2, 1), owed=30_000).save()
        Assignment(
            member=member, organisation=cast.dong, year=2026, words=f"Giữ sổ{words[:200]}", agreed_on=date(2026, 1, 5)
        ).save()  # fmt: skip


def closed(meeting: Meeting) -> Meeting:
    Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())
    meeting.refresh_from_db()
    return meeting


def scored(meeting: Meeting, comment: str) -> None:
    load_criteria()
    criteria = set_in_force(meeting.organisation, meeting.kind, meeting.day)
    facts = {"scorer": Scorer.BRANCH, "agreed": True, "agreed_at": timezone.now(), "comment": comment}
    QualityScore(meeting=meeting, criteria=criteria, **facts).save()


def in_order(said: str, parts: list[str]) -> bool:
    """Each after the one before."""
    place = 0
    for part in parts:
        found = said.find(part, place)
        assert found >= 0, f"{part!r} is not in {said[place : place + 300]!r}"
        place = found + len(part)
    return True


def test_the_minutes_say_what_the_log_says(cast: Cast):
    meeting = closed(full_meeting(cast))
    said = flat(pdf(cast, minutes_of(Reading(meeting, cast.actor("thinh")))))
    assert in_order(said, [
        "ĐẢNG BỘ XÃ PHÚ LƯƠNG", "CHI BỘ THÔN ĐÔNG", "Số", "-BB/CB", "Phú Lương, ngày 03 tháng 3 năm 2026", "BIÊN BẢN",
        "sinh hoạt thường kỳ tháng 3 năm 2026", "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", "Thời gian: 14 giờ 00, ngày 03/03/2026.",
        "Địa điểm: Nhà văn hóa.", "Hình thức: Trực tiếp.", "Phải dự 3 đảng viên, trong đó 3 được biểu quyết; có mặt 2 (66,7 %)",
        "vắng có lý do 1", "Vắng mặt: Lường Văn Ac (Ốm).", "Khách dự: Đinh Thị Mai, Đảng ủy viên.", "Chủ trì: đ/c Lường Văn Aa.",
        "Thư ký: đ/c Lường Văn Ab.", "II. KIỂM ĐIỂM VIỆC THÁNG TRƯỚC", "Mua xi măng", "Xong", "Đủ", "III. NỘI DUNG", "1. Thời sự",
        "(Đ/c Bí thư).", "Diễn biến Thời sự.", "2. Nhiệm vụ tháng tới", "3. Nội dung kín", "IV. Ý KIẾN THẢO LUẬN",
        "Đ/c Lường Văn Aa: Nên sửa cầu.", "Không ghi tên (ý kiến thiểu số): Không tán thành mức thu", "V. BIỂU QUYẾT",
        "Thông qua nghị quyết", "3", "2 (66,7 %)", "1", "0", "VI. KẾT LUẬN, NGHỊ QUYẾT", "Nghị quyết 01-NQ/CB: về sửa cầu",
        "Huy động dân góp công.", "Giải pháp, tổ chức thực hiện: Chia ba tổ.", "VII. QUYẾT NGHỊ", "Giới thiệu quần chúng ưu tú",
        "VIII. GIAO VIỆC", "Mua xi măng", "Lường Văn Aa", "31/03/2026", "IX. KIẾN NGHỊ VỚI CẤP TRÊN",
        "Gửi Đảng ủy xã Phú Lương: Cấp kinh phí.", "X. BIỂU DƯƠNG, NHẮC NHỞ", "Biểu dương đ/c Lường Văn Aa: Làm tốt",
        "Buổi họp kết thúc lúc 15 giờ 40, ngày 03/03/2026. Biên bản đã được đọc trước chi bộ và thông qua.", WITHOUT_CLOSED,
        "THƯ KÝ", "Lường Văn Ab", "CHỦ TRÌ", "Lường Văn Aa",
    ])  # fmt: skip
    for hidden in ("Chuyện kín", "Xét kỷ luật", "Hay vắng họp"):
        assert hidden not in said
    assert "DỰ THẢO" not in said


def test_whoever_asked_for_what_is_closed_finds_it_in_the_minutes(cast: Cast):
    meeting = closed(full_meeting(cast))
    said = flat(pdf(cast, minutes_of(Reading(meeting, cast.actor("thinh"), with_closed=True))))
    parts = [
        "3. Xét kỷ luật",
        "Chuyện kín",
        "Đ/c Lường Văn Ac (ý kiến thiểu số): Không tán thành",
        "Nhắc nhở đ/c Lường Văn Ac: Hay vắng họp",
    ]
    assert in_order(said, parts)
    assert WITHOUT_CLOSED not in said


def test_who_reads_no_roll_finds_no_names_of_who_was_away_or_spoke(cast: Cast):
    meeting = closed(full_meeting(cast))
    said = flat(pdf(cast, minutes_of(Reading(meeting, cast.actor("hau")))))
    assert in_order(said, ["BIÊN BẢN", "có mặt 2", "1. Thời sự", "Nghị quyết 01-NQ/CB", "Cấp kinh phí"])
    for hidden in (
        "Lường Văn Ac",
        "Nên sửa cầu",
        "Không tán thành mức thu",
        "Làm tốt",
        "Quần chúng Hà Văn Ưu",
        "Chuyện kín",
    ):
        assert hidden not in said


def test_an_open_log_gives_a_draft(cast: Cast):
    said = flat(pdf(cast, minutes_of(Reading(full_meeting(cast), cast.actor("thinh")))))
    assert "DỰ THẢO" in said


def test_the_notice_goes_to_everybody_and_says_nothing_closed(cast: Cast):
    """Even where the clerk, who sees what is closed while the log is open, prints it."""
    said = flat(pdf(cast, notice_of(Reading(full_meeting(cast), cast.actor("thom")), written_on=date(2026, 2, 25))))
    assert in_order(said, [
        "-TB/CB", "ngày 25 tháng 02 năm 2026", "THÔNG BÁO", "sinh hoạt thường kỳ tháng 3 năm 2026", "Kính gửi: Các đồng chí đảng viên",
        "Chi bộ thôn Đông trân trọng thông báo", "Thời gian: 14 giờ 00, Thứ Ba, 03/03/2026.", "Địa điểm: Nhà văn hóa.",
        "Chủ trì: đ/c Lường Văn Aa.", "Chương trình", "TT", "Nội dung", "Người thực hiện", "1", "Thời sự", "Đ/c Bí thư", "2", "3", "Nội dung kín",
        "Đề nghị các đồng chí dự đầy đủ",
    ])  # fmt: skip
    assert "T/M CHI BỘ" in said
    assert "Xét kỷ luật" not in said
    assert "Chuyện kín" not in said


def test_the_sheet_to_sign_names_everybody_and_marks_nobody(cast: Cast):
    said = flat(pdf(cast, sheet_to_sign(Reading(full_meeting(cast), cast.actor("thinh")))))
    assert in_order(
        said,
        ["DANH SÁCH", "dự sinh hoạt thường kỳ", "Ký tên", "Lường Văn Aa", "Lường Văn Ab", "Lường Văn Ac", "THƯ KÝ"],
    )
    assert "Có mặt" not in said


def test_the_attendance_sheet_says_who_came(cast: Cast):
    said = flat(pdf(cast, attendance_of(Reading(closed(full_meeting(cast)), cast.actor("thinh")))))
    assert in_order(said, ["Có mặt 2/3 (66,7 %), vắng có lý do 1, vắng không lý do 0", "Lường Văn Aa", "Có mặt", "Lường Văn Ac",
                           "Vắng có lý do", "Ốm", "Khách dự: Đinh Thị Mai"])  # fmt: skip


def test_a_resolution_stands_alone(cast: Cast):
    said = flat(pdf(cast, every_paper(cast, closed(full_meeting(cast)))["resolution"]))
    assert in_order(said, [
        "Số 01-NQ/CB", "NGHỊ QUYẾT", "về sửa cầu", "Chi bộ thôn Đông họp ngày 03/03/2026",
        "biểu quyết tán thành 2/3 (66,7 %), quyết nghị:", "Huy động dân góp công.", "Giải pháp, tổ chức thực hiện", "Chia ba tổ.", "Giao việc",
        "Mua xi măng", "31/03/2026",
    ])  # fmt: skip
    for part in (
        "T/M CHI BỘ",
        "BÍ THƯ",
        "Lường Văn Aa",
        "Nơi nhận:",
        "- Đảng ủy xã Phú Lương (để báo cáo),",
        "- Lưu chi bộ.",
    ):
        assert part in said


def test_papers_of_the_year(cast: Cast):
    meeting = closed(full_meeting(cast))
    year_around(cast)
    papers = every_paper(cast, meeting)
    assert in_order(
        flat(pdf(cast, papers["thematic"])),
        ["-KH/CB", "KẾ HOẠCH", "chuyên đề năm 2026", "Quý", "I", "Giảm nghèo", "đã duyệt kế hoạch ngày 10/01/2026"],
    )
    assert in_order(flat(pdf(cast, papers["dues"])), [
        "quý I năm 2026", "Phải nộp 180.000 đồng, đã nộp 90.000 đồng", "Tháng 1", "Tháng 2", "Tháng 3", "Lường Văn Aa", "30.000", "0/30.000", "30.000",
        "Tổng cộng", "90.000",
    ])  # fmt: skip
    assert in_order(
        flat(pdf(cast, papers["tasks"])), ["BẢNG PHÂN CÔNG", "nhiệm vụ đảng viên năm 2026", "Lường Văn Aa", "Giữ sổ"]
    )
    assert in_order(
        flat(pdf(cast, papers["archive"])),
        ["MỤC LỤC HỒ SƠ", "lưu năm 2026", "Biên bản", "Vĩnh viễn", "Thiếu bản đã ký"],
    )


def test_the_book_of_a_year_holds_what_was_adopted_in_order(cast: Cast):
    for month in (4, 2, 3):
        closed(full_meeting_again(cast, month))
    book = resolution_book(cast.dong, 2026, cast.actor("hau"), today=date(2026, 12, 1))
    assert [paper.heading.day.month for paper in book.papers] == [2, 3, 4]
    said = flat(pdf(cast, book))
    assert in_order(
        said,
        [
            "SỔ NGHỊ QUYẾT, KẾT LUẬN",
            "năm 2026",
            "MỤC LỤC",
            "1. Nghị quyết",
            "2. Nghị quyết",
            "3. Nghị quyết",
            "NGHỊ QUYẾT",
            "NGHỊ QUYẾT",
            "NGHỊ QUYẾT",
        ],
    )


def full_meeting_again(cast: Cast, month: int) -> Meeting:
    """Of the same people, in another month."""
    if not cast.dong.members.exists():
        return full_meeting(cast, day=date(2026, month, 3))
    meeting = meeting_of(cast.dong, date(2026, month, 3))
    Resolution.everything.create(
        meeting=meeting, kind="resolution", state="adopted", contents="Làm đường.", subject=f"về việc tháng {month}"
    )
    Resolution.everything.create(meeting=meeting, kind="conclusion", state="draft", contents="Chưa xong.")
    Meeting.everything.filter(pk=meeting.pk).update(started_at="14:00", ended_at="15:00")
    return meeting


@pytest.mark.parametrize("count", [3, 60])
def test_a_branch_of_few_and_of_many(cast: Cast, count: int):
    """Everybody stands in each list, once, and lists go on over pages."""
    meeting = closed(full_meeting(cast, count))
    year_around(cast)
    papers = every_paper(cast, meeting)
    for name in ("to sign", "attendance", "dues", "tasks"):
        made = pdf(cast, papers[name])
        said = flat(made)
        lists = [said.count(member.full_name) for member in cast.dong.members.all()]
        assert min(lists) >= 1, name
        assert (int(facts_of(made)["Pages"]) > 1) == (count == 60)


def test_a_branch_with_nothing_to_report(cast: Cast):
    load_criteria()
    meeting = meeting_of(cast.dong)
    papers = every_paper(cast, meeting)
    said = {name: flat(pdf(cast, paper)) for name, paper in papers.items()}
    assert "chưa có danh sách phải dự" in said["minutes"]
    assert "Buổi họp chưa có danh sách phải dự." in said["to sign"]
    assert "Buổi họp chưa có danh sách phải dự." in said["attendance"]
    assert "Chưa chọn chuyên đề." in said["thematic"]
    assert "Chi bộ chưa có ai để thu đảng phí." in said["dues"]
    assert "Chi bộ chưa có đảng viên trong danh sách." in said["tasks"]
    assert "chưa thông qua nghị quyết, kết luận nào" in said["book"]
    assert all("CHI BỘ THÔN ĐÔNG" in words for words in said.values())


def test_what_people_typed_is_printed_as_they_typed_it(cast: Cast):
    """In the PDF of each paper, and in Word: nothing of it is read as markup, nothing is fetched."""
    meeting = full_meeting(cast, words=NASTY)
    scored(meeting, comment=NASTY)
    year_around(cast, words=NASTY)
    papers = every_paper(cast, closed(meeting))
    squeezed = "".join(NASTY.split())
    for name, paper in papers.items():
        said = "".join(flat(pdf(cast, paper)).split())
        assert "root:" not in said
        assert (squeezed in said) == (name not in ("to sign", "dues", "attendance")), name
    form = form_of(cast.dong, MARCH, cast.actor("thinh"))
    assert docx_of(papers["minutes"], form).startswith(b"PK")


def test_a_very_long_note_is_printed_whole(cast: Cast):
    words = " ".join(f"chữ{number}" for number in range(4_000))[:30_000]
    meeting = full_meeting(cast)
    AgendaItem.everything.filter(meeting=meeting, position=1).update(notes=words[:15_000])
    AgendaItem.everything.filter(meeting=meeting, position=2).update(notes=words[15_000:])
    said = flat(pdf(cast, minutes_of(Reading(closed(meeting), cast.actor("thinh")))))
    assert in_order(said, [words[:200], words[14_000:14_100], words[15_010:15_200], words[-50:], "VI."])


def test_the_signed_scan_is_named_on_the_paper(cast: Cast):
    meeting = closed(full_meeting(cast))
    file = StoredFile(
        name="bb.pdf",
        kind="pdf",
        size=9,
        sha256="ab" * 32,
        path="stored/ab/" + "c" * 32 + ".pdf",
        uploaded_by=cast["thinh"],
    )
    file.save()
    early = datetime(2026, 3, 4, 20, tzinfo=UTC)  # three in the morning of the fifth, here
    paper = SignedPaper(meeting=meeting, file=file, sha256=file.sha256, stamp=meeting.stamp, filed_by=cast["thinh"])
    paper.filed_at = early
    paper.save()
    said = "".join(flat(pdf(cast, minutes_of(Reading(meeting, cast.actor("thinh"))))).split())
    assert "Bảnđãkýlưungày05/03/2026,SHA-256" + "ab" * 32 in said


def test_a_chi_uy_asks_its_own_and_signs_for_itself(cast: Cast):
    people_of(cast.dong, 2)
    said = flat(
        pdf(cast, notice_of(Reading(meeting_of(cast.dong, kind="committee"), cast.actor("thinh")), written_on=TODAY))
    )
    assert in_order(said, ["Kính gửi: Các đồng chí chi ủy viên"])
    assert "T/M CHI ỦY" in said
