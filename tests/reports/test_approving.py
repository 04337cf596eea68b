"""Whoever approves sees on the list of what is due that a report waits; done or taken back it is gone."""

from portal.duties.reading import Item, duties_of
from portal.notifications.models import Notice
from portal.reports.models import Report
from portal.reports.services.issuing import approve, send_back
from portal.reports.services.writing import hand_over, take_back
from tests.cast import Cast
from tests.reports.drafts import begun, written


def due_for(cast: Cast, name: str) -> list[Item]:
    return [one for one in duties_of(cast.actor(name)) if one.duty.code == "duyet-bao-cao"]


def handed_over(cast: Cast) -> Report:
    return hand_over(written(cast, begun(cast, cast.phu_luong, "mai", "xa-thang"), "mai"), by=cast.actor("mai"))


def test_it_is_due_for_who_approves_there_and_nobody_else(cast: Cast):
    report = handed_over(cast)
    (item,) = due_for(cast, "vinh")
    assert (item.words, item.step.url) == ("Duyệt báo cáo tháng 10/2026", f"/bao-cao/{report.pk}/")
    assert "Đinh Thị Mai soạn" in item.more
    assert item.remaining.startswith("Còn")
    assert due_for(cast, "mai") == due_for(cast, "kien") == due_for(cast, "thinh") == []


def test_who_approves_is_told_at_once(cast: Cast):
    handed_over(cast)
    told = Notice.everything.filter(rule="duyet-bao-cao")
    assert [notice.account.username for notice in told] == ["vinh"]


def test_approved_sent_back_or_taken_back_it_is_due_no_more(cast: Cast):
    report = handed_over(cast)
    take_back(report, by=cast.actor("mai"))
    assert due_for(cast, "vinh") == []
    hand_over(report, by=cast.actor("mai"))
    approve(report, by=cast.actor("vinh"))
    assert due_for(cast, "vinh") == []
    send_back(report, remark="Ghi rõ nguyên nhân.", by=cast.actor("vinh"))
    assert due_for(cast, "vinh") == []
