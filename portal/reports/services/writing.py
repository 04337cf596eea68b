"""Reports are begun, composed anew, written, handed over for review. Figures come from the portal; words from people."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Organisation
from directives.models import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.notifications.services.telling import tell_now
from portal.papers.letters import lacking_in
from portal.reports.asked import Asked
from portal.reports.duties import ApproveReport
from portal.reports.facts import Facts
from portal.reports.kinds import ReportKind, kind_named
from portal.reports.models import Report, ReportState, Words
from portal.reports.papers import FIGURE, about
from portal.reports.queries.reading import must_be_own
from portal.words.errors import ChangedMeanwhile, DomainError

WHY = "the very report that was reached, as it is now"


@action("soạn báo cáo")
def begin_report(
    *, kind: ReportKind, organisation: Organisation, day: date, document: Document | None = None, by: Actor
) -> Report:
    """Of the period that the day lies in. Whoever begins what stands already gets that one."""
    must_be_own(by, organisation, Permission.WRITE_REPORTS)
    _must_fit(kind, organisation, document, by)
    period, today = kind.period(day), timezone.localdate()
    if period.first > today:
        raise DomainError("Kỳ này chưa đến.", field="day")
    there = _there(kind, organisation, period.first, document)
    if there:
        return there
    report = Report(
        kind=kind.code, organisation=organisation, document=document, first=period.first, last=period.ends or day,
        composed_at=timezone.now(), begun_by=by.account,
    )  # fmt: skip
    facts = kind.read(asked_of(report, today))
    report.facts = facts.frozen()
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:  # two at once: the first one's stands
        found = _there(kind, organisation, period.first, document)
        if found is None:
            raise
        return found
    _write_first_texts(report, kind, facts, by)
    return report


@action("tổng hợp lại số liệu báo cáo")
def compose_anew(report: Report, *, by: Actor) -> Report:
    """What people wrote stays; what nobody has touched is written anew with the figures."""
    report = held(report, by, Permission.WRITE_REPORTS)
    _must_be_draft(report)
    kind = kind_of(report)
    before, now = Facts.thawed(report.facts), kind.read(asked_of(report, timezone.localdate()))
    told = about(report, kind)
    for part in kind.parts:
        Words.objects.everywhere(reason=WHY).filter(
            report=report, part=part.code, words=part.first(before, told)
        ).update(words=part.first(now, told))
    report.facts, report.composed_at = now.frozen(), timezone.now()
    report.save(update_fields=["facts", "composed_at"])
    return report


@action("viết báo cáo")
def write_words(report: Report, *, part: str, words: str, version: int, by: Actor) -> Words:
    """One part; nobody's words are overwritten unseen. Version 0: nobody has written there yet."""
    report = held(report, by, Permission.WRITE_REPORTS)
    _must_be_draft(report)
    _must_be_a_part(report, part)
    rows = Words.objects.everywhere(reason=WHY).select_for_update(no_key=True)
    row = rows.filter(report=report, part=part).first()
    if row is None:
        row = Words(report=report, part=part, version=0)
    if row.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa phần này. Phần đồng chí viết vẫn còn; xem bản mới rồi ghép lại.")
    row.words, row.version, row.by = words, version + 1, by.account
    row.save()
    return row


@action("trình duyệt báo cáo")
def hand_over(report: Report, *, by: Actor) -> Report:
    report = held(report, by, Permission.WRITE_REPORTS)
    _must_be_draft(report)
    kind, written = kind_of(report), words_of(report)
    for part in kind.parts:
        if part.must and not written.get(part.code, "").strip():
            raise DomainError(f"Phần “{part.heading}” còn trống. Viết rồi mới trình được.", field=part.code)
    _must_be_printable(report, kind, written)
    _moved(report, ReportState.REVIEW)
    tell_now([ApproveReport.code], str(report.pk))
    return report


@action("rút báo cáo về sửa")
def take_back(report: Report, *, by: Actor) -> Report:
    """Who handed it over sees a mistake before anybody has approved it."""
    report = held(report, by, Permission.WRITE_REPORTS)
    if report.state != ReportState.REVIEW:
        raise DomainError(f"Báo cáo không còn chờ duyệt: {report.get_state_display().lower()}.")
    return _moved(report, ReportState.DRAFT)


@action("bỏ báo cáo đang soạn")
def drop_draft(report: Report, *, by: Actor) -> None:
    report = held(report, by, Permission.WRITE_REPORTS)
    _must_be_draft(report)
    report.delete()


def asked_of(report: Report, today: date) -> Asked:
    return Asked(report.organisation, report.first, report.last, today, report.document)


def kind_of(report: Report) -> ReportKind:
    kind = kind_named(report.kind)
    if kind is None:
        raise DomainError("Cổng không còn loại báo cáo này.")
    return kind


def words_of(report: Report) -> dict[str, str]:
    rows = Words.objects.everywhere(reason=WHY).filter(report=report)
    return dict(rows.values_list("part", "words"))


def held(report: Report, by: Actor, permission: Permission) -> Report:
    """The row, locked until the end; may they, is it theirs?"""
    rows = Report.objects.everywhere(reason=WHY).select_for_update(no_key=True, of=("self",))
    found = rows.select_related("organisation__parent", "document").get(pk=report.pk)
    must_be_own(by, found.organisation, permission)
    return found


def _must_be_draft(report: Report) -> None:
    if report.state != ReportState.DRAFT:
        raise DomainError(f"Báo cáo không sửa được nữa: {report.get_state_display().lower()}.")


def _must_be_printable(report: Report, kind: ReportKind, written: Mapping[str, str]) -> None:
    """Before it has a number: afterwards nobody could mend it."""
    names = {part.code: f"Phần “{part.heading}”" for part in kind.parts}
    names |= {f"{FIGURE}{line['key']}": f"Lời giải thích “{line['words']}”" for line in report.facts.get("lines", [])}
    for part, words in written.items():
        found = next(lacking_in(words), None)
        if found and part in names:
            said = f"{names[part]} có ký tự không in được: {found.where}. Xóa ký tự ấy rồi trình lại."
            raise DomainError(said, field=part if not part.startswith(FIGURE) else None)


def _must_fit(kind: ReportKind, organisation: Organisation, document: Document | None, by: Actor) -> None:
    if not kind.is_of(organisation):
        raise DomainError("Loại báo cáo này không dành cho tổ chức này.", field="kind")
    if kind.about_document != (document is not None):
        raise DomainError(
            "Chọn văn bản cần báo cáo." if kind.about_document else "Báo cáo này không theo văn bản.", field="document"
        )
    if kind.names_people:
        by.need(Permission.READ_ROLL, organisation.path)


def _must_be_a_part(report: Report, part: str) -> None:
    kind = kind_of(report)
    figures = {line["key"] for line in report.facts.get("lines", [])}
    if part not in {one.code for one in kind.parts} and part.removeprefix(FIGURE) not in figures:
        raise DomainError("Báo cáo không có phần này.")


def _there(kind: ReportKind, organisation: Organisation, first: date, document: Document | None) -> Report | None:
    rows = Report.objects.everywhere(reason=WHY).filter(kind=kind.code, organisation=organisation, first=first)
    return rows.filter(document=document).order_by("-pk").first()


def _write_first_texts(report: Report, kind: ReportKind, facts: Facts, by: Actor) -> None:
    told = about(report, kind)
    rows = [
        Words(report=report, part=part.code, words=first, by=by.account)
        for part in kind.parts if (first := part.first(facts, told))
    ]  # fmt: skip
    Words.objects.everywhere(reason=WHY).bulk_create(rows)


def _moved(report: Report, state: ReportState) -> Report:
    report.state = state
    report.save(update_fields=["state"])
    return report
