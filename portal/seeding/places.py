"""Invented places and organisations: a province, its communes, their branches."""

from random import Random

from branches.models import BranchType

PROVINCE = "Tỉnh ủy Thanh Bình"
FIRST = "Phú Tân Đông Nam Bắc Tây Long Hòa Bình An Vĩnh Mỹ Thạch Cẩm Ngọc Xuân Sơn Thủy Trung Yên".split()
SECOND = "Lương Hòa Thượng Hạ Phong Lâm Sơn Thịnh Giang Khê Trạch Hải Minh Tiến Lộc Thành Cường Phú Hưng Đức".split()
WARDS = 4  # one commune in so many is a ward, with neighbourhoods in the place of villages
KINDS_OF_BRANCH = ["cơ quan Đảng ủy", "Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế", "Công an", "Quân sự"]

TYPES = {
    "thôn": BranchType.VILLAGE, "tổ dân phố": BranchType.NEIGHBOURHOOD, "cơ quan": BranchType.OFFICE,
    "Trường": BranchType.SCHOOL, "Trạm Y tế": BranchType.HEALTH, "Công an": BranchType.POLICE,
    "Quân sự": BranchType.MILITARY,
}  # fmt: skip


def type_of(branch: str) -> BranchType:
    named = branch.removeprefix("Chi bộ ")
    return next(kind for start, kind in TYPES.items() if named.startswith(start))


def commune_names(random: Random, count: int) -> list[str]:
    pairs = [f"{first} {second}" for first in FIRST for second in SECOND if first != second]
    drawn = random.sample(pairs, count)
    kinds = ["phường" if number % WARDS == WARDS - 1 else "xã" for number in range(count)]
    return [f"Đảng ủy {kind} {name}" for kind, name in zip(kinds, drawn, strict=True)]


def branch_names(random: Random, commune: str, count: int) -> list[str]:
    """Most branches are those of villages; the commune's offices, schools and health station have one each."""
    offices = [f"Chi bộ {kind} {commune.removeprefix('Đảng ủy ')}" for kind in KINDS_OF_BRANCH][: count // 3]
    unit = "tổ dân phố" if " phường " in commune else "thôn"
    pairs = random.sample([f"{first} {second}" for first in FIRST for second in SECOND], count - len(offices))
    return [*(f"Chi bộ {unit} {name}" for name in pairs), *offices]
