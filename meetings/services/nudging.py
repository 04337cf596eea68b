"""A committee reminds its branches of the meeting that they still owe, over and above what the clock does."""

from datetime import date

from branches.models import Organisation
from meetings.duties.slots import HoldRegular
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.notifications.services.telling import remind_below


@action("nhắc chi bộ chưa họp")
def remind_to_meet(place: Organisation, *, by: Actor) -> int:
    """Whoever keeps the meetings of those branches, once a day. Says how many notices are new; none when it was done today."""
    by.need(Permission.DIRECT_MEETINGS, place.path)
    return remind_below(HoldRegular.code, place.path, facts=_facts(place))


def words_of(place: Organisation, month: date) -> str:
    """What they will read."""
    return HoldRegular().words({"period": month.isoformat(), **_facts(place)})


def _facts(place: Organisation) -> dict[str, str]:
    return {"asked_by": place.name}
