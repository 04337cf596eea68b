"""In which state somebody is: probation, full, exempt, deferred, gone; each with its day, ground and decision."""

from datetime import date, timedelta

from members.models import Member, Membership, State, StateSpell
from members.services.assignments import end_assignments_of
from members.services.offices import end_offices_of
from members.services.records import path_of
from members.services.roll import settle_rolls
from members.summary import recount_people
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day

MAY_FOLLOW = {
    State.PROBATIONARY: [State.FULL, *State.gone()],
    State.FULL: State.gone(),
    **{state: [State.PROBATIONARY, State.FULL] for state in State.gone()},  # came back, or was taken in again
}


@action("đổi tình trạng đảng viên")
def set_state(member: Member, *, state: State, on: date, ground: str = "", decision: str = "", by: Actor) -> StateSpell:
    """Recognised as full, moved away, died, left, struck off, expelled. Whoever goes is on no roll from that day."""
    by.need(Permission.MOVE_MEMBERS, path_of(member))
    now = _spell_on(member, on, State.main())
    if State(state) not in MAY_FOLLOW[State(now.state)]:
        raise DomainError(f"{now.get_state_display()} không chuyển thành {State(state).label}.", field="state")
    if now.since and now.since >= on:
        raise DomainError(f"Tình trạng hiện nay có từ ngày {day(now.since)}: chọn ngày sau đó.", field="on")
    _cut(now, on)
    if state in State.gone():
        _leave_everything(member, on)
    spell = StateSpell(member=member, state=state, since=on, ground=ground, decision=decision)
    spell.save()
    if state == State.FULL and member.official_on is None:
        Member.everything.filter(pk=member.pk).update(official_on=on)
    settle_rolls([member.pk])
    if state in State.gone():
        end_offices_of(member, on=on, because=State(state).label)
        end_assignments_of([member.pk], on=on, because=State(state).label)
    recount_people([member.pk], on)
    return spell


@action("miễn, hoãn sinh hoạt")
def relieve(
    member: Member, *, state: State, since: date, until: date | None = None, ground: str, decision: str = "", by: Actor
) -> StateSpell:
    """Exempt or deferred: decided by the branch, with a ground, mostly with an end. Not expected, in no denominator."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    if state not in State.reliefs():
        raise DomainError("Chọn miễn hoặc tạm hoãn.", field="state")
    if until and until < since:
        raise DomainError("Ngày hết phải từ ngày bắt đầu trở đi.", field="until")
    if not ground:
        raise DomainError("Ghi lý do miễn, hoãn.", field="ground")
    others = StateSpell.everything.from_day(since).filter(member=member, state__in=State.reliefs())
    if any(until is None or row.since is None or row.since <= until for row in others):
        raise DomainError("Đã có một lần miễn, hoãn trong thời gian ấy.", field="since")
    spell = StateSpell(member=member, state=state, since=since, until=until, ground=ground, decision=decision)
    spell.save()
    settle_rolls([member.pk])
    recount_people([member.pk], since)
    return spell


@action("thôi miễn, hoãn sinh hoạt")
def end_relief(member: Member, *, on: date, by: Actor) -> StateSpell:
    """`on` is the first day they are expected again."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    spell = _spell_on(member, on, State.reliefs())
    _cut(spell, on)
    settle_rolls([member.pk])
    recount_people([member.pk], on)
    return spell


def _spell_on(member: Member, on: date, states: list[State]) -> StateSpell:
    found = StateSpell.everything.on(on).filter(member=member, state__in=states).first()
    if found is None:
        raise DomainError(f"Không có tình trạng nào ghi cho ngày {day(on)}.", field="on")
    return found


def _cut(spell: StateSpell, on: date) -> None:
    if spell.since and spell.since >= on:
        spell.delete()
        return
    spell.until = on - timedelta(days=1)
    spell.save()


def _leave_everything(member: Member, on: date) -> None:
    """Memberships and reliefs end the day before; what had not begun is gone."""
    for row in Membership.everything.from_day(on).filter(member=member):
        if row.since and row.since >= on:
            row.delete()
        else:
            row.until = on - timedelta(days=1)
            row.save()
    for spell in StateSpell.everything.from_day(on).filter(member=member, state__in=State.reliefs()):
        _cut(spell, on)
