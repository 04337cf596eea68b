"""Reports of the demo in every state."""

from collections import Counter
from datetime import date

import pytest

from portal.files import shelf
from portal.reports.models import Arrival, Report
from portal.seeding.reports import KNOWN_CODE
from portal.seeding.seed import seed
from tests.files import conftest as files
from tests.papers.archival import faults_of

folder = files.folder


def test_reports_in_every_state(db: None, folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TODAY", "2026-11-06")
    seed("demo")
    states = Counter(Report.everything.values_list("kind", "state"))
    assert states["chi-bo-thang", "draft"] == states["chi-bo-thang", "review"] == 1
    assert states["xa-nam", "issued"] == 2
    assert set(Arrival.everything.values_list("state", flat=True)) == {"arrived", "acknowledged", "returned"}
    top = Report.everything.get(code=KNOWN_CODE)
    assert (top.kind, top.issued_on) == ("tinh-nam", date(2025, 12, 28))
    with shelf.open_file(top.pdf.path) as file:
        assert faults_of(file.read()) == []
    assert not Report.everything.filter(issued_on__gt=date(2026, 11, 6)).exists()
