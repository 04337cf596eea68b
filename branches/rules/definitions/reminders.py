from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Whole, WholeList

DAYS_BEFORE = Definition(
    "reminder.days_before",
    "Nhắc việc trước hạn",
    "Áp dụng cho việc có hạn trong năm, như báo cáo và đăng ký.",
    WholeList("ngày", least=0, most=120, falling=True),
    Kind.COMMUNE,
)
PLAN_MEETING = Definition(
    "reminder.plan_meeting.day",
    "Nhắc bí thư đặt lịch họp tháng sau",
    "Vào ngày này của tháng trước.",
    Whole("hằng tháng", least=1, most=28, before="ngày"),
    Kind.COMMUNE,
)
SUBJECT = Subject("nhac-viec", "Nhắc việc", (DAYS_BEFORE, PLAN_MEETING), DEFAULTS / "reminders.toml")
