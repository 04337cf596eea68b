"""Kinds of data within reach: who sees what of an organisation one reaches. Shown to the readers on a page of its own."""

from dataclasses import dataclass

from portal.access.permissions import Permission as P


@dataclass(frozen=True)
class DataKind:
    name: str
    what: str
    permission: P
    leaves_trace: bool = False


KINDS = [
    DataKind("Hồ sơ của mình", "Hồ sơ, nhiệm vụ và lịch họp của chính người đăng nhập.", P.SEE_OWN_RECORD),
    DataKind("Tổ chức", "Tên, cấp trên, địa bàn và người phụ trách của tổ chức.", P.SEE_ORGANISATION),
    DataKind(
        "Văn bản", "Văn bản dùng chung cả nước, của nơi này và của cấp trên; không có văn bản mật.", P.READ_LIBRARY
    ),
    DataKind(
        "Buổi họp",
        "Ngày giờ, chương trình, tài liệu, kết luận; không có điểm danh và ý kiến từng người.",
        P.SEE_MEETINGS,
    ),
    DataKind("Số liệu", "Tỷ lệ, số buổi họp, kết quả chỉ tiêu; không có tên người.", P.READ_FIGURES),
    DataKind(
        "Việc được giao",
        "Việc văn bản giao, báo cáo sơ kết, tổng kết, kết luận và yêu cầu sau kiểm tra; không có lời văn của phát hiện.",
        P.SEE_TASKS,
    ),
    DataKind("Danh sách", "Danh sách đảng viên, điểm danh, nhiệm vụ được giao.", P.READ_ROLL),
    DataKind(
        "Phần đóng",
        "Ý kiến thiểu số kèm tên, tôn giáo, sức khỏe, kỷ luật, sàng lọc, nhận xét về người, phát hiện khi kiểm tra.",
        P.READ_CLOSED,
        leaves_trace=True,
    ),
]
