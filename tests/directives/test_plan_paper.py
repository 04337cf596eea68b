"""An order on paper: a plan in the official form, with what serves a target only where something does."""

from branches.papers import form_of
from directives.models import Target
from directives.papers.plan import plan_of
from portal.papers.content import Table
from portal.papers.plain import text_of
from tests.cast import Cast
from tests.directives.orders import a_task, an_order, given, set_to, today
from tests.directives.papers import a_document, a_target


def test_the_plan_says_who_does_what_by_when(cast: Cast):
    mai, document = cast.actor("mai"), a_document(cast.phu_luong, "Kế hoạch")
    task = a_task(document, "lập danh sách")
    draft = an_order(cast.phu_luong, mai, task, title="Kế hoạch lập danh sách")
    paper = plan_of(draft, today=today())
    assert (paper.draft, paper.type, paper.abstract) == ("Dự thảo", "Kế hoạch", "lập danh sách")
    order = given(cast.phu_luong, mai, task, title="Kế hoạch khác")
    said = text_of(plan_of(order, today=today()), form_of(cast.phu_luong, today(), mai))
    assert "Lập danh sách." in said
    assert "Chi bộ thôn Đoài, Chi bộ thôn Đông" in said
    assert plan_of(order, today=today()).draft == ""


def test_what_a_task_serves_has_a_column_where_there_is_one(cast: Cast):
    mai, document = cast.actor("mai"), a_document(cast.phu_luong, "Kế hoạch")
    a_target(document)
    order = an_order(cast.phu_luong, mai, a_task(document))

    def heads() -> list[str]:
        table = next(block for block in plan_of(order, today=today()).blocks if isinstance(block, Table))
        return [column.head for column in table.columns]

    assert "Phục vụ chỉ tiêu" not in heads()
    set_to(order.tasks.get(), mai, serves=[Target.everything.get()])
    assert heads()[-1] == "Phục vụ chỉ tiêu"
