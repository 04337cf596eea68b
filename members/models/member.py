from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from branches.models import Organisation
from branches.models.ripple import ripples
from members.models.state import State
from members.party_age import party_age
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField, SortKeyField
from portal.words.quantities import NBSP
from portal.words.text import person_sort_key, search_key


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"
    UNKNOWN = "", "chưa ghi"


class Precision(models.TextChoices):
    """Of old birth days often the year alone is known."""

    DAY = "day", "đủ ngày"
    MONTH = "month", "tháng, năm"
    YEAR = "year", "chỉ năm"


class Education(models.TextChoices):
    PRIMARY = "primary", "Tiểu học"
    LOWER = "lower", "Trung học cơ sở"
    UPPER = "upper", "Trung học phổ thông"
    VOCATIONAL = "vocational", "Sơ cấp, trung cấp nghề"
    COLLEGE = "college", "Cao đẳng"
    UNIVERSITY = "university", "Đại học"
    POSTGRADUATE = "postgraduate", "Sau đại học"
    UNKNOWN = "", "chưa ghi"


class Theory(models.TextChoices):
    """Trình độ lý luận chính trị."""

    NONE = "none", "Chưa qua đào tạo"
    BASIC = "basic", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp, cử nhân"
    UNKNOWN = "", "chưa ghi"


class MemberQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those whose branch lies within reach; one's own record lies within everybody's."""
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(account=actor.account)
        return self.filter(branch__in=Organisation.objects.allowed(actor, permission))

    def at_or_below(self, path: str) -> Self:
        return self.filter(branch__path__startswith=path)

    def present(self) -> Self:
        """In the Party and in a branch today."""
        return self.filter(state__in=State.present())

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")

    def matching(self, sought: str) -> Self:
        """A part of the name without tones, a card number, a telephone number."""
        key, number = search_key(sought), "".join(filter(str.isdigit, sought))
        if not key:
            return self
        found = Q(search_key__contains=key) | Q(card_number=sought.strip())
        return self.filter(found | Q(phone=number)) if len(number) >= 9 else self.filter(found)


@tracked(facts=True, but=("branch", "state", "relief"))
class Member(models.Model):
    """A member of the Party, as the roll knows them. What is closed stands apart, in ClosedRecord.

    `branch`, `state` and `relief` are today's copy of the dated rows (Membership, StateSpell), kept by services/roll.py.
    """

    COPIED = ("branch_id", "state", "relief")

    card_number = LineField("số thẻ đảng", max_length=20, unique=True, null=True, blank=True)
    full_name = LineField("họ và tên", max_length=120)
    sort_key = SortKeyField(of="full_name", by=person_sort_key)
    search_key = SortKeyField(of="full_name", by=search_key)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    born_known_to = LineField(
        "ngày sinh biết đến", max_length=10, choices=Precision.choices, default=Precision.DAY, blank=True
    )
    sex = LineField("giới tính", max_length=10, choices=Sex.choices, blank=True, default=Sex.UNKNOWN)
    ethnicity = LineField("dân tộc", max_length=40, blank=True)
    home = LineField("quê quán", max_length=200, blank=True)
    residence = LineField("nơi ở", max_length=200, blank=True)
    phone = CodeField("số điện thoại", max_length=11, blank=True)  # digits only
    job = LineField("nghề nghiệp", max_length=120, blank=True)
    education = LineField("trình độ", max_length=20, choices=Education.choices, blank=True, default=Education.UNKNOWN)
    theory = LineField("lý luận chính trị", max_length=20, choices=Theory.choices, blank=True, default=Theory.UNKNOWN)
    admitted_on = models.DateField("ngày kết nạp (lễ)", null=True, blank=True)  # the twelve months begin here
    decided_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)  # the party age begins here
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    months_not_counted = models.PositiveSmallIntegerField("tháng không tính tuổi đảng", default=0)
    photo = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ảnh"
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="member", verbose_name="tài khoản"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="nhập vào hồ sơ"
    )
    branch = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="members", verbose_name="chi bộ"
    )
    state = LineField("tình trạng", max_length=20, choices=State.choices, blank=True, default="", editable=False)
    relief = LineField("miễn, hoãn", max_length=20, choices=State.choices, blank=True, default="", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        constraints = [
            models.CheckConstraint(name="member_sex_known", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(name="member_education_known", condition=Q(education__in=Education.values)),
            models.CheckConstraint(name="member_theory_known", condition=Q(theory__in=Theory.values)),
            models.CheckConstraint(name="member_has_a_name", condition=~Q(full_name="")),
            models.CheckConstraint(name="member_card_is_no_blank", condition=~Q(card_number="")),
            models.CheckConstraint(name="member_phone_digits", condition=Q(phone__regex=r"^(0[0-9]{9,10})?$")),
            models.CheckConstraint(
                name="member_official_after_admission",
                condition=Q(official_on__isnull=True)
                | Q(admitted_on__isnull=True)
                | Q(official_on__gte=F("admitted_on")),
            ),
            models.CheckConstraint(
                name="member_born_before_admission",
                condition=Q(born_on__isnull=True) | Q(admitted_on__isnull=True) | Q(born_on__lt=F("admitted_on")),
            ),
            models.CheckConstraint(name="member_not_merged_into_itself", condition=~Q(merged_into=F("pk"))),
        ]
        # how a member is called, where another row names one
        triggers = ripples(of=("full_name", "sort_key"), seen_through_others=True)
        indexes = [
            models.Index(fields=["branch", "sort_key"], name="member_roll"),
            models.Index(fields=["sort_key", "id"], name="member_order"),
            models.Index(fields=["search_key", "born_on"], name="member_same_person"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="member_search"),
            # what is due with whom (members/duties), asked for a whole province on each first page of its officers
            models.Index(fields=["decided_on"], name="member_party_age"),
            models.Index(fields=["decided_on"], name="member_age_less", condition=Q(months_not_counted__gt=0)),
            models.Index(fields=["admitted_on"], name="member_probation", condition=Q(state="probationary")),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def born(self) -> str:
        """As far as it is known: 05/12/1960, 12/1960, 1960."""
        if self.born_on is None:
            return "–"
        return {
            Precision.DAY: f"{self.born_on:%d/%m/%Y}", Precision.MONTH: f"{self.born_on:%m/%Y}",
        }.get(Precision(self.born_known_to), f"{self.born_on:%Y}")  # fmt: skip

    @property
    def phone_shown(self) -> str:
        """0912 345 678, with spaces that do not break."""
        return NBSP.join(filter(None, [self.phone[:-6], self.phone[-6:-3], self.phone[-3:]]))

    @property
    def party_age(self) -> int | None:
        """Today, in whole years. Somebody on probation has none yet."""
        if self.decided_on is None or self.state == State.PROBATIONARY:
            return None
        return party_age(timezone.localdate(), decided_on=self.decided_on, not_counted=self.months_not_counted)

    @property
    def is_present(self) -> bool:
        return self.state in State.present()

    @property
    def standing(self) -> str:
        """What is said first of somebody today: relieved, else the state."""
        return State(self.relief or self.state).label if self.relief or self.state else "Chưa ghi"

    @property
    def age(self) -> int | None:
        return self.age_on(timezone.localdate())

    def age_on(self, day: date) -> int | None:
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class ClosedRecordQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(member__branch__in=Organisation.objects.allowed(actor, permission))


@tracked()
class ClosedRecord(models.Model):
    """What only the secretary, the commune's organisation officer and inspectors read; each reading leaves a trace."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="closed", verbose_name="đảng viên")
    religion = LineField("tôn giáo", max_length=60, blank=True)
    health = LineField("sức khỏe", max_length=200, blank=True)
    remarks = ProseField("ghi chú về người", max_length=4_000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = ClosedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "phần đóng của hồ sơ"
        verbose_name_plural = "phần đóng của hồ sơ"

    def __str__(self) -> str:
        return f"Phần đóng: {self.member_id}"
