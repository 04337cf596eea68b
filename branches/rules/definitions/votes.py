from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Choice, Fractional, Whole

OF = {
    "all": "trên tổng số đảng viên chính thức của chi bộ",
    "present": "trên số đảng viên chính thức có mặt",
}
RESOLUTION = Definition(
    "vote.resolution.share",
    "Số tán thành để thông qua nghị quyết, kết luận",
    "Chỉ đảng viên chính thức biểu quyết.",
    Fractional(),
)
RESOLUTION_OF = Definition(
    "vote.resolution.of",
    "Nghị quyết: tính tỷ lệ tán thành trên số nào",
    "Mẫu số của tỷ lệ tán thành.",
    Choice(OF),
)
ADMISSION = Definition(
    "vote.admission.share",
    "Số tán thành khi xét kết nạp",
    "Chi bộ biểu quyết đề nghị kết nạp người vào Đảng.",
    Fractional(),
)
RECOGNITION = Definition(
    "vote.recognition.share",
    "Số tán thành khi công nhận đảng viên chính thức",
    "Chi bộ biểu quyết khi đảng viên dự bị hết 12 tháng dự bị.",
    Fractional(),
)
MEMBERSHIP_OF = Definition(
    "vote.membership.of",
    "Kết nạp, công nhận: tính tỷ lệ tán thành trên số nào",
    "Mẫu số của tỷ lệ tán thành.",
    Choice(OF),
)
ROUNDS = Definition(
    "vote.recognition.rounds",
    "Số lần biểu quyết không đủ tỷ lệ rồi báo cáo cấp trên",
    "Sau chừng ấy lần, cấp ủy cấp trên xem xét, quyết định.",
    Whole("lần", least=1, most=10),
)
SUBJECT = Subject(
    "bieu-quyet",
    "Biểu quyết",
    (RESOLUTION, RESOLUTION_OF, ADMISSION, RECOGNITION, MEMBERSHIP_OF, ROUNDS),
    DEFAULTS / "votes.toml",
)
