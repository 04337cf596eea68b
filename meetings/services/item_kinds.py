"""What a log consists of, item by item: which columns a device may write, and what else names an item beside its UUID."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from branches.summary.months import month_of
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    CellSitting,
    Decision,
    Dues,
    Guest,
    ItemReview,
    Meeting,
    Opinion,
    Proposal,
    QualityScore,
    Remark,
    Resolution,
    Scorer,
    ScoreRow,
    Vote,
)
from meetings.services.scoring import branch_score, criteria_for

Rows = Callable[[Meeting], models.QuerySet]
Fixed = Callable[[Meeting], dict[str, Any]]


def _nothing(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting}


@dataclass(frozen=True)
class ItemKind:
    """`fields`: what a device writes. `natural`: columns of which a meeting has one row, whoever names it by which UUID.

    `fixed`: what a new row has besides. Where `adds` is false, rows are laid out by the portal; a device only fills them.
    """

    name: str
    model: Any
    fields: tuple[str, ...]
    natural: tuple[str, ...] = ()
    adds: bool = True
    rows: Rows | None = None
    fixed: Fixed = field(default=_nothing)

    def rows_of(self, meeting: Meeting) -> models.QuerySet:
        return self.rows(meeting) if self.rows else self.model.everything.filter(meeting=meeting)

    @property
    def can_go(self) -> bool:
        return any(column.name == "gone" for column in self.model._meta.concrete_fields)


def month_of_dues(meeting: Meeting) -> Any:
    return month_of(meeting.day)


def _dues(meeting: Meeting) -> models.QuerySet:
    return Dues.everything.filter(organisation=meeting.organisation_id, month=month_of_dues(meeting))


def _new_dues(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "organisation_id": meeting.organisation_id, "month": month_of_dues(meeting)}


def _new_action(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "organisation_id": meeting.organisation_id}


def _own_scores(meeting: Meeting) -> models.QuerySet:
    """Of the branch alone: who scores beside it does not write into its log."""
    return QualityScore.everything.filter(meeting=meeting, scorer=Scorer.BRANCH)


def _own_score_rows(meeting: Meeting) -> models.QuerySet:
    return ScoreRow.everything.filter(meeting=meeting, score__scorer=Scorer.BRANCH)


def _new_score(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "scorer": Scorer.BRANCH, "criteria": criteria_for(meeting)}


def _new_score_row(meeting: Meeting) -> dict[str, Any]:
    """The sheet itself is laid out with its first row."""
    return {"meeting": meeting, "score": branch_score(meeting)}


HEAD = ItemKind(
    "meeting",
    Meeting,
    ("started_at", "ended_at", "chair", "clerk", "nothing_raised", "minutes_read"),
    adds=False,
    rows=lambda meeting: Meeting.everything.filter(pk=meeting.pk),
)
KINDS: dict[str, ItemKind] = {
    kind.name: kind
    for kind in (
        HEAD,
        ItemKind("attendance", Attendance, ("mark", "reason"), adds=False),
        ItemKind("guest", Guest, ("name", "post", "of_committee")),
        ItemKind("sitting", CellSitting, ("cell", "day", "place", "started_at", "ended_at"), natural=("cell",)),
        ItemKind(
            "dues",
            Dues,
            ("member", "owed", "paid", "paid_on", "excused"),
            natural=("member",),
            rows=_dues,
            fixed=_new_dues,
        ),
        ItemKind(
            "agenda",
            AgendaItem,
            ("position", "words", "presenter", "done", "notes", "began_at", "ended_at", "closed_data"),
        ),
        ItemKind("opinion", Opinion, ("agenda_item", "member", "words", "minority")),
        ItemKind(
            "vote",
            Vote,
            ("agenda_item", "question", "secret", "majority", "voters", "in_favour", "against", "abstained"),
        ),
        ItemKind("remark", Remark, ("member", "praise", "words")),
        ItemKind("proposal", Proposal, ("to", "member", "words")),
        ItemKind("review", ItemReview, ("action", "stand", "because"), natural=("action",)),
        ItemKind("resolution", Resolution, ("kind", "state", "subject", "contents", "measures", "vote")),
        ItemKind(
            "action",
            ActionItem,
            ("resolution", "words", "assignee", "assignee_words", "due_on", "task"),
            fixed=_new_action,
        ),
        ItemKind("quality", QualityScore, ("agreed", "agreed_at", "comment"), rows=_own_scores, fixed=_new_score),
        ItemKind(
            "score",
            ScoreRow,
            ("criterion", "points", "reason", "by_hand"),
            natural=("criterion",),
            rows=_own_score_rows,
            fixed=_new_score_row,
        ),
        ItemKind("decision", Decision, ("kind", "member", "study", "year", "since", "until", "post", "words", "vote")),
    )
}
