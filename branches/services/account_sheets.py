"""A sheet of people is checked line by line, shown, and then applied exactly as it was shown."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from branches.models import Organisation
from branches.services.grants import give_grants
from branches.services.named_places import NamedPlaces
from branches.services.sheet_people import Person, understood, with_usernames, without_known, without_twins
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.accounts.services.accounts import NewAccount, Slip, open_accounts
from portal.files.sheets.headings import Line
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

MOST_LINES = 500
# Hashing a password is slow on purpose: measured on two busy cores 0.15 seconds each, so 15 in all.
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class CheckedSheet:
    people: list[Person]

    @cached_property
    def right(self) -> list[Person]:
        """Whom this go opens an account for."""
        return self._right[:MOST_AT_ONCE]

    @cached_property
    def later(self) -> list[Person]:
        return self._right[MOST_AT_ONCE:]

    @cached_property
    def wrong(self) -> list[Person]:
        return [person for person in self.people if person.wrong]

    @cached_property
    def known(self) -> list[Person]:
        return [person for person in self.people if person.known and not person.wrong]

    @property
    def seal(self) -> str:
        """Changes with anything that was shown."""
        shown = [
            [p.line.number, p.full_name, p.phone, p.email, p.role, p.organisation and p.organisation.pk, p.username,
             p.wrong, p.known]
            for p in self.people
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    @property
    def _right(self) -> list[Person]:
        return [person for person in self.people if person.is_right]


@dataclass(frozen=True)
class PlacedSlip:
    slip: Slip
    organisation: Organisation
    role: Role


def check_sheet(lines: Sequence[Line], *, organisation: Organisation, by: Actor) -> CheckedSheet:
    """Four queries, however many lines."""
    by.need(Permission.MANAGE_ACCOUNTS, organisation.path)
    if not lines:
        raise DomainError("Dưới dòng tên cột chưa có ai.")
    if len(lines) > MOST_LINES:
        raise DomainError(f"Bảng có {len(lines)} người, mỗi bảng nhận tối đa {MOST_LINES}. Hãy chia thành nhiều bảng.")
    said = [line.cells[column] for line in lines for column in ("code", "organisation")]
    places = NamedPlaces(said, page=organisation, by=by)
    people = [understood(line, places, by) for line in lines]
    return CheckedSheet(with_usernames(without_known(without_twins(people), by)))


@action("cấp tài khoản từ bảng")
def open_accounts_from(
    lines: Sequence[Line], *, seal: str, organisation: Organisation, by: Actor
) -> tuple[CheckedSheet, list[PlacedSlip]]:
    """What was shown under this seal, wholly; if it would come out otherwise now, nothing. Sent twice, the second finds
    the first's accounts and opens nothing."""
    by.need(Permission.MANAGE_ACCOUNTS, organisation.path)
    rows = Organisation.objects.allowed(by, Permission.MANAGE_ACCOUNTS)
    rows.select_for_update(no_key=True).get(pk=organisation.pk)  # the second of two waits for the first
    sheet = check_sheet(lines, organisation=organisation, by=by)
    if sheet.seal != seal:
        raise ChangedMeanwhile("Từ lúc kiểm tra đến nay có điều đã đổi, nên chưa cấp tài khoản nào. Hãy xem lại bảng.")
    if not sheet.right:
        raise DomainError("Không có dòng nào để cấp.")
    slips = open_accounts([NewAccount(p.username, p.full_name, p.phone, p.email) for p in sheet.right])
    placed = [
        PlacedSlip(slip, person.organisation, person.role)
        for slip, person in zip(slips, sheet.right, strict=True)
        if person.organisation and person.role
    ]
    give_grants([(one.slip.account, one.organisation, one.role) for one in placed], by=by)
    return sheet, placed
