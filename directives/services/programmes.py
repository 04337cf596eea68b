"""The year's programme of inspections: drawn up, copied from last year's, agreed, added to."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Organisation
from branches.summary.months import next_month
from directives.models import (
    Document,
    InspectedDocument,
    InspectionProgramme,
    PlannedInspection,
    ProgrammeState,
)
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError

REASON = "whoever writes was asked about the organisation"


@action("lập chương trình kiểm tra, giám sát")
def make_programme(
    organisation: Organisation, *, year: int, conducted_by: str, copied: bool = False, by: Actor
) -> InspectionProgramme:
    """Empty, or with what last year's held: the same subjects and contents, a year later."""
    by.need(Permission.INSPECT, organisation.path)
    programme = InspectionProgramme(organisation=organisation, year=year, conducted_by=conducted_by)
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        if "inspection_programme_once" not in str(error):
            raise
        raise DomainError("Chương trình năm này đã lập rồi.", field="year") from error
    if copied and not _copy_last_year(programme):
        raise DomainError(f"Chưa có chương trình năm {year - 1} để chép.", field="copied")
    return programme


@action("thông qua chương trình kiểm tra, giám sát")
def agree_programme(programme: InspectionProgramme, *, agreed_on: date, by: Actor) -> InspectionProgramme:
    programme = _locked(programme, by)
    if not programme.is_draft:
        raise DomainError("Chương trình này đã thông qua.")
    if agreed_on > timezone.localdate():
        raise DomainError("Ngày thông qua chưa đến.", field="agreed_on")
    if not programme.planned.exists():
        raise DomainError("Ghi ít nhất một cuộc kiểm tra, giám sát rồi mới thông qua.")
    programme.state, programme.agreed_on, programme.agreed_by = ProgrammeState.AGREED, agreed_on, by.account
    programme.save()
    return programme


@action("ghi cuộc kiểm tra, giám sát vào chương trình")
def plan_inspection(
    programme: InspectionProgramme,
    *,
    subject: Organisation,
    kind: str,
    contents: str,
    documents: Sequence[Document],
    since: date,
    until: date,
    led_by: str = "",
    by: Actor,
) -> PlannedInspection:
    """Into an agreed one too: what turns up during the year is marked as added."""
    programme = _locked(programme, by)
    planned = PlannedInspection(programme=programme, added_later=not programme.is_draft)
    return _written(planned, subject, kind, contents, documents, since, until, led_by)


@action("sửa cuộc kiểm tra, giám sát trong chương trình")
def change_planned(
    planned: PlannedInspection,
    *,
    subject: Organisation,
    kind: str,
    contents: str,
    documents: Sequence[Document],
    since: date,
    until: date,
    led_by: str = "",
    by: Actor,
) -> PlannedInspection:
    _locked(planned.programme, by)
    _refuse_begun(planned)
    if not planned.programme.is_draft and (subject.pk, kind) != (planned.subject_id, planned.kind):
        raise DomainError("Chương trình đã thông qua: bỏ cuộc này và ghi cuộc mới nếu đổi đối tượng, hình thức.")
    return _written(planned, subject, kind, contents, documents, since, until, led_by)


@action("bỏ cuộc kiểm tra, giám sát")
def drop_planned(planned: PlannedInspection, *, because: str = "", by: Actor) -> None:
    """Out of a draft it goes; in an agreed programme it stays, with the reason."""
    _locked(planned.programme, by)
    _refuse_begun(planned)
    if planned.programme.is_draft:
        planned.delete()
        return
    if not because.strip():
        raise DomainError("Chương trình đã thông qua: ghi lý do thôi tiến hành.", field="because")
    planned.dropped_on, planned.dropped_because = timezone.localdate(), because
    planned.save()


def _written(
    planned: PlannedInspection,
    subject: Organisation,
    kind: str,
    contents: str,
    documents: Sequence[Document],
    since: date,
    until: date,
    led_by: str,
) -> PlannedInspection:
    programme = planned.programme
    if not subject.path.startswith(programme.organisation.path) or subject.pk == programme.organisation_id:
        raise DomainError(f"Chọn tổ chức trực thuộc {programme.organisation.name}.", field="subject")
    if until < since:
        raise DomainError("Ngày cuối phải sau ngày đầu.", field="until")
    if programme.year not in (since.year, until.year):
        raise DomainError(f"Chương trình này là của năm {programme.year}.", field="since")
    planned.subject, planned.kind, planned.contents = subject, kind, contents
    planned.since, planned.until, planned.led_by = since, until, led_by
    planned.save()
    _about(planned, documents)
    return planned


def _about(planned: PlannedInspection, documents: Sequence[Document]) -> None:
    rows = InspectedDocument.objects.everywhere(reason=REASON)
    rows.filter(planned=planned).delete()
    rows.bulk_create([InspectedDocument(planned=planned, document=one) for one in documents])


def _refuse_begun(planned: PlannedInspection) -> None:
    if planned.begun:
        raise DomainError("Cuộc này đã bắt đầu, không sửa trong chương trình được nữa.")
    if planned.dropped_on:
        raise DomainError("Cuộc này đã thôi tiến hành.")


def _locked(programme: InspectionProgramme, by: Actor) -> InspectionProgramme:
    rows = InspectionProgramme.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    locked = rows.select_related("organisation").get(pk=programme.pk)
    by.need(Permission.INSPECT, locked.organisation.path)
    return locked


def _copy_last_year(programme: InspectionProgramme) -> int:
    """Not what was added on the way, nor what was dropped, nor of organisations that have ended."""
    rows = PlannedInspection.objects.everywhere(reason=REASON).standing().filter(
        programme__organisation=programme.organisation,
        programme__year=programme.year - 1,
        programme__conducted_by=programme.conducted_by,
        added_later=False,
    )  # fmt: skip
    found = list(rows.select_related("subject").prefetch_related("documents").in_order())
    today = timezone.localdate()
    for old in found:
        if old.subject.ended_by(today) or not old.subject.path.startswith(programme.organisation.path):
            continue
        since, until = a_year_later(old.since, old.until)
        new = PlannedInspection(
            programme=programme, subject=old.subject, kind=old.kind, contents=old.contents, since=since, until=until,
            led_by=old.led_by,
        )  # fmt: skip
        new.save()
        _about(new, list(old.documents.all()))
    return len(found)


def a_year_later(since: date, until: date) -> tuple[date, date]:
    """A whole month stays one, also where February has another length."""
    last = next_month(until.replace(day=1)) - timedelta(days=1) == until
    end = until.replace(year=until.year + 1, day=min(until.day, 28))
    later = next_month(end.replace(day=1)) - timedelta(days=1) if last else _same_day(until)
    return _same_day(since), later


def _same_day(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
