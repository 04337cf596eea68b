"""What each part of a commune's page says over its rows, and where the rest of it is."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from branches.summary.months import last_whole_month
from directives.models import TaskAssignment
from portal.access.permissions import Permission
from portal.dashboards.queries.commune.page import WITH_TASKS, Commune
from portal.dashboards.queries.commune.targets import scope_words
from portal.dashboards.queries.commune.work import SHOWN, OverdueTask
from portal.words.quantities import day as in_words
from portal.words.quantities import number, weekday

LONGEST_CHIP = 9  # words
AT_FIRST = 6  # rows of a list that stand on the page


def targets(commune: Commune) -> dict[str, Any]:
    frame, found = commune.frame, commune.targets
    documents = [(one, frame.here(vb=str(one.pk)), one == found.document) for one in commune.found_targets]
    return {
        "document": found.document,
        "shown": found.shown,
        "uncounted": found.uncounted,
        "documents": [
            (Truncator(one.symbol or one.name).words(LONGEST_CHIP), url, current) for one, url, current in documents
        ]
        if found.others
        else [],
        "through": last_whole_month(commune.day),
        "all": frame.url("targets", frame.place.pk),
    }


def figures(commune: Commune) -> dict[str, Any]:
    place = {"to-chuc": str(commune.frame.place.pk)}
    known = {card.measured.target.indicator for card in commune.targets.shown}
    lines = [line for line in commune.figures if line.indicator.code not in known]
    return {"lines": lines, "all": commune.frame.url("figures", **place)}


def overdue(commune: Commune) -> dict[str, Any] | None:
    found = commune.overdue
    if found is None:
        return None
    lead = f"{number(found.count)} việc giao cho chi bộ theo văn bản."
    documents = [(one.symbol, overdue_url(commune, vb=str(one.document)), one.count) for one in found.by_document]
    return {
        "lead": lead if found.count else "",
        "link": "Tất cả" if found.count else "",
        "url": overdue_url(commune),
        "documents": documents if len(documents) > 1 else [],
        "lines": [_line(task, commune) for task in found.tasks[:SHOWN]],
    }


def overdue_url(commune: Commune, **words: str) -> str:
    frame = commune.frame
    return frame.url("dashboard_overdue", frame.place.pk, **words, **scope_words(frame))


def _line(task: OverdueTask, commune: Commune) -> dict[str, str]:
    """One branch's leads to what it was given; that of many to the list of them."""
    is_one = len(task.names) == 1
    return {
        "words": task.words,
        "url": reverse("task_assignment", args=[task.first])
        if is_one
        else overdue_url(commune, viec=str(task.ordered)),
        "late": late_by(task.due_on, commune.day),
        "meta": " · ".join([task.where, task.symbol, f"hạn {task.due_on:%d/%m}"]),
    }


def late_by(due_on: date, day: date) -> str:
    return f"Quá hạn {number((day - due_on).days)} ngày"


def say(row: TaskAssignment, commune: Commune) -> None:
    """Its line in the list: how late, of whom, by which document."""
    assert row.due_on is not None, "only what has a day is overdue"
    document = row.ordered.order.document
    row.late = late_by(row.due_on, commune.day)  # type: ignore[attr-defined]
    said = [row.organisation.name, document.symbol or document.name, f"hạn {row.due_on:%d/%m}"]
    row.meta = " · ".join(said)  # type: ignore[attr-defined]


def people(commune: Commune) -> dict[str, Any]:
    found = commune.without_tasks
    lacking = sum(one.figure.lacking for one in found)
    through = last_whole_month(commune.day)
    said = f"{number(lacking)} đảng viên ở {number(len(found))} chi bộ, hết tháng {through:%m/%Y}."
    return {
        "rows": found[:AT_FIRST],
        "rest": len(found) - len(found[:AT_FIRST]),
        "lead": said if found else "",
        "link": "Tất cả" if found else "",
        "url": commune.figure_url(WITH_TASKS),
    }


def proposals(commune: Commune) -> dict[str, Any] | None:
    found, frame = commune.proposals, commune.frame
    if found is None:
        return None
    return {
        "rows": found.rows,
        "lead": f"{number(found.count)} kiến nghị, gửi lâu nhất đứng đầu." if found.count else "",
        "link": "Tất cả" if found.count else "",
        "url": frame.url("dashboard_proposals", frame.place.pk, **scope_words(frame)),
    }


def visits(commune: Commune) -> dict[str, Any] | None:
    found, frame = commune.visits, commune.frame
    if found is None:
        return None
    coming = [(one, f"Chưa họp tháng {', '.join(map(str, one.missed))}" if one.missed else "") for one in found.coming]
    linked = frame.may(Permission.READ_ROLL)
    lacking = [
        (one.name, reverse("offices", args=[one.pk]) if linked and frame.may_open(one) else "")
        for one in found.unfollowed
    ]
    return {
        "lead": f"{found.quarter}: cấp ủy viên cấp trên đã dự ở {number(len(found.visited))}/{number(found.branches)} chi bộ.",
        "visited": ", ".join(one.name for one in found.visited),
        "coming": coming[:AT_FIRST],
        "rest": len(coming) - len(coming[:AT_FIRST]),
        "unfollowed": lacking[:AT_FIRST],
        "unfollowed_count": len(lacking),
        "unfollowed_rest": len(lacking) - len(lacking[:AT_FIRST]),
    }


def head(commune: Commune) -> dict[str, Any]:
    """What the sentence over the page needs."""
    frame, last = commune.frame, commune.month.last_day
    url = frame.url("dashboard_month", frame.place.pk, **scope_words(frame))
    return {
        "month": commune.month,
        "month_url": f"{url}{'&' if '?' in url else '?'}loc=",
        "last_day": f"{weekday(last)[:1].lower()}{weekday(last)[1:]}, {last:%d/%m}" if last else "",
        "day": in_words(commune.day),
    }


def remind_words(commune: Commune) -> str:
    """Nhắc 3 chi bộ chưa họp"""
    return f"Nhắc {number(len(commune.reminding.to_tell))} chi bộ chưa họp" if commune.reminding else ""
