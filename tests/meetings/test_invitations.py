"""The notice goes to everybody on the roll; each answers for the day they were told of; what is said beforehand is kept."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from meetings.duties.invitations import DUTIES
from meetings.models import Answer, Invitation, Meeting, MeetingKind, Opinion
from meetings.services.invitations import (
    answer_invitation,
    ask_opinion,
    open_papers,
    send_notice,
    send_opinion,
    subject_of,
)
from meetings.services.planning import call_off_meeting, change_meeting, plan_meeting
from members.models import Charge, Member
from portal.duties.reading import duties_of
from portal.notifications.models import Delivery, Notice
from portal.notifications.services.reminding import tell_everybody
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll

TODAY = timezone.localdate


def soon() -> date:
    return TODAY() + timedelta(days=5)


@pytest.fixture
def hau(cast: Cast) -> Member:
    return on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])


@pytest.fixture
def meeting(cast: Cast, hau: Member) -> Meeting:
    on_the_roll(cast.dong, "Lường Văn Pản")
    return plan_meeting(
        cast.dong, kind=MeetingKind.REGULAR, day=soon(), begins=time(14), place="Nhà văn hóa", by=cast.actor("thinh")
    )


@pytest.fixture
def told(cast: Cast, meeting: Meeting) -> Invitation:
    send_notice(meeting, by=cast.actor("thinh"))
    return Invitation.everything.get(meeting=meeting, member__account=cast["hau"])


def test_everybody_on_the_roll_is_invited_once(cast: Cast, meeting: Meeting):
    assert send_notice(meeting, by=cast.actor("thinh")) == 2
    assert send_notice(meeting, by=cast.actor("thinh")) == 0
    meeting.refresh_from_db()
    assert meeting.told_at is not None
    assert {row.day for row in meeting.invitations.all()} == {soon()}


@pytest.mark.parametrize("lacking", ["begins", "place", "day", "roll"])
def test_a_notice_says_when_and_where_to_somebody(cast: Cast, meeting: Meeting, lacking: str):
    facts = {"begins": {"begins": None}, "place": {"place": ""}, "day": {"day": TODAY() - timedelta(days=1)}}
    if lacking == "roll":
        meeting.attendances.all().delete()
    else:
        Meeting.everything.filter(pk=meeting.pk).update(**facts[lacking])
    with pytest.raises(DomainError):
        send_notice(meeting, by=cast.actor("thinh"))
    assert not Invitation.everything.exists()


@pytest.mark.parametrize("name", ["hau", "hoa", "vinh"])
def test_only_who_keeps_the_log_invites(cast: Cast, meeting: Meeting, name: str):
    with pytest.raises(NotAllowed):
        send_notice(meeting, by=cast.actor(name))


def test_it_is_in_the_inbox_at_once_and_the_morning_does_not_tell_it_again(cast: Cast, told: Invitation):
    notice = Notice.everything.get(account=cast["hau"], rule="du-hop")
    assert (notice.subject, notice.due_on, notice.stage) == (subject_of(told.meeting), soon(), -5)
    assert notice.words.startswith("Trả lời giấy mời sinh hoạt thường kỳ ngày")
    tell_everybody(TODAY())
    assert Notice.everything.filter(rule="du-hop").count() == 1


def test_a_letter_goes_too_where_there_is_an_address(
    cast: Cast, meeting: Meeting, settings, monkeypatch: pytest.MonkeyPatch
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("portal.notifications.services.telling.NOT_BEFORE", time(0))
    cast["hau"].email = "hau@example.org"
    cast["hau"].save()
    send_notice(meeting, by=cast.actor("thinh"))
    assert Delivery.everything.filter(account=cast["hau"], channel="mail").count() == 1


def test_who_follows_the_branch_is_told(cast: Cast, meeting: Meeting):
    son = on_the_roll(cast.phu_luong, "Trần Đình Sơn", account=cast["son"])
    Charge(member=son, organisation=cast.dong, since=date(2025, 1, 1)).save()
    before = on_the_roll(cast.phu_luong, "Vũ Quang Vinh", account=cast["vinh"])
    Charge(member=before, organisation=cast.dong, since=date(2025, 1, 1), until=TODAY()).save()
    send_notice(meeting, by=cast.actor("thinh"))
    rows = Notice.everything.filter(rule="du-hop-chi-bo-phu-trach")
    assert [row.account for row in rows] == [cast["son"]]
    assert rows[0].words.startswith("Chi bộ thôn Đông mời dự")


def due(cast: Cast, name: str, on: date | None = None) -> list[str]:
    codes = {duty.code for duty in DUTIES}
    return [item.duty.code for item in duties_of(cast.actor(name), on=on or TODAY()) if item.duty.code in codes]


def test_an_answer_is_due_until_it_is_given_or_the_day_is_over(cast: Cast, told: Invitation):
    assert due(cast, "hau") == ["du-hop"] == due(cast, "hau", soon())
    assert due(cast, "hau", soon() + timedelta(days=1)) == []
    answer_invitation(told, answer=Answer.COMING, by=cast.actor("hau"))
    assert due(cast, "hau") == []


def test_a_meeting_that_is_called_off_asks_nobody(cast: Cast, told: Invitation):
    call_off_meeting(told.meeting, because="Bão", by=cast.actor("thinh"))
    assert due(cast, "hau") == []
    with pytest.raises(DomainError, match="đã hủy"):
        answer_invitation(told, answer=Answer.COMING, by=cast.actor("hau"))


def test_not_coming_says_why(cast: Cast, told: Invitation):
    with pytest.raises(DomainError) as refused:
        answer_invitation(told, answer=Answer.NOT_COMING, because=" ", by=cast.actor("hau"))
    assert refused.value.field == "because"
    row = answer_invitation(told, answer=Answer.NOT_COMING, because="Đi viện", by=cast.actor("hau"))
    assert (row.answer, row.because) == (Answer.NOT_COMING, "Đi viện")
    assert answer_invitation(row, answer=Answer.COMING, by=cast.actor("hau")).because == ""


def test_nobody_answers_for_another(cast: Cast, told: Invitation):
    for act in (
        lambda: answer_invitation(told, answer=Answer.COMING, by=cast.actor("thinh")),
        lambda: open_papers(told, by=cast.actor("thinh")),
        lambda: send_opinion(told, words="x", by=cast.actor("thinh")),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_day_is_told_anew_and_answered_anew(cast: Cast, told: Invitation):
    answer_invitation(told, answer=Answer.COMING, by=cast.actor("hau"))
    told.meeting.refresh_from_db()
    later = soon() + timedelta(days=2)
    meeting = change_meeting(told.meeting, version=told.meeting.version, facts={"day": later}, by=cast.actor("thinh"))
    assert send_notice(meeting, by=cast.actor("thinh")) == 2
    told.refresh_from_db()
    assert (told.answer, told.day) == (Answer.NONE, later)
    assert Notice.everything.filter(account=cast["hau"], rule="du-hop").count() == 2


def test_opening_the_papers_is_noted_once(cast: Cast, told: Invitation):
    first = open_papers(told, by=cast.actor("hau")).opened_at
    assert first is not None
    assert open_papers(told, by=cast.actor("hau")).opened_at == first


def test_an_opinion_beforehand_stands_in_the_log(cast: Cast, told: Invitation):
    item = told.meeting.agendaitems.order_by("position")[3]
    before = Meeting.everything.get(pk=told.meeting_id).stamp
    send_opinion(told, words="Nên làm đường trước mùa mưa", agenda_item=item, by=cast.actor("hau"))
    row = Opinion.everything.get()
    assert (row.member, row.sent_before, row.minority, row.agenda_item) == (told.member, True, False, item)
    assert row.stamp == Meeting.everything.get(pk=told.meeting_id).stamp == before + 1  # devices in the log hear of it


@pytest.mark.parametrize("how", ["started", "yesterday"])
def test_what_has_begun_is_not_answered_any_more(cast: Cast, told: Invitation, how: str):
    facts = {"started": {"started_at": time(14)}, "yesterday": {"day": TODAY() - timedelta(days=1)}}[how]
    Meeting.everything.filter(pk=told.meeting_id).update(**facts)
    with pytest.raises(DomainError, match="đã bắt đầu hoặc đã qua"):
        send_opinion(told, words="x", by=cast.actor("hau"))
    assert open_papers(told, by=cast.actor("hau")).opened_at  # reading is never too late


def test_an_opinion_is_asked_of_one_of_the_roll(cast: Cast, meeting: Meeting, hau: Member):
    row = ask_opinion(meeting, member=hau, about="Đường thôn", by=cast.actor("thinh"))
    assert (row.opinion_asked, row.told_at) == ("Đường thôn", None)
    assert due(cast, "hau") == []  # asked for, not told yet
    send_notice(meeting, by=cast.actor("thinh"))
    assert due(cast, "hau") == ["du-hop"]
    stranger = on_the_roll(cast.doai, "Ma Thị Mỷ")
    with pytest.raises(DomainError, match="không ở trong danh sách"):
        ask_opinion(meeting, member=stranger, about="x", by=cast.actor("thinh"))
