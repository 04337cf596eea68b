"""The portrait in a record. It is seen by whoever reads the record, and by its owner."""

from django.core.files.base import File

from members.models import Member
from members.services.records import path_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import IMAGES
from portal.files.models import StoredFile
from portal.files.services.storing import remove_for_good, store_file
from portal.history.actions import action

DOOR = "members.photos"


@action("đổi ảnh trong hồ sơ")
def set_photo(member: Member, *, photo: File | None, by: Actor) -> Member:
    """None takes the one that is there away. Of two who change it at once, the second finds the first one's and replaces it."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    member = Member.everything.select_for_update(of=["self"]).select_related("photo", "branch").get(pk=member.pk)
    before = member.photo
    member.photo = store_file(photo, kinds=IMAGES, door=DOOR, by=by, field="photo") if photo else None
    member.save(update_fields=["photo"])
    if before:
        remove_for_good(StoredFile.everything.filter(pk=before.pk))
    return member


def may_see_photo(actor: Actor, file: StoredFile) -> bool:
    """A photo that hangs on no record any more is on its way out."""
    member = Member.everything.filter(photo=file).select_related("branch").first()
    if member is None:
        return file.uploaded_by_id == actor.account.pk
    return member.account_id == actor.account.pk or actor.may(Permission.READ_ROLL, path_of(member))
