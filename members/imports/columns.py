"""The columns of a sheet of members: what each is called, by what words people call it, how a cell is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from members.imports import values
from portal.files.sheets.headings import Column


@dataclass(frozen=True)
class Asked:
    """`words`: without tones, as search_key writes them; `most`: letters the record holds."""

    title: str
    words: tuple[str, ...]
    read: Callable[[str], Any] = str
    most: int = 0
    width: int = 16
    in_form: bool = True


# In the order in which the official form has them.
COLUMNS: Mapping[str, Asked] = MappingProxyType({
    "full_name": Asked("Họ và tên", ("ho va ten", "ho ten", "ho va ten khai sinh", "ho va ten dang vien", "ten dang vien"), values.read_name, width=28),
    "family": Asked("Họ", ("ho", "ho dem", "ho va dem", "ho va ten dem", "ho lot", "ho chu dem"), in_form=False),
    "given": Asked("Tên", ("ten", "ten goi"), in_form=False),
    "born_on": Asked("Ngày sinh", ("ngay sinh", "ngay thang nam sinh", "nam sinh", "sinh ngay", "ns"), values.read_known_day),
    "male": Asked("Ngày sinh, cột Nam", ("nam", "ngay sinh nam", "ngay thang nam sinh nam", "nam sinh nam", "gioi tinh nam"), in_form=False),
    "female": Asked("Ngày sinh, cột Nữ", ("nu", "ngay sinh nu", "ngay thang nam sinh nu", "nam sinh nu", "gioi tinh nu"), in_form=False),
    "sex": Asked("Giới tính", ("gioi tinh", "nam nu", "gioi", "phai"), values.read_sex, width=11),
    "card_number": Asked("Số thẻ đảng viên", ("so the", "so the dang", "so the dang vien", "so tdv", "the dang", "the dang vien", "ma the", "so ll", "so ly lich", "so ly lich dang vien", "so sll"), values.read_card),
    "branch": Asked("Chi bộ", ("chi bo", "ten chi bo", "chi bo sinh hoat", "to chuc dang", "noi sinh hoat", "chi bo dang sinh hoat", "sinh hoat tai"), width=28),
    "branch_code": Asked("Mã chi bộ", ("ma chi bo", "ma to chuc", "ma to chuc dang", "ma tcd"), width=13),
    "joined_on": Asked("Ngày về chi bộ", ("ngay ve chi bo", "ngay chuyen den", "chuyen den ngay", "ngay den", "sinh hoat tu ngay"), values.read_day),
    "state": Asked("Tình trạng", ("tinh trang", "trang thai", "dang vien chinh thuc du bi", "chinh thuc du bi", "loai dang vien", "tinh trang dang vien"), values.read_state),
    "relief": Asked("Miễn, hoãn", ("mien hoan", "mien sinh hoat", "mien cong tac va sinh hoat", "mien hoan sinh hoat", "mien cong tac sinh hoat dang"), values.read_relief, width=26),
    "admitted_on": Asked("Ngày kết nạp", ("ngay ket nap", "ngay vao dang", "ngay vao dang du bi", "vao dang ngay", "ket nap", "ngay ket nap dang", "ngay vao dang ket nap", "ngay vao dang lan dau", "du bi", "ngay du bi", "ngay le ket nap"), values.read_day),
    "decided_on": Asked("Ngày quyết định kết nạp", ("ngay quyet dinh ket nap", "ngay quyet dinh", "quyet dinh ket nap", "ngay qd ket nap", "ngay qd"), values.read_day, width=24),
    "official_on": Asked("Ngày chính thức", ("ngay chinh thuc", "ngay vao dang chinh thuc", "chinh thuc", "chinh thuc ngay", "ngay cong nhan chinh thuc", "ngay cong nhan dang vien chinh thuc"), values.read_day),
    "ethnicity": Asked("Dân tộc", ("dan toc",), most=40, width=11),
    "religion": Asked("Tôn giáo", ("ton giao",), most=60, width=12),
    "home": Asked("Quê quán", ("que quan", "nguyen quan", "que"), most=200, width=30),
    "residence": Asked("Nơi ở", ("noi o", "noi o hien nay", "noi cu tru", "cho o", "cho o hien nay", "dia chi", "thuong tru", "noi thuong tru", "dia chi thuong tru", "ho khau thuong tru", "noi dang ky thuong tru", "cu tru"), most=200, width=30),
    "phone": Asked("Số điện thoại", ("so dien thoai", "dien thoai", "sdt", "so dt", "di dong", "dt", "so dien thoai lien he"), values.read_phone),
    "job": Asked("Nghề nghiệp", ("nghe nghiep", "cong viec", "nghe nghiep hien nay", "cong viec hien nay", "don vi cong tac", "nghe nghiep chuc vu"), most=120, width=22),
    "education": Asked("Trình độ", ("trinh do", "hoc van", "trinh do hoc van", "trinh do van hoa", "trinh do chuyen mon", "chuyen mon", "van hoa", "trinh do chuyen mon nghiep vu", "giao duc pho thong"), values.read_education),
    "theory": Asked("Lý luận chính trị", ("ly luan chinh tri", "trinh do ly luan chinh tri", "trinh do ly luan", "llct", "ly luan", "trinh do llct", "trinh do chinh tri"), values.read_theory),
    "months_not_counted": Asked("Số tháng không tính tuổi đảng", ("so thang khong tinh tuoi dang", "thang khong tinh tuoi dang"), values.read_months, width=30),
})  # fmt: skip
FORM = {name: column for name, column in COLUMNS.items() if column.in_form}
# What nearly every sheet has besides, and nobody misses.
KNOWN_AND_LEFT_OUT = {
    "tt",
    "stt",
    "so tt",
    "so thu tu",
    "ghi chu",
    "ly do",
    "tuoi",
    "tuoi dang",
    "huy hieu dang",
    "chu ky",
}

# The columns of a record, in the order in which a row keeps them.
FACTS = (
    "card_number", "full_name", "born_on", "born_known_to", "sex", "ethnicity", "home", "residence", "phone", "job",
    "education", "theory", "admitted_on", "decided_on", "official_on", "months_not_counted", "religion",
)  # fmt: skip
PLACE = {name: place for place, name in enumerate(FACTS)}
READ = {name: column.read for name, column in COLUMNS.items()}


@dataclass(frozen=True)
class Profile:
    """An export of another system: its headings, when they are other than those that people write.

    To add one: copy the headings of a real file, without tones as search_key writes them, beside our columns.
    """

    title: str
    words: Mapping[str, tuple[str, ...]]


# We have not seen the exports of these systems: their exact headings are not known to us, these are those of the papers they
# follow. Once a real file is there, its headings go here, and a test with its first two rows to tests/members/imports.
PROFILES = [
    Profile("Sổ tay đảng viên điện tử", {
        "full_name": ("ho va ten khai sinh", "ten dang dung"), "card_number": ("so the dang vien", "so the"),
        "admitted_on": ("ngay vao dang", "ngay vao dcsvn"), "official_on": ("ngay chinh thuc", "ngay vao dang chinh thuc"),
        "branch": ("to chuc dang dang sinh hoat", "don vi sinh hoat"), "relief": ("dang vien duoc mien sinh hoat",),
    }),
    Profile("Cơ sở dữ liệu đảng viên", {
        "full_name": ("ho va ten khai sinh", "ho va ten dang dung"), "card_number": ("so the dang vien", "so tdv"),
        "branch": ("dang bo chi bo co so", "chi bo truc thuoc", "to chuc co so dang"), "branch_code": ("ma to chuc co so dang",),
        "education": ("giao duc pho thong", "chuyen mon nghiep vu"), "home": ("que quan", "nguyen quan"),
    }),
]  # fmt: skip


def words_by_column() -> dict[str, Column]:
    """As the reader of headings knows them, the profiles' words behind our own."""
    more: dict[str, tuple[str, ...]] = {}
    for profile in PROFILES:
        for name, words in profile.words.items():
            more[name] = more.get(name, ()) + words
    return {name: Column(asked.title, (*asked.words, *more.get(name, ()))) for name, asked in COLUMNS.items()}
