"""What belongs to a foreign commune is never seen: a word that stands in all of its texts shows up in no answer, and more
of its rows change nothing on any page."""

import re
import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from branches.models import DocumentNumber, Enquiry, Grant, Kind, Organisation, Rule, Settlement, Standing
from branches.models import Term as CommitteeTerm
from directives.models import (
    Bookmark,
    Document,
    Issuer,
    Obligation,
    Relation,
    Studied,
    Study,
    StudySession,
    Target,
    Task,
)
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
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
    Remark,
    Reopening,
    Resolution,
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
    Merge,
    Office,
    ResidenceLink,
    StateSpell,
    Training,
)
from members.services.roll import settle_rolls
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.help.models import Article, Term
from portal.help.services.library import load_library_if_empty
from portal.history.models import AccessTrace, Deed
from portal.jobs.models import Job
from portal.notifications.models import Carried, Delivery, Notice
from tests.cast import Cast, place
from tests.house.addresses import Address, all_addresses

CANARY = "Chimyến"
DAYS = {"born_on": date(1960, 1, 1), "admitted_on": date(1990, 5, 1), "decided_on": date(1990, 4, 1)}
FOREIGN_TO = ["mai", "son", "vinh", "thinh", "thom", "hau", "hoa", "xua", "moi"]  # Phú Lương knows nothing of Tân Hòa
PASSING = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|<b class="nowrap">[^<]+</b>|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b')


@pytest.fixture
def canaries(cast: Cast) -> Cast:
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
    foreign_meetings(cast.thuong, cast.tan_hoa, 0)
    a_foreign_meeting(cast, cast.thuong, 0)
    Grant.everything.filter(organisation__in=[cast.tan_hoa, cast.thuong]).update(ground=CANARY)
    Account.objects.filter(pk__in=[cast["quyet"].pk, cast["yen"].pk]).update(full_name=CANARY)
    return cast


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
    Target(obligation=target, **texts(Target, but=())).save()
    Bookmark(account=cast["quyet"], document=paper).save()
    study = Study(document=paper, organisation=keeper, due_on=timezone.localdate(), note=CANARY)
    study.save()
    session = StudySession(study=study, organisation=keeper, held_on=timezone.localdate(), note=CANARY)
    session.save()
    Studied(session=session, member=Member.everything.filter(branch=keeper).first() or Member.everything.first()).save()
    Document(slug=f"mat-{keeper.pk}-{number}", symbol=f"{number}-{CANARY}", secrecy="secret", keeper=keeper).save()


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


def answers(browser: Client, cast: Cast) -> dict[str, bytes]:
    """Every address, with every object of its kind in its place, asked by one person; pages that search, searched too."""
    browser.raise_request_exception = False
    found: dict[str, bytes] = {}
    for address in all_addresses():
        if address.name in ("health", "sign_out"):
            continue
        for path in filled(address, cast):
            found[path] = PASSING.sub(b"", opened(browser.get(path)))
            if b'name="tim"' in found[path]:
                found |= {
                    path + q: PASSING.sub(b"", opened(browser.get(path + q))) for q in ("?tim=chimyen", "?tim=thuong")
                }
    return found


def opened(answer) -> bytes:
    """What is in the answer, also where it is packed: a workbook is a ZIP of XML."""
    content = b"".join(answer) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_a_packed_answer_is_opened():
    """The blind spot of a search over bytes: the word inside a workbook."""
    box = BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<t>{CANARY}</t>" * 50)
    assert CANARY.encode() not in box.getvalue()
    assert CANARY.encode() in opened(HttpResponse(box.getvalue()))


OBJECTS = {
    "nhiem-ky/": CommitteeTerm, "so-van-ban/": DocumentNumber, "thon/": Settlement, "dang-vien/<": Member,
    "sua-ho-so/": Correction, "nhap-ho-so/": Merge, "huy-hieu/": BadgeAward, "nhap-dang-vien/": Import,
    "chuc-vu/": Office, "phu-trach/": HouseholdCharge, "nhiem-vu/": Assignment,
    "tep-cua-toi/": Job, "vai-tro/": Grant, "quy-dinh/": Rule, "xin-xem-ho-so/": Enquiry,
    "ky-hop/": SlotDecision, "dinh-huong/<": Orientation, "chuyen-de/<": Topic, "chuyen-de-goi-y/<": TopicSuggestion,
    "van-ban/<": Document, "quan-he-van-ban/": Relation, "viec-van-ban/": Obligation, "quan-triet/": Study,
}  # fmt: skip


OF_MEETINGS = {"hop/": Meeting, "viec/": ActionItem, "kien-nghi/": Proposal}  # named by devices, so in no order


def of_foreign_meetings(address: Address, cast: Cast) -> list[object]:
    for beginning, model in OF_MEETINGS.items():
        if address.route.startswith(f"{beginning}<uuid"):
            whose = "meeting__organisation" if model is Proposal else "organisation"
            return list(model.everything.filter(**{whose: cast.thuong}).values_list("pk", flat=True))
    return []


def filled(address: Address, cast: Cast) -> list[str]:
    numbers: list[object] = [o.pk for o in (cast.dong, cast.phu_luong, cast.tan_hoa, cast.thuong, cast.province)]
    model = next((model for beginning, model in OBJECTS.items() if address.route.startswith(beginning)), None)
    if model is Grant:
        numbers = [cast[name].grants.order_by("pk").first().pk for name in ("yen", "thinh")]
    elif model:
        numbers = list(model.everything.order_by("pk").values_list("pk", flat=True)[:3])
    elif named := of_foreign_meetings(address, cast):
        numbers = named
    elif not address.route.startswith(("to-chuc/", "chi-bo/")):
        numbers = [Term.everything.first().pk]
    slug = Article.everything.first().slug
    today = timezone.localdate()
    route = ("/" + address.route).replace("<str:key>", "meeting.minutes.least")
    route = route.replace("<str:thang>", f"{today:%Y-%m}").replace("<int:year>", f"{today.year}")
    slugs = {
        "organisation_panel": "dang-vien",
        "act_on_member": "tinh-trang",
        "ask_for_correction": "job",
        "end_side_post": "ho",
        "undone": "sua-ho-so",
    }
    slug = slugs.get(address.name, slug)
    route = re.sub(r"<slug:\w+>", slug, route)
    return sorted({re.sub(r"<(?:int|uuid):\w+>", str(n), route) for n in numbers})


@pytest.mark.parametrize("name", FOREIGN_TO)
def test_the_word_is_in_no_answer(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    seen = answers(sign_in(name), canaries)
    assert len(seen) > 50
    assert [path for path, content in seen.items() if CANARY.encode() in content] == []


@pytest.mark.parametrize("name", ["quyet", "kien"])
def test_those_who_reach_it_do_see_it(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    """The canary itself is tried: it sings where it may."""
    assert any(CANARY.encode() in content for content in answers(sign_in(name), canaries).values())


@pytest.mark.parametrize("name", ["mai", "thinh", "hau"])
def test_more_foreign_rows_change_nothing(canaries: Cast, sign_in: Callable[[str], Client], name: str):
    before = answers(sign_in(name), canaries)
    for number in range(40):
        branch = place(9_200_000 + number, f"TH-X{number}", CANARY, Kind.BRANCH, canaries.tan_hoa)
        Grant(account=canaries["yen"], organisation=branch, role=Role.CLERK, since=timezone.localdate()).save()
        AccessTrace.everything.create(account=canaries["quyet"], deed=Deed.READ, place=branch.path, subject=CANARY)
        number_in(CommitteeTerm.everything.get(organisation=canaries.tan_hoa), number + 2)
        village(canaries.tan_hoa, branch, f"{CANARY} {number}")
        a_foreign_paper(canaries, branch, number + 2)
        village_people(canaries, branch, number + 1)
        a_foreign_meeting(canaries, branch, number + 1)
        reminded_of(canaries, "yen", branch, number + 1)
        foreign_meetings(branch, canaries.tan_hoa, number + 1)
    after = answers(sign_in(name), canaries)
    # the book of access grows by the asking itself: an export leaves its trace there (tests/branches/test_pages.py)
    compared = [path for path in before if "/so-truy-cap/" not in path]
    assert [path for path in compared if before[path] != after[path]] == []
