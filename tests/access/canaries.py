"""A foreign commune with one word in every text of all that belongs to it."""

import uuid
from datetime import date, time, timedelta

from django.db import models
from django.utils import timezone

from branches.models import DocumentNumber, Enquiry, Grant, Organisation, Rule, Settlement, Standing
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
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Block,
    CriteriaSet,
    Criterion,
    Decision,
    Dues,
    Guest,
    Invitation,
    ItemReview,
    Meeting,
    MeetingPaper,
    Opinion,
    Orientation,
    OrientationLine,
    Proposal,
    QualityScore,
    Remark,
    Reopening,
    Resolution,
    ScoreRow,
    SlotDecision,
    ThematicPlan,
    Topic,
    TopicSuggestion,
    Vote,
)
from members.models import (
    Assignment,
    AssignmentMark,
    BadgeAward,
    ClosedRecord,
    ConcurrentPost,
    Correction,
    HouseholdCharge,
    Import,
    ImportRow,
    Member,
    Membership,
    Office,
    ResidenceLink,
    StateSpell,
    Training,
)
from members.services.roll import settle_rolls
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.files import shelf
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.help.services.library import load_library_if_empty
from portal.history.models import AccessTrace, Deed
from portal.jobs.models import Job
from portal.notifications.models import Carried, Delivery, Notice
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.models import Arrival, Report, Words
from tests.cast import Cast

CANARY = "Chimyến"
DAYS = {"born_on": date(1960, 1, 1), "admitted_on": date(1990, 5, 1), "decided_on": date(1990, 4, 1)}


def let_them_sing(cast: Cast) -> None:
    """The word in every text column of every row of the foreign commune."""
    load_library_if_empty()
    for found in (cast.tan_hoa, cast.thuong):
        choices = ("code", "kind", "rank", "branch_type", "area")
        Organisation.everything.filter(pk=found.pk).update(**texts(Organisation, but=choices))
        Standing.everything.filter(organisation=found).update(name=CANARY)
        Rule(
            key="meeting.minutes.least", organisation=found, since=timezone.localdate(), value=95, source=CANARY,
            certainty="own",
        ).save()  # fmt: skip
        AccessTrace.everything.create(
            account=cast["quyet"], deed=Deed.READ, place=found.path, **texts(AccessTrace, but=("deed",))
        )
        term = CommitteeTerm(organisation=found, since=timezone.localdate(), **texts(CommitteeTerm, but=()))
        term.save()
        number_in(term, 1)
        village_people(cast, found, 0)
    village(cast.tan_hoa, cast.thuong, CANARY)
    Enquiry.everything.create(
        account=cast["kien"], role=Role.PROVINCE_OFFICE, held_at=cast.province, organisation=cast.tan_hoa,
        reason=f"{CANARY} {CANARY}", until=timezone.localdate(),
    )  # fmt: skip
    reminded_of(cast, "yen", cast.thuong, 0)
    Job(kind="none", account=cast["quyet"], request="-", **texts(Job, but=("told", "error"))).save()
    sheet_in(cast.phu_luong, cast["mai"], "Danh sách")
    sheet_in(cast.tan_hoa, cast["quyet"], CANARY)
    moved_month(cast.tan_hoa, 1)
    a_foreign_paper(cast, cast.tan_hoa, 1)
    a_foreign_review(cast, cast.tan_hoa, cast.thuong, 0)
    foreign_reports(cast, cast.tan_hoa, cast.thuong, 0)
    foreign_criteria(cast.tan_hoa)
    foreign_meetings(cast.thuong, cast.tan_hoa, 0)
    a_foreign_meeting(cast, cast.thuong, 0)
    Grant.everything.filter(organisation__in=[cast.tan_hoa, cast.thuong]).update(ground=CANARY)
    Account.objects.filter(pk__in=[cast["quyet"].pk, cast["yen"].pk]).update(full_name=CANARY)


def village_people(cast: Cast, found: Organisation, number: int) -> None:
    """A member with the word in every text that says something, with rows of every kind that hang on one."""
    choices = ("born_known_to", "sex", "education", "theory", "state", "relief", "card_number")
    said = texts(Member, but=choices) | {"card_number": f"{CANARY[:8]}{found.pk % 1000}-{number}"}
    member = Member(**said, **DAYS)
    member.save()
    today = timezone.localdate()
    Membership(
        member=member, organisation=found, since=today - timedelta(days=90), **texts(Membership, but=("kind",))
    ).save()
    StateSpell(member=member, state="full", since=today, **texts(StateSpell, but=("state",))).save()
    ResidenceLink(member=member, branch=found, since=today).save()
    BadgeAward(member=member, years=30, on=today, **texts(BadgeAward, but=())).save()
    ClosedRecord(member=member, **texts(ClosedRecord, but=())).save()
    said = texts(Correction, but=("answer",))
    Correction(member=member, column="job", asked_by=cast["yen"], **said).save()
    Training(member=member, ended_on=today, **texts(Training, but=("level",))).save()
    HouseholdCharge(member=member, households=3, since=today, **texts(HouseholdCharge, but=())).save()
    ConcurrentPost(member=member, since=today, **texts(ConcurrentPost, but=("post",)), post="other").save()
    Office(member=member, organisation=found, since=today, **texts(Office, but=("post", "how")), post="deputy").save()
    task = Assignment(member=member, organisation=found, year=today.year, **texts(Assignment, but=("result",)))
    task.agreed_on = today
    task.save()
    AssignmentMark(assignment=task, month=1, outcome="done", note=CANARY).save()
    settle_rolls([member.pk])


def reminded_of(cast: Cast, name: str, found: Organisation, number: int) -> None:
    """A notice with the word in what it says, and a letter that did not go."""
    today, account = timezone.localdate(), cast[name]
    facts = {"name": CANARY, "column": "job", "correction": 1, "on": today.isoformat()}
    notice = Notice(account=account, rule="sua-ho-so", subject=str(number), stage=-7, due_on=today, facts=facts)
    notice.place, notice.told_on = found.path, today
    notice.save()
    letter = Delivery(account=account, channel="mail", on=today - timedelta(days=number), state="failed", error=CANARY)
    letter.save()
    Carried(delivery=letter, notice=notice, channel="mail").save()


def number_in(term: CommitteeTerm, number: int) -> None:
    said = texts(DocumentNumber, but=("type", "series", "state", "suffix"))
    place = {"issuer": term.organisation, "term": term, "type": "NQ", "series": "NQ"}
    DocumentNumber(**place, number=number, state="reserved", **said).save()


def sheet_in(office: Organisation, by: Account, word: str) -> None:
    brought = Import(organisation=office, by=by, name=word, headings=[word, word], state="checked", wrong=1, new=1)
    brought.save()
    ImportRow(of=brought, number=2, verdict="wrong", name=word, reasons=[["full_name", word]]).save()
    ImportRow(of=brought, number=3, verdict="new", name=word, member=1, facts={"full_name": word, "home": word}).save()


def moved_month(committee: Organisation, month: int) -> None:
    """A month's meeting that the foreign commune has moved."""
    first = date(2026, month, 1)
    SlotDecision(
        organisation=committee,
        kind="regular",
        period=first,
        change="moved",
        until=date(2026, month, 25),
        because=CANARY,
    ).save()


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


def foreign_criteria(above: Organisation) -> None:
    """A set of criteria of their own."""
    criteria = CriteriaSet(organisation=above, kind="regular", **texts(CriteriaSet, but=("kind",)))
    criteria.save()
    block = Block(criteria=criteria, position=1, **texts(Block, but=()))
    block.save()
    Criterion(block=block, position=1, most=100, **texts(Criterion, but=("fills",))).save()


def foreign_meetings(branch: Organisation, above: Organisation, number: int) -> None:
    """One that is open and one that is closed, with the word in every text of what hangs on them."""
    member, day = Member.everything.filter(branch=branch).first(), date(2026, 3, 3)
    for month in (3, 4):
        on = day.replace(month=month)
        meeting = Meeting(organisation=branch, kind="regular", period=on.replace(day=1), day=on)
        for name, text in texts(Meeting, but=("called_off_because",)).items():
            setattr(meeting, name, text)
        meeting.started_at, meeting.ended_at = time(14), time(16)
        meeting.save()
        hanging_on(meeting, member, above)
        if month == 3:
            Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())
            Reopening(
                meeting=meeting, because=CANARY, by=Account.objects.first(), closed_again_at=timezone.now()
            ).save()
    Dues(organisation=branch, member=member, month=date(2026, 1, 1), owed=number + 1).save()


def hanging_on(meeting: Meeting, member: Member, above: Organisation) -> None:
    Attendance(meeting=meeting, member=member, **texts(Attendance, but=())).save()
    item = ActionItem(meeting=meeting, organisation=meeting.organisation, assignee=member, **texts(ActionItem, but=()))
    item.due_on = meeting.day
    item.save()
    rows = [
        (Guest, {}), (AgendaItem, {"step": "dues"}), (Opinion, {"member": member}), (Remark, {"member": member}),
        (Vote, {"voters": 3, "in_favour": 3}), (Resolution, {}), (ItemReview, {"action": item, "stand": "open"}),
        (Decision, {"kind": "candidate", "member": member}),
    ]  # fmt: skip
    for model, facts in rows:
        model(meeting=meeting, **texts(model, but=()), **facts).save()
    line = Criterion.everything.get(block__criteria__organisation=above)
    score = QualityScore(meeting=meeting, criteria=line.block.criteria, **texts(QualityScore, but=("scorer",)))
    score.save()
    ScoreRow(meeting=meeting, score=score, criterion=line, points=90, **texts(ScoreRow, but=())).save()
    for facts in ({"answer": ""}, {"state": "answered", "answered_on": meeting.day}):
        Proposal(meeting=meeting, to=above, member=member, **texts(Proposal, but=()) | facts).save()


def a_foreign_meeting(cast: Cast, branch: Organisation, number: int) -> None:
    """One that is going to be held, with what people prepare for it; and what the committee wants of the branch."""
    today = timezone.localdate()
    said = texts(Meeting, but=("called_off_because",))
    # numbered, so that the first stays the first by its id when more come
    meeting = Meeting(
        id=uuid.UUID(int=number + 1),
        organisation=branch,
        kind="regular",
        day=today,
        period=today.replace(day=1),
        **said,
    )
    meeting.save()
    member = Member.everything.filter(branch=branch).first()
    AgendaItem(meeting=meeting, position=1, **texts(AgendaItem, but=())).save()
    Opinion(meeting=meeting, member=member, sent_before=True, **texts(Opinion, but=())).save()
    Invitation(meeting=meeting, member=member, answer="not coming", **texts(Invitation, but=())).save()
    paper = Document.everything.filter(secrecy="").first()
    MeetingPaper(meeting=meeting, document=paper, put_out_by=cast["yen"], title=CANARY).save()
    plan = ThematicPlan(organisation=branch, year=today.year, state="approved", remark=CANARY)
    plan.save()
    Topic(plan=plan, quarter=4, words=CANARY).save()
    if number == 0:
        row = Orientation(organisation=cast.tan_hoa, month=today.replace(day=1), **texts(Orientation, but=()))
        row.published_at = timezone.now()
        row.save()
        OrientationLine(orientation=row, words=CANARY).save()
    TopicSuggestion(organisation=cast.tan_hoa, year=today.year, words=f"{CANARY} {number}").save()


def village(commune: Organisation, branch: Organisation, name: str) -> None:
    Settlement(commune=commune, branch=branch, kind="village", name=name, note=CANARY).save()


def texts(model: type[models.Model], *, but: tuple[str, ...]) -> dict[str, str]:
    from portal.words.fields import LineField, ProseField

    return {
        f.name: CANARY
        for f in model._meta.concrete_fields
        if isinstance(f, LineField | ProseField) and f.name not in but
    }
