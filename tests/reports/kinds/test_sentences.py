"""What is counted is said as people say it: of nothing, none, one, all and some. And of a place where nothing was written down yet."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Kind
from branches.services.tree import settle_tree
from portal.papers.content import Text
from portal.reports.facts import Facts, Line
from portal.reports.kinds import kinds_of
from portal.reports.kinds.parts import ATTENTION, DIRECTIONS, SHORTCOMINGS
from portal.reports.sections.movement import AFTER, BEFORE, CAME, CAME_BY, WENT, WENT_BY, Movement
from portal.reports.sections.quality import BANDS, Quality
from portal.reports.sections.regime import HELD, Regime
from portal.reports.sections.section import About, Section
from portal.reports.sections.situation import BRANCHES, COMMITTEES, EMPTY, STRENGTH, STRENGTH_BEFORE, WORKING, Situation
from portal.reports.sections.tasks import DONE, OVERDUE, WAITING, WHERE, Tasks
from portal.reports.sentences import moved, named, of_all
from tests.cast import Cast
from tests.cast import place as plant
from tests.reports.kinds.composing import composed

TODAY = date(2026, 11, 20)
BRANCH = About("Chi bộ thôn Đông", "tháng 10/2026", "chi bộ", "branch")
COMMUNE = About("Đảng bộ xã Phú Lương", "năm 2026", "chi bộ", "commune")


def told(section: Section, about: About, *lines: Line) -> str:
    blocks = section.tell(Facts(TODAY, lines), about)
    return " ".join(block.words for block in blocks if isinstance(block, Text)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, ""),
        (0, 1, "chi bộ duy nhất chưa họp"),
        (1, 1, "chi bộ duy nhất đã họp"),
        (0, 36, "chưa chi bộ nào trong 36 chi bộ họp"),
        (36, 36, "cả 36 chi bộ đã họp"),
        (34, 36, "34/36 chi bộ (94,4 %) đã họp"),
        (2_999, 3_000, "2.999/3.000 chi bộ (99,9 %) đã họp"),
    ],
)
def test_of_all(part: int, whole: int, said: str):
    assert of_all(Line("", "", part, whole), "chi bộ", "đã họp", not_done="chưa họp").replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((9, 10), (8, 10), ", tăng 10 điểm phần trăm so với cùng kỳ năm trước"),
        ((118, 120), (120, 120), ", giảm 1,7 điểm phần trăm so với cùng kỳ năm trước"),
        ((9, 10), (18, 20), ", bằng cùng kỳ năm trước"),
        ((1, 1), (5, 9), ""),  # of one there is nothing to compare
        ((9, 10), (1, 1), ""),
        ((9, 10), (0, 0), ""),
    ],
)
def test_moved(now: tuple[int, int], before: tuple[int, int], said: str):
    assert moved(Line("", "", *now, before=before)).replace("\u00a0", " ") == said


@pytest.mark.parametrize(("count", "said"), [(1, "nơi 1"), (2, "nơi 1 và nơi 2"), (3, "nơi 1, nơi 2 và nơi 3")])
def test_few_are_named(count: int, said: str):
    assert named([f"nơi {place}" for place in range(1, count + 1)]) == said


def test_of_many_some_are_named_and_the_others_counted():
    assert named([f"nơi {place}" for place in range(1, 1_201)]).endswith("nơi 12 và 1.188 nơi nữa")


def situation(strength: int, working: int, before: int = 0, branches: int = 12) -> tuple[Line, ...]:
    counts = {BRANCHES: branches, COMMITTEES: 0, STRENGTH: strength, STRENGTH_BEFORE: before, WORKING: working}
    return tuple(Line(key, "", count) for key, count in counts.items())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (situation(285, 266, 270), "Đảng bộ xã Phú Lương có 12 chi bộ với 285 đảng viên, trong đó 266 đảng viên đang công tác. So với cùng kỳ năm trước tăng 15 đảng viên."),
        (situation(285, 285, 285), "Đảng bộ xã Phú Lương có 12 chi bộ với 285 đảng viên, đều đang công tác. Số đảng viên bằng cùng kỳ năm trước."),
        (situation(3, 0, 4), "Đảng bộ xã Phú Lương có 12 chi bộ với 3 đảng viên, đều được miễn công tác. So với cùng kỳ năm trước giảm 1 đảng viên."),
        (situation(0, 0), "Đảng bộ xã Phú Lương chưa có đảng viên nào trong danh sách."),
        (situation(0, 0, branches=0), "Đảng bộ xã Phú Lương không có chi bộ nào."),
    ],
)  # fmt: skip
def test_how_many_there_are(lines: tuple[Line, ...], said: str):
    assert told(Situation(), COMMUNE, *lines) == said


def test_branches_without_members_are_named():
    facts = Facts(TODAY, situation(285, 266), names={EMPTY: ("Chi bộ thôn Hạ",)})
    assert list(Situation().tell(facts, COMMUNE))[-1] == Text(
        "1 chi bộ chưa có đảng viên trong danh sách: Chi bộ thôn Hạ."
    )


def movement(came: dict[str, int], went: dict[str, int]) -> tuple[Line, ...]:
    counts = {
        BEFORE: 100,
        CAME: sum(came.values()),
        WENT: sum(went.values()),
        AFTER: 100 + sum(came.values()) - sum(went.values()),
    }
    grounds = {f"{CAME_BY}{why}": count for why, count in came.items()} | {
        f"{WENT_BY}{why}": count for why, count in went.items()
    }
    return tuple(Line(key, "", count) for key, count in (counts | grounds).items())


@pytest.mark.parametrize(
    ("came", "went", "said"),
    [
        ({}, {}, "Trong kỳ không có đảng viên tăng, giảm."),
        ({"Kết nạp": 1}, {}, "Trong kỳ tăng 1 đảng viên do kết nạp. Không có đảng viên giảm."),
        ({"Kết nạp": 17}, {"Chuyển đi": 3, "Từ trần": 1}, "Trong kỳ tăng 17 đảng viên, đều do kết nạp. Trong kỳ giảm 4 đảng viên: chuyển đi 3, từ trần 1."),
    ],
)  # fmt: skip
def test_who_came_and_went(came: dict[str, int], went: dict[str, int], said: str):
    assert told(Movement(), COMMUNE, *movement(came, went)).endswith(said)


def regime(**counts: tuple[int, int]) -> tuple[Line, ...]:
    usual = {"held": (0, 0), "week_one": (0, 0), "thematic": (0, 0), "committee": (0, 0), "attendance": (0, 0)} | counts
    return tuple(Line(f"regime.meetings.{name}", "", *count) for name, count in usual.items())


@pytest.mark.parametrize(
    ("about", "lines", "said"),
    [
        (BRANCH, regime(), "Tháng 10/2026 không có kỳ sinh hoạt thường kỳ nào phải tổ chức."),
        (BRANCH, regime(held=(0, 1)), "Chưa tổ chức sinh hoạt thường kỳ."),
        (BRANCH, regime(held=(1, 1), week_one=(1, 1), attendance=(29, 32)), "Đã tổ chức sinh hoạt thường kỳ; buổi họp đúng hạn. 29/32 đảng viên dự sinh hoạt thường kỳ (90,6 %)."),
        (BRANCH, regime(held=(1, 1), week_one=(0, 1), attendance=(32, 32)), "Đã tổ chức sinh hoạt thường kỳ; buổi họp không đúng hạn. Cả 32 đảng viên phải dự sinh hoạt thường kỳ đều có mặt."),
        (COMMUNE, regime(held=(0, 120)), "Chưa tổ chức kỳ nào trong 120 kỳ sinh hoạt thường kỳ."),
        (COMMUNE, regime(held=(120, 120), week_one=(120, 120), thematic=(36, 36)), "Tổ chức đủ 120/120 kỳ sinh hoạt thường kỳ (100 %). Cả 120 buổi đã họp đều đúng hạn. Sinh hoạt chuyên đề theo quý đủ 36/36 kỳ (100 %)."),
        (COMMUNE, regime(held=(119, 120), week_one=(0, 119), thematic=(0, 36)), "Tổ chức 119/120 kỳ sinh hoạt thường kỳ (99,2 %), còn 1 kỳ chưa tổ chức. Không buổi nào trong 119 buổi đã họp đúng hạn. Chưa kỳ nào trong 36 kỳ sinh hoạt chuyên đề theo quý được tổ chức."),
    ],
)  # fmt: skip
def test_what_was_held(about: About, lines: tuple[Line, ...], said: str):
    assert told(Regime(), about, *lines) == said


def quality(scored: tuple[int, int], **bands: int) -> tuple[Line, ...]:
    lines = [Line("quality.meetings.scored", "", *scored)]
    lines += [Line(f"quality.meetings.{name}", "", 0, 0) for name in ("steps", "resolved", "actions_in_time", "dues")]
    return (*lines, *(Line(f"{BANDS}{name}", name, count) for name, count in bands.items()))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (quality((0, 0)), "Chưa có buổi sinh hoạt nào để đánh giá chất lượng."),
        (quality((0, 1)), "Buổi sinh hoạt thường kỳ chưa được chấm điểm."),
        (quality((1, 1), Khá=1), "Buổi sinh hoạt thường kỳ đã được chấm điểm, mức khá."),
        (quality((0, 9)), "Chưa buổi nào trong 9 buổi đã họp được chấm điểm."),
        (quality((9, 9), Tốt=9), "Đã chấm điểm cả 9 buổi sinh hoạt thường kỳ, đều mức tốt."),
        (quality((8, 9), Tốt=6, Khá=2), "Đã chấm điểm 8/9 buổi sinh hoạt thường kỳ (88,9 %): 6 buổi mức tốt (75 %), 2 buổi mức khá (25 %)."),
    ],
)  # fmt: skip
def test_how_good_it_was(lines: tuple[Line, ...], said: str):
    assert told(Quality(), COMMUNE, *lines) == said


def tasks(done: int, due: int, waiting: int = 0, overdue: int = 0) -> tuple[Line, ...]:
    return Line(DONE, "", done, due), Line(WAITING, "", waiting), Line(OVERDUE, "", overdue)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (tasks(0, 0), "Trong kỳ không có nhiệm vụ nào theo văn bản đến hạn."),
        (tasks(1, 1), "Nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ đã làm xong. Không có nhiệm vụ quá hạn."),
        (tasks(0, 1, overdue=1), "Nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ chưa làm xong. Còn 1 lượt quá hạn."),
        (tasks(13, 13), "Cả 13 lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong. Không có nhiệm vụ quá hạn."),
        (tasks(5, 13, 2, 6), "5/13 lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong (38,5 %). 2 lượt đã nộp kết quả, chờ nhận. Còn 6 lượt quá hạn."),
    ],
)  # fmt: skip
def test_what_documents_asked_for(lines: tuple[Line, ...], said: str):
    assert told(Tasks(), BRANCH, *lines) == said


def test_where_it_is_overdue_is_told_above():
    facts = Facts(TODAY, tasks(5, 7, overdue=2), names={WHERE: ("Chi bộ thôn Đông", "Chi bộ thôn Đoài")})
    assert next(block.words for block in Tasks().tell(facts, COMMUNE)).endswith(
        "Còn 2 lượt quá hạn, ở Chi bộ thôn Đông và Chi bộ thôn Đoài."
    )


def test_first_texts_claim_no_more_than_was_counted():
    nothing = Facts(TODAY)
    assert SHORTCOMINGS.first(nothing, BRANCH) == ""
    assert ATTENTION.first(nothing, COMMUNE) == ""
    assert DIRECTIONS.first(nothing, BRANCH) == "Tiếp tục duy trì nền nếp, nâng cao chất lượng sinh hoạt."
    held = Line(f"regime.{HELD}", "", 12, 12)
    assert SHORTCOMINGS.first(Facts(TODAY, (held,)), BRANCH) == "Không có kỳ sinh hoạt thường kỳ nào bỏ trống."
    target = Line("target.x.100 %", "Chi bộ giữ chế độ", 10, 12, goal="100 %", met=False)
    said = SHORTCOMINGS.first(Facts(TODAY, (held, target)), COMMUNE).replace("\u00a0", " ")
    assert said == "Chưa đạt chỉ tiêu: chi bộ giữ chế độ (83,3 %, yêu cầu 100 %)."


def test_where_nothing_was_written_down_every_report_says_so_in_words(cast: Cast):
    """A branch and a commune without meetings, tasks or scores; and a commune without branches."""
    bare = plant(900_100, "MOI", "Đảng ủy xã Mới", Kind.COMMUNE, cast.province)
    settle_tree()
    for place in (cast.dong, cast.phu_luong, bare):
        for kind in kinds_of(place):
            if kind.about_document:
                continue
            one = composed(kind.code, TODAY, place=place, today=TODAY)
            words = " ".join(block.words for block in one.paper.blocks if isinstance(block, Text))
            assert "None" not in words, words
            assert "0/0" not in words, words
            assert one.pdf.startswith(b"%PDF"), kind.code


@pytest.mark.parametrize("code", ["xa-nam", "tinh-nam", "dang-vien", "so-sanh"])
def test_however_many_branches_the_same_questions(cast: Cast, code: str):
    place = cast.province if code in ("tinh-nam", "so-sanh") else cast.phu_luong

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert composed(code, TODAY, place=place, today=TODAY).facts.lines
        return len(asked)

    questions()
    few = questions()
    for number in range(900_000, 900_018):
        plant(number, f"MOI-{number}", f"Chi bộ thôn {number}", Kind.BRANCH, cast.phu_luong)
    plant(900_100, "MOI", "Đảng ủy xã Mới", Kind.COMMUNE, cast.province)
    settle_tree()
    assert questions() == few
