"""Something to do for everybody: requests that wait for an answer, a sheet with wrong lines, yesterday's reminders."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from branches.models import Organisation
from branches.rules.reading import RulesNotLoaded
from members.models import Correction, Import, Member
from members.models import State as RollState
from portal.accounts.models import Account
from portal.notifications.models import Delivery, Morning, Notice, State
from portal.notifications.services.reminding import hand_over_all, tell_everybody
from portal.seeding.demo import BRANCH, COMMUNE
from portal.seeding.scales import Scale

ASKING = 0.03  # of those who have an account
WISHES = {"job": "Làm nông nghiệp", "residence": "Thôn Đông", "home": "xã Phú Lương"}


def seed_duties(scale: Scale, random: Random, today: date) -> str:
    if Correction.objects.everywhere(reason="seeding").exists():
        return "đã có việc đến hạn"
    made = _corrections(scale, random, today)
    if not scale.in_bulk:
        _known_work(today)
        _reminders_of(today - timedelta(days=1))
    return f"{made} đề nghị sửa hồ sơ"


def _corrections(scale: Scale, random: Random, today: date) -> int:
    rows = Member.objects.everywhere(reason="seeding").filter(account__isnull=False).order_by("pk")
    asking = [member for member in rows if random.random() < ASKING]
    Correction.everything.bulk_create(
        [_wish(member, random.randint(0, 12), random, today) for member in asking], batch_size=1_000
    )
    return len(asking)


def _wish(member: Member, days_ago: int, random: Random, today: date) -> Correction:
    column, after = random.choice(sorted(WISHES.items()))
    asked_at = _morning_of(today - timedelta(days=days_ago))
    return Correction(
        member=member,
        column=column,
        before=getattr(member, column),
        after=after,
        asked_by=member.account,
        asked_at=asked_at,
    )


def _known_work(today: date) -> None:
    """In the branch that everybody knows a request is late and one is new; its commune's last sheet had wrong lines."""
    hau = Member.everything.get(account__username="dangvien")
    for column, after, days_ago in [("phone", "0987654321", 9), ("residence", "Thôn Đông Thượng", 2)]:
        asked_at = _morning_of(today - timedelta(days=days_ago))
        wish = {"member": hau, "column": column, "before": getattr(hau, column), "after": after}
        Correction(**wish, asked_by=hau.account, asked_at=asked_at, note="Căn cước mới").save()
    commune = Organisation.everything.get(code=COMMUNE)
    _recognise_soon(commune, today)
    neighbour = (
        Member.everything.filter(account__isnull=False, branch__parent=commune).exclude(branch__code=BRANCH).first()
    )
    if neighbour:
        Correction.everything.filter(member=neighbour).delete()
        _wish(neighbour, 4, Random(4), today).save()
    sheet = Import(
        organisation=commune, by=Account.objects.get(username="vanphong"), name="danh-sach-dang-vien.xlsx", rows=48,
        state=Import.State.APPLIED, new=6, changed=11, unchanged=28, wrong=3,
        applied_at=_morning_of(today - timedelta(days=5)),
    )  # fmt: skip
    sheet.save()


def _recognise_soon(commune: Organisation, today: date) -> None:
    """Two whose probation is over: of one the branch must decide these days, of the other within the month."""
    young = Member.everything.filter(state=RollState.PROBATIONARY, branch__parent=commune).order_by("pk")
    for member, days_ago in zip(young, (403, 380), strict=False):
        admitted_on = today - timedelta(days=days_ago)
        Member.everything.filter(pk=member.pk).update(
            admitted_on=admitted_on, decided_on=admitted_on - timedelta(days=9)
        )
        member.spells.update(since=admitted_on)
        member.memberships.filter(kind="main").update(since=admitted_on)


def _reminders_of(day: date) -> None:
    """As if the clock had run; one mail did not go. Without the rules in the database nobody knows what is due."""
    try:
        told, at = tell_everybody(day), _morning_of(day)
    except RulesNotLoaded:
        return
    for account in Account.objects.filter(pk__in=Notice.everything.values("account")):
        Account.objects.filter(pk=account.pk).update(email=f"{account.username}@example.vn")
    to_send = hand_over_all(day)
    Notice.everything.update(told_at=at)
    Delivery.everything.update(state=State.SENT, attempts=1, sent_at=at)
    failed = Delivery.everything.order_by("pk").first()
    if failed:
        Delivery.everything.filter(pk=failed.pk).update(
            state=State.FAILED, sent_at=None, error="Máy chủ thư trả lời 550: hộp thư không tồn tại"
        )
    Morning(on=day, finished_at=at, told=told, to_send=to_send).save()


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6, 30)))
