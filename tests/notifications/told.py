"""What the scan finds on a day, without telling anybody."""

from datetime import date

from portal.duties.rules import Asked
from portal.duties.scanning import stages_reached


def reached(day: date) -> list[tuple[int, str, str, int]]:
    """Account, rule, subject, stage."""
    return [row[:4] for row in stages_reached(Asked(day)).rows()]
