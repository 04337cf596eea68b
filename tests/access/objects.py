"""What stands behind the addresses in the tables of access and of the fuzz: one of each thing, of chi bộ thôn Đông."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from branches.models import DocumentNumber, Kind, Settlement
from branches.models import Term as CommitteeTerm
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation import found_organisation
from directives.models import (
    Demand,
    Document,
    Extension,
    Finding,
    InspectionProgramme,
    Obligation,
    Order,
    OrderedTask,
    PlannedInspection,
    Relation,
    Review,
    ReviewPart,
    Study,
    Target,
    TargetShare,
    TargetTotal,
    TaskAssignment,
)
from meetings.models import (
    ActionItem,
    Invitation,
    Meeting,
    Orientation,
    Proposal,
    Resolution,
    ThematicPlan,
    Topic,
    TopicSuggestion,
)
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from meetings.services.criteria import write_set
from members.models import Assignment, BadgeAward, Correction, HouseholdCharge, Import, Member, Office
from portal.help.models import Article, Term
from portal.help.services.library import load_library_if_empty
from portal.reports.kinds import kind_named
from portal.reports.models import Arrival, Report
from portal.reports.services.writing import begin_report
from tests.cast import Cast
from tests.directives.inspections import a_begun_inspection
from tests.directives.orders import an_order, days, given
from tests.directives.papers import a_document, a_target, an_obligation
from tests.directives.reviews import a_review
from tests.house.addresses import Address
from tests.meetings.meetings import held, meeting_of
from tests.members.people import on_the_roll
from tests.reports.sent import put_sent

SLUGS = {
    "act_on_tree": "doi-ten", "end_side_post": "ho", "act_on_member": "mien", "organisation_panel": "dang-vien",
    "ask_for_correction": "phone", "undone": "sua-ho-so", "score_beside": "cap-tren", "copy_criteria": "thuong-ky",
    "follow_criteria": "thuong-ky", "dashboard_block": "chi-so", "act_on_report": "trinh-duyet",
    **dict.fromkeys(("arrivals_of", "remind_of_reports", "bundle_reports"), "chi-bo-thang"),
}  # fmt: skip


def put_one_of_each(cast: Cast) -> None:
    load_library_if_empty()
    put_into_the_books(cast)
    put_on_the_roll(cast)
    put_into_the_library(cast)
    put_orders(cast)
    put_what_looks_back(cast)
    put_criteria()
    put_a_closed_meeting(cast)
    put_a_coming_meeting(cast)
    put_a_report(cast)
    put_a_sent_report(cast)


def put_a_report(cast: Cast) -> None:
    """A draft of last month's."""
    today = timezone.localdate()
    kind = kind_named("chi-bo-thang")
    assert kind
    begin_report(
        kind=kind, organisation=cast.dong, day=today.replace(day=1) - timedelta(days=1), by=cast.actor("thinh")
    )


def put_a_sent_report(cast: Cast) -> None:
    """Of chi bộ thôn Đông, of a month long ago; xã Phú Lương has not taken it yet."""
    number = DocumentNumber.everything.get(issuer=cast.dong)
    put_sent(cast.dong, "chi-bo-thang", date(2025, 8, 31), number, cast["thinh"])


def put_into_the_books(cast: Cast) -> None:
    """A term, a reserved number and a village of chi bộ thôn Đông."""
    term = CommitteeTerm(organisation=cast.dong, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1))
    term.save()
    DocumentNumber(
        issuer=cast.dong, term=term, type="NQ", series="NQ", number=1, symbol="01-NQ/CB", state="reserved", reason="họp"
    ).save()
    Settlement(commune=cast.phu_luong, branch=cast.dong, kind="village", name="Đông").save()


def put_on_the_roll(cast: Cast) -> None:
    """Two members of chi bộ thôn Đông; Hậu's account is that of the second, who asks for a correction."""
    first, second = on_the_roll(cast.dong, "Quàng Văn Pó"), on_the_roll(cast.dong, "Ma Văn Sùng", account=cast["hau"])
    Correction(member=second, column="phone", after="0912345678", asked_by=cast["hau"]).save()
    BadgeAward(member=first, years=30).save()
    Office(member=first, organisation=cast.dong, post="deputy", since=date(2025, 1, 1)).save()
    HouseholdCharge(member=first, area="xóm Trong", households=4, since=date(2025, 1, 1)).save()
    Assignment(
        member=first, organisation=cast.dong, year=timezone.localdate().year, words="Giữ sổ", agreed_on=date(2025, 1, 1)
    ).save()


def put_into_the_library(cast: Cast) -> None:
    """A plan that the office of xã Phú Lương has entered, what it obliges to, and what it carries out; a secret paper."""
    above = a_document(None, "Nghị quyết về sinh hoạt chi bộ")
    plan = a_document(cast.phu_luong, "Kế hoạch thực hiện")
    an_obligation(plan)
    a_target(plan)
    total = TargetTotal(
        giver=cast.phu_luong, name="Kết nạp", unit="đảng viên", first_year=2026, last_year=2026, amount=9
    )
    total.save()
    TargetShare(total=total, receiver=cast.dong, amount=4).save()
    Study(document=plan, organisation=cast.phu_luong, due_on=date(2026, 12, 31)).save()
    Relation(document=plan, kind="implements", other=above).save()
    Document(slug="mat", symbol="01-BC/ĐU", secrecy="top", keeper=cast.phu_luong).save()


def put_orders(cast: Cast) -> None:
    """What the plan asks for was given to the branches of xã Phú Lương; chi bộ thôn Đông asks for more time. And a draft."""
    mai, task = cast.actor("mai"), Obligation.everything.get(kind="task")
    Obligation.everything.filter(pk=task.pk).update(bearers=["branch"], pace="once", operator="within", due_on=days(30))
    task.refresh_from_db()
    given(cast.phu_luong, mai, task)
    an_order(cast.phu_luong, mai, task, title="Bản soạn")
    Extension(assignment=assigned(cast), until=days(60), because="Mưa lũ", asked_on=days(0)).save()


def assigned(cast: Cast) -> TaskAssignment:
    return TaskAssignment.everything.get(organisation=cast.dong)


def put_what_looks_back(cast: Cast) -> None:
    """The commune reviews its plan, and inspects chi bộ thôn Đông, which has something to put right."""
    plan = Document.everything.get(subject="Kế hoạch thực hiện")
    a_review(plan, cast.phu_luong, cast.dong, cast.doai, opened_by=cast["mai"])
    a_begun_inspection(cast.phu_luong, cast.dong, by=cast["son"], documents=[plan])


def put_criteria() -> None:
    """A short set that holds everywhere: one thing fills itself, one is asked."""
    lines = (NewCriterion("Dự họp", 60, "attendance"), NewCriterion("Nội dung", 40))
    write_set(NewSet("regular", "Bộ tiêu chí", (NewBlock("Chung", lines),)), None, None)


def put_a_closed_meeting(cast: Cast) -> None:
    """Held and closed; Hậu was given something to do."""
    meeting = held(meeting_of(cast.dong, date(2026, 2, 3)))
    hau = Member.everything.get(full_name="Ma Văn Sùng")
    ActionItem.everything.create(meeting=meeting, organisation=cast.dong, words="Dọn kênh", assignee=hau)
    Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Sửa cầu")
    Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())


def put_a_coming_meeting(cast: Cast) -> None:
    """One that chi bộ thôn Đông is going to hold, to which Hậu is asked; what was there before it."""
    today = timezone.localdate()
    meeting = meeting_of(cast.dong, today)
    Invitation(meeting=meeting, member=cast["hau"].member, day=today).save()
    Orientation(organisation=cast.phu_luong, month=today.replace(day=1), contents="Chuyển đổi số").save()
    plan = ThematicPlan(organisation=cast.dong, year=today.year)
    plan.save()
    Topic(plan=plan, quarter=1, words="Giảm nghèo").save()
    TopicSuggestion(organisation=cast.phu_luong, year=today.year, words="Chuyển đổi số").save()


def path_for(address: Address, cast: Cast, slug: str = "") -> str:
    slug = slug or SLUGS.get(address.name) or Article.everything.first().slug
    pk, other = number_for(address, cast), Member.everything.get(full_name="Ma Văn Sùng").pk
    other = cast.dong.pk if address.name in ("record_study", "asked_of") else other
    other = Target.everything.get().pk if address.name == "by_hand" else other
    path = address.filled(
        slug=slug, pk=pk, other=other, key="meeting.minutes.least", thang=f"{timezone.localdate():%Y-%m}",
        year=timezone.localdate().year, code="meetings.held",
    )  # fmt: skip
    return f"{path}?to-chuc={cast.dong.pk}" if address.name in OF_A_PLACE else as_text(address, path)


OF_A_PLACE = ("figures", "figure", "reports")  # by ?to-chuc=


def as_text(address: Address, path: str) -> str:
    """A paper says the same as plain text, which is cheaper to make, and to search."""
    is_paper = address.name.endswith("_paper") or address.name in ("meeting_minutes", "order_plan")
    return f"{path}?dang=txt" if is_paper else path


AFTER_CLOSING = (
    "meeting_close", "meeting_reopen", "meeting_signed", "score_sheet", "score_beside", "meeting_minutes", "minutes_text", "attendance_paper",
    "score_paper",
)  # fmt: skip
OF_DRAFTS = ("change_order", "give_order", "drop_order", "drop_ordered")
# Of these there is one; the address begins so.
THE_ONE = {
    "viec/<uuid:": ActionItem, "nghi-quyet/": Resolution, "kien-nghi/<uuid:": Proposal, "dinh-huong/": Orientation, "chuyen-de/": Topic,
    "chuyen-de-goi-y/": TopicSuggestion, "thon/": Settlement, "so-van-ban/": DocumentNumber, "nhiem-ky/": CommitteeTerm,
    "quan-he-van-ban/": Relation, "quan-triet/": Study, "chuc-vu/": Office,
    "phu-trach/": HouseholdCharge, "phan-bo/": TargetTotal, "phan-chi-tieu/": TargetShare, "nhiem-vu/": Assignment,
    "sua-ho-so/": Correction, "gia-han/": Extension,
    "so-ket/": Review, "chuong-trinh-kiem-tra/": InspectionProgramme, "kiem-tra/": PlannedInspection,
    "phat-hien/": Finding, "yeu-cau-kiem-tra/": Demand, "bao-cao-den/": Arrival,
}  # fmt: skip


def number_for(address: Address, cast: Cast) -> object:
    """The object that the page is about."""
    route = address.route
    for beginning, model in THE_ONE.items():
        if route.startswith(beginning):
            return model.everything.get().pk
    if route.startswith("bao-cao/<"):
        return Report.everything.get(organisation=cast.dong, state="draft").pk
    if route.startswith("hop/<uuid:"):
        return Meeting.everything.get(closed_at__isnull=address.name not in AFTER_CLOSING).pk
    if "<uuid:" in route:
        return uuid.uuid4()
    if route.startswith(tuple(f"to-chuc/<int:pk>/{part}/" for part in ("thon", "chuyen-de", "bao-cao-den"))):
        return cast.phu_luong.pk
    if route.startswith("tong-quan/<int:pk>/") and route != "tong-quan/<int:pk>/":
        return cast.phu_luong.pk
    if route.startswith(("to-chuc/", "chi-bo/", "tong-quan/")):
        return cast.dong.pk
    if route.startswith("nhap-dang-vien/"):
        return Import.everything.create(organisation=cast.phu_luong, by=cast["mai"], name="a.xlsx", state="checked").pk
    if route.startswith("dang-vien/<"):
        return Member.everything.get(full_name="Quàng Văn Pó").pk
    if route.startswith("viec-duoc-giao/<"):
        return assigned(cast).pk
    if route.startswith(("giao-viec/<", "viec-giao/<")):
        is_draft = address.name in OF_DRAFTS
        order = Order.everything.get(given_on__isnull=is_draft)
        return order.pk if route.startswith("giao-viec/") else OrderedTask.everything.filter(order=order).first().pk
    if route.startswith("viec-van-ban/"):
        return Obligation.everything.get(kind="task").pk
    if route.startswith("phan-so-ket/"):
        return ReviewPart.everything.get(organisation=cast.dong).pk
    if address.name == "strike_secret":
        return Document.everything.get(secrecy="top").pk
    if route.startswith("van-ban/<"):
        return Document.everything.get(subject="Kế hoạch thực hiện").pk
    if route.startswith("sap-xep/"):
        return found_organisation(
            new=NewOrganisation("Chi bộ thôn Hạ", "PL-9", Kind.BRANCH), parent=cast.phu_luong, on=timezone.localdate(),
            by=cast.actor("mai"),
        ).pk  # fmt: skip
    if route.startswith("vai-tro/"):
        return cast["thinh"].grants.get().pk
    return Term.everything.first().pk
