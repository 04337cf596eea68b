"""An open dashboard asks every few seconds whether anything has moved, by the mark that it was made with."""

from datetime import date
from hashlib import blake2b

from branches.models import Organisation
from portal.access.actor import Actor
from portal.live.versions import version_of


def mark_of(actor: Actor, place: Organisation, today: date) -> str:
    """Of what this reader is shown of a place today. Taken before the figures are read: what moves meanwhile is seen next
    time. Empty: it cannot be known now."""
    version = version_of(place.path)
    if version is None:
        return ""
    held = actor.capacity
    reach = (held.grant_id, held.role, held.path, held.opened) if held else ()
    return blake2b(repr((version, today, actor.account.pk, reach)).encode(), digest_size=12).hexdigest()
