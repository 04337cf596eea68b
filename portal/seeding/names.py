"""Invented Vietnamese names, as often as such names really are: one person in three is a Nguyễn."""

from random import Random

FAMILY = {
    "Nguyễn": 315, "Trần": 109, "Lê": 89, "Phạm": 59, "Hoàng": 40, "Vũ": 30, "Phan": 28, "Trương": 22, "Bùi": 21,
    "Đặng": 21, "Đỗ": 19, "Ngô": 17, "Hồ": 15, "Dương": 14, "Đinh": 10, "Đoàn": 9, "Lâm": 8, "Mai": 7, "Trịnh": 7,
    "Đào": 7, "Cao": 6, "Lý": 6, "Hà": 6, "Lương": 6, "Thái": 5, "Châu": 5, "Tạ": 4, "Phùng": 4, "Tô": 4, "Vương": 4,
    "Nông": 8, "Lò": 6, "Vàng": 4, "Giàng": 4, "Quàng": 3, "Lường": 3, "Triệu": 5, "Ma": 3,
}  # fmt: skip
MIDDLE = {
    "nam": {"Văn": 40, "Đức": 10, "Quang": 8, "Hữu": 8, "Minh": 7, "Xuân": 6, "Đình": 6, "Công": 5, "Thanh": 5, "Trọng": 4,
            "Anh": 4, "Quốc": 4, "Ngọc": 4, "Duy": 3, "Mạnh": 3, "Tiến": 3, "Bá": 2},
    "nữ": {"Thị": 60, "Thu": 6, "Ngọc": 6, "Thanh": 5, "Minh": 4, "Thùy": 4, "Kim": 4, "Phương": 4, "Bích": 3, "Hồng": 3,
           "Mai": 2, "Diệu": 2, "Quỳnh": 2, "": 2},
}  # fmt: skip
# Given names of those born before 1970, and after.
GIVEN = {
    ("nam", "trước"): ("Hùng Dũng Sơn Thắng Bình Hải Long Tâm Thành Phúc Lộc Thọ Khánh Chiến Kháng Tiến Vinh Quý Cường "
                       "Hòa Định Thịnh Bảo Sinh Chung Toàn Nhân Nghĩa Trung"),
    ("nam", "sau"): ("Tuấn Anh Minh Hoàng Đức Nam Huy Kiên Hiếu Quân Đạt Việt Tùng Phong Khoa Trường Thái Linh Hưng Khôi "
                     "Duy Bách Công Giang Lâm Tú Vũ Thông Quyết Hậu"),
    ("nữ", "trước"): ("Lan Hoa Hồng Cúc Mai Hòa Bình Thơm Hạnh Nga Tuyết Liên Loan Hiền Nhàn Sen Xuân Thu Đào Lý Tâm Thảo "
                      "Vân Yến Phượng Nguyệt Oanh Minh Dung Hợi"),
    ("nữ", "sau"): ("Hương Trang Linh Thảo Phương Ngọc Anh Hà Huyền Thủy Quỳnh Nhung My Chi Hằng Giang Dung Trinh Vy "
                    "Thư Diễm Mơ Nhi Uyên Thanh Duyên Yên Hiếu Châu"),
}  # fmt: skip


def invent_name(random: Random, *, sex: str, born: int) -> str:
    family = _drawn(random, FAMILY)
    middle = _drawn(random, MIDDLE[sex])
    given = random.choice(GIVEN[sex, "trước" if born < 1970 else "sau"].split())
    return " ".join(filter(None, [family, middle, given]))


def _drawn(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]
