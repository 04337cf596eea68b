from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Days, Whole, WholeList

DAYS_BEFORE = Definition(
    "reminder.days_before",
    "Nhắc việc trước hạn",
    "Áp dụng cho việc có hạn trong năm, như báo cáo và đăng ký.",
    WholeList("ngày", least=0, most=120, falling=True),
    Kind.COMMUNE,
)
DAYS_AFTER = Definition(
    "reminder.days_after",
    "Nhắc việc quá hạn",
    "Nhắc lại khi việc đã quá hạn chừng ấy ngày.",
    WholeList("ngày", least=1, most=120),
    Kind.COMMUNE,
)
ANSWER_CORRECTION = Definition(
    "reminder.correction.days",
    "Hạn trả lời đề nghị sửa hồ sơ",
    "Kể từ ngày đảng viên gửi đề nghị.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
MEND_IMPORT = Definition(
    "reminder.import.days",
    "Hạn sửa các dòng chưa nhập được",
    "Kể từ ngày nhập bảng đảng viên.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
BADGE_AHEAD = Definition(
    "reminder.badge.days",
    "Bắt đầu chuẩn bị hồ sơ Huy hiệu Đảng",
    "Trước đợt trao chừng ấy ngày.",
    Days(least=1, most=180),
    Kind.COMMUNE,
)
TERM_AHEAD = Definition(
    "reminder.term.days",
    "Bắt đầu chuẩn bị đại hội",
    "Trước ngày hết nhiệm kỳ chừng ấy ngày.",
    Days(least=1, most=366),
    Kind.COMMUNE,
)
NEWCOMER = Definition(
    "reminder.newcomer.days",
    "Hạn giao nhiệm vụ cho người mới về",
    "Kể từ ngày về chi bộ.",
    Days(least=1, most=120),
    Kind.COMMUNE,
)
VACANCY = Definition(
    "reminder.vacancy.days",
    "Hạn kiện toàn bí thư chi bộ",
    "Kể từ ngày khuyết.",
    Days(least=1, most=180),
    Kind.COMMUNE,
)
OFFICE_AHEAD = Definition(
    "reminder.office.days",
    "Bắt đầu chuẩn bị người kế tiếp",
    "Trước ngày bí thư hết thời hạn chừng ấy ngày.",
    Days(least=1, most=366),
    Kind.COMMUNE,
)
STUDY_AHEAD = Definition(
    "reminder.study.days",
    "Bắt đầu nhắc quán triệt văn bản",
    "Trước hạn quán triệt chừng ấy ngày.",
    Days(least=1, most=366),
    Kind.COMMUNE,
)
PLAN_MEETING = Definition(
    "reminder.plan_meeting.day",
    "Nhắc bí thư đặt lịch họp tháng sau",
    "Vào ngày này của tháng trước.",
    Whole("hằng tháng", least=1, most=28, before="ngày"),
    Kind.COMMUNE,
)
CLOSE_LOG = Definition(
    "reminder.log.days",
    "Hạn đóng sổ họp",
    "Kể từ ngày họp.",
    Days(least=0, most=30),
    Kind.COMMUNE,
)
ANSWER_PROPOSAL = Definition(
    "reminder.proposal.days",
    "Hạn trả lời kiến nghị của chi bộ",
    "Kể từ ngày chi bộ họp.",
    Days(least=1, most=90),
    Kind.COMMUNE,
)
TELL_ANSWER = Definition(
    "reminder.proposal.tell_days",
    "Hạn báo lại chi bộ trả lời của cấp trên",
    "Kể từ ngày cấp trên trả lời; báo tại buổi sinh hoạt thường kỳ gần nhất.",
    Days(least=1, most=90),
    Kind.COMMUNE,
)
APPROVE_PLAN = Definition(
    "reminder.thematic_plan.days",
    "Hạn duyệt kế hoạch chuyên đề",
    "Kể từ ngày chi bộ gửi.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
RECEIVE_TASKS = Definition(
    "reminder.task.receive_days",
    "Hạn xác nhận đã nhận việc cấp trên giao",
    "Kể từ ngày được giao.",
    Days(least=1, most=30),
    Kind.COMMUNE,
)
TASK_AHEAD = Definition(
    "reminder.task.days",
    "Bắt đầu nhắc việc được giao theo văn bản",
    "Trước hạn của việc chừng ấy ngày.",
    Days(least=1, most=366),
    Kind.COMMUNE,
)
JUDGE_RESULT = Definition(
    "reminder.task.judge_days",
    "Hạn nhận hoặc trả lại kết quả",
    "Kể từ ngày nơi làm báo kết quả.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
ANSWER_TIME = Definition(
    "reminder.task.extension_days",
    "Hạn trả lời xin gia hạn",
    "Kể từ ngày xin.",
    Days(least=1, most=30),
    Kind.COMMUNE,
)
JUDGE_ANSWER = Definition(
    "reminder.judging.days",
    "Hạn nhận xét báo cáo của cấp dưới",
    "Kể từ ngày cấp dưới gửi báo cáo định kỳ, phần sơ kết, tổng kết hoặc báo cáo đã làm yêu cầu sau kiểm tra.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
REPLACE_REPORT = Definition(
    "reminder.report.replace_days",
    "Hạn gửi bản thay thế báo cáo bị trả lại",
    "Kể từ ngày cấp trên trả lại.",
    Days(least=1, most=60),
    Kind.COMMUNE,
)
SUBJECT = Subject(
    "nhac-viec",
    "Nhắc việc",
    (
        DAYS_BEFORE,
        DAYS_AFTER,
        ANSWER_CORRECTION,
        MEND_IMPORT,
        BADGE_AHEAD,
        TERM_AHEAD,
        NEWCOMER,
        VACANCY,
        OFFICE_AHEAD,
        STUDY_AHEAD,
        PLAN_MEETING,
        CLOSE_LOG,
        ANSWER_PROPOSAL,
        TELL_ANSWER,
        APPROVE_PLAN,
        RECEIVE_TASKS,
        TASK_AHEAD,
        JUDGE_RESULT,
        ANSWER_TIME,
        JUDGE_ANSWER,
        REPLACE_REPORT,
    ),
    DEFAULTS / "reminders.toml",
)
