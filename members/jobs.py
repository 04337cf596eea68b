"""Long sheets of members: checked, written and taken back by a worker, as the one who asked."""

from django.urls import reverse

from members.imports.applying import apply_import
from members.imports.bringing import APPLY, CHECK, UNDO
from members.imports.checking import check_import
from members.imports.progress import Report
from members.imports.undoing import undo_import
from members.models import Import
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.quantities import number

CHECKED_AGAIN = "Từ lúc xem trước đến nay danh sách đã có thay đổi, nên chưa ghi gì; bảng đã được kiểm tra lại"


@job(CHECK, words="Kiểm tra bảng đảng viên", queue="heavy", sign="BẢNG")
def check(work: Work) -> Result:
    return _checked(_meant(work), work)


@job(APPLY, words="Nhập đảng viên từ bảng", queue="heavy", sign="BẢNG")
def apply(work: Work) -> Result:
    """What moved since it was shown is shown anew: nothing else than what was seen is ever written."""
    meant = _meant(work)
    try:
        written = apply_import(meant, by=work.actor, report=_each_step(work))
    except ChangedMeanwhile:
        return _checked(meant, work, CHECKED_AGAIN)
    return Result(f"Đã ghi {number(written.new)} người mới, {number(written.changed)} thay đổi", link=_page(written))


@job(UNDO, words="Hoàn tác một lần nhập đảng viên", queue="heavy", sign="BẢNG")
def undo(work: Work) -> Result:
    undone = undo_import(_meant(work), by=work.actor, report=_each_step(work))
    return Result("Danh sách đảng viên đã trở lại như trước lần nhập", link=_page(undone))


def _checked(meant: Import, work: Work, before: str = "") -> Result:
    found = check_import(meant, by=work.actor, report=work.report)
    said = f"{number(found.rows)} dòng: {number(found.new)} mới, {number(found.changed)} thay đổi, {number(found.wrong)} cần sửa"
    return Result(f"{before}: {said}" if before else f"Đã kiểm tra {said}", link=_page(found))


def _each_step(work: Work) -> Report:
    """A few, and each may take long: none is left out for coming soon after the one before."""

    def report(done: int, total: int, sentence: str) -> None:
        work.claim.report(done=done, total=total, sentence=sentence)

    return report


def _meant(work: Work) -> Import:
    found = Import.objects.everywhere(reason="each step asks itself whether this person may")
    meant = found.select_related("organisation").filter(pk=work.parameters["import"]).first()
    if meant is None:
        raise DomainError("Lần nhập này không còn: quá một ngày mà chưa ghi thì cổng tự bỏ. Hãy đưa bảng lên lại.")
    return meant


def _page(found: Import) -> str:
    return reverse("member_import", args=[found.pk])
