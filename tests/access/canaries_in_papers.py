"""The foreign commune's documents, tasks, reviews and reports, each with the word in it."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from branches.models import DocumentNumber, Organisation
from branches.models import Term as CommitteeTerm
from directives.models import (
    Bookmark,
    Demand,
    Document,
    Extension,
    Finding,
    HandValue,
    InspectedDocument,
    Inspection,
    InspectionProgramme,
    Issuer,
    Obligation,
    Occurrence,
    Order,
    OrderedTask,
    PlannedInspection,
    Receipt,
    Relation,
    Review,
    ReviewPart,
    Studied,
    Study,
    StudySession,
    Target,
    TargetShare,
    TargetTotal,
    Task,
    TaskAssignment,
    TaskStep,
)
from members.models import (
    Member,
)
from portal.files import shelf
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.models import Arrival, Report, Words
from tests.access.canary_words import CANARY, DAYS, texts
from tests.cast import Cast


def a_foreign_paper(cast: Cast, keeper: Organisation, number: int) -> None:
    """A document with the word in every text, what it obliges to, a relation to one of the whole country, a bookmark."""
    issuer, _ = Issuer.everything.get_or_create(name=CANARY, organisation=None)
    said = texts(Document, but=("type", "suffix", "secrecy", "text_key", "struck_because")) | {
        "type": "plan",
        "number": number,
    }
    paper = Document(slug=f"canary-{keeper.pk}-{number}", keeper=keeper, issuer=issuer, **said)
    paper.save()
    shared, _ = Document.everything.get_or_create(slug="chung", type="directive", subject="Chỉ thị chung")
    for kind in ("implements", "replaces", "cites"):
        Relation(document=paper, kind=kind, other=shared).save()
    said = texts(Obligation, but=("event",)) | {"start": 0, "end": 7}
    task, target = (
        Obligation(document=paper, code=f"{CANARY}-{kind}-{number}", kind=kind, **said) for kind in ("task", "target")
    )
    task.save()
    target.save()
    Task(obligation=task, **texts(Task, but=())).save()
    figure = Target(obligation=target, **texts(Target, but=()))
    figure.save()
    shared_out(cast, keeper, figure, number)
    Bookmark(account=cast["quyet"], document=paper).save()
    study = Study(document=paper, organisation=keeper, due_on=timezone.localdate(), note=CANARY)
    study.save()
    foreign_order(cast, task_of_a_paper(paper), keeper)
    session = StudySession(study=study, organisation=keeper, held_on=timezone.localdate(), note=CANARY)
    session.save()
    Studied(session=session, member=Member.everything.filter(branch=keeper).first() or Member.everything.first()).save()
    Document(slug=f"mat-{keeper.pk}-{number}", symbol=f"{number}-{CANARY}", secrecy="secret", keeper=keeper).save()


def task_of_a_paper(paper: Document) -> Obligation:
    return Obligation.everything.get(document=paper, kind="task")


def foreign_order(cast: Cast, obligation: Obligation, giver: Organisation) -> None:
    """Given, half done, with more time asked for; written straight into the tables."""
    today, by = timezone.localdate(), cast["quyet"]
    order = Order(document=obligation.document, organisation=giver, given_on=today, by=by, **texts(Order, but=()))
    order.save()
    said = texts(OrderedTask, but=("pace", "operator", "event", "bearer", "to", "when_words"))
    row = OrderedTask(order=order, task_id=obligation.pk, to="here", **said)
    row.save()
    Receipt(order=order, organisation=giver, sent_on=today).save()
    said = texts(TaskAssignment, but=("state",))
    got = TaskAssignment(ordered=row, organisation=giver, task_id=obligation.pk, opens_on=today, due_on=today, **said)
    got.save()
    TaskStep(assignment=got, kind="note", by=by, **texts(TaskStep, but=("kind",))).save()
    Extension(assignment=got, until=today + timedelta(days=9), asked_on=today, **texts(Extension, but=())).save()
    Occurrence(ordered=row, on=today, by=by, **texts(Occurrence, but=())).save()


def shared_out(cast: Cast, place: Organisation, target: Target, number: int) -> None:
    """A value by hand; a total of one's own, of which what hangs below is given a part."""
    HandValue(
        target=target, organisation=place, as_of=timezone.localdate(), value=9, said_by=cast["quyet"],
        said_at=timezone.now(), words=CANARY,
    ).save()  # fmt: skip
    said = {"unit": CANARY, "first_year": 2026, "last_year": 2026, "amount": number, "indicator": CANARY}
    total = TargetTotal(giver=place, name=f"{CANARY} {number}", **said)
    total.save()
    for below in Organisation.everything.filter(parent=place)[:1]:
        TargetShare(total=total, receiver=below, amount=1).save()


def a_foreign_review(cast: Cast, above: Organisation, branch: Organisation, number: int) -> None:
    """They look back on a paper of theirs, and inspect; the word in every text."""
    today, paper = timezone.localdate(), Document.everything.filter(keeper=above, secrecy="").first()
    said = texts(Review, but=())
    span = {"since": today - timedelta(days=number + 1), "until": today, "due_on": today, "opened_on": today}
    review = Review(
        document=paper, organisation=above, kind="final", answering="branch", opened_by=cast["quyet"], **span, **said
    )
    review.save()
    figures = {"on": today.isoformat(), "lines": []}
    facts = {"state": "sent", "figures": figures, "sent_at": timezone.now(), "sent_by": cast["yen"]}
    ReviewPart(review=review, organisation=branch, **facts, **texts(ReviewPart, but=())).save()
    programme = InspectionProgramme(organisation=above, year=2030 + number, conducted_by="committee")
    programme.state, programme.agreed_on = "agreed", today
    programme.save()
    for dropped in (False, True):
        line = texts(PlannedInspection, but=() if dropped else ("dropped_because",))
        planned = PlannedInspection(programme=programme, subject=branch, kind="check", since=today, until=today, **line)
        planned.dropped_on = today if dropped else None
        planned.save()
    planned = PlannedInspection.everything.get(programme=programme, dropped_on=None)
    InspectedDocument(planned=planned, document=paper).save()
    inspection = Inspection(planned=planned, opened_on=today, opened_by=cast["quyet"], **texts(Inspection, but=()))
    inspection.concluded_on = today
    inspection.save()
    Finding(inspection=inspection, kind="violation", words=CANARY).save()
    demand = Demand(inspection=inspection, organisation=branch, state="returned", **texts(Demand, but=()))
    demand.made_on = demand.due_on = demand.done_on = demand.answered_on = today
    demand.answered_by = cast["yen"]
    demand.save()


def foreign_reports(cast: Cast, above: Organisation, branch: Organisation, number: int) -> None:
    """One of the branch that was issued and came back, and a draft of the committee; the word in all that they say."""
    issued = a_foreign_report(cast, branch, "chi-bo-thang", number)
    term, _ = CommitteeTerm.everything.get_or_create(
        organisation=branch, defaults={"name": CANARY, "since": DAYS["born_on"]}
    )
    on, by = timezone.localdate(), cast["yen"]
    symbol = DocumentNumber(
        issuer=branch, term=term, type="BC", series="BC", number=number + 1, symbol=f"{CANARY} {number}"
    )
    symbol.state, symbol.dated_on, symbol.subject = "issued", on, CANARY
    symbol.save()
    key = uuid.uuid4()
    file = StoredFile(
        id=key,
        name=f"{CANARY}.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        path=shelf.place(key, Kind.PDF),
        door="reports",
    )
    file.uploaded_by = by
    file.save(force_insert=True)
    row = Report.everything.filter(pk=issued.pk)
    row.update(state="review")
    row.update(state="approved", approved_by=by)
    row.update(state="issuing", number=symbol, issued_on=on, issued_by=by, facts_sha256="0" * 64)
    row.update(state="issued", pdf=file)
    Arrival(
        report=issued,
        organisation=above,
        state="returned",
        remark=CANARY,
        judged_by=cast["quyet"],
        judged_at=timezone.now(),
    ).save()
    if number == 0:
        a_foreign_report(cast, above, "xa-thang", number)


def a_foreign_report(cast: Cast, place: Organisation, kind: str, number: int) -> Report:
    first = date(2026, 1 + number % 10, 1)
    line = Line("regime.meetings.held", CANARY, 1, 2)
    facts = Facts(first, (line,), (Sheet("targets", CANARY, ("TT", CANARY), (("1", CANARY),)),), (CANARY,))
    report = Report(kind=kind, organisation=place, first=first, last=first.replace(day=28), facts=facts.frozen())
    report.composed_at, report.begun_by, report.remark = timezone.now(), cast["yen"], CANARY
    report.save()
    for part in ("shortcomings", "directions", "figure:regime.meetings.held"):
        Words(report=report, part=part, words=CANARY, by=cast["yen"]).save()
    return report
