from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Choice, OftenEnough, Period, Whole, YesNo

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
DEPUTY_FROM = Definition(
    "organisation.deputy.from_members",
    "Chi bộ phải có phó bí thư",
    "Chi bộ có từ bằng này đảng viên chính thức trở lên thì bầu chi ủy, có bí thư và phó bí thư.",
    Whole("đảng viên chính thức", least=1, most=200),
)
SECRETARY_THEORY = Definition(
    "organisation.secretary.theory",
    "Lý luận chính trị của bí thư chi bộ",
    "Bí thư chưa đạt mức này thì có trong danh sách cần cử đi học.",
    Choice(
        {"none": "không yêu cầu", "basic": "sơ cấp trở lên", "intermediate": "trung cấp trở lên", "advanced": "cao cấp"}
    ),
)
SUBJECT = Subject(
    "to-chuc", "Tổ chức", (CONGRESS, OFFICE_BRANCH, DEPUTY_FROM, SECRETARY_THEORY), DEFAULTS / "organisations.toml"
)
