"""What people add, in the order in which reports have it. First texts say what the figures show, and no more."""

from portal.reports.facts import Facts
from portal.reports.kinds.kind import Part
from portal.reports.sections.places import LOW
from portal.reports.sections.regime import HELD, LACKING
from portal.reports.sections.section import About
from portal.reports.sentences import named, paragraph, sentence
from portal.words.quantities import number


def _shortcomings(facts: Facts, about: About) -> str:
    """What lacks by the figures; why is for people to say."""
    found = []
    held = facts.line(f"regime.{HELD}")
    if held and held.lacking:
        found.append(sentence(f"còn {number(held.lacking)} kỳ sinh hoạt thường kỳ chưa tổ chức"))
    if low := facts.names.get(LOW):
        found.append(sentence(f"{named(low)} có tỷ lệ đảng viên dự sinh hoạt dưới 90 %"))
    missed = [line for line in facts.lines_of("target.") if line.met is False]
    if missed:
        said = "; ".join(
            f"{line.words[:1].lower()}{line.words[1:]} ({line.rate}, yêu cầu {line.goal})" for line in missed
        )
        found.append(sentence(f"chưa đạt chỉ tiêu: {said}"))
    return paragraph(*found) or "Các chỉ tiêu trong kỳ đều đạt; không có kỳ sinh hoạt nào bỏ trống."


def _directions(facts: Facts, about: About) -> str:
    wanted = []
    if lacking := facts.names.get(LACKING):
        wanted.append(sentence(f"chỉ đạo {number(len(lacking))} nơi còn thiếu kỳ sinh hoạt tổ chức họp đúng lịch"))
    if line := next((one for one in facts.lines_of("target.members.with_tasks") if one.met is False), None):
        wanted.append(sentence(f"phân công nhiệm vụ cho {number(line.lacking)} đảng viên còn lại"))
    return paragraph(*wanted) or "Tiếp tục duy trì nền nếp, nâng cao chất lượng sinh hoạt."


RESULTS = Part("results", "Kết quả nổi bật", "Việc làm được đáng kể nhất trong kỳ, cách làm hay.")
SHORTCOMINGS = Part(
    "shortcomings",
    "Hạn chế, nguyên nhân",
    "Cổng ghi sẵn điều số liệu cho thấy; đồng chí bổ sung nguyên nhân.",
    _shortcomings,
    must=True,
)
DIRECTIONS = Part(
    "directions", "Phương hướng, nhiệm vụ kỳ tới", "Việc sẽ làm, ai làm, bao giờ xong.", _directions, must=True
)
PROPOSALS = Part("proposals", "Kiến nghị, đề xuất", "Không có thì để trống, phần này không in.")
