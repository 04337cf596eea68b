"""Members for tests, through the services of the house."""

from datetime import date

from branches.models import Organisation
from members.models import Member, State
from members.services.records import enter_member
from tests.cast import Cast

LONG_AGO = date(2020, 1, 1)


def member(
    cast: Cast, branch: Organisation, name: str = "Nguyễn Văn An", *, state: State = State.FULL, since: date = LONG_AGO,
    **facts: object,
) -> Member:  # fmt: skip
    by = cast.actor("mai" if branch.path.startswith(cast.phu_luong.path) else "quyet")
    return enter_member(branch=branch, since=since, state=state, facts={"full_name": name, **facts}, by=by)
