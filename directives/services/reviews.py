"""Looking back on a document: opened above, answered below, judged and concluded above."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Organisation
from directives.models import Document, PartState, Review, ReviewPart
from directives.models.review import HEADINGS, PartQuerySet
from directives.queries.review_figures import composed
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

REASON = "whoever writes was asked about the organisation"


@action("mở đợt sơ kết, tổng kết")
def open_review(
    document: Document,
    *,
    organisation: Organisation,
    kind: str,
    since: date,
    until: date,
    due_on: date,
    answering: str,
    guidance: str = "",
    by: Actor,
) -> Review:
    """Each organisation of that kind which lives below gets its part."""
    by.need(Permission.GIVE_TASKS, organisation.path)
    if document.is_secret:
        raise DomainError("Văn bản mật không sơ kết, tổng kết trong cổng.")
    if until < since:
        raise DomainError("Ngày cuối kỳ phải sau ngày đầu kỳ.", field="until")
    _refuse_day_gone(due_on)
    today = timezone.localdate()
    review = Review(
        document=document, organisation=organisation, kind=kind, since=since, until=until, due_on=due_on,
        answering=answering, guidance=guidance, opened_on=today, opened_by=by.account,
    )  # fmt: skip
    _save_once(review)
    if not _ask(review):
        raise DomainError("Không có tổ chức nào loại này ở bên dưới.", field="answering")
    return review


@action("sửa đợt sơ kết, tổng kết")
def change_review(review: Review, *, due_on: date, guidance: str, by: Actor) -> Review:
    """The last day and the words of guidance; what was asked for stays."""
    review = _open(review, by)
    if due_on != review.due_on:
        _refuse_day_gone(due_on)
    if due_on < review.since:
        raise DomainError("Hạn gửi phải sau ngày đầu kỳ.", field="due_on")
    review.due_on, review.guidance = due_on, guidance
    review.save()
    return review


@action("gọi thêm nơi báo cáo")
def ask_newcomers(review: Review, *, by: Actor) -> int:
    """Organisations founded or placed below since it was opened."""
    return _ask(_open(review, by))


@action("bỏ đợt sơ kết, tổng kết")
def drop_review(review: Review, *, by: Actor) -> None:
    """Opened by mistake: as long as nobody has written anything."""
    review = _open(review, by)
    if any(part.judgements or part.sent_at for part in _parts(review)):
        raise DomainError("Đã có nơi viết hoặc gửi phần của mình, không bỏ được đợt này nữa.")
    review.delete()


@action("ghi phần sơ kết, tổng kết")
def write_part(part: ReviewPart, *, version: int, words: Mapping[str, str], by: Actor) -> ReviewPart:
    """Nobody's words are overwritten unseen: whoever saves second is told, and sees both."""
    part = _writable(part, by)
    if part.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa phần này. Phần đồng chí viết vẫn còn; xem bản mới rồi ghép lại.")
    for name in HEADINGS:
        setattr(part, name, words[name])
    part.version += 1
    part.save()
    return part


@action("gửi phần sơ kết, tổng kết")
def send_part(part: ReviewPart, *, by: Actor) -> ReviewPart:
    """The figures of the day go along; from now on neither words nor figures change."""
    part = _writable(part, by)
    if not part.results:
        raise DomainError("Ghi kết quả nổi bật rồi mới gửi.", field="results")
    part.figures = composed(part.review, part.organisation).frozen()
    part.state, part.sent_at, part.sent_by = PartState.SENT, timezone.now(), by.account
    part.remark, part.judged_on, part.judged_by = "", None, None
    part.version += 1
    part.save()
    return part


@action("nhận phần sơ kết, tổng kết")
def accept_part(part: ReviewPart, *, remark: str = "", by: Actor) -> ReviewPart:
    return _judged(part, PartState.ACCEPTED, remark, by)


@action("trả lại phần sơ kết, tổng kết")
def return_part(part: ReviewPart, *, remark: str, by: Actor) -> ReviewPart:
    """An accepted one too, until the review is closed."""
    if not remark.strip():
        raise DomainError("Ghi cần bổ sung gì.", field="remark")
    return _judged(part, PartState.RETURNED, remark, by)


@action("ghi kết luận sơ kết, tổng kết")
def write_conclusion(review: Review, *, version: int, conclusion: str, by: Actor) -> Review:
    review = _open(review, by)
    if review.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa kết luận. Phần đồng chí viết vẫn còn; xem bản mới rồi ghép lại.")
    review.conclusion, review.version = conclusion, version + 1
    review.save()
    return review


@action("kết thúc đợt sơ kết, tổng kết")
def close_review(review: Review, *, by: Actor) -> Review:
    review = _open(review, by)
    if not review.conclusion:
        raise DomainError("Ghi kết luận chung rồi mới kết thúc.")
    waiting = sum(1 for part in _parts(review) if part.state == PartState.SENT)
    if waiting:
        raise DomainError(f"Còn {waiting} phần đã gửi chưa được nhận xét.")
    review.closed_on = timezone.localdate()
    review.save()
    return review


def _ask(review: Review) -> int:
    """Whoever lives there today and has no part yet. How many that are."""
    below = Organisation.objects.everywhere(reason=REASON).at_or_below(review.organisation.path)
    asked = below.filter(kind=review.answering).exclude(pk=review.organisation_id).living(timezone.localdate())
    have = set(_parts(review).values_list("organisation_id", flat=True))
    parts = [ReviewPart(review=review, organisation=one) for one in asked.in_order() if one.pk not in have]
    ReviewPart.objects.everywhere(reason=REASON).bulk_create(parts)
    return len(parts)


def _parts(review: Review) -> PartQuerySet:
    return ReviewPart.objects.everywhere(reason=REASON).filter(review=review)


def _refuse_day_gone(due_on: date) -> None:
    if due_on < timezone.localdate():
        raise DomainError("Hạn gửi đã qua; chọn ngày từ hôm nay trở đi.", field="due_on")


def _save_once(review: Review) -> None:
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        if "review_stands_once" not in str(error):
            raise
        raise DomainError("Đợt này đã mở rồi: cùng văn bản, hình thức và kỳ.", field="since") from error


def _open(review: Review, by: Actor) -> Review:
    rows = Review.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    locked = rows.select_related("organisation", "document").get(pk=review.pk)
    by.need(Permission.GIVE_TASKS, locked.organisation.path)
    if not locked.is_open:
        raise DomainError("Đợt này đã kết thúc.")
    return locked


def _locked(part: ReviewPart) -> ReviewPart:
    """The part alone: thousands may send theirs in one hour, and must not wait for each other."""
    rows = ReviewPart.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    return rows.select_related("organisation", "review__organisation", "review__document").get(pk=part.pk)


def _writable(part: ReviewPart, by: Actor) -> ReviewPart:
    locked = _locked(part)
    by.need(Permission.ANSWER_TASKS, locked.organisation.path)
    if not locked.review.is_open:
        raise DomainError("Đợt này đã kết thúc, không sửa được nữa.")
    if locked.is_here:
        raise DomainError("Phần này đã gửi. Cấp trên trả lại thì sửa được tiếp.")
    return locked


def _judged(part: ReviewPart, state: PartState, remark: str, by: Actor) -> ReviewPart:
    locked = _locked(part)
    by.need(Permission.GIVE_TASKS, locked.review.organisation.path)
    if not locked.review.is_open:
        raise DomainError("Đợt này đã kết thúc.")
    from_states = (PartState.SENT,) if state == PartState.ACCEPTED else (PartState.SENT, PartState.ACCEPTED)
    if locked.state not in from_states:
        raise DomainError("Phần này không còn chờ nhận xét.")
    locked.state, locked.remark = state, remark
    locked.judged_on, locked.judged_by = timezone.localdate(), by.account
    locked.version += 1
    locked.save()
    return locked
