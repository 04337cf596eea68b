"""The year's themes of a branch as a paper: what is sent up to be approved."""

from datetime import date

from branches.models import Organisation
from branches.papers import heading_of
from meetings.models import PlanState, ThematicPlan, Topic
from meetings.papers.naming import ROMAN
from members.queries.signing import recipients_of, signer_of
from portal.papers.content import Block, Column, Note, Paper, Table, Text
from portal.words.quantities import day

COLUMNS = (Column("Quý", 16, "center"), Column("Chuyên đề"), Column("Ngày họp", 32, "center"))
NO_THEME = "Chưa chọn chuyên đề."


def thematic_paper(branch: Organisation, year: int, plan: ThematicPlan | None, *, today: date) -> Paper:
    topics = _topics(plan) if plan else []
    on = (plan.sent_on if plan else None) or today
    rows = tuple(
        (ROMAN[row.quarter - 1], row.words, day(row.meeting.day) if row.meeting else "") for row in topics
    )  # fmt: skip
    blocks: list[Block] = [Text(f"{branch.name} dự kiến các chuyên đề sinh hoạt trong năm {year} như sau:")]
    blocks += [Table(COLUMNS, rows)] if rows else [Note(NO_THEME)]
    if plan and plan.state == PlanState.APPROVED and plan.decided_on:
        blocks.append(Note(f"Cấp trên đã duyệt kế hoạch ngày {day(plan.decided_on)}."))
    return Paper(
        heading=heading_of(branch, on, type="KH"),
        type="Kế hoạch",
        abstract=f"sinh hoạt chuyên đề năm {year}",
        blocks=tuple(blocks),
        signers=(signer_of(branch, on),),
        recipients=recipients_of(branch),
        draft="Dự thảo" if plan is None or plan.state in (PlanState.DRAFT, PlanState.RETURNED) else "",
    )


def _topics(plan: ThematicPlan) -> list[Topic]:
    rows = Topic.objects.everywhere(reason="of a plan that was reached").filter(plan=plan)
    return list(rows.select_related("meeting").order_by("quarter", "pk"))
