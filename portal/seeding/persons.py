"""Invented members of the Party: sensible ages and dates, ethnicities that go with the names, and a few careless records."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from branches.models import BranchType
from members.models import Education, Member, Precision, Sex, Theory
from members.party_age import months_later
from portal.seeding.names import invent_name

ETHNICITIES = {
    "Nông": "Tày", "Ma": "Tày", "Lường": "Thái", "Lò": "Thái", "Quàng": "Thái", "Vàng": "Mông", "Giàng": "Mông",
    "Triệu": "Dao",
}  # fmt: skip
THEORIES = {Theory.NONE: 8, Theory.BASIC: 56, Theory.INTERMEDIATE: 29, Theory.ADVANCED: 4, Theory.UNKNOWN: 3}
SCHOOLS = {
    Education.PRIMARY: 3, Education.LOWER: 18, Education.UPPER: 34, Education.VOCATIONAL: 14, Education.COLLEGE: 9,
    Education.UNIVERSITY: 19, Education.POSTGRADUATE: 2, Education.UNKNOWN: 1,
}  # fmt: skip
JOBS = {
    BranchType.OFFICE: ["Cán bộ xã", "Công chức xã"],
    BranchType.SCHOOL: ["Giáo viên", "Giáo viên", "Nhân viên trường học"],
    BranchType.HEALTH: ["Bác sĩ", "Y sĩ", "Điều dưỡng"],
    BranchType.POLICE: ["Công an"],
    BranchType.MILITARY: ["Quân nhân", "Cán bộ quân sự xã"],
}
VILLAGE_JOBS = ["Làm nông nghiệp", "Làm nông nghiệp", "Buôn bán", "Thợ xây", "Công nhân", "Chăn nuôi"]
RETIRED_FROM = 61
PROBATIONERS, CARELESS = 0.035, 0.006  # shares of all


@dataclass(frozen=True)
class Place:
    """Where the member belongs, as far as the record speaks of it."""

    branch_type: str
    residence: str
    commune: str


def invent_member(random: Random, today: date, place: Place, *, number: int, full_name: str = "") -> Member:
    new = random.random() < PROBATIONERS and not full_name
    born = _born(random, today, young=new)
    sex = _sex_of(full_name) if full_name else random.choices([Sex.MALE, Sex.FEMALE], [58, 42])[0]
    name = full_name or invent_name(random, sex="nam" if sex == Sex.MALE else "nữ", born=born.year)
    admitted = _admitted(random, today, born, new=new)
    official = months_later(admitted, 12)
    member = Member(
        full_name=name,
        sex=sex,
        born_on=born,
        born_known_to=Precision.DAY,
        ethnicity=ETHNICITIES.get(name.split()[0], "Kinh"),
        home=place.commune,
        residence=place.residence,
        phone=f"09{random.randrange(10**8):08}" if random.random() < 0.93 else "",
        job=_job(random, place, today.year - born.year),
        education=_drawn(random, SCHOOLS),
        theory=_drawn(random, THEORIES),
        admitted_on=admitted,
        decided_on=admitted - timedelta(days=random.randint(4, 24)),
        official_on=official if official <= today else None,
        card_number=f"{number:08}" if official <= today else None,
        months_not_counted=random.choice([6, 12, 18]) if random.random() < 0.01 else 0,
    )
    _as_old_books_have_it(random, member)
    return member


def _born(random: Random, today: date, *, young: bool) -> date:
    oldest, youngest = (today.year - 40, today.year - 20) if young else (today.year - 88, today.year - 22)
    year = round(random.triangular(oldest, youngest, today.year - (27 if young else 50)))
    return date(year, random.randint(1, 12), random.randint(1, 28))


def _admitted(random: Random, today: date, born: date, *, new: bool) -> date:
    if new:
        return today - timedelta(days=random.randint(5, 350))
    latest = months_later(today, -13)
    earliest = months_later(born, 18 * 12 + 30)
    age = random.triangular(20, 48, 27)
    wanted = months_later(born, round(age * 12)) + timedelta(days=random.randint(0, 27))
    return max(earliest, min(wanted, latest)) if earliest < latest else latest


def _job(random: Random, place: Place, age: int) -> str:
    if age >= RETIRED_FROM:
        return "Hưu trí" if random.random() < 0.6 else "Làm nông nghiệp"
    return random.choice(JOBS.get(BranchType(place.branch_type), VILLAGE_JOBS))


def _as_old_books_have_it(random: Random, member: Member) -> None:
    """Of the old often the year alone is known; here and there something is missing, or cannot be right."""
    if member.born_on and member.born_on.year < 1955 and random.random() < 0.15:
        member.born_on, member.born_known_to = date(member.born_on.year, 1, 1), Precision.YEAR
    fate = random.random()
    if fate < CARELESS:
        member.born_on = None
    elif fate < 2 * CARELESS:
        member.decided_on = None
    elif fate < 3 * CARELESS and member.admitted_on and member.official_on:
        member.official_on = months_later(member.admitted_on, 6)


def _sex_of(full_name: str) -> Sex:
    return Sex.FEMALE if " Thị " in f" {full_name} " else Sex.MALE


def _drawn(random: Random, weights: dict) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]
