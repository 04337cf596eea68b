"""Nhiệm vụ theo văn bản: what was given to the place and below it in the period, and how far it is."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from directives.models import AssignmentState, TaskAssignment
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import by_count, named, paragraph, sentence
from portal.words.quantities import number

DONE, WAITING, OVERDUE = "tasks.done", "tasks.waiting", "tasks.overdue"
WHERE = "tasks.where"


class Tasks(Section):
    key = "tasks"
    title = "Nhiệm vụ được giao theo văn bản"

    def read(self, asked: Asked) -> Facts:
        """Those whose day lies in the period and has come."""
        until = asked.until
        rows = TaskAssignment.objects.everywhere(reason=WHY).standing().filter(
            organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=until,
            due_on__gte=asked.first, due_on__lte=until,
        )  # fmt: skip
        if asked.document:
            rows = rows.filter(ordered__order__document=asked.document)
        rows = rows.annotate(given_back=Coalesce("handed_in_on", "done_on"))
        back = ~Q(state=AssignmentState.DOING) & Q(given_back__lte=until)
        done = back & Q(state=AssignmentState.DONE, done_on__lte=until)
        late = Q(due_on__lt=until) & (Q(state=AssignmentState.DOING) | Q(given_back__gt=until))
        counts = rows.order_by().aggregate(
            due=Count("pk"), done=Count("pk", filter=done), back=Count("pk", filter=back), late=Count("pk", filter=late)
        )
        where = rows.filter(late).order_by("organisation__sort_key").values_list("organisation", flat=True)
        lines = (
            Line(DONE, "Nhiệm vụ theo văn bản đã làm xong", counts["done"], counts["due"]),
            Line(WAITING, "Nhiệm vụ theo văn bản chờ nhận kết quả", counts["back"] - counts["done"]),
            Line(OVERDUE, "Nhiệm vụ theo văn bản quá hạn chưa xong", counts["late"]),
        )
        return Facts(asked.today, lines, names={WHERE: tuple(asked.named(pk) for pk in dict.fromkeys(where))})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        done, overdue = facts.line(DONE), facts.line(OVERDUE)
        if done is None or overdue is None or not done.whole:
            if not self.brief:
                yield Text("Trong kỳ không có nhiệm vụ nào theo văn bản đến hạn.")
            return
        where = facts.names.get(WHERE, ()) if about.level != "branch" else ()
        yield Text(paragraph(_done(done), _waiting(facts.line(WAITING)), _late(overdue, where)))


def _done(line: Line) -> str:
    return sentence(
        by_count(
            line,
            one="nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ đã làm xong",
            not_one="nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ chưa làm xong",
            every="cả {whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong",
            none="chưa lượt nào trong {whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ làm xong",
            some="{part}/{whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong ({rate})",
        )
    )


def _waiting(line: Line | None) -> str:
    return sentence(f"{number(line.part)} lượt đã nộp kết quả, chờ nhận") if line and line.part else ""


def _late(overdue: Line, where: tuple[str, ...]) -> str:
    if not overdue.part:
        return "Không có nhiệm vụ quá hạn."
    return sentence(f"còn {number(overdue.part)} lượt quá hạn{f', ở {named(where)}' if where else ''}")
