"""A committee's terms: document numbers run through one, and restart with the next."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from branches.models import DocumentNumber, Organisation, Term
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day


@action("mở nhiệm kỳ")
def open_term(*, organisation: Organisation, name: str, since: date, until: date | None = None, by: Actor) -> Term:
    """The one before ends the day before; its numbers stay where they are."""
    by.need(Permission.KEEP_NUMBERS, organisation.path)
    if until and until < since:
        raise DomainError("Ngày cuối phải từ ngày đầu trở đi.", field="until")
    terms = Term.objects.everywhere(reason="the terms of the organisation that was reached").of(organisation)
    before = terms.select_for_update(no_key=True).filter(since__lt=since).in_order().first()
    if before and (before.until is None or before.until >= since):
        _close(before, since - timedelta(days=1))
    return _save(Term(organisation=organisation, name=name, since=since, until=until))


@action("sửa nhiệm kỳ")
def correct_term(term: Term, *, name: str, since: date, until: date | None, by: Actor) -> Term:
    """A day that was typed wrong. Papers already numbered keep their term."""
    by.need(Permission.KEEP_NUMBERS, term.organisation.path)
    if until and until < since:
        raise DomainError("Ngày cuối phải từ ngày đầu trở đi.", field="until")
    term.name, term.since, term.until = name, since, until
    return _save(term)


def _close(term: Term, last: date) -> None:
    numbers = DocumentNumber.objects.everywhere(reason="whether the term can end that early").filter(term=term)
    used = numbers.aggregate(latest=Max("dated_on"))["latest"]
    if used and used > last:
        raise DomainError(
            f"“{term.name}” đã có văn bản ghi ngày {day(used)}, nên nhiệm kỳ sau không bắt đầu trước ngày đó.",
            field="since",
        )
    term.until = last
    term.save(update_fields=["until"])


def _save(term: Term) -> Term:
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as error:
        if "term_one_at_a_time" in str(error):
            sentence = f"{term.organisation.name} đã có nhiệm kỳ khác trong khoảng ngày này."
            raise DomainError(sentence, field="since") from error
        if "term_keeps_its_numbers" in str(error):
            sentence = "Nhiệm kỳ này đã có văn bản ghi ngày nằm ngoài khoảng vừa sửa."
            raise DomainError(sentence, field="since") from error
        raise
    return term
