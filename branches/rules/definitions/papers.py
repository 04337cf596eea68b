from typing import NamedTuple

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Choice, Margins, Millimetres, Table, TextList, Whole, YesNo


class Element(NamedTuple):
    """A row of the annex: how a part of an official paper is set."""

    number: str
    name: str
    case: str
    size: str  # points, may be a range: 14-15
    style: str


MARGINS = Definition(
    "papers.margins",
    "Lề trang văn bản",
    "Khổ A4, mặt trước.",
    Margins(),
    Kind.PROVINCE,
)
MIRRORED = Definition(
    "papers.mirrored",
    "Đổi lề trái, phải ở mặt sau",
    "Khi in hai mặt.",
    YesNo("có đổi", "không đổi"),
    Kind.PROVINCE,
)
SIZE = Definition(
    "papers.size",
    "Khổ giấy",
    "Một số giấy tờ nhỏ dùng A5.",
    Choice({"A4": "A4 (210 × 297 mm)", "A5": "A5 (148 × 210 mm)"}),
    Kind.PROVINCE,
)
NUMBERED_FROM = Definition(
    "papers.page_number.from_page",
    "Đánh số trang từ trang thứ",
    "Chữ số Ả Rập, giữa mép trên.",
    Whole(least=1, most=9, before="trang"),
    Kind.PROVINCE,
)
NUMBER_AT = Definition(
    "papers.page_number.from_top",
    "Số trang cách mép trên",
    "Đo đến số trang.",
    Millimetres(),
    Kind.PROVINCE,
)
ELEMENTS = Definition(
    "papers.elements",
    "Cỡ chữ, kiểu chữ của các thành phần thể thức",
    "Phông Times New Roman, cỡ chữ tính bằng point.",
    Table(
        Element,
        labels={
            "number": "Số thứ tự",
            "name": "Thành phần",
            "case": "Loại chữ",
            "size": "Cỡ chữ",
            "style": "Kiểu chữ",
        },
        words=lambda row: f"{row.number}. {row.name}: {row.case}, cỡ {row.size}, {row.style}",
        most=28,
    ),
    Kind.PROVINCE,
)
TYPES = Definition(
    "papers.types",
    "Thể loại văn bản của Đảng",
    "Danh mục để chọn khi ghi văn bản.",
    TextList(most=60),
)
NUMBERED_BY = Definition(
    "papers.numbered_by",
    "Số văn bản chạy liên tục theo",
    "Mỗi thể loại một dãy số riêng, bắt đầu từ 01.",
    Choice({"term": "nhiệm kỳ cấp ủy", "year": "năm"}),
    Kind.PROVINCE,
)
SUBJECT = Subject(
    "the-thuc",
    "Thể thức văn bản",
    (MARGINS, MIRRORED, SIZE, NUMBERED_FROM, NUMBER_AT, ELEMENTS, TYPES, NUMBERED_BY),
    DEFAULTS / "papers.toml",
)
