"""Scoring a meeting. The branch's own score is written with its log; others score beside it, on a page of their own."""

from collections.abc import Mapping

from django.db import models
from django.utils import timezone

from branches.rules.reading import Reader
from meetings.models import CriteriaSet, Criterion, Guest, Meeting, QualityScore, Scorer, ScoreRow
from meetings.queries.criteria import lines_of, set_of_meeting
from meetings.queries.log_wire import name_within
from meetings.queries.score_sheet import filled_by_itself
from meetings.summary import recount_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import number

NO_SET = "Chưa có bộ tiêu chí nào áp dụng cho buổi họp này."
NEEDS = {Scorer.VISITOR: Permission.SCORE_VISITED, Scorer.ABOVE: Permission.SCORE_BELOW}


def criteria_for(meeting: Meeting) -> CriteriaSet:
    criteria = set_of_meeting(meeting)
    if criteria is None:
        raise DomainError(NO_SET)
    return criteria


def branch_score(meeting: Meeting) -> QualityScore:
    """Laid out when somebody first scores. Version 0: no device has written it yet."""
    own = QualityScore.everything.filter(meeting=meeting, scorer=Scorer.BRANCH)
    return own.first() or QualityScore.everything.create(
        id=name_within(meeting, "quality"), meeting=meeting, criteria=criteria_for(meeting), version=0
    )


def fill_score(meeting: Meeting, reader: Reader) -> None:
    """When the log closes: what fills itself is kept as the log says it, with its reason."""
    score = QualityScore.everything.of(Scorer.BRANCH).filter(meeting=meeting).first()
    if score is None:
        return
    lines = lines_of(score.criteria)
    there = {row.criterion_id: row for row in ScoreRow.everything.filter(score=score)}
    new, changed = [], []
    for number_, filled in filled_by_itself(meeting, lines, reader).items():
        row = there.get(number_)
        if row is None:
            name = name_within(meeting, "score", number_)
            row = ScoreRow(id=name, meeting=meeting, score=score, criterion_id=number_)
            new.append(row)
        elif row.by_hand:
            continue
        else:
            changed.append(row)
        row.points, row.reason, row.gone, row.stamp = filled.points, filled.reason, False, meeting.stamp
    ScoreRow.everything.bulk_create(new)
    ScoreRow.everything.bulk_update(changed, ["points", "reason", "gone", "stamp"])


@action("chấm điểm buổi họp của chi bộ")
def score_beside(
    meeting: Meeting, *, scorer: Scorer, points: Mapping[int, int], comment: str, by: Actor
) -> QualityScore:
    """The visiting committee member's, or that of the committee above. Another one of the same kind takes its place."""
    meeting = Meeting.everything.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    by.need(NEEDS[scorer], meeting.organisation.path)
    refuse_too_early(meeting, scorer)
    criteria = criteria_for(meeting)
    lines = {line.pk: line for line in lines_of(criteria)}
    _points_fit(lines, points)
    score, _ = QualityScore.everything.get_or_create(
        meeting=meeting, scorer=scorer, defaults={"criteria": criteria, "agreed": False}
    )
    score.agreed, score.agreed_at, score.comment, score.gone = True, timezone.now(), comment, False
    score.saved_by, score.saved_at, score.version = by.account, timezone.now(), models.F("version") + 1
    score.save()
    _write_rows(score, meeting, points, by)
    score.refresh_from_db()
    recount_of(meeting)
    return score


def refuse_too_early(meeting: Meeting, scorer: Scorer) -> None:
    if meeting.called_off_at:
        raise DomainError("Buổi họp này đã hủy.")
    if scorer is Scorer.ABOVE and meeting.closed_at is None:
        raise DomainError("Chi bộ chưa đóng sổ buổi họp này. Đóng rồi mới chấm được.")
    if scorer is Scorer.VISITOR:
        if meeting.day > timezone.localdate():
            raise DomainError(f"Buổi họp ngày {meeting.day:%d/%m/%Y} chưa diễn ra.")
        if not Guest.everything.there().filter(meeting=meeting, of_committee=True).exists():
            raise DomainError("Sổ họp chưa ghi có cấp ủy viên cấp trên về dự. Nhờ thư ký chi bộ ghi vào phần Khách dự.")


def _points_fit(lines: Mapping[int, Criterion], points: Mapping[int, int]) -> None:
    if set(points) - set(lines):
        raise DomainError("Bộ tiêu chí vừa thay đổi. Hãy tải lại trang rồi chấm lại.")
    lacking = len(set(lines) - set(points))
    if lacking:
        raise DomainError(f"Còn {number(lacking)} tiêu chí chưa chấm.")
    for key, given in points.items():
        if not 0 <= given <= lines[key].most:
            raise DomainError(f"{lines[key].words}: từ 0 đến {lines[key].most} điểm.", field=f"points_{key}")


def _write_rows(score: QualityScore, meeting: Meeting, points: Mapping[int, int], by: Actor) -> None:
    there = {row.criterion_id: row for row in ScoreRow.everything.filter(score=score)}
    new = [
        ScoreRow(score=score, meeting=meeting, criterion_id=key, points=given, by_hand=True, saved_by=by.account)
        for key, given in points.items()
        if key not in there
    ]
    changed = [row for key, row in there.items() if row.points != points[key]]
    for row in changed:
        row.points, row.version = points[row.criterion_id], row.version + 1
        row.saved_by, row.saved_at = by.account, timezone.now()
    ScoreRow.everything.bulk_create(new)
    ScoreRow.everything.bulk_update(changed, ["points", "version", "saved_by", "saved_at"])
