"""What an office does with documents, and what the database refuses."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from directives.models import Bookmark, Document, DocumentFile, Obligation, Relation, Target, Task
from directives.queries.documents import chain_of, library
from directives.reading.word import text_of_word
from directives.services import documents as services
from directives.services import obligations
from directives.timing import Operator, Pace, Timing
from portal.files.doors import may_read
from portal.files.refusals import FileRefused
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import END, START, TEXT, a_document, an_obligation
from tests.files.makers import pdf, upload, word

FACTS: dict[str, Any] = {
    "type": "plan", "symbol": "12-KH/ĐU", "issuer": "Đảng ủy xã Phú Lương", "issued_on": date(2026, 3, 1),
    "subject": "về sinh hoạt chi bộ", "since": None, "until": None, "text": TEXT, "recipients": "", "note": "",
}  # fmt: skip


@pytest.fixture
def plan(cast: Cast) -> Document:
    return services.enter_document(**FACTS, by=cast.actor("mai"))


def seen_by(cast: Cast, name: str) -> list[Document]:
    return list(library(cast.actor(name)))


def test_an_office_enters_a_document_of_its_own(cast: Cast, plan: Document):
    assert (plan.number, plan.since, plan.keeper, plan.issuer.organisation) == (
        12,
        date(2026, 3, 1),
        cast.phu_luong,
        cast.phu_luong,
    )


@pytest.mark.parametrize(
    ("name", "sees"), [("hau", True), ("thinh", True), ("mai", True), ("kien", True), ("quyet", False), ("yen", False)]
)
def test_it_is_seen_there_below_and_above(cast: Cast, plan: Document, name: str, sees: bool):
    assert (plan in seen_by(cast, name)) is sees


def test_the_same_issuer_type_number_and_day_is_one_document(cast: Cast, plan: Document):
    with pytest.raises(DomainError, match="đã có trong kho"):
        services.enter_document(**FACTS, by=cast.actor("mai"))
    other_day = FACTS | {"issued_on": date(2026, 3, 2)}
    assert services.enter_document(**other_day, by=cast.actor("mai")).number == 12


@pytest.mark.parametrize("name", ["thinh", "son", "quyet"])
def test_who_may_not_keep_it_is_refused(cast: Cast, plan: Document, name: str):
    with pytest.raises(NotAllowed):
        services.change_document(plan, **FACTS, version=plan.version, by=cast.actor(name))


def test_what_is_of_the_whole_country_is_kept_at_the_top(cast: Cast):
    shared = a_document(None, "Nghị quyết chung")
    with pytest.raises(NotAllowed, match="cả nước"):
        services.change_document(shared, **FACTS, version=shared.version, by=cast.actor("mai"))
    assert services.change_document(shared, **FACTS, version=shared.version, by=cast.actor("kien")).symbol == "12-KH/ĐU"


def test_two_who_change_it_do_not_overwrite_each_other(cast: Cast, plan: Document):
    services.change_document(plan, **FACTS, version=plan.version, by=cast.actor("mai"))
    with pytest.raises(ChangedMeanwhile):
        services.change_document(plan, **FACTS, version=plan.version, by=cast.actor("mai"))


def test_a_text_whose_sentences_are_marked_stays(cast: Cast, plan: Document):
    an_obligation(plan)
    with pytest.raises(DomainError, match="bóc tách"):
        services.change_document(plan, **FACTS | {"text": "khác"}, version=plan.version, by=cast.actor("mai"))


def test_a_secret_paper_is_symbol_class_and_keeper(cast: Cast):
    secret = services.register_secret(symbol="05-BC/ĐU", secrecy="secret", by=cast.actor("mai"))
    assert (secret.symbol, secret.secrecy, secret.keeper, secret.name) == (
        "05-BC/ĐU",
        "secret",
        cast.phu_luong,
        "Văn bản mật số 05-BC/ĐU",
    )
    seeing = [name for name in cast.people if secret in seen_by(cast, name)]
    assert seeing == ["kien", "mai"]


@pytest.mark.parametrize(
    "said",
    [{"subject": "a"}, {"text": "a"}, {"note": "a"}, {"recipients": "a"}, {"issued_on": date(2026, 1, 1)}, {"number": 1},
     {"type": "plan"}, {"since": date(2026, 1, 1)}, {"short_name": "a"}, {"keeper": None}, {"symbol": ""}],
    ids=lambda said: next(iter(said)),
)  # fmt: skip
def test_the_database_refuses_everything_else_of_a_secret_paper(cast: Cast, said: dict[str, Any]):
    facts = {"slug": "mat", "symbol": "05-BC/ĐU", "secrecy": "secret", "keeper": cast.phu_luong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document(**facts | said).save()
    Document(**facts).save()


def test_nothing_hangs_on_a_secret_paper(cast: Cast, plan: Document):
    secret = services.register_secret(symbol="05-BC/ĐU", secrecy="top", by=cast.actor("mai"))
    for hanging in (
        Relation(document=secret, kind="cites", other=plan),
        Relation(document=plan, kind="cites", other=secret),
        Bookmark(account=cast["mai"], document=secret),
        Obligation(document=secret, code="X", kind="task", words="x"),
        DocumentFile(document=secret, file_id="00000000-0000-0000-0000-000000000000"),
    ):
        with pytest.raises(IntegrityError, match="document_secret_holds_nothing"), transaction.atomic():
            hanging.save(force_insert=True)
    with pytest.raises(DomainError, match="mật"):
        services.keep_bookmark(secret, by=cast.actor("mai"))
    with pytest.raises(DomainError, match="mật"):
        services.relate(plan, kind="cites", other=secret, by=cast.actor("mai"))


def test_a_document_does_not_become_secret_nor_a_secret_one_open(cast: Cast, plan: Document):
    with pytest.raises(Exception, match="secrecy"), transaction.atomic():
        Document.everything.filter(pk=plan.pk).update(secrecy="secret")


def test_a_stub_is_merged_and_all_that_pointed_at_it_points_at_the_real_one(cast: Cast, plan: Document):
    stub = a_document(cast.phu_luong, "Kế hoạch được nhắc tới", text="", is_stub=True, number=None)
    citing, carried_out = a_document(cast.phu_luong, "nhắc tới"), a_document(cast.phu_luong, "được thực hiện")
    Relation(document=citing, kind="cites", other=stub).save()
    Relation(document=citing, kind="cites", other=plan).save()
    Relation(document=stub, kind="implements", other=carried_out).save()
    services.merge_stub(stub, into=plan, by=cast.actor("mai"))
    found = set(Relation.everything.values_list("document__subject", "kind", "other__subject"))
    assert found == {("nhắc tới", "cites", plan.subject), (plan.subject, "implements", "được thực hiện")}
    assert stub not in seen_by(cast, "mai")
    stub.refresh_from_db()
    assert stub.merged_into == plan


def test_only_a_stub_is_merged(cast: Cast, plan: Document):
    other = a_document(cast.phu_luong, "khác")
    with pytest.raises(DomainError, match="mới có tên"):
        services.merge_stub(other, into=plan, by=cast.actor("mai"))


def test_what_replaces_ends_the_day_before_it_begins(cast: Cast, plan: Document):
    old = a_document(cast.phu_luong, "cũ", since=date(2020, 1, 1))
    services.relate(plan, kind="replaces", other=old, by=cast.actor("mai"))
    old.refresh_from_db()
    assert old.until == date(2026, 2, 28)
    shared = a_document(None, "chung", since=date(2020, 1, 1))
    services.relate(plan, kind="replaces", other=shared, by=cast.actor("mai"))
    shared.refresh_from_db()
    assert shared.until is None  # not hers to end


def test_the_chain_runs_up_and_down_and_shows_what_the_reader_sees(cast: Cast, plan: Document):
    top, middle, below = (a_document(None, name) for name in ("trên", "giữa", "dưới"))
    foreign = a_document(cast.tan_hoa, "xã khác")
    for document, other in [(middle, top), (plan, middle), (below, plan), (foreign, middle)]:
        Relation(document=document, kind="implements", other=other).save()
    Relation(document=top, kind="implements", other=below).save()  # somebody made a circle
    chain = chain_of(plan, cast.actor("mai"))
    assert {one.subject for level in chain.levels for one in level} == {"trên", "giữa", plan.subject, "dưới"}
    assert (middle.pk, plan.pk) in chain.links


def mark(document: Document, cast: Cast, **said: Any) -> Obligation:
    usual: dict[str, Any] = {
        "kind": "task",
        "start": START,
        "end": END,
        "clause": "I.1",
        "timing": Timing(),
        "bearers": ["branch"],
    }
    return obligations.mark_obligation(document, **usual | said, by=cast.actor("mai"))


def test_a_passage_becomes_a_task_under_a_code_of_the_document(cast: Cast, plan: Document):
    timing = Timing(Pace.YEAR, Operator.BEFORE, due_month=12, due_day=5)
    row = mark(plan, cast, timing=timing, detail={"product": "Báo cáo", "proof": "Báo cáo đã gửi"})
    assert (row.code, row.words, row.timing) == (f"VB{plan.pk}-1", "Các chi bộ họp mỗi tháng một lần.", timing)
    assert Task.everything.get().product == "Báo cáo"
    assert mark(plan, cast, start=END + 2, end=END + 20, kind="rule").code == f"VB{plan.pk}-2"
    assert row.events.count() == 1  # the history begins


def test_the_same_passage_is_not_marked_twice_as_the_same(cast: Cast, plan: Document):
    mark(plan, cast)
    with pytest.raises(DomainError, match="đã được bóc tách"):
        mark(plan, cast)
    detail = {"comparison": "at least", "value": 90, "unit": "%"}
    assert mark(plan, cast, kind="target", detail=detail).target.goal == "từ 90\u00a0% trở lên"


@pytest.mark.parametrize(("start", "end"), [(END, START), (0, 0), (9_999, 10_000)])
def test_a_passage_outside_the_text_is_refused(cast: Cast, plan: Document, start: int, end: int):
    with pytest.raises(DomainError, match="Chọn một đoạn"):
        mark(plan, cast, start=start, end=end)


def test_a_task_hangs_on_no_target(cast: Cast, plan: Document):
    row = mark(plan, cast, kind="rule")
    for detail in (Task(obligation=row), Target(obligation=row)):
        with pytest.raises(IntegrityError, match="obligation_detail_of_its_kind"), transaction.atomic():
            detail.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    [Timing(Pace.ONCE), Timing(Pace.YEAR, due_day=5, due_month=12), Timing(Pace.AFTER_EVENT), Timing(Pace.YEAR, event="họp"),
     Timing(Pace.QUARTER, Operator.BEFORE, due_day=1, due_month=4), Timing(since=date(2026, 2, 1), until=date(2026, 1, 1))],
)  # fmt: skip
def test_the_database_refuses_a_time_that_says_nothing(cast: Cast, plan: Document, wrong: Timing):
    with pytest.raises(IntegrityError, match="obligation_"), transaction.atomic():
        mark(plan, cast, timing=wrong)


def test_a_file_is_read_by_whoever_reads_the_document(cast: Cast, plan: Document):
    stored = services.attach_file(plan, file=upload("ke-hoach.pdf", pdf()), by=cast.actor("mai"))
    assert [name for name in ("hau", "kien", "quyet") if may_read(cast.actor(name), stored)] == ["hau", "kien"]


def test_a_word_file_gives_its_paragraphs():
    body = (
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
        "<w:p><w:r><w:t>I. MỤC</w:t></w:r><w:r><w:tab/><w:t>ĐÍCH</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t>Trước ngày</w:t><w:br/><w:t>05/12</w:t></w:r></w:p></w:body></w:document>"
    )
    file = upload("a.docx", word({"word/document.xml": body.encode()}))
    assert text_of_word(file) == "I. MỤC ĐÍCH\n\nTrước ngày\n05/12"


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"<w:p>",
        b"\x00\xff",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
    ],
)
def test_a_word_file_that_is_none_is_refused_in_a_sentence(inside: bytes):
    with pytest.raises(FileRefused):
        text_of_word(upload("a.docx", word({"word/document.xml": inside})))


def test_a_paper_that_is_no_word_file_is_refused_in_a_sentence():
    with pytest.raises(FileRefused):
        text_of_word(upload("a.docx", pdf()))


@pytest.mark.parametrize(
    ("type", "subject", "name"),
    [
        ("programme", "hành động thực hiện Nghị quyết", "Chương trình hành động thực hiện Nghị quyết"),
        ("programme", "Chương trình hành động năm 2026", "Chương trình hành động năm 2026"),
        ("report", "kết quả năm", "Báo cáo kết quả năm"),
    ],
)
def test_what_kind_it_is_is_said_once(type: str, subject: str, name: str):
    assert Document(type=type, subject=subject).name == name
