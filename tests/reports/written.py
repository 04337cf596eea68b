"""What people write in a report before it is handed over."""

from portal.access.actor import Actor
from portal.reports.models import Report
from portal.reports.services.writing import kind_of, words_of, write_words


def written(report: Report, by: Actor) -> Report:
    """Where the figures say nothing, nothing stands in its place: it is for people to write."""
    known = words_of(report)
    for part in kind_of(report).parts:
        if part.must and not known.get(part.code, "").strip():
            write_words(report, part=part.code, words="Chưa có gì đáng kể.", version=0, by=by)
    return report
