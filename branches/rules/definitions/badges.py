from decimal import Decimal
from typing import NamedTuple

from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Money, Months, Table, Unfit, WholeList, YesNo
from branches.rules.shapes.days import YearDay, year_day
from portal.words.quantities import number


class Reward(NamedTuple):
    """Money that goes with a badge: so many times the base salary. None: nobody found the factor."""

    years: int
    factor: Decimal | None


def _reward_words(row: Reward) -> str:
    return f"{row.years} năm: {number(row.factor)} lần" if row.factor is not None else f"{row.years} năm: chưa rõ"


def _days_exist(rows: tuple[YearDay, ...]) -> str:
    try:
        for row in rows:
            year_day(f"{row.day}/{row.month}", field="")
    except Unfit as refusal:
        return refusal.sentence
    return ""


YEARS = Definition(
    "badge.years",
    "Các mức Huy hiệu Đảng",
    "Số năm tuổi Đảng.",
    WholeList("năm", least=1, most=120),
)
AWARD_DAYS = Definition(
    "badge.award_days",
    "Các đợt trao Huy hiệu Đảng trong năm",
    "Đảng viên đủ tuổi Đảng nhận ở đợt gần nhất.",
    Table(
        YearDay,
        labels={"day": "Ngày", "month": "Tháng"},
        words=lambda row: f"ngày {row.words}",
        together=_days_exist,
    ),
)
REWARDS = Definition(
    "badge.rewards",
    "Tiền thưởng kèm Huy hiệu Đảng",
    "Số lần mức lương cơ sở.",
    Table(
        Reward,
        labels={"years": "Số năm tuổi Đảng", "factor": "Số lần lương cơ sở"},
        words=_reward_words,
        most=16,
    ),
)
BASE_SALARY = Definition(
    "badge.base_salary",
    "Mức lương cơ sở",
    "Dùng để tính tiền thưởng kèm Huy hiệu Đảng.",
    Money(),
)
EARLY = Definition(
    "badge.early.months",
    "Xét tặng sớm cho người bệnh nặng",
    "Sớm nhất trước bao nhiêu tháng.",
    Months(most=24),
)
DISCIPLINE = Definition(
    "badge.discipline_deducted",
    "Trừ thời gian kỷ luật khi tính tuổi Đảng",
    "Khi xét tặng Huy hiệu.",
    YesNo("có trừ", "không trừ"),
)
SUBJECT = Subject(
    "huy-hieu",
    "Huy hiệu Đảng",
    (YEARS, AWARD_DAYS, REWARDS, BASE_SALARY, EARLY, DISCIPLINE),
    DEFAULTS / "badges.toml",
)
