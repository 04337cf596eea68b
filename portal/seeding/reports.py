"""Reports of the demo, through the services: last month's of the branches in every state, last year's of communes and province.

The branch that everybody knows has not written its own; one commune has never sent.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from django.core.files.base import ContentFile

from branches.models import Organisation
from branches.models import Term as CommitteeTerm
from branches.models.organisation import OrganisationQuerySet
from branches.papers import form_of
from branches.summary.months import last_day_of, last_whole_month
from portal.access.actor import Actor
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.files.kinds import Kind
from portal.files.services.storing import keep_made
from portal.reports.facts import Facts
from portal.reports.kinds import kind_named
from portal.reports.models import Arrival, Report
from portal.reports.models.report import LETTERS
from portal.reports.papers import Told, check_words, paper_of
from portal.reports.printing import printed
from portal.reports.services import arriving, issuing, writing
from portal.reports.services.writing import words_of
from portal.seeding.clock import as_on
from portal.seeding.demo import BRANCH, COMMUNE, PROVINCE
from portal.seeding.scales import Scale

KNOWN_CODE = "DEMA-2345"  # of the province's report: a copy of it can be compared
WORDS = {
    "results": "Giữ nền nếp sinh hoạt; việc giao cho từng đảng viên có người theo dõi, nhắc hằng tháng.",
    "shortcomings": "Ít đảng viên trẻ phát biểu; một số việc giao chưa rõ ngày xong.",
    "directions": "Giữ lịch họp ngày 03 hằng tháng; mỗi buổi giao việc có tên người và ngày xong.",
}
RETURNED = "Nêu rõ vì sao họp sau ngày 05 và cách khắc phục."
WRITER = "bantochuc"  # of the province; it stands in for a commune that has nobody of its own in the demo
# Of the branches of the known commune, in order: what became of last month's report, and on which day of this month.
MONTHLY = (
    ("taken", 3), ("taken", 4), ("taken", 5), ("returned", 5), ("sent", 6), ("sent", 8), ("late", 13), ("review", 9),
    ("draft", 9),
)  # fmt: skip


def seed_reports(scale: Scale, random: Random, today: date) -> str:
    if scale.in_bulk or Report.objects.everywhere(reason="seeding").exists():
        return "không thêm báo cáo"
    made = _of_last_year(random, today) + _of_last_month(random, today)
    return f"{made} báo cáo"


def _of_last_year(random: Random, today: date) -> int:
    """The first commune in time, the last one late, the one between never; the province issues its own all the same."""
    day = date(today.year - 1, 12, 31)
    communes = list(_places().filter(parent__code=PROVINCE).order_by("code"))
    first, late = communes[0], communes[-1]
    sent = [
        _sent(first, "xa-nam", day, _actor("vanphong"), day.replace(day=18), random),
        _sent(late, "xa-nam", day, _stands_in_for(late), day.replace(day=23), random),
    ]
    with as_on(day.replace(day=24)):
        arriving.acknowledge(_arrival(sent[0]), by=_actor(WRITER))
    top = _places().get(code=PROVINCE)
    _sent(top, "tinh-nam", day, _actor(WRITER), day.replace(day=28), random, code_of_copy=KNOWN_CODE)
    return 3


def _of_last_month(random: Random, today: date) -> int:
    day = last_day_of(last_whole_month(today))
    branches = list(_places().filter(parent__code=COMMUNE, kind="branch").exclude(code=BRANCH).order_by("code"))
    for branch, (fate, on) in zip(branches, MONTHLY, strict=False):
        by, when = _secretary(branch), min(day + timedelta(days=on), today)
        if fate in ("draft", "review"):
            with as_on(when):
                report = _written(branch, "chi-bo-thang", day, by)
                if fate == "review":
                    writing.hand_over(report, by=by)
            continue
        report = _sent(branch, "chi-bo-thang", day, by, when, random)
        with as_on(min(when + timedelta(days=1), today)):
            if fate == "taken":
                arriving.acknowledge(_arrival(report), by=_actor("vanphong"))
            elif fate == "returned":
                arriving.return_report(_arrival(report), remark=RETURNED, by=_actor("vanphong"))
    return min(len(branches), len(MONTHLY))


def _written(place: Organisation, code: str, day: date, by: Actor) -> Report:
    kind = kind_named(code)
    assert kind, code
    report = writing.begin_report(kind=kind, organisation=place, day=day, by=by)
    written = words_of(report)
    for part in kind.parts:
        if part.code in WORDS and not written.get(part.code):
            writing.write_words(report, part=part.code, words=WORDS[part.code], version=0, by=by)
    return report


def _sent(
    place: Organisation, code: str, day: date, by: Actor, when: date, random: Random, *, code_of_copy: str = ""
) -> Report:
    """Written, approved and issued on one day; the PDF is set here instead of by a worker."""
    CommitteeTerm.objects.everywhere(reason="seeding").get_or_create(
        organisation=place, defaults={"name": "nhiệm kỳ 2025–2030", "since": date(2025, 4, 1)}
    )
    with as_on(when):
        report = _written(place, code, day, by)
        rows = Report.objects.everywhere(reason="seeding").filter(pk=report.pk)
        rows.update(code=code_of_copy or _code(random))
        writing.hand_over(report, by=by)
        report = issuing.approve(report, by=_approver(place, by))
        issuing.take_its_number(report, by)
        content = ContentFile(_pdf(report, by))
        file = keep_made(content, kind=Kind.PDF, name=_name(report), by=by, door=issuing.DOOR)
        return issuing.issued(report, file)


def _pdf(report: Report, by: Actor) -> bytes:
    kind, facts = writing.kind_of(report), Facts.thawed(report.facts)
    assert report.number, "it has just taken one"
    assert report.issued_on, "and its day"
    told = Told(report, kind, facts, words_of(report))
    paper = paper_of(told, on=report.issued_on, symbol=report.number.symbol, check=check_words(report))
    form = form_of(report.organisation, report.issued_on, by)
    return printed(paper, kind.annexes_of(facts), form, facts=report.facts)


def _name(report: Report) -> str:
    assert report.number, "it has just taken one"
    return f"{report.number.symbol.replace('/', '-')} {writing.kind_of(report).name} {report.organisation.name}.pdf"


def _code(random: Random) -> str:
    found = "".join(random.choice(LETTERS) for _ in range(8))
    return f"{found[:4]}-{found[4:]}"


def _approver(place: Organisation, by: Actor) -> Actor:
    return _actor("thuongtruc") if place.code == COMMUNE else by


def _arrival(report: Report) -> Arrival:
    return Arrival.objects.everywhere(reason="seeding").get(report=report)


def _places() -> OrganisationQuerySet:
    return Organisation.objects.everywhere(reason="seeding")


def _actor(username: str) -> Actor:
    return Actor.today(Account.objects.get(username=username))


def _stands_in_for(place: Organisation) -> Actor:
    writer = _actor(WRITER)
    assert writer.capacity, "an office of the demo"
    held = replace(writer.capacity, organisation_id=place.pk, organisation_name=place.name, path=place.path)
    return Actor(writer.account, (held,), held)


def _secretary(branch: Organisation) -> Actor:
    return Actor.today(Account.objects.filter(grants__organisation=branch, grants__role=Role.SECRETARY).earliest("pk"))
