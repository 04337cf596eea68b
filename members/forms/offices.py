"""Offices and what stands beside them: short forms."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from branches.models import Kind, Organisation, Settlement, Term
from members.forms.acts import ActForm
from members.forms.choosing import MemberField
from members.models import How, Member, Post, StatePost, TrainingLevel
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.forms import DayField, PortalForm


class OfficeForm(PortalForm):
    member = MemberField(label="Đảng viên", max_length=120)
    post = forms.ChoiceField(label="Chức vụ", widget=forms.RadioSelect)
    how = forms.ChoiceField(label="Do", choices=How.choices, initial=How.ELECTED, widget=forms.RadioSelect)
    since = DayField(label="Từ ngày")
    until = DayField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định; phụ trách thay thì phải ghi."
    )
    term = forms.ModelChoiceField(
        label="Nhiệm kỳ", queryset=Term.objects.none(), required=False, empty_label="Không ghi"
    )
    acting_for = MemberField(
        label="Phụ trách thay đồng chí",
        max_length=120,
        required=False,
        help_text="Chỉ ghi khi làm thay trong một thời gian.",
    )
    decision = forms.CharField(label="Nghị quyết, quyết định", max_length=200, required=False)

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = cast(forms.ChoiceField, self.fields["post"])
        chi_uy = "Chi ủy viên" if organisation.kind == Kind.BRANCH else Post.COMMITTEE.label
        posts.choices = [
            (post.value, chi_uy if post == Post.COMMITTEE else post.label) for post in Post.of(organisation.kind)
        ]
        terms = Term.objects.allowed(actor, Permission.SEE_ORGANISATION).of(organisation)
        cast(forms.ModelChoiceField, self.fields["term"]).queryset = terms.in_order()
        for name in ("member", "acting_for"):
            cast(MemberField, self.fields[name]).choose_from(organisation, actor)

    def clean_post(self) -> Post:
        return Post(self.cleaned_data["post"])

    def clean_how(self) -> How:
        return How(self.cleaned_data["how"])


class LeaveOfficeForm(PortalForm):
    on = DayField(
        label="Thôi từ ngày", help_text="Ngày đầu tiên không còn giữ chức vụ; quyền trên cổng hết từ ngày ấy."
    )
    because = forms.CharField(
        label="Lý do", max_length=200, required=False, help_text="Ví dụ: hết nhiệm kỳ, chuyển công tác."
    )


class StatePostForm(ActForm):
    post = forms.ChoiceField(label="Chức vụ", choices=StatePost.choices, widget=forms.RadioSelect)
    settlement = forms.ModelChoiceField(
        label="Thôn, tổ dân phố", queryset=Settlement.objects.none(), required=False, empty_label="Không ghi"
    )
    detail = forms.CharField(
        label="Nói rõ", max_length=200, required=False, help_text="Ví dụ: Hiệu trưởng Trường Tiểu học."
    )
    since = DayField(label="Từ ngày")

    def offer(self, member: Member) -> None:
        rows = Settlement.objects.everywhere(reason="villages of the commune of a member within reach").living()
        field = cast(forms.ModelChoiceField, self.fields["settlement"])
        field.queryset = rows.filter(commune=member.branch.parent_id if member.branch else None).in_order()

    def clean_post(self) -> StatePost:
        return StatePost(self.cleaned_data["post"])


class HouseholdsForm(ActForm):
    area = forms.CharField(
        label="Địa bàn", max_length=200, help_text="Ví dụ: ngõ 3, xóm Trong. Không ghi tên người dân."
    )
    households = forms.IntegerField(label="Số hộ", min_value=1, max_value=500)
    since = DayField(label="Từ ngày")


class InChargeForm(ActForm):
    permission = Permission.KEEP_OFFICES
    branch_field = "organisation"
    organisation = forms.ModelChoiceField(label="Chi bộ được phụ trách", queryset=Organisation.objects.none())
    since = DayField(label="Từ ngày")


class TrainingForm(ActForm):
    name = forms.CharField(label="Tên lớp", max_length=200, help_text="Ví dụ: Bồi dưỡng nghiệp vụ bí thư chi bộ.")
    level = forms.ChoiceField(
        label="Loại", choices=TrainingLevel.choices, initial=TrainingLevel.SKILLS, widget=forms.RadioSelect
    )
    ended_on = DayField(label="Học xong ngày")
    place = forms.CharField(label="Nơi mở lớp", max_length=200, required=False)
    certificate = forms.CharField(label="Số giấy chứng nhận", max_length=60, required=False)

    def clean_level(self) -> TrainingLevel:
        return TrainingLevel(self.cleaned_data["level"])


class EndSidePostForm(PortalForm):
    on = DayField(label="Thôi từ ngày", help_text="Ngày đầu tiên không còn như vậy.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}} | options)
