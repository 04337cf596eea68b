"""The roll of an organisation: who is on it, counted in words, narrowed by what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from branches.models import Organisation
from members.models import Correction, Member, Membership, MembershipKind, State
from members.models.member import MemberQuerySet
from members.models.membership import MembershipQuerySet
from members.party_age import months_later
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import number

MAJORITY = "Kinh"
MINORITIES = "thieu-so"


@dataclass(frozen=True)
class Strength:
    """How many, by state. The exempt and deferred are among the others: they are members, and not expected."""

    full: int = 0
    probationary: int = 0
    exempt: int = 0
    deferred: int = 0

    @property
    def total(self) -> int:
        return self.full + self.probationary

    @property
    def words(self) -> str:
        """23 đảng viên: 21 chính thức, 2 dự bị; 3 được miễn, 1 tạm hoãn."""
        kinds = [(self.full, "chính thức"), (self.probationary, "dự bị")]
        reliefs = [(self.exempt, "được miễn"), (self.deferred, "tạm hoãn")]
        said = [", ".join(f"{number(n)} {word}" for n, word in group if n) for group in (kinds, reliefs)]
        return f"{number(self.total)} đảng viên" + (": " + "; ".join(filter(None, said)) if self.total else "")


def strength_of(rows: MemberQuerySet) -> Strength:
    """One query."""
    found = rows.order_by().values_list("state", "relief").annotate(n=Count("pk"))
    groups = list(found)

    def count(place: int, state: State) -> int:
        return sum(group[2] for group in groups if group[place] == state)

    return Strength(
        count(0, State.FULL), count(0, State.PROBATIONARY), count(1, State.EXEMPT), count(1, State.DEFERRED)
    )


def roll_of(organisation: Organisation, actor: Actor) -> MemberQuerySet:
    """Who is in the Party and in this branch, or in a branch below."""
    return Member.objects.allowed(actor, Permission.READ_ROLL).at_or_below(organisation.path).present()


def narrowed(rows: MemberQuerySet, asked: Mapping[str, Any], today: date) -> MemberQuerySet:
    """By the filters of the address; an empty one says nothing."""
    wanted = Q()
    if asked.get("tuoi_tu") is not None:
        wanted &= Q(born_on__lte=months_later(today, -12 * asked["tuoi_tu"]))
    if asked.get("tuoi_den") is not None:
        wanted &= Q(born_on__gt=months_later(today, -12 * (asked["tuoi_den"] + 1)))
    for column, asked_as in (("sex", "gioi_tinh"), ("theory", "ly_luan"), ("branch__branch_type", "loai_hinh")):
        if asked.get(asked_as):
            wanted &= Q(**{column: asked[asked_as]})
    if asked.get("dan_toc"):
        few = ~Q(ethnicity__in=["", MAJORITY])
        wanted &= few if asked["dan_toc"] == MINORITIES else Q(ethnicity=asked["dan_toc"])
    if asked.get("tinh_trang"):
        column = "relief" if asked["tinh_trang"] in State.reliefs() else "state"
        wanted &= Q(**{column: asked["tinh_trang"]})
    if asked.get("noi"):
        wanted &= Q(branch__path__startswith=asked["noi"].path)
    return rows.filter(wanted).matching(asked.get("tim") or "")


def gone_from(organisation: Organisation, actor: Actor, today: date) -> MembershipQuerySet:
    """Who was here and is not any more, the latest first. Of what came later elsewhere, nothing is said."""
    ended = Membership.objects.allowed(actor, Permission.READ_ROLL).filter(
        kind=MembershipKind.MAIN, organisation__path__startswith=organisation.path, until__lt=today
    )
    later = Membership.objects.allowed(actor, Permission.READ_ROLL).filter(
        member=OuterRef("member"),
        kind=MembershipKind.MAIN,
        organisation__path__startswith=organisation.path,
        since__gt=OuterRef("until"),
    )
    return ended.filter(~Exists(later), member__merged_into=None).order_by("-until", "member__sort_key", "pk")


def waiting_corrections(organisation: Organisation, actor: Actor) -> Any:
    rows = Correction.objects.allowed(actor, Permission.KEEP_ROLL).waiting()
    return rows.filter(member__branch__path__startswith=organisation.path).order_by("asked_at", "pk")
