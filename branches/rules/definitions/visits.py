from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Bound, Definition, Subject
from branches.rules.shapes import Between, DayOfYear, Days, OftenEnough, YearDeadline, YesNo

IN_CHARGE = Definition(
    "visit.in_charge.often",
    "Cấp ủy viên phụ trách dự sinh hoạt chi bộ",
    "Mỗi cấp ủy viên dự chi bộ mình phụ trách ít nhất bao nhiêu lần.",
    OftenEnough(),
    Kind.COMMUNE,
)
STANDING = Definition(
    "visit.standing.often",
    "Ủy viên ban thường vụ dự luân phiên",
    "Mỗi ủy viên ban thường vụ dự ít nhất bao nhiêu chi bộ, lần lượt.",
    OftenEnough(),
    Kind.COMMUNE,
)
PROVINCE = Definition(
    "visit.province.often",
    "Tỉnh ủy viên dự sinh hoạt ở nơi đã đăng ký",
    "Mỗi tỉnh ủy viên dự ít nhất bao nhiêu lần.",
    OftenEnough(),
    Kind.PROVINCE,
)
PROVINCE_PLACES = Definition(
    "visit.province.places",
    "Số tổ chức cơ sở đảng mỗi tỉnh ủy viên đăng ký",
    "Phiếu đăng ký nhận trong khoảng này.",
    Between("tổ chức cơ sở đảng", least=1, most=20),
    Kind.PROVINCE,
)
OWN_PLACE = Definition(
    "visit.own_place",
    "Đăng ký nơi mình đang sinh hoạt",
    "Tổ chức mà đồng chí ấy là thành viên có được tính không.",
    YesNo("được tính", "không được tính"),
    Kind.PROVINCE,
)
REGISTER_BY = Definition(
    "visit.register_by",
    "Hạn đăng ký nơi dự sinh hoạt",
    "Gửi về Ban Tổ chức Tỉnh ủy.",
    YearDeadline(),
    Kind.PROVINCE,
)
TABLE_BY = Definition(
    "visit.table_by",
    "Hạn lập bảng phân công dự sinh hoạt",
    "Ban Tổ chức Tỉnh ủy tổng hợp và gửi từng đồng chí.",
    YearDeadline(),
    Kind.PROVINCE,
)
STARTS_ON = Definition(
    "visit.starts_on",
    "Ngày bắt đầu dự theo bảng phân công",
    "Năm sau năm đăng ký.",
    DayOfYear(),
    Kind.PROVINCE,
)
NOTICE = Definition(
    "visit.notice.days_before",
    "Báo người dự trước buổi sinh hoạt",
    "Nơi tổ chức báo thời gian, địa điểm trước ít nhất bao nhiêu ngày.",
    Days(least=1, most=60),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
VISITOR_REPORT_BY = Definition(
    "visit.report.visitor_by",
    "Hạn người dự báo cáo năm",
    "Cấp ủy viên báo cáo kết quả dự sinh hoạt.",
    YearDeadline(),
    Kind.PROVINCE,
    Bound.NOT_MORE,
)
HOST_REPORT_BY = Definition(
    "visit.report.host_by",
    "Hạn nơi tổ chức báo cáo năm",
    "Tổ chức đảng báo cáo số lần đồng chí cấp trên về dự.",
    YearDeadline(),
    Kind.PROVINCE,
    Bound.NOT_MORE,
)
PILOT_REGULAR = Definition(
    "pilot.regular.share",
    "Chi bộ điểm về sinh hoạt thường kỳ mỗi năm",
    "Tính trên số chi bộ của đảng bộ.",
    Between("%", most=100),
    Kind.COMMUNE,
)
PILOT_THEMATIC = Definition(
    "pilot.thematic.share",
    "Chi bộ điểm về sinh hoạt chuyên đề mỗi năm",
    "Tính trên số chi bộ của đảng bộ.",
    Between("%", most=100),
    Kind.COMMUNE,
)
SUBJECT = Subject(
    "du-sinh-hoat",
    "Dự sinh hoạt, chi bộ điểm",
    (
        IN_CHARGE, STANDING, PROVINCE, PROVINCE_PLACES, OWN_PLACE, REGISTER_BY, TABLE_BY, STARTS_ON, NOTICE,
        VISITOR_REPORT_BY, HOST_REPORT_BY, PILOT_REGULAR, PILOT_THEMATIC,
    ),
    DEFAULTS / "visits.toml",
)  # fmt: skip
