"""A review under way and a programme of inspections, in the commune that everybody knows."""

from datetime import date, timedelta
from random import Random
from typing import Any

from branches.models import Organisation
from branches.summary.months import next_month
from directives.models import Document, Review, ReviewPart
from directives.services import demands, inspections, programmes, reviews
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.seeding.demo import BRANCH, COMMUNE
from portal.seeding.scales import Scale

WORDS = {
    "results": "Chi bộ họp đủ các buổi thường kỳ; nội dung bám việc của thôn: làm đường, thu gom rác, vận động học sinh ra lớp.",
    "shortcomings": "Hai buổi họp sau ngày 05. Ít đảng viên trẻ phát biểu.",
    "causes": "Mùa vụ trùng ngày họp; việc giao chưa rõ từng người.",
    "directions": "Giữ lịch ngày 03 hằng tháng; giao việc chuẩn bị ý kiến trước buổi họp.",
    "proposals": "Đề nghị Đảng ủy mở lớp bồi dưỡng kỹ năng điều hành cho phó bí thư.",
}


def seed_looking_back(scale: Scale, random: Random, today: date) -> str:
    if scale.in_bulk or Review.objects.everywhere(reason="seeding").exists():
        return "không thêm đợt sơ kết"
    document = Document.objects.everywhere(reason="seeding").filter(source="S003").first()
    if document is None:
        return "chưa có văn bản để sơ kết"
    _review(document, today)
    _inspections(document, today)
    return "1 đợt sơ kết, 1 chương trình kiểm tra"


def _actor(username: str) -> Actor:
    return Actor.today(Account.objects.get(username=username))


def _review(document: Document, today: date) -> None:
    """The known branch has not sent yet; its neighbour has."""
    commune = Organisation.everything.get(code=COMMUNE)
    review = reviews.open_review(
        document, organisation=commune, kind="interim", since=date(today.year, 1, 1), until=today,
        due_on=today + timedelta(days=12), answering="branch",
        guidance="Nêu rõ cách làm hay ở thôn, bản; không chép lại số liệu.", by=_actor("vanphong"),
    )  # fmt: skip
    mine = ReviewPart.everything.get(review=review, organisation__code=BRANCH)
    others = ReviewPart.everything.filter(review=review).exclude(pk=mine.pk).order_by("pk")[:2]
    for part in others:
        reviews.write_part(part, version=1, words=WORDS, by=_actor("vanphong"))
        reviews.send_part(part, by=_actor("vanphong"))
    if len(others) > 1:
        reviews.accept_part(others[1], by=_actor("thuongtruc"))


def _inspections(document: Document, today: date) -> None:
    """One under way in the known branch, one planned for the end of the year."""
    commune, by = Organisation.everything.get(code=COMMUNE), _actor("kiemtra")
    branch = Organisation.everything.get(code=BRANCH)
    programme = programmes.make_programme(commune, year=today.year, conducted_by="commission", by=by)
    month: dict[str, Any] = {
        "since": today.replace(day=1),
        "until": next_month(today.replace(day=1)) - timedelta(days=1),
        "led_by": "Chủ nhiệm Ủy ban Kiểm tra",
    }
    first = programmes.plan_inspection(
        programme, subject=branch, kind="check", contents="Chế độ sinh hoạt chi bộ, thu nộp đảng phí.",
        documents=[document], **month, by=by,
    )  # fmt: skip
    other = Organisation.everything.filter(parent=commune, kind="branch").exclude(pk=branch.pk).order_by("pk").first()
    end: dict[str, Any] = {
        "since": date(today.year, 12, 1),
        "until": date(today.year, 12, 31),
        "led_by": "Văn phòng Đảng ủy",
    }
    programmes.plan_inspection(
        programme, subject=other or branch, kind="supervise", contents="Việc tự phê bình và phê bình.", documents=[],
        **end, by=by,
    )  # fmt: skip
    programmes.agree_programme(programme, agreed_on=today, by=by)
    inspection = inspections.begin_inspection(first, opened_on=today.replace(day=1), by=by)
    inspections.write_finding(inspection, kind="shortcoming", words="Hai tháng chưa thu đủ đảng phí.", by=by)
    conclusion = "Chi bộ giữ chế độ sinh hoạt. Cần thu đủ đảng phí hằng tháng và ghi việc giao cho từng đảng viên."
    inspections.conclude(inspection, version=1, conclusion=conclusion, concluded_on=today, by=by)
    for words, days in [("Thu đủ đảng phí còn thiếu.", 20), ("Bổ sung bảng phân công nhiệm vụ đảng viên.", 40)]:
        demands.make_demand(inspection, words=words, due_on=today + timedelta(days=days), by=by)
    done = inspection.demands.order_by("pk").first()
    answer = "Chi bộ đã thu đủ các tháng còn thiếu và nộp văn phòng Đảng ủy."
    if done:
        demands.answer_demand(done, answer=answer, done_on=today, by=_actor("bithu"))
