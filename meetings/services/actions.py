"""How a thing that was given stands: said by who does it, or by the secretary, between two meetings."""

from django.utils import timezone

from meetings.models import ActionItem, Stand
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import DomainError, NotAllowed

NEEDS_WORDS = (Stand.PARTLY, Stand.NOT_DONE, Stand.DROPPED)


def may_mark(item: ActionItem, actor: Actor) -> bool:
    return _is_own(item, actor) or actor.may(Permission.RECORD_MEETING, item.organisation.path)


@action("ghi tình trạng việc được giao")
def mark_action(item: ActionItem, *, stand: Stand, note: str = "", by: Actor) -> ActionItem:
    """Its words are the meeting's. That it is not to be done any more, its assignee does not decide."""
    rows = ActionItem.everything.select_for_update(of=("self",)).select_related("organisation", "assignee", "meeting")
    item = rows.get(pk=item.pk)
    if not may_mark(item, by):
        raise NotAllowed("Chỉ người được giao, bí thư và thư ký chi bộ ghi được tình trạng việc này.")
    if item.gone or item.meeting.called_off_at:
        raise DomainError("Việc này đã được bỏ khỏi sổ họp.")
    if stand == Stand.DROPPED and not by.may(Permission.RECORD_MEETING, item.organisation.path):
        raise DomainError("Thôi không làm là do chi bộ quyết định: báo bí thư.", field="stand")
    if stand in NEEDS_WORDS and not note.strip():
        raise DomainError("Ghi vài chữ: đã làm đến đâu, vì sao.", field="note")
    item.stand, item.stand_note, item.stood_on = stand, note.strip(), timezone.localdate()
    item.save(update_fields=["stand", "stand_note", "stood_on"])
    touched([item.organisation.path])
    return item


def _is_own(item: ActionItem, actor: Actor) -> bool:
    return item.assignee is not None and item.assignee.account_id == actor.account.pk
