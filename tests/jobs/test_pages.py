"""“Tệp của tôi”: one's own long work in words, with what can be done next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant
from portal.history.models import AccessTrace
from portal.jobs.models import Job, State
from portal.jobs.services.asking import ask_for
from portal.jobs.services.running import run
from tests.cast import Cast
from tests.jobs.test_asking import run_by_nobody

SignIn = Callable[[str], Client]
LIST = "/tep-cua-toi/"


def words(answer) -> str:
    return answer.content.decode()


def ask(cast: Cast, kind: str = "tests.write", *, name: str = "thinh", title: str = "Ghi hai từ") -> Job:
    return ask_for(kind, by=cast.actor(name), title=title, parameters={"terms": 2})


@pytest.fixture
def done(cast: Cast) -> Job:
    job = ask(cast)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE
    return job


def test_an_empty_list_says_what_it_is_for(as_thinh: Client):
    assert "Chưa có tệp nào" in words(as_thinh.get(LIST))


def test_it_is_on_the_way_to_more(as_thinh: Client):
    assert f'href="{LIST}"' in words(as_thinh.get("/them/"))


def test_one_sees_ones_own_newest_first_and_nothing_of_others(cast: Cast, sign_in: SignIn):
    ask(cast, title="Việc thứ nhất")
    ask(cast, title="Việc thứ hai")
    strange = ask(cast, name="hoa", title="Việc của người khác")
    page = words(sign_in("thinh").get(LIST))
    assert page.index("Việc thứ hai") < page.index("Việc thứ nhất")
    assert "Việc của người khác" not in page
    for path in (f"{LIST}{strange.pk}/", f"{LIST}{strange.pk}/dong/"):
        assert sign_in("thinh").get(path).status_code == 404
    assert sign_in("thinh").post(f"{LIST}{strange.pk}/dung/").status_code == 404
    strange.refresh_from_db()
    assert strange.state == State.WAITING


def test_while_it_runs_it_says_how_far_and_asks_again_every_two_seconds(cast: Cast, as_thinh: Client):
    job = ask(cast)
    run_by_nobody(job)
    Job.everything.update(done=37, total=120, sentence="Đang lập 37/120 chi bộ")
    page = words(as_thinh.get(LIST))
    assert "Đang lập 37/120 chi bộ" in page
    assert '<progress value="37" max="120"' in page
    assert f'hx-get="{LIST}{job.pk}/dong/" hx-trigger="every 2s"' in page
    alone = words(as_thinh.get(f"{LIST}{job.pk}/"))
    assert "Có thể rời trang này" in alone
    assert f'hx-get="{LIST}{job.pk}/"' in alone


def test_what_is_over_is_not_asked_for_again(done: Job, as_thinh: Client):
    for path in (LIST, f"{LIST}{done.pk}/"):
        page = words(as_thinh.get(path))
        assert "every 2s" not in page
        assert "Dừng lại" not in page


def test_after_a_swap_the_page_is_as_after_a_reload(cast: Cast, done: Job, as_thinh: Client):
    waiting, running = ask(cast), ask(cast)
    run_by_nobody(running)
    for job in (done, waiting, running):
        whole = blank(words(as_thinh.get(LIST)))
        assert blank(words(as_thinh.get(f"{LIST}{job.pk}/dong/", HTTP_HX_REQUEST="true"))).strip() in whole
        alone = blank(words(as_thinh.get(f"{LIST}{job.pk}/")))
        assert blank(words(as_thinh.get(f"{LIST}{job.pk}/", HTTP_HX_REQUEST="true"))).strip() in alone


def test_a_result_is_fetched_with_a_trace_and_kept_until_a_day(done: Job, as_thinh: Client):
    page = words(as_thinh.get(LIST))
    assert f"Hết hạn ngày {timezone.localtime(done.expires_at):%d/%m/%Y}." in page
    assert "Đã ghi 2 từ" in page
    assert 'href="/tro-giup/thuat-ngu/"' in page
    assert f'href="/tep/{done.result_id}/"' in page
    answer = as_thinh.get(f"/tep/{done.result_id}/")
    assert b"".join(answer.streaming_content) == b"a;b\n"
    assert AccessTrace.everything.get().subject == "ket-qua.csv"


def test_nobody_else_fetches_it_and_not_after_the_role_ended(done: Job, cast: Cast, sign_in: SignIn):
    path = f"/tep/{done.result_id}/"
    assert sign_in("mai").get(path).status_code == 404
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.everything.filter(account=cast["thinh"]).update(until=yesterday)
    assert sign_in("thinh").get(path).status_code == 404
    page = words(sign_in("thinh").get(LIST))
    assert "Vai trò dùng khi yêu cầu đã kết thúc" in page
    assert path not in page


def test_cancelling_says_what_happened(cast: Cast, as_thinh: Client):
    waiting, running = ask(cast), ask(cast)
    run_by_nobody(running)
    assert "Đã dừng việc này." in words(as_thinh.post(f"{LIST}{waiting.pk}/dung/", follow=True))
    page = words(as_thinh.post(f"{LIST}{running.pk}/dung/", follow=True))
    assert "Đang dừng lại" in page
    assert "Dừng lại<" not in page
    assert "đã kết thúc trước khi kịp dừng" in words(as_thinh.post(f"{LIST}{waiting.pk}/dung/", follow=True))


def test_errors_are_read_where_the_job_is(cast: Cast, as_thinh: Client):
    run(ask(cast, "tests.refuse").pk)
    page = words(as_thinh.get(LIST))
    assert "Dòng 14 thiếu tên chi bộ. Chưa có gì được ghi." in page
    assert "Không xong" in page


def test_what_was_begun_anew_says_so(cast: Cast, as_thinh: Client):
    job = ask(cast)
    Job.everything.filter(pk=job.pk).update(attempts=1)
    assert "sẽ được làm lại từ đầu" in words(as_thinh.get(LIST))


def test_a_constant_number_of_queries(cast: Cast, as_thinh: Client):
    costs = []
    for jobs in (2, 20):
        for _ in range(jobs):
            run(ask(cast, "tests.look").pk)
            ask(cast)
        with CaptureQueriesContext(connection) as queries:
            as_thinh.get(LIST)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def blank(page: str) -> str:
    """Without the token of the form, which is another each time, and the gaps of the template."""
    import re

    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"|\s+', " ", page)
