"""A foreign commune with one word in every text of all that belongs to it."""

import uuid
from datetime import date, time, timedelta

from django.utils import timezone

from branches.models import DocumentNumber, Enquiry, Grant, Organisation, Rule, Settlement, Standing
from branches.models import Term as CommitteeTerm
from directives.models import (
    Document,
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
from portal.help.services.library import load_library_if_empty
from portal.history.models import AccessTrace, Deed
from portal.jobs.models import Job
from portal.notifications.models import Carried, Delivery, Notice
from tests.access.canaries_in_papers import (
    a_foreign_paper,
    a_foreign_review,
    foreign_reports,
)
from tests.access.canary_words import CANARY, DAYS, texts
from tests.cast import Cast


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
