"""Who holds which office from when to when, and what goes with it: posts beside it, branches and households in charge."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models import Kind, Organisation, Settlement, Term
from branches.models.dated import Dated, DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from branches.models.ripple import ripples
from members.models.member import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.history.tracking import tracked
from portal.words.fields import LineField


class Post(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    STANDING = "standing", "Ủy viên ban thường vụ"
    COMMITTEE = "committee", "Cấp ủy viên"
    INSPECTION_HEAD = "inspection head", "Chủ nhiệm ủy ban kiểm tra"
    INSPECTION_DEPUTY = "inspection deputy", "Phó chủ nhiệm ủy ban kiểm tra"
    INSPECTION = "inspection", "Ủy viên ủy ban kiểm tra"

    @classmethod
    def of(cls, kind: str) -> list["Post"]:
        """Those that an organisation of this kind has."""
        if kind in (Kind.BRANCH, Kind.CELL):
            return [cls.SECRETARY, cls.DEPUTY, cls.COMMITTEE]
        return list(cls)


IN_BRANCHES = {Post.COMMITTEE: "Chi ủy viên"}
IN_COMMUNES = {Post.COMMITTEE: "Đảng ủy viên"}
IN_PROVINCES = {Post.COMMITTEE: "Tỉnh ủy viên"}
_WORDS = {Kind.BRANCH: IN_BRANCHES, Kind.COMMUNE: IN_COMMUNES, Kind.PROVINCE: IN_PROVINCES}

# What an office lets its holder do in the portal. Who sits on a chi ủy without leading it has no role of its own.
_LEADS_BRANCH = {Post.SECRETARY: Role.SECRETARY, Post.DEPUTY: Role.SECRETARY}
_INSPECTS = dict.fromkeys((Post.INSPECTION_HEAD, Post.INSPECTION_DEPUTY, Post.INSPECTION), Role.INSPECTOR)
_LEADS_COMMUNE = dict.fromkeys((Post.SECRETARY, Post.DEPUTY, Post.STANDING), Role.COMMUNE_LEADER)
_IN_PROVINCE = dict.fromkeys((Post.SECRETARY, Post.DEPUTY, Post.STANDING, Post.COMMITTEE), Role.PROVINCE_MEMBER)
ROLE_OF = {
    Kind.BRANCH: _LEADS_BRANCH,
    Kind.PART: _LEADS_BRANCH,
    Kind.BASE: _LEADS_BRANCH,
    Kind.COMMUNE: _LEADS_COMMUNE | _INSPECTS | {Post.COMMITTEE: Role.COMMUNE_MEMBER},
    Kind.PROVINCE: _IN_PROVINCE | _INSPECTS,
}


class How(models.TextChoices):
    ELECTED = "elected", "Bầu"
    APPOINTED = "appointed", "Chỉ định"


class OfOrganisation(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


class OfMember(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(member__in=Member.objects.allowed(actor, permission))


@tracked()
class Office(Dated):
    """Held by election or appointment. `acting_for`: stands in for somebody for a time, beside whoever holds it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="offices", verbose_name="đảng viên")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices", verbose_name="tổ chức")
    post = LineField("chức vụ", max_length=20, choices=Post.choices)
    how = LineField("do", max_length=10, choices=How.choices, default=How.ELECTED)
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="nhiệm kỳ"
    )
    acting_for = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay đồng chí"
    )
    decision = LineField("nghị quyết, quyết định", max_length=200, blank=True)
    ended_because = LineField("vì sao thôi", max_length=200, blank=True)

    everything = DatedRows.as_manager()
    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        constraints = [
            models.CheckConstraint(name="office_post_known", condition=Q(post__in=Post.values)),
            models.CheckConstraint(name="office_how_known", condition=Q(how__in=How.values)),
            models.CheckConstraint(name="office_begins", condition=Q(since__isnull=False)),
            models.CheckConstraint(name="office_acts_for_another", condition=~Q(acting_for=F("member"))),
            models.CheckConstraint(
                name="office_acting_ends", condition=Q(acting_for__isnull=True) | Q(until__isnull=False)
            ),
            ends_after_it_begins("office_ends_after_it_begins"),
            one_at_a_time(
                "office_one_secretary", "organisation", among=Q(post=Post.SECRETARY, acting_for__isnull=True)
            ),
            one_at_a_time("office_held_once", "member", "organisation", "post"),
        ]
        triggers = ripples("organisation_id")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        said = _WORDS.get(Kind(self.organisation.kind), {}).get(Post(self.post), Post(self.post).label)
        return f"{said} (thay đ/c {self.acting_for.full_name})" if self.acting_for else said

    @property
    def role(self) -> Role | None:
        return ROLE_OF.get(Kind(self.organisation.kind), {}).get(Post(self.post))


class StatePost(models.TextChoices):
    VILLAGE_HEAD = "village head", "Trưởng thôn, bản, tổ dân phố"
    FRONT_HEAD = "front head", "Trưởng ban công tác Mặt trận"
    UNIT_HEAD = "unit head", "Thủ trưởng cơ quan, đơn vị"
    ASSOCIATION_HEAD = "association head", "Trưởng chi hội, bí thư chi đoàn"
    OTHER = "other", "Chức vụ khác"


@tracked()
class ConcurrentPost(Dated):
    """Outside the Party, held at the same time. The head of a village names it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="state_posts", verbose_name="đảng viên")
    post = LineField("chức vụ", max_length=20, choices=StatePost.choices)
    settlement = models.ForeignKey(
        Settlement, models.PROTECT, null=True, blank=True, related_name="heads", verbose_name="thôn, tổ dân phố"
    )
    detail = LineField("nói rõ", max_length=200, blank=True)

    everything = DatedRows.as_manager()
    objects = OfMember.as_manager()

    class Meta:
        verbose_name = "chức vụ chính quyền, đoàn thể"
        verbose_name_plural = "chức vụ chính quyền, đoàn thể"
        constraints = [
            models.CheckConstraint(name="state_post_known", condition=Q(post__in=StatePost.values)),
            models.CheckConstraint(name="state_post_begins", condition=Q(since__isnull=False)),
            ends_after_it_begins("state_post_ends_after_it_begins"),
            one_at_a_time("state_post_one_head", "settlement", among=Q(post=StatePost.VILLAGE_HEAD)),
        ]

    def __str__(self) -> str:
        where = self.settlement.full_name if self.settlement else self.detail
        return f"{self.get_post_display()}: {where}" if where else self.get_post_display()


@tracked()
class Charge(Dated):
    """A committee member follows a branch: sees its figures, comes to its meetings, is told of them."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="charges", verbose_name="cấp ủy viên")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="charges", verbose_name="chi bộ")

    everything = DatedRows.as_manager()
    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = "phụ trách chi bộ"
        verbose_name_plural = "phụ trách chi bộ"
        constraints = [
            models.CheckConstraint(name="charge_begins", condition=Q(since__isnull=False)),
            ends_after_it_begins("charge_ends_after_it_begins"),
            one_at_a_time("charge_once", "member", "organisation"),
        ]
        triggers = ripples("organisation_id")

    def __str__(self) -> str:
        return f"phụ trách {self.organisation.name}"


@tracked()
class HouseholdCharge(Dated):
    """A member looks after some households. How many and where; nothing of the people there."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="household_charges", verbose_name="đảng viên")
    area = LineField("địa bàn", max_length=200)
    households = models.PositiveSmallIntegerField("số hộ")

    everything = DatedRows.as_manager()
    objects = OfMember.as_manager()

    class Meta:
        verbose_name = "phụ trách hộ"
        verbose_name_plural = "phụ trách hộ"
        constraints = [
            models.CheckConstraint(name="household_charge_begins", condition=Q(since__isnull=False)),
            models.CheckConstraint(name="household_charge_of_some", condition=Q(households__gt=0)),
            ends_after_it_begins("household_charge_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"phụ trách {self.households} hộ, {self.area}"


class TrainingLevel(models.TextChoices):
    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    SENIOR = "senior", "Cao cấp"
    SKILLS = "skills", "Bồi dưỡng nghiệp vụ"


@tracked()
class Training(models.Model):
    """A class that somebody has attended."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="trainings", verbose_name="đảng viên")
    name = LineField("tên lớp", max_length=200)
    level = LineField("loại", max_length=20, choices=TrainingLevel.choices, default=TrainingLevel.SKILLS)
    place = LineField("nơi mở lớp", max_length=200, blank=True)
    ended_on = models.DateField("học xong ngày")
    certificate = LineField("số giấy chứng nhận", max_length=60, blank=True)

    everything = models.Manager()
    objects = OfMember.as_manager()

    class Meta:
        verbose_name = "lớp đã học"
        verbose_name_plural = "lớp đã học"
        constraints = [
            models.CheckConstraint(name="training_level_known", condition=Q(level__in=TrainingLevel.values)),
            models.CheckConstraint(name="training_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint("member", "name", "ended_on", name="training_once"),
        ]

    def __str__(self) -> str:
        return self.name
