from typing import TypeVar

from portal.access.actor import Actor
from portal.help.models import Written
from portal.words.errors import ChangedMeanwhile

W = TypeVar("W", bound=Written)


def save_over(written: W, *, version: int, by: Actor) -> W:
    """Saves if nobody saved since `version`: the row is locked, compared, then written."""
    stored: W = type(written).everything.select_for_update().get(pk=written.pk)
    if stored.version != version:
        who = stored.changed_by.full_name if stored.changed_by else "Người khác"
        raise ChangedMeanwhile(
            f"{who} vừa sửa phần này. Nội dung đồng chí viết vẫn còn dưới đây; hãy xem bản mới rồi ghép lại."
        )
    written.version = version + 1
    written.changed_by = by.account
    written.save()
    return written
