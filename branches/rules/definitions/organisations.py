from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import OftenEnough, Period, YesNo

CONGRESS = Definition(
    "organisation.congress.often",
    "Đại hội chi bộ trực thuộc",
    "Số lần trong nhiệm kỳ 5 năm của đảng bộ.",
    OftenEnough((Period.TERM,), most=5),
)
OFFICE_BRANCH = Definition(
    "organisation.commune_office_branch",
    "Lập chi bộ cơ quan xã, phường",
    "Nơi không lập thì cán bộ xã, phường sinh hoạt ở chi bộ thôn, tổ dân phố.",
    YesNo("được lập", "không lập"),
    Kind.PROVINCE,
)
SUBJECT = Subject("to-chuc", "Tổ chức", (CONGRESS, OFFICE_BRANCH), DEFAULTS / "organisations.toml")
