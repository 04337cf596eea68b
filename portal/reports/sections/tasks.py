"""Nhiệm vụ theo văn bản: what was given to the place and below it in the period, and how far it is."""

from collections.abc import Iterable

from django.db.models import Count, Q

from directives.models import AssignmentState, TaskAssignment
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import named, paragraph, sentence
from portal.words.quantities import number

DONE, OVERDUE = "tasks.done", "tasks.overdue"
WHERE = "tasks.where"


class Tasks(Section):
    key = "tasks"
    title = "Nhiệm vụ được giao theo văn bản"

    def read(self, asked: Asked) -> Facts:
        """Those whose day lies in the period and is over."""
        until = asked.until
        rows = TaskAssignment.objects.everywhere(reason=WHY).standing().filter(
            organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=until,
            due_on__gte=asked.first, due_on__lte=until,
        )  # fmt: skip
        if asked.document:
            rows = rows.filter(ordered__order__document=asked.document)
        done = Q(done_on__lte=until) | Q(handed_in_on__lte=until)
        open_ones = ~done & Q(due_on__lt=until) | Q(state=AssignmentState.DOING, due_on__lt=until)
        counts = rows.order_by().aggregate(
            due=Count("pk"), done=Count("pk", filter=done), overdue=Count("pk", filter=open_ones & ~done)
        )
        where = (
            rows.filter(open_ones & ~done)
            .order_by("organisation__sort_key")
            .values_list("organisation__name", flat=True)
        )
        lines = (
            Line(DONE, "Nhiệm vụ đã làm xong", counts["done"], counts["due"]),
            Line(OVERDUE, "Nhiệm vụ quá hạn chưa xong", counts["overdue"]),
        )
        return Facts(asked.today, lines, names={WHERE: tuple(dict.fromkeys(where))})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        done, overdue = facts.line(DONE), facts.line(OVERDUE)
        if done is None or overdue is None or not done.whole:
            yield Text("Trong kỳ không có nhiệm vụ nào theo văn bản đến hạn.")
            return
        said = sentence(f"{number(done.whole)} lượt nhiệm vụ đến hạn, đã làm xong {number(done.part)} ({done.rate})")
        late = _late(overdue, facts.names.get(WHERE, ()))
        yield Text(paragraph(said, late))


def _late(overdue: Line, where: tuple[str, ...]) -> str:
    if not overdue.part:
        return "Không có nhiệm vụ quá hạn."
    return sentence(
        f"còn {number(overdue.part)} nhiệm vụ quá hạn ở {named(where)}"
        if where
        else f"còn {number(overdue.part)} nhiệm vụ quá hạn"
    )
