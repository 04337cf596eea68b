"""The scan of the morning and the sending, one process and a clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Correction
from portal.access.actor import Actor
from portal.celery import app
from portal.notifications.channels.base import Refused, TryLater, Unreachable
from portal.notifications.channels.mail import Mail
from portal.notifications.models import Choice, Delivery, Notice, State
from portal.notifications.services import cleaning, delivering
from portal.notifications.services.inbox import choose
from portal.notifications.services.reminding import remind
from portal.notifications.services.sending_again import send_again, send_failed_again
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.notifications.people import to_be_told

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def nobody_wakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.notifications.services.reminding.current_app.send_task", lambda *_, **__: None)


@pytest.fixture
def told(cast: Cast) -> Cast:
    to_be_told(cast, 2)
    return cast


def saigon(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))


@pytest.mark.parametrize(
    ("moment", "scans"), [((2026, 3, 3, 6, 29), False), ((2026, 3, 3, 6, 30), True), ((2026, 3, 3, 21), True)]
)
def test_the_morning_begins_at_half_past_six_and_can_be_made_up(told: Cast, moment: tuple, scans: bool):
    with time_machine.travel(saigon(*moment), tick=False):
        assert bool(remind()) is scans
        assert remind() is None  # too early still, or done


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_beat_keeps_the_portal_s_clock_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch, zone: str):
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        schedule = app.conf.beat_schedule["reminders of the morning"]["schedule"]
        schedule.app = app
        with time_machine.travel(saigon(2026, 3, 3, 5, 30), tick=False):
            left = schedule.remaining_estimate(timezone.now() - timedelta(hours=1))
        assert left == timedelta(hours=1)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_stage_is_told_once_by_the_database(told: Cast):
    remind(today=TODAY())
    notice = Notice.everything.first()
    again = {
        name: getattr(notice, name) for name in ("account", "rule", "subject", "stage", "due_on", "place", "told_on")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice(**again).save()
    mine = Notice.everything.filter(account__username="bt0")
    remind(today=TODAY() + timedelta(days=1))
    assert mine.count() == 1  # the next stage has not come
    remind(today=TODAY() + timedelta(days=6))
    assert [*mine.order_by("stage").values_list("stage", flat=True)] == [-7, -1]


def test_what_is_done_is_told_no_more(told: Cast):
    remind(today=TODAY())
    before = Notice.everything.count()
    Correction.everything.update(answer="accepted")
    remind(today=TODAY() + timedelta(days=6))
    assert Notice.everything.count() == before


def test_the_letter_names_kinds_and_days_and_no_persons(told: Cast):
    remind(today=TODAY())
    assert delivering.deliver_due() == 2
    letter = mail.outbox[0]
    html = letter.alternatives[0].content
    assert letter.subject == "1 việc cần làm – Cổng sinh hoạt chi bộ"
    for text in (letter.body, html):
        assert "Trả lời đề nghị sửa hồ sơ" in text
        assert "http://127.0.0.1:8000/" in text
        assert "Hậu" not in text
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert [row.state for row in Delivery.everything.all()] == [State.SENT] * 2


def test_who_does_not_want_letters_gets_none(told: Cast):
    account = Choice._meta.get_field("account").related_model.objects.get(username="bt0")
    choose("mail", wanted=False, by=Actor.today(account))
    remind(today=TODAY())
    assert [row.account.username for row in Delivery.everything.select_related("account")] == ["bt1"]
    assert Notice.everything.filter(account=account).exists()  # the inbox is not a matter of choice
    choose("mail", wanted=True, by=Actor.today(account))
    assert Choice.everything.get().wanted


def test_one_letter_a_day_carries_all_that_is_new(told: Cast):
    correction = Correction.everything.get()
    Correction(member=correction.member, column="job", asked_by=told["hau"]).save()
    remind(today=TODAY())
    assert [row.carried.count() for row in Delivery.everything.all()] == [2, 2]


class Answers(Mail):
    """A channel that answers as it is told."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)

    def send(self, *_: object) -> None:
        if self.answers and (answer := self.answers.pop(0)):
            raise answer


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    channel = Answers()
    monkeypatch.setattr(delivering, "channels", lambda: [channel])
    return channel


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.everything.order_by("pk").values_list("state", "attempts", "error"))


def test_what_is_refused_for_good_is_shown_as_failed(told: Cast, channel: Answers):
    remind(today=TODAY())
    channel.answers = [Refused("550 hộp thư không tồn tại")]
    assert delivering.deliver_due() == 1
    assert states() == [("failed", 1, "550 hộp thư không tồn tại"), ("sent", 1, "")]


def test_pauses_grow_and_after_seven_attempts_it_is_given_up(told: Cast, channel: Answers):
    remind(today=TODAY())
    pauses = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(7):
            channel.answers = [TryLater("451"), TryLater("451")]
            delivering.deliver_due()
            row = Delivery.everything.order_by("pk").first()
            pauses.append((row.next_try_at - timezone.now()).total_seconds() / 60)
            clock.move_to(row.next_try_at)
        assert pauses == [1, 5, 15, 60, 240, 720, 0]
        assert states() == [("failed", 7, "Đã thử 7 lần. 451")] * 2
        assert delivering.deliver_due() == 0


def test_a_server_that_does_not_answer_puts_all_off(told: Cast, channel: Answers):
    remind(today=TODAY())
    channel.answers = [Unreachable("Không nối được với máy chủ thư.")]
    assert delivering.deliver_due() == 0
    assert states() == [("waiting", 1, "Không nối được với máy chủ thư.")] * 2


def test_an_office_sends_again_what_lies_in_its_reach(told: Cast, channel: Answers):
    remind(today=TODAY())
    channel.answers = [Refused("550"), Refused("550")]
    delivering.deliver_due()
    delivery = Delivery.everything.first()
    with pytest.raises(DomainError):  # another commune's
        send_again(delivery, by=told.actor("quyet"))
    with pytest.raises(NotAllowed):
        send_again(delivery, by=told.actor("thinh"))
    send_again(delivery, by=told.actor("mai"))
    assert send_failed_again(by=told.actor("quyet")) == 0
    assert send_failed_again(by=told.actor("mai")) == 1
    assert delivering.deliver_due() == 2
    assert set(Delivery.everything.values_list("state", "asked_again", "attempts")) == {("sent", 1, 1)}


def test_old_notices_go_when_what_they_speak_of_is_done(told: Cast):
    remind(today=TODAY())
    delivering.deliver_due()
    Notice.everything.update(told_on=date(2020, 1, 1))
    Delivery.everything.update(on=date(2020, 1, 1))
    assert cleaning.clean_up() == 0  # still open: without the row the stage would be told again
    Correction.everything.update(answer="accepted")
    assert cleaning.clean_up() == 3
    assert not Delivery.everything.exists()
