"""The themes of a year: suggested above, chosen by the branch by quarter, sent up, approved or returned."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from directives.models import Task
from meetings.models import PlanState, ThematicPlan, Topic, TopicSuggestion
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.history.actions import action
from portal.words.errors import DomainError

MOST_TOPICS = 12
OPEN_STATES = (PlanState.DRAFT, PlanState.RETURNED)


@action("gợi ý chuyên đề")
def suggest_topic(
    organisation: Organisation, *, year: int, words: str, task: Task | None = None, by: Actor
) -> TopicSuggestion:
    by.need(Permission.DIRECT_MEETINGS, organisation.path)
    if organisation.kind in (Kind.BRANCH, Kind.CELL):
        raise DomainError("Chỉ cấp ủy cấp trên của chi bộ mới gợi ý chuyên đề.")
    row = TopicSuggestion(organisation=organisation, year=year, words=words, task=task)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError("Chuyên đề này đã gợi ý rồi.", field="words") from error
    return row


@action("rút chuyên đề gợi ý")
def withdraw_suggestion(suggestion: TopicSuggestion, *, by: Actor) -> None:
    """Branches that have chosen it keep it: it is theirs."""
    by.need(Permission.DIRECT_MEETINGS, suggestion.organisation.path)
    suggestion.delete()


@action("chọn chuyên đề")
def choose_topic(
    branch: Organisation, *, year: int, quarter: int, words: str, task: Task | None = None, by: Actor
) -> Topic:
    by.need(Permission.RECORD_MEETING, branch.path)
    if branch.kind != Kind.BRANCH:
        raise DomainError("Kế hoạch chuyên đề là của chi bộ.")
    ThematicPlan.everything.get_or_create(organisation=branch, year=year)
    plan = _open(ThematicPlan.everything.get(organisation=branch, year=year), by)
    chosen = list(plan.topics.values_list("words", flat=True))
    if words in chosen:
        raise DomainError("Chuyên đề này đã có trong kế hoạch.", field="words")
    if len(chosen) >= MOST_TOPICS:
        raise DomainError(f"Một năm ghi tối đa {MOST_TOPICS} chuyên đề.")
    topic = Topic(plan=plan, quarter=quarter, words=words, task=task or _task_suggested(branch, year, words))
    topic.save()
    return topic


def _task_suggested(branch: Organisation, year: int, words: str) -> Task | None:
    """A theme that was suggested is about what it was suggested for."""
    rows = TopicSuggestion.everything.filter(year=year, words=words, task__isnull=False)
    row = rows.filter(organisation__path__in=paths_down_to(branch.path)).select_related("task").first()
    return row.task if row else None


@action("bỏ chuyên đề")
def drop_topic(topic: Topic, *, by: Actor) -> None:
    _open(topic.plan, by)
    if topic.meeting_id:
        raise DomainError("Chuyên đề này đã lập buổi họp. Hủy buổi họp rồi mới bỏ được.")
    topic.delete()


@action("gửi kế hoạch chuyên đề")
def send_plan(plan: ThematicPlan, *, by: Actor) -> ThematicPlan:
    plan = _open(plan, by)
    if not plan.topics.exists():
        raise DomainError("Chọn ít nhất một chuyên đề rồi mới gửi.")
    plan.state, plan.sent_on, plan.remark = PlanState.SENT, timezone.localdate(), ""
    return _saved(plan)


@action("duyệt kế hoạch chuyên đề")
def approve_plan(plan: ThematicPlan, *, remark: str = "", by: Actor) -> ThematicPlan:
    plan = _waiting(plan, by)
    plan.state, plan.remark = PlanState.APPROVED, remark
    return _decided(plan, by)


@action("trả lại kế hoạch chuyên đề")
def return_plan(plan: ThematicPlan, *, remark: str, by: Actor) -> ThematicPlan:
    """An approved one too: a year does not keep to what was planned."""
    plan = _waiting(plan, by, PlanState.SENT, PlanState.APPROVED)
    if not remark.strip():
        raise DomainError("Ghi chi bộ cần sửa gì.", field="remark")
    plan.state, plan.remark = PlanState.RETURNED, remark
    return _decided(plan, by)


def _open(plan: ThematicPlan, by: Actor) -> ThematicPlan:
    """Locked, and still the branch's to write."""
    plan = _locked(plan)
    by.need(Permission.RECORD_MEETING, plan.organisation.path)
    if plan.state not in OPEN_STATES:
        raise DomainError("Kế hoạch đã gửi cấp trên. Cấp trên trả lại thì sửa được tiếp.")
    return plan


def _waiting(plan: ThematicPlan, by: Actor, *states: PlanState) -> ThematicPlan:
    plan = _locked(plan)
    by.need(Permission.DIRECT_MEETINGS, plan.organisation.path)
    if plan.state not in (states or (PlanState.SENT,)):
        raise DomainError("Kế hoạch này không còn chờ duyệt.")
    return plan


def _locked(plan: ThematicPlan) -> ThematicPlan:
    rows = ThematicPlan.everything.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=plan.pk)


def _decided(plan: ThematicPlan, by: Actor) -> ThematicPlan:
    plan.decided_on, plan.decided_by = timezone.localdate(), by.account
    return _saved(plan)


def _saved(plan: ThematicPlan) -> ThematicPlan:
    plan.version += 1
    plan.save()
    return plan
