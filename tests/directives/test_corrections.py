"""What was marked is corrected under its code; a secret paper is struck off the register, and both stay in the history."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from directives.models import Document, Obligation, Target, Task
from directives.queries.documents import library
from directives.services import documents as services
from directives.services import obligations
from directives.timing import Operator, Pace, Timing
from portal.history.sentences import history_of
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import END, START, TEXT, a_document, an_obligation

REPORT = "Báo cáo kết quả trước ngày 05/12 hằng năm"
SHARE = "tỷ lệ dự họp đạt từ 90% trở lên"


@pytest.fixture
def task(cast: Cast) -> Obligation:
    return an_obligation(a_document(cast.phu_luong, "Kế hoạch"))


def correct(row: Obligation, cast: Cast, name: str = "mai", **said: Any) -> Obligation:
    usual: dict[str, Any] = {
        "kind": row.kind,
        "words": row.words,
        "clause": row.clause,
        "timing": Timing(),
        "detail": {},
    }
    return obligations.correct_obligation(row, **usual | said, by=cast.actor(name))


def test_other_words_are_found_where_they_stand(cast: Cast, task: Obligation):
    timing = Timing(Pace.YEAR, Operator.BEFORE, due_month=12, due_day=5)
    row = correct(task, cast, words=" " + REPORT.replace(" ", "\n", 3), clause="I.2", timing=timing)
    assert (row.code, row.words, row.clause, row.timing) == (task.code, REPORT, "I.2", timing)
    assert TEXT[row.start : row.end] == REPORT
    assert row.task.product == "Buổi sinh hoạt"  # nobody spoke of it


def test_of_the_same_words_in_several_places_the_nearest_is_meant(cast: Cast):
    text = "I. VIỆC\n\n" + "\n\n".join(f"{number}. Các chi bộ họp." for number in range(1, 5))
    plan = a_document(cast.phu_luong, "Kế hoạch", text=text)
    third = text.index("Các chi bộ", text.index("3."))
    row = correct(an_obligation(plan, start=third + 4, end=third + 15), cast, words="Các chi bộ họp.")
    assert row.start == third


@pytest.mark.parametrize("words", ["Các chi bộ họp mỗi quý một lần.", "...", "(", "\\d+"])
def test_words_that_stand_nowhere_in_the_text_are_refused(cast: Cast, task: Obligation, words: str):
    with pytest.raises(DomainError, match="đúng từng chữ") as refused:
        correct(task, cast, words=words)
    assert refused.value.field == "words"


def test_a_task_that_was_a_target_changes_what_it_has_besides(cast: Cast, task: Obligation):
    detail = {"comparison": "at least", "value": 90, "most": None, "unit": "%"}
    row = correct(task, cast, kind="target", words=SHARE, detail=detail)
    assert (row.code, row.target.goal) == (task.code, "từ 90\u00a0% trở lên")
    assert not Task.everything.exists()
    assert correct(row, cast, kind="rule").kind == "rule"
    assert not Target.everything.exists()


def test_the_database_refuses_a_kind_with_the_detail_of_another(task: Obligation):
    with pytest.raises(IntegrityError, match="obligation_kind_with_detail_of_another"), transaction.atomic():
        Obligation.everything.filter(pk=task.pk).update(kind="target")
    Task.everything.filter(pk=task.pk).delete()
    assert Obligation.everything.filter(pk=task.pk).update(kind="target") == 1


def test_what_became_the_same_as_another_is_refused(cast: Cast, task: Obligation):
    other = an_obligation(task.document, start=END + 5, end=END + 20)
    with pytest.raises(DomainError, match="đã được bóc tách"):
        correct(other, cast, words=TEXT[START:END])


@pytest.mark.parametrize("name", ["hau", "thinh", "quyet"])
def test_only_its_keeper_corrects_or_removes_it(cast: Cast, task: Obligation, name: str):
    with pytest.raises(NotAllowed):
        correct(task, cast, name)
    with pytest.raises(NotAllowed):
        obligations.remove_obligation(task, by=cast.actor(name))


def test_what_the_portal_brought_along_stays(cast: Cast):
    row = an_obligation(a_document(None, "Nghị quyết", source="S009"))
    for act in (lambda: correct(row, cast, "kien"), lambda: obligations.remove_obligation(row, by=cast.actor("kien"))):
        with pytest.raises(NotAllowed, match="đi kèm cổng"):
            act()


def test_the_history_says_what_it_was_and_that_it_went(cast: Cast, task: Obligation):
    changed = history_of(correct(task, cast, words=REPORT))[0]
    assert (changed.who, changed.action) == (str(cast["mai"]), "sửa việc đã bóc tách")
    assert ("nguyên văn", "Các chi bộ họp mỗi tháng một lần.", REPORT) in [
        (one.what, one.before, one.after) for one in changed.changes
    ]
    obligations.remove_obligation(task, by=cast.actor("mai"))
    gone = Obligation.events.rel.related_model.objects.filter(pgh_label="removed").get()
    assert (gone.code, gone.words, gone.pgh_context["action"]) == (task.code, REPORT, "bỏ việc đã bóc tách")


def test_the_keeper_corrects_on_the_page_what_stands_in_the_boxes(cast: Cast, as_mai: Client, task: Obligation):
    page = as_mai.get(f"/viec-van-ban/{task.pk}/sua/")
    values = {field.name: field.value() for field in page.context["form"] if field.value() not in (None, "")}
    assert (values["words"], values["product"], values["kind"]) == (task.words, "Buổi sinh hoạt", "task")
    sent = values | {"pace": "year", "due_day": "5", "due_month": "12", "operator": "before"}
    answer = as_mai.post(f"/viec-van-ban/{task.pk}/sua/", sent)
    assert answer.headers["Location"] == f"/van-ban/{task.document_id}/#viec-{task.code}"
    task.refresh_from_db()
    assert (task.timing, task.bearers) == (
        Timing(Pace.YEAR, Operator.BEFORE, due_month=12, due_day=5),
        ["branch", "council"],
    )
    refused = as_mai.post(f"/viec-van-ban/{task.pk}/sua/", sent | {"words": "vừa gõ"}).content.decode()
    assert "đúng từng chữ" in refused
    assert "vừa gõ" in refused


def test_only_its_keeper_is_offered_to_correct_it(cast: Cast, sign_in: Any, task: Obligation):
    offered = {
        name: f"/viec-van-ban/{task.pk}/sua/" in sign_in(name).get(f"/van-ban/{task.document_id}/").content.decode()
        for name in ("mai", "hau")
    }
    assert offered == {"mai": True, "hau": False}


@pytest.fixture
def secret(cast: Cast) -> Document:
    return services.register_secret(symbol="05-BC/ĐU", secrecy="secret", by=cast.actor("mai"))


def test_what_is_struck_off_leaves_the_list_and_its_number_is_free(cast: Cast, secret: Document):
    struck = services.strike_secret(secret, because="wrong", by=cast.actor("mai"))
    assert secret not in library(cast.actor("mai"))
    assert history_of(struck)[0].action == "gạch văn bản mật khỏi sổ"
    again = services.register_secret(symbol="05-BC/ĐU", secrecy="top", by=cast.actor("mai"))
    assert again in library(cast.actor("mai"))
    with pytest.raises(DomainError, match="đã được gạch"):
        services.strike_secret(secret, because="wrong", by=cast.actor("mai"))


@pytest.mark.parametrize("because", ["", "khác"])
def test_the_reason_is_one_of_a_list(cast: Cast, secret: Document, because: str):
    with pytest.raises(DomainError, match="Chọn lý do"):
        services.strike_secret(secret, because=because, by=cast.actor("mai"))
    with pytest.raises(IntegrityError, match="document_struck_with_reason"), transaction.atomic():
        Document.everything.filter(pk=secret.pk).update(struck_on="2026-01-01", struck_because=because)


def test_only_secret_papers_are_struck_off_and_only_by_who_keeps_them(cast: Cast, secret: Document):
    with pytest.raises(DomainError, match="Chỉ văn bản mật"):
        services.strike_secret(a_document(cast.phu_luong, "Kế hoạch"), because="wrong", by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        services.strike_secret(secret, because="wrong", by=cast.actor("quyet"))


def test_the_page_says_that_it_was_struck_off_to_its_keeper_alone(cast: Cast, sign_in: Any, secret: Document):
    assert f"/van-ban/{secret.pk}/gach-so/" in sign_in("mai").get(f"/van-ban/{secret.pk}/").content.decode()
    unsaid = sign_in("mai").post(f"/van-ban/{secret.pk}/gach-so/", {"because": ""})
    assert unsaid.context["form"].errors
    answer = sign_in("mai").post(f"/van-ban/{secret.pk}/gach-so/", {"because": "twice"})
    assert answer.headers["Location"] == f"/van-ban/{secret.pk}/"
    page = sign_in("mai").get(f"/van-ban/{secret.pk}/").content.decode()
    assert "Đã gạch khỏi sổ." in page
    assert "Đăng ký hai lần" in page
    assert "gach-so" not in page
    assert sign_in("hau").get(f"/van-ban/{secret.pk}/").status_code == 404
