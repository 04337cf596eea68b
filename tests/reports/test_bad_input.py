"""Whatever is typed, missing or in the way: clear words, no half file, and what comes after goes on."""

import os
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from branches.models import Kind
from portal.files.models import StoredFile
from portal.files.shelf import open_file
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from portal.papers.letters import lacking_in
from portal.reports.facts import Facts
from portal.reports.kinds import all_kinds
from portal.reports.kinds.parts import ATTENTION, DIRECTIONS, PROPOSALS, SHORTCOMINGS
from portal.reports.models import Report
from portal.reports.models.words import LONGEST
from portal.reports.services.issuing import issue
from portal.reports.services.writing import hand_over, words_of, write_words
from portal.words.errors import DomainError
from tests.cast import Cast, place
from tests.files import conftest as files
from tests.papers.archival import faults_of
from tests.papers.authority import make_key
from tests.papers.reading import flat
from tests.reports.issuing import approved, approved_by, drafted, last_year, with_terms
from tests.reports.written import written

folder = files.folder
TYPED = [
    '<img src="anh-hong.png"> <img src="data:image/png;base64,aGVsbG8=">',
    "<script>alert('x')</script><style>@import url(http://127.0.0.1:9/a.css)</style>",
    '<a href="file:///etc/passwd">file:///etc/passwd</a> <link rel="attachment" href="file:///etc/passwd">',
    '<iframe src="http://127.0.0.1:9/"></iframe> http://127.0.0.1:9/bao-cao',
    "</p></body></html><!-- {{ settings.SECRET_KEY }} {% debug %} &lt;b&gt; ]]>",
    "\u202eđảo ngược\u202c, zero\u200bwidth, \ufeffBOM",
]


@pytest.fixture
def office(cast: Cast, folder: Path) -> Cast:
    return with_terms(cast)


def wrote(draft: Report, office: Cast, words: str, part: str = SHORTCOMINGS.code) -> Report:
    rows = {row.part: row.version for row in draft.words.all()}
    write_words(draft, part=part, words=words, version=rows.get(part, 0), by=office.actor("mai"))
    return draft


def draft_of(office: Cast, kind: str = "xa-nam") -> Report:
    return drafted(office.actor("mai"), kind, office.phu_luong, last_year())


def issued(office: Cast, draft: Report) -> bytes:
    by = office.actor("mai")
    job = issue(approved_by(office.actor("vinh"), draft, by), by=by)
    assert done(job).state == State.DONE, done(job).error
    return content_of(draft)


def done(job: Job) -> Job:
    run(job.pk)
    return Job.everything.get(pk=job.pk)


def content_of(report: Report) -> bytes:
    pdf = Report.everything.select_related("pdf").get(pk=report.pk).pdf
    assert pdf
    with open_file(pdf.path) as file:
        return file.read()


def test_what_is_typed_is_printed_as_it_was_typed(office: Cast):
    """Nothing of it is markup, nothing is fetched."""
    said = flat(issued(office, wrote(draft_of(office), office, "\n".join(TYPED))))
    for words in TYPED[:-1]:
        assert "".join(words.split()) in said.replace(" ", "")
    assert "root:" not in said


@pytest.mark.parametrize(
    "words",  # their first letter is counted
    ["Chi bộ đã họp đủ. " * (LONGEST // 18), "x" * LONGEST, "một\n" * (LONGEST // 4), "né\u0323" * (LONGEST // 4)],
    ids=["sentences", "one word", "lines", "combining"],
)
def test_thirty_thousand_characters(office: Cast, words: str):
    draft = wrote(draft_of(office, "tom-tat"), office, words, ATTENTION.code)
    content = issued(office, draft)
    assert faults_of(content) == []
    kept, letter = words_of(draft)[ATTENTION.code], words[0]
    assert len(kept) <= LONGEST
    assert flat(content).count(letter) >= kept.count(letter) > LONGEST / 20


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("Họp đủ.\nĐã làm \uf0b7 tốt", "dòng 2, sau “Đã làm”"),  # a bullet of Word's, from a face that is not here
        ("\uf0b7 Họp đủ", "đầu dòng 1"),
        ("Chữ lạ \u0378", "dòng 1, sau “Chữ lạ”"),
        ("Chuông\a", "dòng 1, sau “Chuông”"),
    ],
)
def test_signs_that_no_face_has_are_said_before_there_is_a_number(office: Cast, words: str, where: str):
    draft, by = wrote(draft_of(office), office, words), office.actor("mai")
    with pytest.raises(DomainError) as refusal:
        hand_over(draft, by=by)
    assert where in refusal.value.sentence
    assert (refusal.value.field, SHORTCOMINGS.heading in refusal.value.sentence) == (SHORTCOMINGS.code, True)
    wrote(draft, office, "Đã xóa.")
    assert hand_over(draft, by=by).state == "review"


def test_signs_that_an_office_writes_are_no_fault():
    assert list(lacking_in("Đảng ủy – “tốt”… 92,5 % ≥ 90 %; §3, ½ ngày, A→B\tsố № 5 €\u00a0ố ệ ữ Ỵ\u200b")) == []


def test_asked_twice_at_once_it_is_one_job(office: Cast):
    report, by = approved(office, "xa-nam", of=office.phu_luong), office.actor("mai")
    jobs = [issue(report, by=by), issue(report, by=by)]
    assert jobs[0] == jobs[1]
    assert done(jobs[0]).state == State.DONE
    run(jobs[0].pk)  # the message that came twice
    assert StoredFile.everything.count() == 1


@pytest.mark.parametrize("kind", [kind.code for kind in all_kinds() if not kind.about_document])
def test_of_an_empty_year(office: Cast, kind: str):
    """Nobody met, nobody is on the roll: it says so, and divides by nothing."""
    of = next(one for one in all_kinds() if one.code == kind)
    where = office.dong if Kind.BRANCH in of.of else office.phu_luong if Kind.COMMUNE in of.of else office.province
    if where == office.dong:
        from branches.services.terms import open_term

        open_term(organisation=where, name="nhiệm kỳ 2025–2027", since=date(2025, 1, 1), by=office.actor("thinh"))
    by = {"branch": "thinh", "commune": "mai", "province": "kien"}[where.kind]
    leader = {"branch": "thinh", "commune": "vinh", "province": "kien"}[where.kind]
    report = written(drafted(office.actor(by), kind, where, last_year()), office.actor(by))
    job = issue(approved_by(office.actor(leader), report, office.actor(by)), by=office.actor(by))
    assert done(job).state == State.DONE, done(job).error
    content = content_of(report)
    assert faults_of(content) == []
    said = flat(content)
    assert not re.findall(r"(?<!\d)0/0(?!\d)|\bnan\b|None|(?<!\d)-1\b|\binf\b", said)


def test_of_a_commune_without_branches_and_a_branch_without_members(office: Cast):
    place(9_000_777, "KH", "Đảng ủy xã Không Hộ", Kind.COMMUNE, office.province)
    empty = drafted(office.actor("kien"), "tinh-nam", office.province, last_year())
    facts = Facts.thawed(empty.facts)
    (row,) = [row for row in facts.sheets[0].rows if "Không Hộ" in row[1]]
    assert row[2] == "0"  # branches
    assert not [cell for cell in row if "%" in cell]  # a share of nothing is not said


@contextmanager
def room_for(most: int) -> Iterator[None]:
    """As on a disk that is full: no file may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("kind", "most"), [("xa-nam", 20_000), ("tinh-nam", 20_000), ("tinh-nam", 2_000)])
def test_no_room_on_the_disk(office: Cast, folder: Path, kind: str, most: int):
    """Where the file is put, where its parts are set, where they are asked for: said in words, and then it goes on."""
    of = office.phu_luong if kind == "xa-nam" else office.province
    by = office.actor("mai" if kind == "xa-nam" else "kien")
    report = approved(office, kind, of=of)
    job = issue(report, by=by)
    with room_for(most):
        failed = done(job)
    assert (failed.state, "hết chỗ ghi" in failed.error) == (State.FAILED, True), failed.error
    assert (Report.everything.get(pk=report.pk).state, StoredFile.everything.count()) == ("issuing", 0)
    again = issue(report, by=by)
    assert done(again).state == State.DONE
    assert len(files_in(folder)) == 1  # of the first attempt nothing lies there
    assert faults_of(content_of(report)) == []


def test_a_key_that_does_not_open_is_said_and_can_be_mended(office: Cast, settings, tmp_path: Path):
    report, by = approved(office, "xa-nam", of=office.phu_luong), office.actor("mai")
    settings.SIGNING_FILE, settings.SIGNING_PASSWORD = str(tmp_path / "khong-co.p12"), "x"
    failed = done(issue(report, by=by))
    assert (failed.state, "khóa ký" in failed.error) == (State.FAILED, True)
    key = make_key(tmp_path, password="dung")
    settings.SIGNING_FILE, settings.SIGNING_PASSWORD = str(key), "dung"
    assert done(issue(report, by=by)).state == State.DONE
    assert b"ETSI.CAdES.detached" in content_of(report)
    assert faults_of(content_of(report)) == []


def files_in(folder: Path) -> list[Path]:
    return [Path(found, name) for found, _, names in os.walk(folder) for name in names if name.endswith(".pdf")]


def test_parts_that_are_empty_are_not_handed_over(office: Cast):
    draft = wrote(draft_of(office), office, "  \n ", DIRECTIONS.code)
    with pytest.raises(DomainError, match="còn trống"):
        hand_over(draft, by=office.actor("mai"))
    wrote(draft, office, "Tiếp tục.", DIRECTIONS.code)
    wrote(draft, office, "Đã họp.", SHORTCOMINGS.code)
    assert PROPOSALS.heading not in flat(issued(office, draft))
