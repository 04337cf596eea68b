"""By what the portal sees that an obligation is kept, as the files of the library name it: `duty:hop-thuong-ky`, `hand`.

An indicator measures it, a duty reminds of it, a rule holds its number, a guard refuses the contrary; the cascade gives it
out and follows it; reviews and inspections are opened for it. What comes with a later part of the portal says with which.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from branches.rules.registry import UnknownRule, definition_of
from portal.duties.rules import duty_named
from portal.indicators.registry import indicator


class Way(StrEnum):
    INDICATOR = "indicator"
    DUTY = "duty"
    RULE = "rule"
    GUARD = "guard"
    CASCADE = "cascade"
    REVIEW = "review"
    INSPECTION = "inspection"
    REPORT = "report"
    LATER = "later"
    HAND = "hand"


ALONE = (Way.CASCADE, Way.REVIEW, Way.INSPECTION, Way.HAND)  # they need no code behind them
PATTERN = r"(?:(?:indicator|duty|rule|guard|report|later):[a-z0-9_.-]+|cascade|review|inspection|hand)"
_OVER = {
    Way.INDICATOR: "Cổng tự đo",
    Way.DUTY: "Cổng tự nhắc",
    Way.RULE: "Quy định",
    Way.GUARD: "Cổng không cho làm trái",
    Way.CASCADE: "Giao việc",
    Way.REVIEW: "Sơ kết, tổng kết",
    Way.INSPECTION: "Kiểm tra, giám sát",
    Way.REPORT: "Báo cáo, sẽ có",
    Way.LATER: "Sẽ có",
    Way.HAND: "Ghi tay",
}
_ALONE_WORDS = {
    Way.CASCADE: "giao cho nơi làm, có hạn và minh chứng",
    Way.REVIEW: "mở đợt trong cổng, số liệu tự tổng hợp",
    Way.INSPECTION: "đưa vào chương trình hằng năm",
    Way.HAND: "cổng chưa có dữ liệu để đo",
}
GUARDS = {"secret-papers": "văn bản mật chỉ đăng ký số, không nhận nội dung và tệp"}
REPORTS = {
    "directive.progress": "tiến độ thực hiện một văn bản",
    "directive.summary": "kết quả thực hiện một văn bản trong kỳ",
    "figures.by_area": "số liệu tổ chức đảng, đảng viên theo địa bàn",
    "visits.visitor": "kết quả dự sinh hoạt của cấp ủy viên",
    "visits.host": "cấp ủy viên về dự sinh hoạt trong năm",
    "visits.summary": "tổng hợp việc dự sinh hoạt của cấp ủy viên",
}
COMPOSED = "Báo cáo, cổng soạn sẵn"
_composed: set[str] = set()  # those of REPORTS that there are by now
LATER = {
    "evaluation": "kiểm điểm, đánh giá, xếp loại hằng năm",
    "growth": "tạo nguồn, kết nạp và công nhận đảng viên",
    "pilots": "chi bộ điểm",
    "visits": "cấp ủy viên dự sinh hoạt chi bộ",
}


@dataclass(frozen=True)
class Keeper:
    way: Way
    code: str = ""

    @classmethod
    def of(cls, written: str) -> "Keeper":
        way, _, code = written.partition(":")
        return cls(Way(way), code)

    @property
    def name(self) -> str:
        """What it is called; empty where the portal knows nothing of this name."""
        if self.way in ALONE:
            return _ALONE_WORDS[self.way]
        if self.way == Way.INDICATOR:
            found = indicator(self.code)
            return _small(found.name) if found else ""
        if self.way == Way.DUTY:
            duty = duty_named(self.code)
            return _small(duty.title) if duty else ""
        if self.way == Way.RULE:
            return _small(_rule_label(self.code))
        return {Way.GUARD: GUARDS, Way.REPORT: REPORTS, Way.LATER: LATER}[self.way].get(self.code, "")

    @property
    def is_rule(self) -> bool:
        """It has a page for every organisation: the value that holds there."""
        return self.way == Way.RULE


@dataclass(frozen=True)
class Answer:
    """A line beneath an obligation: Cổng tự nhắc: họp thường kỳ."""

    over: str
    keepers: tuple[Keeper, ...]


def answers(written: Iterable[str]) -> list[Answer]:
    """By way, in the order of Way; those that the portal does not know say nothing."""
    keepers = [keeper for one in written if (keeper := Keeper.of(one)).name]
    by_words: dict[str, list[Keeper]] = {}
    for one in sorted(keepers, key=lambda one: list(Way).index(one.way)):
        by_words.setdefault(_over(one), []).append(one)
    return [Answer(over, tuple(found)) for over, found in by_words.items()]


def publish_reports(names: Iterable[str]) -> None:
    """The app that composes them says which there are."""
    _composed.update(names)


def _over(keeper: Keeper) -> str:
    return COMPOSED if keeper.way == Way.REPORT and keeper.code in _composed else _OVER[keeper.way]


def is_well_written(written: str) -> bool:
    return re.fullmatch(PATTERN, written) is not None


def _rule_label(key: str) -> str:
    try:
        return definition_of(key).label
    except UnknownRule:
        return ""


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
