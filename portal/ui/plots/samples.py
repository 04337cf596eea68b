"""What the style guide draws: invented places and figures, every tone and every state once."""

from datetime import date

from portal.ui.plots.bars import Bar
from portal.ui.plots.grid import Cell, Foot, Line
from portal.ui.plots.stacked import Part
from portal.ui.plots.strip import Dot
from portal.ui.plots.tiles import NO_BAND, Tile

_SHARES = [86.4, 87.6, 88.1, 89.2, 90, 90, 91.1, 91.9, 92, 92.4, 92.9, 92.9, 93, 93.3, 94, 94.8, 95.9, 96.3, 96.9, 97.1]
_FULL = [96.3, 96.8, 97.6, 98.8, 98.8, 99.1, 99.4, *[100] * 13]
_PLACES = ["Tân Giang", "Kim Tân", "Lê Lợi", "Yên Thịnh", "Minh Khai", "Phú Lương", "Quảng Lãng", "Hồng Hà", "Bình Khê"]
_NEAR, _BANDS = 3, (95, 92, 89)


def _tone(share: float, goal: float) -> str:
    return "ok" if share >= goal else "warn" if share >= goal - _NEAR else "bad"


def _said(share: float) -> str:
    return f"{share:.1f}\u00a0%".replace(".", ",")


def _dots(shares: list[float], goal: float, url: str = "") -> list[Dot]:
    return [
        Dot(share, _tone(share, goal), _PLACES[place % len(_PLACES)], _said(share), url)
        for place, share in enumerate(shares)
    ]


def _band(share: float) -> int:
    return next((place for place, least in enumerate(_BANDS) if share >= least), len(_BANDS))


_STATES = ["met", "late", "met", "missed", "met", "met", "met", "met", "met", "drafting", "planned", "none"]
_MET = [92, 86, 100, None, 83, 97, 91, 88, 94, None, None, None]
_CELLS = [
    Cell(state, share, "Tốt" if share and share > 90 else "Khá", date(2026, 11, 20))
    for state, share in zip(_STATES, _MET, strict=True)
]

PLOTS = {
    "dots": _dots(_SHARES, 90, "#tranh"),
    "full": _dots(_FULL, 100),
    "here": [*_dots(_SHARES[:12], 90), Dot(93.4, "ok", "Chi bộ của đồng chí", _said(93.4), here=True)],
    "crowd": _dots([*_FULL * 4, *[100] * 60], 100),
    "bars": [
        Bar("Chi bộ sinh hoạt thường kỳ hằng tháng", 98.8, "158/160 (98,8\u00a0%)", "warn", 100, "Thiếu 2 kỳ"),
        Bar("Buổi họp đủ nội dung, đúng quy trình", 100, "158/158 (100\u00a0%)", "ok", 100, "Đạt"),
        Bar("Đảng viên dự sinh hoạt", 82.9, "317/382 (82,9\u00a0%)", "bad", 90, "Chưa đạt"),
    ],
    "counts": [Bar("Chỉ thị 05-CT/TU", 7, "7 việc", "bad"), Bar("Kế hoạch 12-KH/ĐU", 3, "3 việc", "bad")],
    "parts": [
        Part("Đúng hạn", 132, "ok"),
        Part("Họp muộn", 20, "warn"),
        Part("Không họp", 4, "bad"),
        Part("Đang ghi", 2, "info"),
        Part("Chưa đến", 0, "mute"),
    ],
    "tiles": [
        *(Tile(name, _said(97 - 1.3 * place), _band(97 - 1.3 * place), "#tranh") for place, name in enumerate(_PLACES)),
        Tile("Liên Mạc", "–", NO_BAND),
    ],
    "bands": ["từ 95\u00a0%", "từ 92\u00a0%", "từ 89\u00a0%", "dưới 89\u00a0%"],
    "lines": [
        Line("Thôn Cầu Đá", _CELLS, "22 đảng viên", _said(88.4)),
        Line("Trạm Y tế", _CELLS[::-1], "12 đảng viên", _said(92.9)),
    ],
    "columns": [f"T{month}" for month in range(1, 13)],
    "foot": Foot("Họp đúng hạn", [*["2/2"] * 11, ""]),
}
