"""What people write in a cell, read as what the record holds; and written back the same way."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from members.models import Education, Precision, Sex, State, Theory
from portal.words.text import search_key

QUOTED = 40
NEUTRALISED = re.compile(r"\A['’](?=[=+\-@\t])")  # our own sheets put it before what Excel would calculate
_BETWEEN_DIGITS = dict.fromkeys(map(ord, " .-()"))
_QUOTES = ("'", "’")
_DAY = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_YEAR = re.compile(r"(19|20)\d\d")
_EXCEL_DAY = re.compile(r"\d{5}")  # a day whose cell has lost its format: so many days since 30/12/1899
_DIGIT = re.compile(r"\d")
_EARLIEST = date(1900, 1, 1)


def as_meant(text: str) -> str:
    """Without what our own sheets put before it."""
    return NEUTRALISED.sub("", text) if text.startswith(_QUOTES) else text


class Unreadable(ValueError):
    """What stands in the cell means nothing here; the sentence says what would."""


@lru_cache(maxsize=60_000)
def read_day(text: str) -> date:
    day, known_to = read_known_day(text)
    if known_to != Precision.DAY:
        raise Unreadable(f"“{text[:QUOTED]}” chưa đủ ngày, tháng, năm.")
    return day


@lru_cache(maxsize=60_000)
def read_known_day(text: str) -> tuple[date, Precision]:
    """05/12/1960, 5.12.1960, 12/1960, 1960: as far as it is known, the rest is the first."""
    plain = text.strip().removeprefix("'")
    if found := _DAY.fullmatch(plain):
        return _day(found[3], found[2], found[1], text), Precision.DAY
    if found := _ISO.fullmatch(plain):
        return _day(*found.groups(), text), Precision.DAY
    if found := _MONTH.fullmatch(plain):
        return _day(found[2], found[1], "1", text), Precision.MONTH
    if _YEAR.fullmatch(plain):
        return _day(plain, "1", "1", text), Precision.YEAR
    if _EXCEL_DAY.fullmatch(plain):
        return date(1899, 12, 30) + timedelta(days=int(plain)), Precision.DAY
    raise Unreadable(f"“{text[:QUOTED]}” không phải ngày. Hãy ghi như 05/12/1960, 12/1960 hoặc 1960.")


def _day(year: str, month: str, day: str, text: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(f"Không có ngày “{text[:QUOTED]}” trong lịch.") from None
    if found < _EARLIEST:
        raise Unreadable(f"“{text[:QUOTED]}” sớm hơn năm 1900.")
    return found


def read_phone(text: str) -> str:
    """Excel takes a telephone number for a number, and its first zero away."""
    digits = text.lstrip("'’+ ").translate(_BETWEEN_DIGITS)
    if not (digits.isascii() and digits.isdigit()):
        raise Unreadable(f"“{text[:QUOTED]}” không phải số điện thoại.")
    if not digits.startswith("0"):
        digits = "0" + (digits[2:] if len(digits) == 11 and digits.startswith("84") else digits)
    if len(digits) not in (10, 11):
        raise Unreadable(f"“{text[:QUOTED]}” không đủ 10 hoặc 11 chữ số.")
    return digits


def read_months(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 1_200):
        raise Unreadable(f"“{text[:QUOTED]}” không phải số tháng.")
    return int(text)


def read_card(text: str) -> str:
    card = " ".join(text.upper().split())
    if len(card) > 20:
        raise Unreadable("Số thẻ dài quá 20 ký tự.")
    return card


def read_name(text: str) -> str:
    """Sheets shout names; a record does not."""
    if len(text) > 120:
        raise Unreadable("Họ và tên dài quá 120 ký tự.")
    if len(search_key(text).split()) < 2 or _DIGIT.search(text):
        raise Unreadable(f"“{text[:QUOTED]}” chưa đủ là họ và tên.")
    return text.title() if text.isupper() else text


def _choice(what: str, labels: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> Callable[[str], str]:
    """The first value of which one word stands in the text: the highest stands first."""
    own = {search_key(label): value for value, label in labels.items() if value}
    patterns = {value: re.compile(rf"\b({'|'.join(said)})\b") for value, said in words.items()}
    said = "; ".join(label for value, label in labels.items() if value)

    @lru_cache(maxsize=2_000)
    def read(text: str) -> str:
        key = search_key(text)
        if key in own:
            return own[key]
        for value, pattern in patterns.items():
            if pattern.search(key):
                return value
        raise Unreadable(f"{what} “{text[:QUOTED]}” chưa hiểu. Ghi một trong: {said}.")

    return read


read_sex = _choice("Giới tính", dict(Sex.choices), {Sex.FEMALE: ("nu", "gai"), Sex.MALE: ("nam", "trai")})
read_education = _choice(
    "Trình độ",
    dict(Education.choices),
    {
        Education.POSTGRADUATE: ("thac si", "thac sy", "tien si", "tien sy", "sau dai hoc", "cao hoc", "ths", "ts"),
        Education.UNIVERSITY: ("dai hoc", "dh", "cu nhan", "ky su", "ki su", "bac si", "bac sy"),
        Education.COLLEGE: ("cao dang", "cd"),
        Education.VOCATIONAL: ("trung cap", "so cap", "tc", "nghe", "trung hoc chuyen nghiep", "thcn"),
        Education.UPPER: ("thpt", "trung hoc pho thong", "cap 3", "cap iii", "10 10", "12 12", r"(10|11|12) 12", "12"),
        Education.LOWER: ("thcs", "trung hoc co so", "cap 2", "cap ii", r"[6-9] 12", r"[5-9] 10"),
        Education.PRIMARY: ("tieu hoc", "cap 1", "cap i", r"[1-5] 12", r"[1-4] 10"),
    },
)
read_theory = _choice(
    "Lý luận chính trị",
    dict(Theory.choices),
    {
        Theory.ADVANCED: ("cao cap", "cu nhan", "cc"),
        Theory.INTERMEDIATE: ("trung cap", "tc"),
        Theory.BASIC: ("so cap", "sc"),
        Theory.NONE: ("chua", "khong"),
    },
)
read_state = _choice(
    "Tình trạng",
    {value: label for value, label in State.choices if value not in State.reliefs()},
    {
        State.PROBATIONARY: ("du bi", "dvdb", "db"),
        State.FULL: ("chinh thuc", "dvct", "ct", "dang sinh hoat"),
        State.DIED: ("tu tran", "chet", "mat"),
        State.MOVED_AWAY: ("chuyen di", "chuyen sinh hoat"),
        State.EXPELLED: ("khai tru",),
        State.STRUCK_OFF: ("xoa ten",),
        State.LEFT: ("xin ra",),
    },
)
read_relief = _choice(
    "Miễn, hoãn",
    {value: label for value, label in State.choices if value in State.reliefs()},
    {State.EXEMPT: ("mien", "duoc mien"), State.DEFERRED: ("hoan", "tam hoan")},
)


def written_day(day: date | None, known_to: str = Precision.DAY) -> str:
    if day is None:
        return ""
    return {Precision.MONTH: f"{day:%m/%Y}", Precision.YEAR: f"{day:%Y}"}.get(
        Precision(known_to or "day"), f"{day:%d/%m/%Y}"
    )
