from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.definitions.quality import Band, band_words, falling_to_nought
from branches.rules.registry import Bound, Definition, Subject
from branches.rules.shapes import CEILINGS, Choice, Days, Months, Percentage, Table, TextList, YesNo

BANDS = Definition(
    "evaluation.bands",
    "Xếp loại cuối năm theo điểm",
    "Mức cao nhất còn phải đủ các điều kiện dưới đây.",
    Table(
        Band,
        labels={"name": "Mức", "least": "Từ bao nhiêu điểm"},
        words=band_words,
        together=falling_to_nought,
    ),
)
ON_TIME = Definition(
    "evaluation.excellent.on_time",
    "Xuất sắc: nhiệm vụ xong đúng hạn, có chất lượng",
    "Điều kiện của mức hoàn thành xuất sắc nhiệm vụ.",
    Percentage(),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
ABOVE_REQUIREMENT = Definition(
    "evaluation.excellent.above",
    "Xuất sắc: nhiệm vụ vượt yêu cầu",
    "Tính trên số nhiệm vụ được giao.",
    Percentage(),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
SHORTCOMINGS = Definition(
    "evaluation.excellent.mended",
    "Xuất sắc: hạn chế đã chỉ ra được khắc phục",
    "Tính trên số hạn chế, khuyết điểm được chỉ ra.",
    Percentage(),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
CAP = Definition(
    "evaluation.cap.share",
    "Trần số hoàn thành xuất sắc nhiệm vụ",
    "Cổng hiện số được xếp khi chấm; chỉ chặn ở cấp quyết định.",
    Percentage(CEILINGS),
    Kind.PROVINCE,
    Bound.NOT_MORE,
)
CAP_OF = Definition(
    "evaluation.cap.of",
    "Trần xuất sắc: tính trên số nào",
    "Mẫu số của tỷ lệ.",
    Choice(
        {
            "good": "trên số hoàn thành tốt nhiệm vụ",
            "good and excellent": "trên số hoàn thành tốt trở lên, kể cả xuất sắc",
            "all": "trên tổng số được xếp loại",
        }
    ),
    Kind.PROVINCE,
)
CAP_POOLED = Definition(
    "evaluation.cap.pooled_at",
    "Trần xuất sắc: tính gộp ở đâu",
    "Chi bộ ít người tính riêng có thể không được suất nào.",
    Choice(
        {
            "branch": "từng chi bộ",
            "base": "từng tổ chức cơ sở đảng",
            "commune": "toàn đảng bộ xã, phường",
        }
    ),
    Kind.PROVINCE,
)
CAP_ROUNDING = Definition(
    "evaluation.cap.rounding",
    "Trần xuất sắc: làm tròn",
    "Khi tính ra số lẻ.",
    Choice({"down": "bỏ phần lẻ", "nearest": "làm tròn đến số gần nhất", "up": "làm tròn lên"}),
    Kind.PROVINCE,
)
NEW_MEMBER = Definition(
    "evaluation.new_member.months",
    "Mới kết nạp chưa xếp loại",
    "Kết nạp chưa đủ chừng ấy tháng thì không xếp loại.",
    Months(),
)
REVIEW_DAYS = Definition(
    "evaluation.review.days",
    "Thời gian hội nghị kiểm điểm tập thể",
    "Ít nhất bao nhiêu ngày.",
    Days(least=1, most=10),
    Kind.PROVINCE,
    Bound.NOT_LESS,
)
REVIEW_DAYS_PROVINCE = Definition(
    "evaluation.review.province_days",
    "Thời gian kiểm điểm của ban thường vụ cấp tỉnh",
    "Ít nhất bao nhiêu ngày.",
    Days(least=1, most=10),
)
PERIODS = Definition(
    "evaluation.periods",
    "Các kỳ đánh giá",
    "Đánh giá theo những kỳ này.",
    TextList(most=8),
)
BY_MEETINGS = Definition(
    "evaluation.by_meetings",
    "Kết quả sinh hoạt hằng tháng là căn cứ xếp loại cuối năm",
    "Hiện kèm khi chi bộ và cấp ủy xếp loại.",
    YesNo("là căn cứ", "chỉ để tham khảo"),
    Kind.COMMUNE,
)
ABSENT_MONTHS = Definition(
    "discipline.absent.months",
    "Bỏ sinh hoạt trong năm thì xem xét xóa tên",
    "Không có lý do chính đáng, cộng dồn trong năm.",
    Months(most=12),
)
SUBJECT = Subject(
    "xep-loai",
    "Đánh giá, xếp loại",
    (
        BANDS, ON_TIME, ABOVE_REQUIREMENT, SHORTCOMINGS, CAP, CAP_OF, CAP_POOLED, CAP_ROUNDING, NEW_MEMBER, REVIEW_DAYS,
        REVIEW_DAYS_PROVINCE, PERIODS, BY_MEETINGS, ABSENT_MONTHS,
    ),
    DEFAULTS / "evaluation.toml",
)  # fmt: skip
