"""What an organisation's papers look like on a day: the form by the dated rules, and the heading by the tree."""

import re
from datetime import date
from typing import Any

from branches.models import Kind, Organisation
from branches.models.number import symbol_of
from branches.rules.definitions import papers as rules
from branches.rules.reading import Reader, Rulebook
from portal.papers.content import Heading, number_line
from portal.papers.form import Face, Form

REASON = "what those above one are called is printed on each of its papers"
# A committee issues in the name of its đảng bộ: Đảng ủy xã Phú Lương stands over its branches as Đảng bộ xã Phú Lương.
OF_COMMITTEES = {
    "Đảng ủy ": "Đảng bộ ", "Tỉnh ủy ": "Đảng bộ tỉnh ", "Thành ủy ": "Đảng bộ thành phố ", "Huyện ủy ": "Đảng bộ huyện ",
}  # fmt: skip
BEFORE_PLACE = re.compile(
    r"^(?:Đảng ủy|Đảng bộ|Tỉnh ủy|Thành ủy|Huyện ủy)\s+(?:(?:xã|phường|đặc khu|thị trấn|tỉnh|thành phố|huyện)\s+)?",
    re.IGNORECASE,
)
HAVE_PLACES = (Kind.COMMUNE, Kind.DISTRICT, Kind.PROVINCE)


def form_of(organisation: Organisation, on: date, reader: Reader) -> Form:
    def value(rule: Any) -> Any:
        return Rulebook.of(reader).value(rule, organisation, on=on)

    margins = value(rules.MARGINS)
    return Form(
        faces=tuple((row.number, _face(row)) for row in value(rules.ELEMENTS)),
        sheet=value(rules.SIZE),
        top=margins.top,
        bottom=margins.bottom,
        left=margins.left,
        right=margins.right,
        mirrored=value(rules.MIRRORED),
        numbered_from=value(rules.NUMBERED_FROM),
        number_at=value(rules.NUMBER_AT),
    )


def heading_of(organisation: Organisation, on: date, *, type: str = "", symbol: str = "") -> Heading:
    """As everything was called on that day. `type`: the letters of the kind of paper, where its number is written by hand."""
    then = _names_then(organisation, on)
    name, upper = then.get(organisation.pk, organisation), then.get(_parent_then(then, organisation))
    letters = f"-{type}/{symbol_of(organisation, on)}" if type else ""
    return Heading(
        issuer=name.name_then or organisation.name,
        upper=as_party_body(upper.name_then or upper.name) if upper else "",
        number=number_line(symbol, letters) if symbol or type else "",
        place=_place(then, organisation),
        day=on,
    )


def _face(row: rules.Element) -> Face:
    sizes = [float(size.replace(",", ".")) for size in re.findall(r"\d+(?:[.,]\d+)?", row.size)] or [14.0]
    return Face(
        least=min(sizes),
        most=max(sizes),
        upper="in hoa" in row.case,
        bold="đậm" in row.style,
        italic="nghiêng" in row.style,
        underlined="gạch chân" in row.style,
        boxed="khung" in row.style,
    )


def _names_then(organisation: Organisation, on: date) -> dict[int, Any]:
    """It and all above it. One query."""
    numbers = [int(part) for part in organisation.path.strip("/").split("/")]
    rows = Organisation.objects.everywhere(reason=REASON).filter(pk__in=numbers).as_of(on)
    return {row.pk: row for row in rows}


def _parent_then(then: dict[int, Any], organisation: Organisation) -> int:
    own = then.get(organisation.pk)
    return (own.parent_then if own else None) or organisation.parent_id or 0


def as_party_body(name: str) -> str:
    for committee, body in OF_COMMITTEES.items():
        if name.startswith(committee):
            return body + name.removeprefix(committee)
    return name


def _place(then: dict[int, Any], organisation: Organisation) -> str:
    """The commune, or the nearest above it that has a place: Phú Lương."""
    numbers = [int(part) for part in reversed(organisation.path.strip("/").split("/"))]
    for number in numbers:
        row = then.get(number)
        if row and row.kind in HAVE_PLACES:
            return BEFORE_PLACE.sub("", row.name_then or row.name)
    return ""
