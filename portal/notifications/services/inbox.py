from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.notifications.models import Choice, Notice


@action("đọc thông báo")
def mark_read(notice: Notice, *, by: Actor) -> None:
    own = Notice.objects.allowed(by, Permission.SEE_OWN_RECORD)
    own.unread().filter(pk=notice.pk).update(read_at=timezone.now())


@action("đánh dấu đã đọc mọi thông báo")
def mark_all_read(*, by: Actor) -> int:
    return Notice.objects.allowed(by, Permission.SEE_OWN_RECORD).unread().update(read_at=timezone.now())


@action("chọn cách nhận thông báo")
def choose(channel: str, *, wanted: bool, by: Actor) -> None:
    own = Choice.objects.allowed(by, Permission.SEE_OWN_RECORD)
    if not own.filter(channel=channel).update(wanted=wanted):
        own.bulk_create(
            [Choice(account=by.account, channel=channel, wanted=wanted)],
            update_conflicts=True, unique_fields=["account", "channel"], update_fields=["wanted"],
        )  # fmt: skip
