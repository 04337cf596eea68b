"""The yearly assignments of a branch: proposed, agreed, marked month by month, judged at the end of the year."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from branches.models import Organisation
from branches.rules.definitions.assignments import template_of
from branches.rules.reading import Rulebook
from members.models import Assignment, AssignmentMark, Member, Outcome
from members.queries.assignments import must_have_tasks
from members.summary import recount_branches
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.text import nfc

MOST_OF_ONE = 20


@action("lập dự kiến nhiệm vụ của chi bộ")
def propose_assignments(branch: Organisation, *, year: int, on: date, by: Actor) -> int:
    """Everybody who must have tasks and has none gets those of the template, to be changed for each before the branch agrees."""
    by.need(Permission.KEEP_ASSIGNMENTS, branch.path)
    lines = Rulebook.of(by).value(template_of(branch.branch_type), branch, on=on)
    has_some = Assignment.everything.of_year(year).filter(organisation=branch, ended_on=None).values("member")
    members = must_have_tasks(branch, on).exclude(pk__in=has_some)
    rows = [
        Assignment(member=member, organisation=branch, year=year, words=words) for member in members for words in lines
    ]
    Assignment.everything.bulk_create(rows)
    return len(members)


@action("ghi nhiệm vụ của đảng viên")
def add_assignment(member: Member, *, branch: Organisation, year: int, words: str, by: Actor) -> Assignment:
    by.need(Permission.KEEP_ASSIGNMENTS, branch.path)
    if member.branch_id != branch.pk:
        raise DomainError(f"{member.full_name} không sinh hoạt ở {branch.name}.", field="words")
    row = Assignment(member=member, organisation=branch, year=year, words=_written(words))
    if Assignment.everything.of_year(year).filter(organisation=branch, member=member).count() >= MOST_OF_ONE:
        raise DomainError(f"Mỗi người tối đa {MOST_OF_ONE} nhiệm vụ một năm.", field="words")
    return _saved(row)


@action("sửa nhiệm vụ của đảng viên")
def change_assignment(assignment: Assignment, *, words: str, version: int, by: Actor) -> Assignment:
    """Before the branch has agreed. After that it is ended, and another one given."""
    row = _locked(assignment, by)
    if row.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa nhiệm vụ này. Xem bản mới nhất rồi sửa lại.")
    if row.agreed_on:
        raise DomainError("Nhiệm vụ đã được chi bộ thông qua: cho thôi rồi giao nhiệm vụ khác.", field="words")
    row.words, row.version = _written(words), row.version + 1
    return _saved(row)


@action("ghi nhiệm vụ của đảng viên")
def save_tasks(
    member: Member,
    *,
    branch: Organisation,
    year: int,
    changed: Mapping[Assignment, tuple[str, int]],
    new: str,
    by: Actor,
) -> None:
    """What the screen of the branch sends for one member, all or nothing: emptied ones go, `new` comes."""
    by.need(Permission.KEEP_ASSIGNMENTS, branch.path)
    for row, (words, version) in changed.items():
        if words:
            change_assignment(row, words=words, version=version, by=by)
        else:
            drop_proposed(row, by=by)
    if new.strip():
        add_assignment(member, branch=branch, year=year, words=new, by=by)


@action("bỏ nhiệm vụ dự kiến")
def drop_proposed(assignment: Assignment, *, by: Actor) -> None:
    if not Assignment.everything.select_for_update().filter(pk=assignment.pk).exists():
        return  # sent twice
    row = _locked(assignment, by)
    if row.agreed_on:
        raise DomainError("Nhiệm vụ đã được chi bộ thông qua: cho thôi và ghi lý do.")
    row.delete()


@action("thông qua nhiệm vụ của đảng viên")
def agree_assignments(branch: Organisation, *, year: int, on: date, by: Actor) -> int:
    """What the branch has voted: all that is proposed for this year, on the day of the meeting."""
    by.need(Permission.KEEP_ASSIGNMENTS, branch.path)
    if on.year not in (year, year - 1):
        raise DomainError(f"Ngày thông qua phải trong năm {year}, hoặc cuối năm trước.", field="on")
    count = Assignment.everything.of_year(year).filter(organisation=branch, agreed_on=None).update(agreed_on=on)
    if not count:
        raise DomainError("Không có nhiệm vụ nào đang dự kiến.", field="on")
    recount_branches([branch], on)
    return count


@action("cho thôi nhiệm vụ")
def end_assignment(assignment: Assignment, *, on: date, because: str, by: Actor) -> Assignment:
    row = _locked(assignment, by)
    if row.agreed_on is None:
        raise DomainError("Nhiệm vụ này mới là dự kiến: bỏ đi là được.", field="on")
    if not because.strip():
        raise DomainError("Ghi vì sao thôi.", field="because")
    if on < row.agreed_on:
        raise DomainError("Ngày thôi phải từ ngày thông qua trở đi.", field="on")
    row.ended_on, row.ended_because, row.version = on, because, row.version + 1
    row.save()
    recount_branches([row.organisation], on)
    return row


@action("ghi kết quả tháng của nhiệm vụ")
def mark_month(
    assignment: Assignment, *, month: int, outcome: Outcome | None, note: str = "", by: Actor
) -> AssignmentMark | None:
    """Saved twice it is the same; nothing chosen takes the mark away."""
    row = _locked(assignment, by)
    if row.agreed_on is None:
        raise DomainError("Chi bộ chưa thông qua nhiệm vụ này.", field="outcome")
    if not 1 <= month <= 12:
        raise DomainError("Tháng từ 1 đến 12.", field="month")
    if outcome is None:
        AssignmentMark.everything.filter(assignment=row, month=month).delete()
        return None
    mark, _ = AssignmentMark.everything.update_or_create(
        assignment=row, month=month, defaults={"outcome": outcome, "note": note}
    )
    return mark


@action("ghi kết quả năm của nhiệm vụ")
def judge_year(assignment: Assignment, *, result: Outcome | None, remark: str = "", by: Actor) -> Assignment:
    row = _locked(assignment, by)
    if row.agreed_on is None:
        raise DomainError("Chi bộ chưa thông qua nhiệm vụ này.", field="result")
    row.result, row.remark, row.version = result or "", remark, row.version + 1
    row.save()
    return row


def end_assignments_of(members: Iterable[int], *, on: date, because: str) -> None:
    """Whoever leaves the branch takes no task of it along."""
    rows = Assignment.everything.filter(member__in=members, ended_on=None, year__gte=on.year)
    rows.filter(agreed_on=None).delete()
    for row in rows.select_related("organisation"):
        row.ended_on, row.ended_because = max(on, row.agreed_on or on), because
        row.save()
        recount_branches([row.organisation], on)


def _locked(assignment: Assignment, by: Actor) -> Assignment:
    rows = Assignment.everything.select_for_update(of=["self"]).select_related("organisation", "member")
    row = rows.filter(pk=assignment.pk).first()
    if row is None:
        raise DomainError("Nhiệm vụ này vừa được bỏ.", field="words")
    by.need(Permission.KEEP_ASSIGNMENTS, row.organisation.path)
    if row.ended_on:
        raise DomainError("Nhiệm vụ này đã thôi.")
    return row


def _written(words: str) -> str:
    written = " ".join(nfc(words).split())
    if not written:
        raise DomainError("Ghi nội dung nhiệm vụ.", field="words")
    return written


def _saved(row: Assignment) -> Assignment:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "assignment_once" not in str(error):
            raise
        raise DomainError("Đồng chí này đã có nhiệm vụ ấy.", field="words") from error
    return row
