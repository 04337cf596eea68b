from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Backdating, Definition, Subject
from branches.rules.shapes import Choice, Months, Whole, WorkingDays, Years, YesNo

AGE_LEAST = Definition("admission.age.least", "Tuổi thấp nhất khi kết nạp", "Tính đến ngày chi bộ biểu quyết.", Years())
AGE_MOST = Definition(
    "admission.age.most",
    "Tuổi cao nhất khi kết nạp",
    "Quá tuổi này do cấp ủy trực thuộc Trung ương xem xét.",
    Years(),
)
EDUCATION = Definition(
    "admission.education",
    "Trình độ học vấn tối thiểu",
    "Của người được xét kết nạp.",
    Choice(
        {
            "primary": "tốt nghiệp tiểu học",
            "lower secondary": "tốt nghiệp trung học cơ sở",
            "upper secondary": "tốt nghiệp trung học phổ thông",
        }
    ),
)
INTRODUCER = Definition(
    "admission.introducer.months",
    "Người giới thiệu đã cùng công tác, học tập hoặc cư trú",
    "Ít nhất chừng ấy tháng cùng nơi với người được giới thiệu.",
    Months(),
)
CLASS_VALID = Definition(
    "admission.class.years",
    "Giấy chứng nhận học lớp nhận thức về Đảng có giá trị",
    "Tính từ ngày cấp.",
    Years(most=20),
)
CEREMONY = Definition(
    "admission.ceremony.working_days",
    "Hạn tổ chức lễ kết nạp",
    "Kể từ ngày nhận quyết định; muộn hơn phải được cấp trên đồng ý.",
    WorkingDays(),
    backdating=Backdating.NOT_AT_ALL,
)
PROBATION = Definition(
    "probation.months",
    "Thời gian dự bị",
    "Tính từ ngày tổ chức lễ kết nạp; tuổi Đảng tính từ ngày ghi trong quyết định.",
    Months(),
    backdating=Backdating.NOT_AT_ALL,
)
PREPARE = Definition(
    "probation.prepare.months",
    "Nhắc chuẩn bị hồ sơ công nhận chính thức",
    "Sau lễ kết nạp chừng ấy tháng.",
    Months(),
)
REVIEW = Definition(
    "recognition.working_days",
    "Hạn chi bộ xét công nhận chính thức",
    "Kể từ ngày hết thời gian dự bị. Nghị quyết chỉ ra sau ngày ấy; đủ điều kiện thì là chính thức đúng từ ngày hết dự bị.",
    WorkingDays(),
    backdating=Backdating.NOT_AT_ALL,
)
CLASS_NEEDED = Definition(
    "recognition.class_needed",
    "Phải có giấy chứng nhận lớp đảng viên mới",
    "Khi xét công nhận đảng viên chính thức.",
    YesNo("phải có", "không bắt buộc"),
)
AGAIN_AFTER = Definition(
    "admission.again.months",
    "Kết nạp lại: thời gian đã ra khỏi Đảng",
    "Ít nhất chừng ấy tháng tính đến khi làm đơn.",
    Months(),
)
AGAIN_AFTER_CRIME = Definition(
    "admission.again.crime.months",
    "Kết nạp lại sau khi được xóa án tích",
    "Với án do tội ít nghiêm trọng.",
    Months(),
)
AGAIN_TIMES = Definition(
    "admission.again.times", "Số lần được kết nạp lại", "Trong cả đời đảng viên.", Whole("lần", most=5)
)
AGAIN_PROBATION = Definition(
    "admission.again.probation.months", "Thời gian dự bị khi kết nạp lại", "Tính từ ngày kết nạp lại.", Months()
)
SUBJECT = Subject(
    "ket-nap",
    "Kết nạp, công nhận chính thức",
    (
        AGE_LEAST, AGE_MOST, EDUCATION, INTRODUCER, CLASS_VALID, CEREMONY, PROBATION, PREPARE, REVIEW, CLASS_NEEDED,
        AGAIN_AFTER, AGAIN_AFTER_CRIME, AGAIN_TIMES, AGAIN_PROBATION,
    ),
    DEFAULTS / "admission.toml",
)  # fmt: skip
