"""A long sheet is a job: its page shows how far it is, and ends on the preview, on the receipt, or on why not."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from members.imports import bringing
from members.imports.bringing import BUSY
from members.models import Import, Member
from members.services.records import change_member
from portal.jobs import sending
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from tests.cast import Cast
from tests.jobs.test_asking import run_by_nobody
from tests.members.imports.makers import HEADINGS, LAN, PAO
from tests.members.imports.test_importing import lan
from tests.members.imports.test_pages import bring, text

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def long_is_more_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(sending, "_send", lambda job: None)


def found() -> Import:
    return Import.everything.select_related("job").latest("pk")


def here(more: str = "") -> str:
    return f"/nhap-dang-vien/{found().pk}/{more}"


def worked() -> Job:
    """What a worker does with the job that was asked for last."""
    job = found().job
    run(job.pk)
    job.refresh_from_db()
    return job


def without_token(answer) -> str:
    return re.sub(r'value="\w{64}"', "", text(answer))


def brought_and_checked(browser: Client, *rows, headings=HEADINGS) -> None:
    bring(browser, *(rows or (LAN, PAO)), headings=headings)
    assert worked().state == State.DONE


def test_from_the_upload_to_the_receipt_and_back(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    seen = text(bring(mai, LAN, PAO))
    assert "Kiểm tra bảng đảng viên" in seen
    assert "Có thể rời trang này" in seen
    assert (found().state, found().job.kind) == ("brought", "members.check_import")
    job = worked()
    assert (job.state, job.link, job.told) == (State.DONE, here(), "Đã kiểm tra 2 dòng: 2 mới, 0 thay đổi, 0 cần sửa")
    assert "Sẽ ghi 2 người mới" in text(mai.get(here()))

    assert "đến lúc đó danh sách vẫn như cũ" in text(mai.post(here("ghi/"), follow=True))
    assert (found().state, Member.everything.count()) == ("checked", 0)
    job = worked()
    assert (job.link, job.told) == (here(), "Đã ghi 2 người mới, 0 thay đổi")
    assert "Biên nhận nhập đảng viên" in text(mai.get(here()))
    assert Member.everything.count() == 2

    assert "Hoàn tác một lần nhập" in text(mai.post(here("hoan-tac/"), follow=True))
    assert worked().told == "Danh sách đảng viên đã trở lại như trước lần nhập"
    assert "Đã hoàn tác" in text(mai.get(here()))
    assert Member.everything.count() == 0


def test_a_heavy_file_is_not_even_counted(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bringing, "MOST_BYTES_AT_ONCE", 100)
    bring(sign_in("mai"), LAN)
    assert found().is_at_work


def test_what_polls_gets_the_bar_and_at_the_end_the_whole_page(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    job = found().job
    run_by_nobody(job)
    Job.everything.filter(pk=job.pk).update(done=1, total=2, sentence="Đang kiểm tra 1/2 dòng")
    part = mai.get(here(), headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert "Đang kiểm tra 1/2 dòng" in text(part)
    assert without_token(part).strip() in without_token(mai.get(here()))  # the same as a reload
    Job.everything.update(state="waiting")
    worked()
    assert mai.get(here(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_columns_matched_by_hand_lead_to_the_bar_too(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    path = bring(mai, LAN, PAO, headings=["Đồng chí", "Chào đời", "G", "Thẻ", "Nơi", "KN", "CT"]).redirect_chain[-1][0]
    chosen = ["full_name", "born_on", "sex", "card_number", "branch", "admitted_on", "official_on"]
    said = {f"cot_{place}": name for place, name in enumerate(chosen)}
    assert "Có thể rời trang này" in text(mai.post(path, said, follow=True))
    assert mai.get(path).status_code == 302  # no second matching while the first is at work
    worked()
    assert "Sẽ ghi 2 người mới" in text(mai.get(here()))


@pytest.mark.parametrize("more", ["ghi/", "hoan-tac/"])
def test_nothing_is_done_with_a_sheet_that_is_at_work(cast: Cast, sign_in: SignIn, more: str):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    assert BUSY in text(mai.post(here(more), follow=True))
    assert Job.everything.count() == 1


def test_clicked_twice_it_is_asked_once_and_written_once(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    brought_and_checked(mai)
    mai.post(here("ghi/"))
    assert BUSY in text(mai.post(here("ghi/"), follow=True))
    assert Job.everything.filter(kind="members.apply_import").count() == 1
    worked()
    assert "Bảng này đã nhập rồi." in text(mai.post(here("ghi/"), follow=True))
    assert Member.everything.count() == 2


def test_what_moved_is_shown_anew_and_not_written(cast: Cast, sign_in: SignIn):
    member, mai = lan(cast), sign_in("mai")
    brought_and_checked(mai, [*LAN, "Bác sĩ"], PAO, headings=[*HEADINGS, "Nghề nghiệp"])
    mai.post(here("ghi/"))
    change_member(member, version=1, facts={"phone": "0912345678"}, by=cast.actor("mai"))
    assert worked().state == State.DONE
    seen = text(mai.get(here()))
    assert "danh sách đã có thay đổi, nên chưa ghi gì" in seen
    assert "Xem trước khi ghi" in seen
    assert (found().state, Member.everything.count()) == ("checked", 1)
    mai.post(here("ghi/"))
    worked()
    assert Member.everything.count() == 2


def test_who_asked_stops_it_and_nobody_else(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    brought_and_checked(mai)
    mai.post(here("ghi/"))
    Job.everything.filter(pk=found().job_id).update(account=cast["khoi"])
    assert "Dừng lại" not in text(mai.get(here()))
    assert mai.post(here("dung/")).status_code == 404
    Job.everything.filter(pk=found().job_id).update(account=cast["mai"])
    assert "Dừng lại" in text(mai.get(here()))
    seen = text(mai.post(here("dung/"), follow=True))
    assert "Nhập đảng viên từ bảng: đã dừng theo yêu cầu." in seen
    assert "Chưa có gì được ghi." in seen
    assert "Sẽ ghi 2 người mới" in seen
    assert (found().state, Member.everything.count()) == ("checked", 0)


def test_a_check_that_is_stopped_can_be_begun_again(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    asked = mai.post(here("dung/"), follow=True)
    assert "Kiểm tra bảng đảng viên: đã dừng theo yêu cầu." in text(asked)
    path = asked.redirect_chain[-1][0]
    mai.post(path, {f"cot_{place}": name for name, place in found().places.items()})
    worked()
    assert "Sẽ ghi 2 người mới" in text(mai.get(here()))


def test_a_lost_worker_is_told(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    Job.everything.update(attempts=1)
    assert "Máy chủ đã dừng giữa chừng; việc sẽ được làm lại từ đầu." in text(mai.get(here()))


def test_what_is_refused_by_the_worker_is_told_where_it_can_be_mended(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    Import.everything.update(file=None)
    assert worked().state == State.FAILED
    seen = text(mai.get(here(), follow=True))
    assert "Kiểm tra bảng đảng viên: không xong." in seen
    assert "Tệp của lần nhập này không còn. Hãy chọn lại tệp. Chưa có gì được ghi." in seen


def test_old_letters_in_a_heavy_file_are_told_by_the_worker(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    """Of a heavy file the page reads no more than the headings."""
    monkeypatch.setattr(bringing, "MOST_BYTES_AT_ONCE", 100)
    mai = sign_in("mai")
    bring(mai, *[["Nguyeãn Vaên Huøng", "1980", "", str(number), "PL-1", "", ""] for number in range(40)])
    assert worked().state == State.FAILED
    assert "gõ bằng bảng mã cũ (TCVN3, VNI)" in text(mai.get(here(), follow=True))


def test_an_import_that_was_forgotten_ends_its_job_with_a_sentence(cast: Cast, sign_in: SignIn):
    bring(sign_in("mai"), LAN, PAO)
    job = found().job
    Import.everything.all().delete()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error[:27]) == (State.FAILED, "Lần nhập này không còn: quá")


def test_no_other_office_sees_the_bar(cast: Cast, sign_in: SignIn):
    bring(sign_in("mai"), LAN, PAO)
    assert sign_in("quyet").get(here()).status_code == 404
    assert sign_in("quyet").post(here("dung/")).status_code == 404


def test_the_history_says_the_same_whoever_did_the_writing(cast: Cast, sign_in: SignIn):
    member, mai = lan(cast), sign_in("mai")
    brought_and_checked(mai, [*LAN, "Bác sĩ"], PAO, headings=[*HEADINGS, "Nghề nghiệp"])
    mai.post(here("ghi/"))
    worked()
    context = member.events.get().pgh_context
    assert (context["action"], context["account"]) == ("nhập đảng viên từ bảng", cast["mai"].pk)


def test_a_small_one_is_dealt_with_at_once(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    assert "Sẽ ghi 1 người mới" in text(bring(mai, LAN))
    mai.post(here("ghi/"))
    mai.post(here("hoan-tac/"))
    assert (found().state, Job.everything.count()) == ("undone", 0)
