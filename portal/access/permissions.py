"""What can be asked of the portal. A permission is a verb on a noun; who holds which is a role's matter (roles.py)."""

from enum import StrEnum


class Permission(StrEnum):
    # for every account
    READ_HELP = "read help"
    SEE_OWN_RECORD = "see one's own record"
    # organisations and who works in them
    SEE_ORGANISATION = "see an organisation"
    FOUND_ORGANISATION = "found an organisation"
    REORGANISE = "rename, move, merge, split and dissolve what is below one"
    SEE_GRANTS = "see who may do what in an organisation"
    GIVE_GRANTS = "give and end roles in an organisation"
    MANAGE_ACCOUNTS = "open accounts and print slips"
    READ_TRACES = "see who read closed data, exported or downloaded"
    READ_HISTORY = "see who changed what and when"
    KEEP_NUMBERS = "give, reserve, record and void document numbers"
    KEEP_SETTLEMENTS = "keep the list of villages and neighbourhoods"
    SEE_DELIVERIES = "see which reminders were sent, and send them again"
    SET_RULES = "set rules of one's own for an organisation and those below it"
    # kinds of data within reach (the table stands in kinds.py)
    READ_ROLL = "read roll, attendance and tasks"
    KEEP_ROLL = "enter and correct the records of members, exempt and defer them"
    MOVE_MEMBERS = "move members between branches and change their state"
    KEEP_ASSIGNMENTS = "propose, agree, mark and judge the yearly tasks of members"
    KEEP_OFFICES = "record who holds which office"
    IMPORT_MEMBERS = "enter and correct many records from a sheet, and take that back"
    EXPORT_ROLL = "take the roll out as a sheet"
    READ_CLOSED = "read what is closed: opinions by name, religion, health, discipline, remarks on persons"
    READ_FIGURES = "read figures"
    ASK_FOR_PERSONS = "ask to see persons, with a reason"
    # documents and what they oblige to
    READ_LIBRARY = "read documents and what they oblige to"
    KEEP_LIBRARY = "enter documents and what they oblige to"
    RECORD_STUDY = "record that a branch has studied a document, and who was there"
    SEE_TASKS = "see what a document gave an organisation to do, and how far it is"
    GIVE_TASKS = "hand on what documents oblige to, judge what comes back, open reviews"
    ANSWER_TASKS = "confirm, report and hand on what an organisation was given to do"
    INSPECT = "keep the programme of inspections, what they found and what they demand"
    # meetings
    SEE_MEETINGS = "see when a meeting is, its agenda, papers and conclusions"
    RECORD_MEETING = "prepare, log and close meetings"
    REOPEN_MEETING = "open a closed log again, with a reason"
    DIRECT_MEETINGS = "publish orientations, move and excuse meetings, approve plans, answer proposals"
    SCORE_VISITED = "score a meeting that one has attended for the committee above"
    SCORE_BELOW = "score meetings of branches below, for the committee"
    # reports
    WRITE_REPORTS = "compose reports of an organisation and write what judges in them"
    APPROVE_REPORTS = "approve and issue reports of an organisation"
    TAKE_REPORTS = "acknowledge or return reports that came from below"
    # the portal itself
    WRITE_HELP = "write help"
    SEE_STYLE_GUIDE = "see the style guide"

    @property
    def refusal(self) -> str:
        """What somebody is told who lacks it."""
        return REFUSALS[self]


REFUSALS = {
    Permission.READ_HELP: "Đồng chí cần đăng nhập để đọc trợ giúp.",
    Permission.SEE_OWN_RECORD: "Đồng chí cần đăng nhập để xem hồ sơ của mình.",
    Permission.SEE_ORGANISATION: "Vai trò đang dùng không xem được tổ chức này.",
    Permission.FOUND_ORGANISATION: "Chỉ văn phòng cấp ủy mới lập được tổ chức trực thuộc.",
    Permission.REORGANISE: "Chỉ văn phòng cấp ủy cấp trên mới sắp xếp được tổ chức này.",
    Permission.SEE_GRANTS: "Chỉ bí thư, văn phòng cấp ủy, Ủy ban Kiểm tra và quản trị xem được ai có quyền gì.",
    Permission.GIVE_GRANTS: "Chỉ văn phòng cấp ủy và quản trị giao hoặc thu hồi được vai trò.",
    Permission.MANAGE_ACCOUNTS: "Chỉ văn phòng cấp ủy và quản trị cấp được tài khoản.",
    Permission.READ_TRACES: "Chỉ bí thư, Ủy ban Kiểm tra và văn phòng cấp ủy xem được sổ truy cập.",
    Permission.READ_HISTORY: "Vai trò đang dùng không xem được lịch sử sửa đổi.",
    Permission.KEEP_ASSIGNMENTS: "Chỉ bí thư chi bộ và văn phòng cấp ủy giao được nhiệm vụ cho đảng viên.",
    Permission.KEEP_OFFICES: "Chỉ văn phòng cấp ủy ghi được chức vụ.",
    Permission.KEEP_NUMBERS: "Chỉ bí thư, thư ký chi bộ và văn phòng cấp ủy giữ được sổ số văn bản.",
    Permission.KEEP_SETTLEMENTS: "Chỉ văn phòng cấp ủy sửa được danh sách thôn, tổ dân phố.",
    Permission.SEE_DELIVERIES: "Chỉ văn phòng cấp ủy và quản trị xem được thư nhắc việc đã gửi.",
    Permission.SET_RULES: "Chỉ văn phòng, cán bộ tổ chức của cấp ủy mới đặt được quy định riêng.",
    Permission.READ_ROLL: "Vai trò đang dùng không xem được danh sách, điểm danh và nhiệm vụ của đảng viên.",
    Permission.KEEP_ROLL: "Chỉ bí thư chi bộ và văn phòng Đảng ủy ghi, sửa được danh sách đảng viên.",
    Permission.MOVE_MEMBERS: "Chỉ văn phòng Đảng ủy chuyển được đảng viên giữa các chi bộ và đổi tình trạng.",
    Permission.IMPORT_MEMBERS: "Chỉ văn phòng Đảng ủy nhập được danh sách đảng viên từ bảng.",
    Permission.EXPORT_ROLL: "Chỉ bí thư chi bộ và văn phòng Đảng ủy xuất được danh sách đảng viên.",
    Permission.READ_CLOSED: "Phần này chỉ bí thư chi bộ, cán bộ tổ chức của Đảng ủy và Ủy ban Kiểm tra được xem.",
    Permission.READ_FIGURES: "Vai trò đang dùng không xem được số liệu này.",
    Permission.ASK_FOR_PERSONS: "Chỉ Ban Tổ chức, Văn phòng Tỉnh ủy mới gửi yêu cầu xem hồ sơ đảng viên.",
    Permission.READ_LIBRARY: "Kho văn bản dành cho người đang giữ một vai trò trong tổ chức.",
    Permission.KEEP_LIBRARY: "Chỉ văn phòng cấp ủy xã, phường hoặc tỉnh ghi được văn bản.",
    Permission.RECORD_STUDY: "Chỉ bí thư, thư ký chi bộ và văn phòng Đảng ủy ghi được buổi quán triệt.",
    Permission.SEE_TASKS: "Vai trò đang dùng không xem được việc được giao.",
    Permission.GIVE_TASKS: "Chỉ văn phòng, thường trực cấp ủy giao được việc và nhận kết quả.",
    Permission.ANSWER_TASKS: "Chỉ bí thư, thư ký chi bộ và văn phòng cấp ủy trả lời được việc được giao.",
    Permission.INSPECT: "Chỉ Ủy ban Kiểm tra và văn phòng cấp ủy ghi được kiểm tra, giám sát.",
    Permission.SEE_MEETINGS: "Vai trò đang dùng không xem được buổi họp này.",
    Permission.RECORD_MEETING: "Chỉ bí thư, thư ký chi bộ và văn phòng Đảng ủy ghi được sổ họp.",
    Permission.REOPEN_MEETING: "Chỉ bí thư chi bộ và văn phòng Đảng ủy mở lại được sổ đã đóng.",
    Permission.DIRECT_MEETINGS: "Chỉ văn phòng, thường trực cấp ủy định hướng, duyệt và trả lời được.",
    Permission.SCORE_VISITED: "Chỉ cấp ủy viên cấp trên dự họp mới chấm điểm ở đây.",
    Permission.SCORE_BELOW: "Chỉ văn phòng, thường trực cấp ủy cấp trên mới chấm điểm ở đây.",
    Permission.WRITE_REPORTS: "Chỉ bí thư, thư ký chi bộ và văn phòng cấp ủy soạn được báo cáo.",
    Permission.APPROVE_REPORTS: "Chỉ bí thư chi bộ, thường trực cấp ủy và văn phòng Tỉnh ủy duyệt, ban hành được báo cáo.",
    Permission.TAKE_REPORTS: "Chỉ văn phòng cấp ủy cấp trên nhận hoặc trả lại được báo cáo.",
    Permission.WRITE_HELP: "Chỉ quản trị mới được sửa trang trợ giúp và bảng thuật ngữ.",
    Permission.SEE_STYLE_GUIDE: "Bộ thành phần dành cho người xây dựng và quản trị cổng.",
}
EVERYBODY = frozenset({Permission.READ_HELP, Permission.SEE_OWN_RECORD})
# What somebody who may ask for persons can do, where they have asked with a reason and for as long as that holds. What is
# closed stays closed.
OPENED_BY_ENQUIRY = frozenset({Permission.READ_ROLL})
