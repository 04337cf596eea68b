"""The roles, as an official can read them: what each is called, who it is for, what it may do, and how far it reaches."""

from dataclasses import dataclass
from enum import StrEnum

from portal.access.permissions import Permission as P


class Role(StrEnum):
    MEMBER = "member"
    CLERK = "clerk"
    SECRETARY = "secretary"
    COMMUNE_MEMBER = "commune member"
    COMMUNE_OFFICE = "commune office"
    COMMUNE_LEADER = "commune leader"
    INSPECTOR = "inspector"
    FRONT = "front"
    PROVINCE_MEMBER = "province member"
    PROVINCE_OFFICE = "province office"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return ROLES[self].label


class Reach(StrEnum):
    OWN = "chỉ tổ chức này"
    BELOW = "tổ chức này và mọi tổ chức trực thuộc"


@dataclass(frozen=True)
class RoleText:
    label: str
    description: str
    reach: Reach
    permissions: frozenset[P]


def _role(label: str, description: str, reach: Reach, *permissions: P) -> RoleText:
    return RoleText(label, description, reach, frozenset(permissions))


ROLES: dict[Role, RoleText] = {
    Role.MEMBER: _role(
        "Đảng viên", "Xem lịch họp, việc được giao và hồ sơ của chính mình.", Reach.OWN, P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS
    ),
    Role.CLERK: _role(
        "Thư ký chi bộ",
        "Ghi buổi họp, điểm danh, biên bản của chi bộ.",
        Reach.OWN,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.RECORD_MEETING, P.READ_ROLL, P.READ_FIGURES, P.KEEP_NUMBERS, P.RECORD_STUDY,
        P.SEE_TASKS, P.ANSWER_TASKS, P.WRITE_REPORTS,
    ),
    Role.SECRETARY: _role(
        "Bí thư, phó bí thư chi bộ",
        "Chuẩn bị, chủ trì và ghi buổi họp; giao việc cho đảng viên; giữ hồ sơ của chi bộ.",
        Reach.OWN,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.RECORD_MEETING, P.REOPEN_MEETING, P.READ_ROLL, P.KEEP_ROLL, P.READ_CLOSED, P.READ_FIGURES, P.SEE_GRANTS,
        P.READ_TRACES, P.READ_HISTORY, P.KEEP_NUMBERS, P.EXPORT_ROLL, P.KEEP_ASSIGNMENTS, P.RECORD_STUDY,
        P.SEE_TASKS, P.ANSWER_TASKS, P.WRITE_REPORTS, P.APPROVE_REPORTS,
    ),
    Role.COMMUNE_MEMBER: _role(
        "Đảng ủy viên xã, phường",
        "Xem số liệu của đảng bộ và dự sinh hoạt ở chi bộ được phân công.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.READ_FIGURES, P.SCORE_VISITED, P.SEE_TASKS,
    ),
    Role.COMMUNE_OFFICE: _role(
        "Văn phòng, cán bộ tổ chức Đảng ủy xã, phường",
        "Giữ danh sách đảng viên, theo dõi chi bộ, cấp tài khoản, soạn báo cáo.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.RECORD_MEETING, P.REOPEN_MEETING, P.DIRECT_MEETINGS, P.SCORE_BELOW, P.FOUND_ORGANISATION, P.REORGANISE, P.READ_ROLL, P.KEEP_ROLL, P.MOVE_MEMBERS, P.READ_CLOSED,
        P.READ_FIGURES, P.SEE_GRANTS, P.GIVE_GRANTS, P.MANAGE_ACCOUNTS, P.READ_TRACES, P.READ_HISTORY, P.KEEP_NUMBERS,
        P.KEEP_SETTLEMENTS, P.SET_RULES, P.KEEP_LIBRARY, P.RECORD_STUDY, P.IMPORT_MEMBERS, P.EXPORT_ROLL,
        P.KEEP_ASSIGNMENTS, P.KEEP_OFFICES, P.SEE_DELIVERIES, P.SEE_TASKS, P.GIVE_TASKS, P.ANSWER_TASKS, P.INSPECT,
        P.WRITE_REPORTS, P.TAKE_REPORTS,
    ),
    Role.COMMUNE_LEADER: _role(
        "Thường trực, Ban Thường vụ Đảng ủy xã, phường",
        "Xem tổng quan, danh sách và tiến độ; phê duyệt.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.DIRECT_MEETINGS, P.SCORE_VISITED, P.SCORE_BELOW, P.READ_ROLL, P.READ_FIGURES, P.SEE_GRANTS, P.READ_HISTORY,
        P.SEE_TASKS, P.GIVE_TASKS, P.APPROVE_REPORTS, P.TAKE_REPORTS,
    ),
    Role.INSPECTOR: _role(
        "Ủy ban Kiểm tra",
        "Kiểm tra, giám sát; xem cả phần đóng và sổ truy cập.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_MEETINGS, P.READ_ROLL, P.READ_CLOSED, P.READ_FIGURES, P.SEE_GRANTS, P.READ_TRACES, P.READ_HISTORY,
        P.SEE_TASKS, P.INSPECT,
    ),
    Role.FRONT: _role(
        "Mặt trận Tổ quốc, đoàn thể",
        "Gửi góp ý về chi bộ, đảng viên và xem trả lời.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY,
    ),
    Role.PROVINCE_MEMBER: _role(
        "Tỉnh ủy viên",
        "Đăng ký và dự sinh hoạt chi bộ; xem số liệu toàn tỉnh.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.READ_FIGURES, P.SEE_TASKS,
    ),
    Role.PROVINCE_OFFICE: _role(
        "Ban Tổ chức, Văn phòng Tỉnh ủy",
        "So sánh các xã, phường; nhận báo cáo; xem hồ sơ đảng viên khi có yêu cầu kèm lý do.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.FOUND_ORGANISATION, P.REORGANISE, P.READ_FIGURES, P.ASK_FOR_PERSONS,
        P.SEE_GRANTS, P.GIVE_GRANTS, P.MANAGE_ACCOUNTS, P.READ_TRACES, P.KEEP_NUMBERS, P.KEEP_SETTLEMENTS, P.SET_RULES,
        P.KEEP_LIBRARY, P.SEE_DELIVERIES, P.SEE_TASKS, P.GIVE_TASKS, P.ANSWER_TASKS, P.INSPECT,
        P.WRITE_REPORTS, P.APPROVE_REPORTS, P.TAKE_REPORTS,
    ),
    Role.ADMINISTRATOR: _role(
        "Quản trị",
        "Cấp tài khoản, giao vai trò, sửa trang trợ giúp; không xem nội dung sinh hoạt và hồ sơ đảng viên.",
        Reach.BELOW,
        P.SEE_ORGANISATION, P.READ_LIBRARY, P.SEE_GRANTS, P.GIVE_GRANTS, P.MANAGE_ACCOUNTS, P.WRITE_HELP,
        P.SEE_STYLE_GUIDE, P.SEE_DELIVERIES,
    ),
}  # fmt: skip
