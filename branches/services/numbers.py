"""The register of an issuer's numbers. A joint paper takes a number of its lead body: that one is the issuer.

Whatever writes holds the term's row first. So twenty who ask at once get twenty numbers in a row; and a number is a row like
any other: it goes back with the transaction that took it, and leaves no gap.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from branches.models import DocumentNumber, Kind, NumberState, Organisation, Term
from branches.models.number import CONGRESS, number_text, symbol_of
from branches.queries.numbers import SeriesStanding, offered_term, standings_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Proposal:
    number: int
    symbol: str
    term: Term


def propose_number(
    *, issuer: Organisation, type: str, on: date | None = None, congress: bool = False, by: Actor
) -> Proposal:
    """What would be given now. Promises nothing, writes nothing."""
    by.need(Permission.KEEP_NUMBERS, issuer.path)
    term = _term_on(issuer, on or timezone.localdate())
    number = _standing(term, CONGRESS if congress else type).next
    return Proposal(number, _symbol(issuer, type, number, "", congress, on), term)


@action("lấy số văn bản")
def take_number(
    *, issuer: Organisation, type: str, on: date | None = None, subject: str, congress: bool = False, by: Actor
) -> DocumentNumber:
    """The next number of the series, for a paper of today or of an earlier day: of the term that the day lies in."""
    by.need(Permission.KEEP_NUMBERS, issuer.path)
    on = _not_later_than_today(on or timezone.localdate())
    term = _hold(_term_on(issuer, on), on)
    number = _standing(term, CONGRESS if congress else type).next
    return _write(issuer, term, type, number, NumberState.ISSUED, on=on, subject=subject, congress=congress, by=by)


@action("giữ số văn bản")
def reserve_numbers(
    *, issuer: Organisation, type: str, count: int, reason: str, congress: bool = False, by: Actor
) -> list[DocumentNumber]:
    """Numbers in a row for papers that are written by hand today."""
    by.need(Permission.KEEP_NUMBERS, issuer.path)
    if not 1 <= count <= MOST_AT_ONCE:
        raise DomainError(f"Mỗi lần giữ từ 1 đến {MOST_AT_ONCE} số.", field="count")
    today = timezone.localdate()
    term = _hold(_term_on(issuer, today), today)
    numbers = _standing(term, CONGRESS if congress else type).following(count)
    return [
        _write(issuer, term, type, number, NumberState.RESERVED, reason=reason, congress=congress, by=by)
        for number in numbers
    ]  # fmt: skip


@action("dùng số đã giữ")
def use_reserved(number: DocumentNumber, *, on: date, subject: str, by: Actor) -> DocumentNumber:
    by.need(Permission.KEEP_NUMBERS, number.issuer.path)
    number = _held(number)
    if number.state != NumberState.RESERVED:
        raise DomainError(f"Số {number.symbol} không còn được giữ: {number.get_state_display().lower()}.")
    _not_later_than_today(on)
    if on < number.term.since or (number.term.until and on > number.term.until):
        raise DomainError(f"Số này của {number.term.name}, không dùng cho văn bản ngày {day(on)}.", field="on")
    number.dated_on, number.subject = on, subject
    return _set(number, NumberState.ISSUED, by)


@action("ghi số đã cấp trên giấy")
def record_outside_number(
    *, issuer: Organisation, type: str, number: int, suffix: str = "", on: date, subject: str,
    congress: bool = False, by: Actor,
) -> DocumentNumber:  # fmt: skip
    """It may lie ahead of the portal's own, or fill a hole. The next proposal goes on after the highest."""
    by.need(Permission.KEEP_NUMBERS, issuer.path)
    _not_later_than_today(on)
    term = _hold(_term_on(issuer, on), on)
    _must_be_free(term, CONGRESS if congress else type, number, suffix)
    return _write(
        issuer,
        term,
        type,
        number,
        NumberState.RECORDED,
        suffix=suffix,
        on=on,
        subject=subject,
        congress=congress,
        by=by,
    )


@action("hủy số văn bản")
def void_number(number: DocumentNumber, *, reason: str, by: Actor) -> DocumentNumber:
    """It stays in the register, and is not given again."""
    by.need(Permission.KEEP_NUMBERS, number.issuer.path)
    number = _held(number)
    if number.state == NumberState.VOIDED:
        raise DomainError(f"Số {number.symbol} đã hủy từ trước.")
    number.reason = reason
    return _set(number, NumberState.VOIDED, by)


def _term_on(issuer: Organisation, on: date) -> Term:
    terms = Term.objects.everywhere(reason="the term a paper's day lies in").of(issuer)
    term = terms.on(on).first()
    if term is None:
        raise DomainError(_no_term(issuer, on, any_at_all=terms.exists()), field="on")
    return term


def _no_term(issuer: Organisation, on: date, *, any_at_all: bool) -> str:
    what = f"Ngày {day(on)} không thuộc nhiệm kỳ nào" if any_at_all else "Chưa mở nhiệm kỳ nào"
    where = f"Mở nhiệm kỳ ở trang Sổ số văn bản của {issuer.name} rồi lấy số."
    offer = offered_term(issuer, on) if issuer.kind == Kind.BRANCH else None
    return f"{what}. {where}" + (f" Cổng gợi ý sẵn “{offer.name}”." if offer else "")


def _hold(term: Term, on: date) -> Term:
    """The lock of the series. Who waited for it looks again: meanwhile the term may have ended."""
    terms = Term.objects.everywhere(reason="one at a time in an issuer's register").select_for_update(no_key=True)
    held = terms.get(pk=term.pk)
    if on < held.since or (held.until and on > held.until):
        raise DomainError("Nhiệm kỳ vừa được sửa lúc này. Hãy làm lại lần nữa.", field="on")
    return held


def _held(number: DocumentNumber) -> DocumentNumber:
    rows = DocumentNumber.objects.everywhere(reason="the very row that was reached, as it is now")
    return rows.select_for_update(no_key=True, of=("self",)).select_related("issuer", "term").get(pk=number.pk)


def _standing(term: Term, series: str) -> SeriesStanding:
    return standings_of(term, series).get(series) or SeriesStanding(series, 0)


def _must_be_free(term: Term, series: str, number: int, suffix: str) -> None:
    rows = DocumentNumber.objects.everywhere(reason="whether the number is taken").of_series(term, series)
    there = rows.filter(number=number, suffix=suffix).first()
    if there and there.state == NumberState.RESERVED:
        raise DomainError(f"Số {there.symbol} đang được giữ: bấm “Dùng số” ở dòng của nó trong sổ.", field="number")
    if there:
        raise DomainError(f"Số {there.symbol} đã có trong sổ: {there.get_state_display().lower()}.", field="number")


def _not_later_than_today(on: date) -> date:
    if on > timezone.localdate():
        raise DomainError("Ngày văn bản không được sau hôm nay.", field="on")
    return on


def _symbol(issuer: Organisation, type: str, number: int, suffix: str, congress: bool, on: date | None) -> str:
    letters = CONGRESS if congress else symbol_of(issuer, on or timezone.localdate())
    return f"{number_text(number, suffix)}-{type}/{letters}"


def _write(
    issuer: Organisation, term: Term, type: str, number: int, state: NumberState, *, suffix: str = "", on: date | None = None,
    subject: str = "", reason: str = "", congress: bool, by: Actor,
) -> DocumentNumber:  # fmt: skip
    row = DocumentNumber(
        issuer=issuer, term=term, type=type, series=CONGRESS if congress else type, number=number, suffix=suffix,
        symbol=_symbol(issuer, type, number, suffix, congress, on), state=state, dated_on=on, subject=subject,
        reason=reason, by=by.account,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _set(number: DocumentNumber, state: NumberState, by: Actor) -> DocumentNumber:
    number.state, number.by, number.at = state, by.account, timezone.now()
    number.save(update_fields=["state", "dated_on", "subject", "reason", "by", "at"])
    return number
