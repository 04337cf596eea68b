"""What was issued stays, byte for byte, whatever becomes of the rows that it was counted from."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from branches.models import Organisation
from portal.files.models import StoredFile
from portal.files.shelf import open_file
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from portal.reports.facts import Facts, moved_since, sha256_of
from portal.reports.models import Report, Words
from portal.reports.services.issuing import issue
from portal.reports.services.writing import asked_of, kind_of
from tests.cast import Cast
from tests.dashboards.large import branches_below, year_of_meetings
from tests.files import conftest as files
from tests.papers.reading import flat
from tests.reports.issuing import approved, last_year, with_terms

folder = files.folder
# What is no source of any figure: reports themselves, their files and jobs; who signs in; what only the machine writes.
NOT_SOURCES = (
    "reports_",
    "files_",
    "jobs_",
    "accounts_",
    "account_",
    "django_",
    "auth_",
    "axes_",
    "mfa_",
    "notifications_",
)
LEADS_THERE = {"path", "code", "kind", "state", "role", "level", "key"}  # by these a row is found
CHANGED_BY = {"character varying": "{0} || ' đã đổi'", "text": "{0} || ' đã đổi'", "integer": "{0} + 1", "smallint": "{0} + 1",
              "bigint": "{0} + 1", "date": "{0} + 1", "boolean": "NOT {0}"}  # fmt: skip
COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' ORDER BY 1, 2
"""


@pytest.fixture
def issued(cast: Cast, folder: object) -> Report:
    year_of_meetings(branches_below(cast.phu_luong, 12), last_year().year, 12)
    report = approved(with_terms(cast), "xa-nam", of=cast.phu_luong)
    job = issue(report, by=cast.actor("mai"))
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    return held(report)


def held(report: Report) -> Report:
    return Report.everything.select_related("pdf", "organisation").get(pk=report.pk)


def content_of(report: Report) -> bytes:
    assert report.pdf
    with open_file(report.pdf.path) as file:
        return file.read()


def test_every_source_row_may_change(cast: Cast, issued: Report):
    before, facts = content_of(issued), Facts.thawed(issued.facts)
    changed = set(change_every_row())
    assert {"branches_month", "branches_organisation", "meetings_meeting", "branches_documentnumber"} <= changed
    after = held(issued)
    assert (content_of(after), after.facts, after.facts_sha256) == (before, issued.facts, sha256_of(issued.facts))
    now = kind_of(after).read(asked_of(after, timezone.localdate()))
    assert len(moved_since(facts, now)) > 3  # and yet nearly everything is another


def change_every_row() -> Iterator[str]:
    """Each column of each row that can be changed at all, as if by hand in the database. Says which tables had some."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, column, kind in columns:
            if (
                table.startswith(NOT_SOURCES)
                or table.endswith("event")
                or column in LEADS_THERE
                or kind not in CHANGED_BY
            ):
                continue
            if column == "id" or column.endswith("_id"):
                continue
            try:
                with transaction.atomic():
                    cursor.execute(f'UPDATE "{table}" SET "{column}" = {CHANGED_BY[kind].format(f"{column!s}")}')
                    found = cursor.rowcount
            except DatabaseError:  # what the column may hold is limited
                continue
            if found:
                yield table
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    "change",
    [
        "facts = '{}'",
        "issued_on = issued_on - 1",
        "state = 'draft'",
        "pdf_id = NULL",
        "facts_sha256 = repeat('0', 64)",
        "code = 'X'",
    ],
)
def test_the_row_itself_is_held_by_the_database(issued: Report, change: str):
    with pytest.raises(DatabaseError, match=r"report_issued_stays|[Tt]ransition"), transaction.atomic():
        connection.cursor().execute(f"UPDATE reports_report SET {change} WHERE id = %s", [issued.pk])


def test_words_and_file_stay_too(issued: Report):
    with pytest.raises(DatabaseError, match="report_words_of_issued_stay"), transaction.atomic():
        Words.everything.filter(report=issued).update(words="khác")
    with pytest.raises(DatabaseError, match="report_issued_stays"), transaction.atomic():
        Report.everything.filter(pk=issued.pk)._raw_delete("default")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
        connection.cursor().execute("DELETE FROM files_storedfile WHERE id = %s", [issued.pdf_id])
    assert StoredFile.everything.filter(pk=issued.pdf_id).exists()


def test_an_organisation_renamed_later_is_called_as_it_was(cast: Cast, issued: Report):
    before = flat(content_of(issued))
    Organisation.everything.filter(pk=cast.phu_luong.pk).update(name="Đảng ủy xã Đã Đổi Tên")
    assert "Đã Đổi Tên" not in flat(content_of(held(issued)))
    assert flat(content_of(held(issued))) == before


def test_asked_again_after_it_is_issued_it_is_refused_and_nothing_is_made(cast: Cast, issued: Report):
    from portal.words.errors import DomainError

    with pytest.raises(DomainError, match="đã ban hành"):
        issue(issued, by=cast.actor("mai"))
    assert Job.everything.count() == 1
