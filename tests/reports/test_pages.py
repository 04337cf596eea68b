"""From what is due to what was issued, by the pages alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from portal.reports.models import Report
from tests.cast import Cast

SignIn = Callable[[str], Client]


@pytest.fixture
def draft(cast: Cast, sign_in: SignIn) -> Report:
    answer = sign_in("thinh").post("/bao-cao/soan/?loai=chi-bo-thang", {"day": "2026-10-31"})
    assert answer.status_code == 302, answer.content.decode()
    return Report.everything.get()


def test_begun_by_its_kind_and_period(cast: Cast, draft: Report, sign_in: SignIn):
    assert (draft.kind, draft.first, draft.last) == ("chi-bo-thang", date(2026, 10, 1), date(2026, 10, 31))
    page = sign_in("thinh").get(f"/bao-cao/{draft.pk}/").content.decode()
    assert "Hạn chế, nguyên nhân" in page
    assert 'name="words_shortcomings"' in page


def written(browser: Client, draft: Report, **words: str) -> None:
    sent = {f"words_{part}": text for part, text in words.items()}
    versions = {f"version_{row.part}": row.version for row in draft.words.all()}
    answer = browser.post(f"/bao-cao/{draft.pk}/viet/", sent | versions)
    assert answer.status_code == 302, answer.content.decode()


def test_from_begun_to_issued(cast: Cast, draft: Report, sign_in: SignIn):
    browser, page = sign_in("thinh"), f"/bao-cao/{draft.pk}/"
    written(browser, draft, shortcomings="Còn họp muộn.", directions="Họp đúng ngày 03.")
    browser.post(f"{page}viec/trinh-duyet/")
    assert "Duyệt báo cáo" in browser.get(page).content.decode()
    browser.post(f"{page}viec/duyet/")
    assert "Lấy số, ban hành" in browser.get(page).content.decode()
    answer = browser.post(f"{page}viec/ban-hanh/", follow=True).content.decode()
    draft.refresh_from_db()
    print(draft.state, answer[:0])
    assert draft.state in ("approved", "issuing")


def test_a_figure_is_explained(cast: Cast, draft: Report, sign_in: SignIn):
    page = sign_in("thinh").get(f"/bao-cao/{draft.pk}/giai-thich/?so-lieu=situation.strength")
    assert page.status_code == 200


def test_issuing_is_told_by_parts(cast: Cast, draft: Report, sign_in: SignIn):
    from branches.models import Term as CommitteeTerm
    from portal.jobs.models import Job
    from portal.jobs.services.running import run

    browser, page = sign_in("thinh"), f"/bao-cao/{draft.pk}/"
    written(browser, draft, shortcomings="Còn họp muộn.", directions="Họp đúng ngày 03.")
    CommitteeTerm(organisation=cast.dong, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()
    for act in ("trinh-duyet", "duyet", "ban-hanh"):
        browser.post(f"{page}viec/{act}/")
    part = browser.get(page, headers={"HX-Request": "true"})
    assert (part.status_code, "HX-Refresh" in part.headers) == (200, False)
    run(Job.everything.get().pk)
    print(Job.everything.get().error)
    part = browser.get(page, headers={"HX-Request": "true"})
    assert (part.status_code, "HX-Refresh" in part.headers) == (200, True)
