"""Party age: whole years since the decision of admission, for those who are official; some months may not count."""

from datetime import date

from members.models import Member


def counted_from(member: Member) -> date | None:
    """The day from which the years run: that of the decision; where it is unknown, of the ceremony."""
    began = member.decided_on or member.admitted_on
    if began is None or member.official_on is None:
        return None
    return months_later(began, member.months_not_counted)


def party_age_on(member: Member, day: date) -> int | None:
    began = counted_from(member)
    if began is None or day < began:
        return None
    return day.year - began.year - ((day.month, day.day) < (began.month, began.day))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
