"""What people add, in the order in which reports have it. First texts say what the figures show, and no more."""

from collections.abc import Iterator

from portal.reports.facts import Facts
from portal.reports.kinds.kind import Part
from portal.reports.sections.places import LOW
from portal.reports.sections.regime import HELD, LACKING
from portal.reports.sections.section import About
from portal.reports.sections.tasks import OVERDUE
from portal.reports.sentences import lowered, named, paragraph, sentence
from portal.words.quantities import number


def _shortcomings(facts: Facts, about: About) -> str:
    """What lacks by the figures; why is for people to say."""
    missed = [line for line in facts.lines_of("target.") if line.met is False]
    said = "; ".join(f"{lowered(line.words)} ({line.rate}, yêu cầu {line.goal})" for line in missed)
    found = [*map(sentence, _lacking(facts)), sentence(f"chưa đạt chỉ tiêu: {said}") if said else ""]
    return paragraph(*found) or _nothing_lacks(facts)


def _attention(facts: Facts, about: About) -> str:
    """The same in few words: which targets they are stands in the table above."""
    missed = sum(line.met is False for line in facts.lines_of("target."))
    return sentence(*_lacking(facts), f"còn {number(missed)} chỉ tiêu chưa đạt" if missed else "")


def _lacking(facts: Facts) -> Iterator[str]:
    held, overdue = facts.line(f"regime.{HELD}"), facts.line(OVERDUE)
    if held and held.lacking:
        yield f"còn {number(held.lacking)} kỳ sinh hoạt thường kỳ chưa tổ chức"
    if low := facts.names.get(LOW):
        yield f"{named(low)} có tỷ lệ đảng viên dự sinh hoạt dưới 90 %"
    if overdue and overdue.part:
        yield f"còn {number(overdue.part)} lượt nhiệm vụ theo văn bản quá hạn"


def _nothing_lacks(facts: Facts) -> str:
    """Only what was counted can be said to be whole."""
    counted = [line for line in facts.lines_of("target.") if line.met is not None]
    held = facts.line(f"regime.{HELD}")
    return paragraph(
        "Các chỉ tiêu trong kỳ đều đạt." if counted else "",
        "Không có kỳ sinh hoạt thường kỳ nào bỏ trống." if held and held.whole else "",
    )


def _directions(facts: Facts, about: About) -> str:
    wanted = []
    if lacking := facts.names.get(LACKING):
        said = "tổ chức sinh hoạt thường kỳ đủ kỳ, đúng lịch"
        wanted.append(sentence(said if about.level == "branch" else f"chỉ đạo {number(len(lacking))} chi bộ {said}"))
    if line := next((one for one in facts.lines_of("target.members.with_tasks") if one.met is False), None):
        wanted.append(sentence(f"giao nhiệm vụ cho {number(line.lacking)} đảng viên chưa được giao"))
    if (overdue := facts.line(OVERDUE)) and overdue.part:
        wanted.append(sentence(f"hoàn thành {number(overdue.part)} lượt nhiệm vụ theo văn bản đã quá hạn"))
    return paragraph(*wanted) or "Tiếp tục duy trì nền nếp, nâng cao chất lượng sinh hoạt."


RESULTS = Part("results", "Kết quả nổi bật", "Việc làm được đáng kể nhất trong kỳ, cách làm hay.")
SHORTCOMINGS = Part(
    "shortcomings",
    "Hạn chế, nguyên nhân",
    "Cổng ghi sẵn điều số liệu cho thấy; đồng chí bổ sung nguyên nhân.",
    _shortcomings,
    must=True,
)
ATTENTION = Part("attention", "Cần chú ý", "Điều lãnh đạo cần biết trước tiên, vài dòng.", _attention)
DIRECTIONS = Part(
    "directions", "Phương hướng, nhiệm vụ kỳ tới", "Việc sẽ làm, ai làm, bao giờ xong.", _directions, must=True
)
PROPOSALS = Part("proposals", "Kiến nghị, đề xuất", "Không có thì để trống, phần này không in.")
