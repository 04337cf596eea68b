"""What an inspection demands: made, answered by the subject, accepted or sent back, let go for a reason."""

from collections.abc import Collection
from datetime import date

from django.core.files.base import File
from django.utils import timezone

from directives.models import Demand, DemandState, Inspection
from directives.services.inspections import REASON, open_inspection
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

DOOR = "directives.demand"
PAPERS: Collection[Kind] = frozenset({Kind.PDF, Kind.DOCX, Kind.JPEG, Kind.PNG})


@action("ghi yêu cầu sau kiểm tra")
def make_demand(inspection: Inspection, *, words: str, due_on: date, by: Actor) -> Demand:
    inspection = open_inspection(inspection, by)
    today = timezone.localdate()
    if due_on < today:
        raise DomainError("Hạn đã qua; chọn ngày từ hôm nay trở đi.", field="due_on")
    subject = inspection.planned.subject
    demand = Demand(inspection=inspection, organisation=subject, words=words, made_on=today, due_on=due_on)
    demand.save()
    return demand


@action("sửa yêu cầu sau kiểm tra")
def change_demand(demand: Demand, *, version: int, words: str, due_on: date, by: Actor) -> Demand:
    """Its words, or a later day."""
    demand = _kept(demand, by)
    if demand.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa yêu cầu này. Xem bản mới nhất rồi lưu lại.")
    if due_on != demand.due_on and due_on < timezone.localdate():
        raise DomainError("Hạn đã qua; chọn ngày từ hôm nay trở đi.", field="due_on")
    demand.words, demand.due_on = words, due_on
    return _saved(demand)


@action("báo cáo thực hiện yêu cầu sau kiểm tra")
def answer_demand(demand: Demand, *, answer: str, done_on: date, file: File | None = None, by: Actor) -> Demand:
    demand = _locked(demand)
    by.need(Permission.ANSWER_TASKS, demand.organisation.path)
    _refuse_settled(demand)
    if not demand.waits_for_subject:
        raise DomainError("Đã báo cáo rồi; chờ nơi kiểm tra nhận xét.")
    if done_on > timezone.localdate():
        raise DomainError("Ngày này chưa đến.", field="done_on")
    demand.answer, demand.done_on, demand.answered_on = answer, done_on, timezone.localdate()
    demand.answered_by, demand.state, demand.remark, demand.judged_on = by.account, DemandState.ANSWERED, "", None
    if file:
        demand.file = store_file(file, kinds=PAPERS, field="file", door=DOOR, by=by)
    return _saved(demand)


@action("nhận kết quả thực hiện yêu cầu")
def accept_demand(demand: Demand, *, remark: str = "", by: Actor) -> Demand:
    return _judged(_answered(demand, by), DemandState.ACCEPTED, remark)


@action("trả lại báo cáo thực hiện yêu cầu")
def return_demand(demand: Demand, *, remark: str, by: Actor) -> Demand:
    if not remark.strip():
        raise DomainError("Ghi còn thiếu gì.", field="remark")
    return _judged(_answered(demand, by), DemandState.RETURNED, remark)


@action("thôi theo dõi yêu cầu sau kiểm tra")
def let_go(demand: Demand, *, remark: str, by: Actor) -> Demand:
    """Expressly, with the reason: then the inspection may end without it."""
    if not remark.strip():
        raise DomainError("Ghi lý do thôi theo dõi.", field="remark")
    return _judged(_kept(demand, by), DemandState.LET_GO, remark)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    return Demand.objects.allowed(actor, Permission.SEE_TASKS).filter(file=file).exists()


def _kept(demand: Demand, by: Actor) -> Demand:
    """Locked, and one to whoever inspects; its inspection has not ended."""
    open_inspection(demand.inspection, by)
    locked = _locked(demand)
    _refuse_settled(locked)
    return locked


def _answered(demand: Demand, by: Actor) -> Demand:
    locked = _kept(demand, by)
    if locked.state != DemandState.ANSWERED:
        raise DomainError("Yêu cầu này không còn chờ nhận xét.")
    return locked


def _refuse_settled(demand: Demand) -> None:
    if demand.is_settled:
        raise DomainError("Yêu cầu này đã xong, không sửa được nữa.")


def _locked(demand: Demand) -> Demand:
    """The inspection first: whoever ends it and whoever answers do not wait for each other in a circle."""
    Inspection.objects.everywhere(reason=REASON).select_for_update().get(pk=demand.inspection_id)
    rows = Demand.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    return rows.select_related("organisation", "inspection").get(pk=demand.pk)


def _judged(demand: Demand, state: DemandState, remark: str) -> Demand:
    demand.state, demand.remark, demand.judged_on = state, remark, timezone.localdate()
    return _saved(demand)


def _saved(demand: Demand) -> Demand:
    demand.version += 1
    demand.save()
    return demand
