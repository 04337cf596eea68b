"""Transfer, exemption, and members at their residence."""

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Backdating, Bound, Definition, Subject
from branches.rules.shapes import Choice, Months, OftenEnough, Period, TextList, WorkingDays, YesNo

OFFICIAL = Definition(
    "transfer.official.working_days",
    "Hạn làm thủ tục chuyển sinh hoạt chính thức",
    "Kể từ ngày có quyết định hoặc ngày thay đổi nơi công tác, nghỉ hưu, nghỉ việc, xuất ngũ, đổi nơi ở lâu dài.",
    WorkingDays(),
    backdating=Backdating.NOT_AT_ALL,
)
PRESENT = Definition(
    "transfer.present.working_days",
    "Hạn xuất trình giấy giới thiệu với chi ủy nơi đến",
    "Kể từ ngày giới thiệu; muộn hơn phải giải trình.",
    WorkingDays(),
    backdating=Backdating.NOT_AT_ALL,
)
TEMPORARY_FROM = Definition(
    "transfer.temporary.months.from",
    "Chuyển sinh hoạt tạm thời: từ bao lâu",
    "Vắng khỏi nơi sinh hoạt chính ít nhất chừng ấy tháng.",
    Months(),
)
TEMPORARY_UNDER = Definition(
    "transfer.temporary.months.under",
    "Chuyển sinh hoạt tạm thời: dưới bao lâu",
    "Từ chừng ấy tháng trở lên là chuyển chính thức.",
    Months(),
)
STUDY_FROM = Definition(
    "transfer.study.months.from",
    "Đi học trong nước: chuyển tạm thời từ bao lâu",
    "Khóa học ngắn hơn không phải chuyển.",
    Months(),
)
STUDY_UP_TO = Definition(
    "transfer.study.months.up_to",
    "Đi học trong nước: chuyển tạm thời đến bao lâu",
    "Khóa học dài hơn thì chuyển chính thức.",
    Months(),
)
TEMPORARY_STRENGTH = Definition(
    "transfer.temporary.in_strength",
    "Tính người sinh hoạt tạm thời vào đảng số nơi đến",
    "Đảng số dùng cho báo cáo tổ chức.",
    YesNo("có tính", "không tính"),
)
BARRED = Definition(
    "transfer.barred_under_inspection",
    "Không chuyển khi đang bị kiểm tra, giải quyết tố cáo",
    "Cổng không cho lập thủ tục chuyển trong thời gian ấy.",
    YesNo("không được chuyển", "vẫn được chuyển"),
)
EXEMPTION_BY = Definition(
    "exemption.decided_by",
    "Cấp quyết định miễn công tác và sinh hoạt đảng",
    "Theo đơn hoặc báo cáo miệng của đảng viên.",
    Choice({"branch": "chi bộ quyết định, báo cáo cấp trên", "above": "cấp ủy cấp trên trực tiếp quyết định"}),
)
EXEMPTION_PAPER = Definition(
    "exemption.health_paper",
    "Phải có giấy của cơ sở y tế khi miễn vì sức khỏe",
    "Một số tỉnh yêu cầu thêm.",
    YesNo("phải có", "không bắt buộc"),
    Kind.PROVINCE,
)
EXEMPTION_GROUNDS = Definition(
    "exemption.grounds",
    "Lý do được miễn có thời hạn",
    "Đơn ghi rõ lý do và thời gian; hết hạn thì sinh hoạt trở lại.",
    TextList(),
)
EXEMPTION_MOBILE = Definition(
    "exemption.mobile.months.under",
    "Làm việc lưu động trong nước được miễn: dưới bao lâu",
    "Từ chừng ấy tháng trở lên phải chuyển sinh hoạt.",
    Months(),
)
RESIDENCE_MEETINGS = Definition(
    "residence.meetings.often",
    "Chi bộ nơi cư trú họp với đảng viên giữ mối liên hệ",
    "Những đảng viên này không tính vào đảng số và tỷ lệ dự sinh hoạt.",
    OftenEnough(),
    Kind.COMMUNE,
)
RESIDENCE_COMMENTS = Definition(
    "residence.comments.often",
    "Nhận xét đảng viên giữ mối liên hệ nơi cư trú",
    "Chi bộ nơi cư trú gửi về nơi công tác.",
    OftenEnough((Period.YEAR,)),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
RESIDENCE_EXCUSED = Definition(
    "residence.excused",
    "Được giới thiệu nhưng không phải dự họp nơi cư trú",
    "Không lấy nhận xét hằng năm, chỉ khi cần.",
    TextList(),
)
SUBJECT = Subject(
    "chuyen-sinh-hoat",
    "Chuyển sinh hoạt, miễn, nơi cư trú",
    (
        OFFICIAL, PRESENT, TEMPORARY_FROM, TEMPORARY_UNDER, STUDY_FROM, STUDY_UP_TO, TEMPORARY_STRENGTH, BARRED,
        EXEMPTION_BY, EXEMPTION_PAPER, EXEMPTION_GROUNDS, EXEMPTION_MOBILE, RESIDENCE_MEETINGS, RESIDENCE_COMMENTS,
        RESIDENCE_EXCUSED,
    ),
    DEFAULTS / "transfer.toml",
)  # fmt: skip
