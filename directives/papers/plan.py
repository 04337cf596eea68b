"""An order as the plan that a committee issues: what is to be done, by whom, by when."""

from datetime import date

from branches.papers import heading_of
from directives.models import Order
from directives.queries.cascade import Given, preview_of
from members.queries.signing import signer_of
from portal.papers.content import Block, Column, Note, Paper, Table, Text, Title, ended

COLUMNS = (Column("TT", 10, "center"), Column("Nhiệm vụ"), Column("Nơi thực hiện", 36), Column("Thời gian", 32))
SERVES = Column("Phục vụ chỉ tiêu", 36)
NOTHING = "Chưa chọn việc nào."


def plan_of(order: Order, *, today: date) -> Paper:
    organisation, on = order.organisation, order.given_on or today
    given = preview_of(order, on)
    document = order.document
    blocks: list[Block] = [
        Text(f"Thực hiện {document.dated_name}, {organisation.name} xây dựng kế hoạch như sau:"),
        Title("I. Yêu cầu", 1),
        Text(ended(order.words) if order.words else "Các nơi được giao thực hiện đúng nội dung, đúng thời gian dưới đây."),
        Title("II. Nhiệm vụ, phân công và thời gian", 1),
        _table(given) if given else Note(NOTHING),
        Title("III. Tổ chức thực hiện", 1),
        Text(
            "Nơi được giao xác nhận đã nhận việc, đưa việc vào chương trình sinh hoạt và báo kết quả theo thời gian trên. "
            "Có khó khăn, vướng mắc báo về văn phòng cấp ủy để xem xét, giải quyết."
        ),
    ]  # fmt: skip
    return Paper(
        heading=heading_of(organisation, on, type="KH"),
        type="Kế hoạch",
        abstract=_abstract(order.title),
        blocks=tuple(blocks),
        signers=(signer_of(organisation, on),),
        recipients=("Các nơi được giao việc", "Lưu văn phòng cấp ủy"),
        draft="Dự thảo" if order.is_draft else "",
    )


def _table(given: list[Given]) -> Table:
    """What a task serves has a column only where one of them serves something."""
    rows = [(str(place), _task(one), _who(one), one.due, _serves(one)) for place, one in enumerate(given, 1)]
    if any(row[-1] for row in rows):
        return Table((*COLUMNS, SERVES), tuple(rows))
    return Table(COLUMNS, tuple(row[:-1] for row in rows))


def _abstract(title: str) -> str:
    """Kế hoạch thực hiện …, without saying the kind twice."""
    words = title.removeprefix("Kế hoạch ").strip()
    return words[:1].lower() + words[1:]


def _task(one: Given) -> str:
    return ended(one.ordered.words[:1].upper() + one.ordered.words[1:])


def _who(one: Given) -> str:
    """By name where they are few."""
    places = ", ".join(one.names) if not one.others else one.ordered.get_to_display()
    return f"{one.bearer}\n{places}" if one.bearer else places


def _serves(one: Given) -> str:
    return "\n".join(f"- {target.obligation.words}" for target in one.ordered.serves.all())
