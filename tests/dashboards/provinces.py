"""A province with a year behind it, for tests of its page."""

from datetime import date

import time_machine
from django.test import Client
from lxml import html

from branches.models import Organisation
from branches.summary.recount import recount_since
from tests.cast import Cast
from tests.directives.papers import a_document, a_target
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

TODAY = "2026-11-20 09:00+07:00"
GOALS = (("meetings.held", 100), ("meetings.attendance", 90), ("meetings.steps", 100))


def lay_out(cast: Cast) -> None:
    """Thôn Đông met each month, thôn Đoài every second one, thôn Thượng in January and February."""
    with time_machine.travel(TODAY):
        Organisation.everything.filter(pk=cast.doai.pk).update(branch_type="school")
        Organisation.everything.filter(pk__in=[cast.dong.pk, cast.thuong.pk]).update(branch_type="village")
        Organisation.everything.filter(pk=cast.tan_hoa.pk).update(area="mountain", tags=["border"])
        for branch, months in ((cast.dong, range(1, 11)), (cast.doai, range(1, 11, 2)), (cast.thuong, (1, 2))):
            people_of(branch, 2)
            for month in months:
                close(meeting_of(branch, date(2026, month, 3)))
        paper = a_document(cast.province, "nâng cao chất lượng sinh hoạt", symbol="11-ĐA/TU", type="scheme")
        for code, value in GOALS:
            a_target(paper, code, value=value)
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


def page_of(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content)


def said(part: html.HtmlElement | None) -> str:
    assert part is not None
    return " ".join(part.text_content().split())


def names(page: html.HtmlElement) -> list[str]:
    """Of the table that compares, in its order."""
    return [one.strip() for one in page.xpath("//section[@id='so-sanh']//tbody/tr[@id]/th//a[1]/text()")]


def column(page: html.HtmlElement, label: str) -> dict[str, str]:
    """Name → what its cell says."""
    rows = page.xpath("//section[@id='so-sanh']//tbody/tr[@id]")
    return {row.xpath("string(./th//a[1])").strip(): said(row.xpath(f"./td[@data-label='{label}']")[0]) for row in rows}
