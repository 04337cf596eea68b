from typing import NamedTuple

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Bound, Definition, Subject
from branches.rules.shapes import (
    Days,
    Fractional,
    Minutes,
    MonthDeadline,
    OftenEnough,
    Percentage,
    Table,
    TextList,
    Whole,
    YearDeadline,
    YesNo,
)


class SmallBranch(NamedTuple):
    members: int
    minutes: int


REGULAR = Definition(
    "meeting.regular.often",
    "Số buổi sinh hoạt thường kỳ",
    "Ít nhất bao nhiêu buổi thường kỳ mỗi chi bộ phải họp.",
    OftenEnough(),
    bound=Bound.NOT_LESS,
)
THEMATIC = Definition(
    "meeting.thematic.often",
    "Số buổi sinh hoạt chuyên đề",
    "Ít nhất bao nhiêu buổi chuyên đề mỗi chi bộ phải họp.",
    OftenEnough(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
COMMITTEE = Definition(
    "meeting.committee.often",
    "Số buổi họp chi ủy",
    "Ít nhất bao nhiêu buổi chi ủy phải họp.",
    OftenEnough(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
MINUTES = Definition(
    "meeting.minutes.least",
    "Thời lượng tối thiểu của buổi thường kỳ",
    "Buổi ngắn hơn vẫn ghi được; cổng nhắc và tính là chưa đủ thời lượng.",
    Minutes(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
COMBINED_MINUTES = Definition(
    "meeting.combined.minutes.least",
    "Thời lượng tối thiểu khi thường kỳ kết hợp chuyên đề",
    "Áp dụng khi hai nội dung tổ chức trong cùng một buổi.",
    Minutes(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
SMALL_BRANCH_MINUTES = Definition(
    "meeting.small.minutes",
    "Thời lượng tối thiểu của chi bộ ít đảng viên",
    "Cấp có thẩm quyền định thời lượng theo số đảng viên. Chi bộ đông hơn theo mức chung.",
    Table(
        SmallBranch,
        labels={"members": "Đến bao nhiêu đảng viên", "minutes": "Số phút tối thiểu"},
        words=lambda row: f"đến {row.members} đảng viên: {row.minutes} phút",
        together=lambda rows: (
            ""
            if [row.members for row in rows] == sorted({row.members for row in rows})
            else "Xếp các dòng theo số đảng viên tăng dần, mỗi mức một dòng."
        ),
        may_be_empty="chưa đặt, theo mức chung",
    ),
    Kind.COMMUNE,
)
LAST_DAY_OF_WEEK_ONE = Definition(
    "meeting.week_one.last_day",
    "Tuần đầu của tháng",
    "Buổi thường kỳ họp trong những ngày này là đúng hạn. Buổi được quyết định dời (Tết, bão) vẫn là đúng hạn.",
    MonthDeadline(),
    Kind.COMMUNE,
)
FIXED_DAY = Definition(
    "meeting.fixed_day",
    "Ngày sinh hoạt cố định được duyệt",
    "Chi bộ có ngày họp cố định thì họp đúng ngày ấy là đúng hạn, dù ngoài tuần đầu.",
    Whole("hằng tháng", most=31, zero="không có ngày cố định", before="ngày"),
    Kind.BRANCH,
)
PAPERS_BEFORE = Definition(
    "meeting.papers.days_before",
    "Gửi nội dung, tài liệu trước buổi họp",
    "Ít nhất bao nhiêu ngày trước buổi sinh hoạt.",
    Days(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
QUORUM = Definition(
    "meeting.quorum.share",
    "Số người có mặt để buổi họp hợp lệ",
    "Tính trên số phải dự. Buổi họp thiếu số này vẫn ghi được; cổng nêu rõ khi đóng sổ.",
    Fractional(),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
STEPS = Definition(
    "meeting.steps",
    "Các bước của buổi sinh hoạt thường kỳ",
    "Trình tự điền sẵn vào chương trình của mỗi buổi.",
    TextList(),
    Kind.COMMUNE,
)
STEPS_THEMATIC = Definition(
    "meeting.steps.thematic",
    "Các bước của buổi sinh hoạt chuyên đề",
    "Trình tự điền sẵn vào chương trình của mỗi buổi chuyên đề.",
    TextList(),
    Kind.COMMUNE,
)
STEPS_COMMITTEE = Definition(
    "meeting.steps.committee",
    "Các bước của buổi họp chi ủy",
    "Trình tự điền sẵn vào chương trình của mỗi buổi họp chi ủy.",
    TextList(),
    Kind.COMMUNE,
)
STEPS_REVIEW = Definition(
    "meeting.steps.review",
    "Các bước của buổi kiểm điểm cuối năm",
    "Trình tự điền sẵn vào chương trình của buổi kiểm điểm, xếp loại.",
    TextList(),
    Kind.COMMUNE,
)
STEPS_OTHER = Definition(
    "meeting.steps.other",
    "Các bước của hội nghị cấp ủy, buổi họp bất thường",
    "Trình tự điền sẵn vào chương trình. Đại hội theo chương trình riêng.",
    TextList(),
    Kind.COMMUNE,
)
HANDS_FIRST = Definition(
    "meeting.vote.hands_first",
    "Giơ tay trước, ghi vào cổng sau",
    "Biểu quyết tại buổi họp rồi mới ghi kết quả vào cổng.",
    YesNo(),
    Kind.PROVINCE,
)
TEMPORARY_EXPECTED = Definition(
    "meeting.expected.temporary",
    "Tính đảng viên sinh hoạt tạm thời vào số phải dự",
    "Người chuyển sinh hoạt tạm thời đến có nằm trong mẫu số của tỷ lệ dự sinh hoạt không.",
    YesNo("có tính", "không tính"),
    Kind.PROVINCE,
)
ONLINE = Definition(
    "meeting.online.cannot_gather",
    "Được xét họp trực tuyến khi số đảng viên không thể tập trung",
    "Tính trên số đảng viên phải dự, không kể người được miễn hoặc đang bị đình chỉ sinh hoạt.",
    Percentage(),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
ONLINE_NEEDS_LEAVE = Definition(
    "meeting.online.needs_leave",
    "Họp trực tuyến phải được cấp trên cho phép",
    "Cho phép thì ghi rõ lý do và cấp ủy đã đồng ý.",
    YesNo("phải được phép", "không cần"),
    Kind.PROVINCE,
)
CELLS_NEED_LEAVE = Definition(
    "meeting.cells.needs_leave",
    "Sinh hoạt theo tổ đảng phải được cấp trên cho phép",
    "Áp dụng cho chi bộ đông đảng viên.",
    YesNo("phải được phép", "không cần"),
    Kind.PROVINCE,
)
THEMATIC_PLAN_BY = Definition(
    "meeting.thematic.plan_by",
    "Hạn gửi kế hoạch chuyên đề năm",
    "Chi bộ gửi kế hoạch chuyên đề của năm lên cấp ủy cấp trên.",
    YearDeadline(),
    Kind.COMMUNE,
)
SUBJECT = Subject(
    "sinh-hoat",
    "Sinh hoạt chi bộ",
    (
        REGULAR, THEMATIC, COMMITTEE, MINUTES, COMBINED_MINUTES, SMALL_BRANCH_MINUTES, LAST_DAY_OF_WEEK_ONE, FIXED_DAY,
        QUORUM, PAPERS_BEFORE, STEPS, STEPS_THEMATIC, STEPS_COMMITTEE, STEPS_REVIEW, STEPS_OTHER, HANDS_FIRST,
        TEMPORARY_EXPECTED, ONLINE, ONLINE_NEEDS_LEAVE, CELLS_NEED_LEAVE, THEMATIC_PLAN_BY,
    ),
    DEFAULTS / "meetings.toml",
)  # fmt: skip
