"""Papers for tests: of everything a little."""

from datetime import date

from portal.papers.content import Column, Heading, Note, PageBreak, Paper, Points, Signer, Table, Text, Title
from portal.papers.form import Face, Form

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
OFFICIAL = Form(
    faces=(
        ("1", Face(15, 15, upper=True, bold=True)),
        ("2a", Face(14, 14, upper=True)),
        ("2b", Face(14, 14, upper=True, bold=True)),
        ("3", Face(14, 14)),
        ("4", Face(14, 14, italic=True)),
        ("5a", Face(15, 16, upper=True, bold=True)),
        ("5b", Face(14, 15, bold=True)),
        ("6", Face(14, 15)),
        ("6d", Face(14, 15, upper=True, bold=True)),
        ("6e", Face(14, 15, bold=True)),
        ("7a", Face(14, 14, upper=True, bold=True)),
        ("7b", Face(14, 14, upper=True)),
        ("7c", Face(14, 14, bold=True)),
        ("9a", Face(14, 14, underlined=True)),
        ("9b", Face(12, 12)),
        ("9c", Face(14, 14, italic=True)),
        ("10", Face(13, 14, upper=True, bold=True, boxed=True)),
    )
)
HEADING = Heading("Chi bộ thôn Đông", "Đảng bộ xã Phú Lương", "Số 01-NQ/CB", "Phú Lương", date(2026, 2, 3))


def a_paper(*blocks, **facts) -> Paper:
    usual = {
        "type": "Nghị quyết",
        "abstract": "về nhiệm vụ tháng 3",
        "signers": (Signer("T/M chi bộ", "Bí thư", "Lò Văn Thịnh"),),
        "recipients": ("Đảng ủy xã Phú Lương (để báo cáo)", "Lưu chi bộ"),
    }
    return Paper(heading=HEADING, blocks=blocks or (Text("Nội dung."),), **(usual | facts))


def of_everything() -> Paper:
    table = Table(
        (Column("TT", 12, "center"), Column("Việc"), Column("Tiền", 30, "right")),
        (("1", "Sửa cầu", "1.200"), ("2", "Dọn kênh", "300"), ("", "Cộng", "1.500")),
        caption="Bảng 1. Việc",
        sums=True,
    )
    return a_paper(
        Title("I. Mở đầu"), Text("Dòng một.\nDòng hai.", lead="Thời gian:"), Title("1. Việc", level=2),
        Points(("Ý một", "Ý hai")), table, Note("Ghi chú."), PageBreak(), Title("a) Nhỏ", level=3), Text("Cuối."),
        addressee="Đảng ủy xã", draft="Dự thảo",
    )  # fmt: skip
