"""Short forms, one thing a page: what is done with a member."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from branches.forms.grants import AccountField
from branches.models import Kind, Organisation
from members.models import Member, ResidenceStatus, State
from members.services.states import MAY_FOLLOW
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.forms import StoredFileField
from portal.files.kinds import IMAGES
from portal.ui.forms import DayField, PortalForm

PAPER = "Số giấy giới thiệu, quyết định, nếu có."


class ActForm(PortalForm):
    """`member` is who it is about; choices of branches are those within reach of `permission`."""

    permission = Permission.KEEP_ROLL
    branch_field = ""

    def __init__(self, *args: Any, member: Member, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.branch_field:
            field = cast(forms.ModelChoiceField, self.fields[self.branch_field])
            branches = Organisation.objects.allowed(actor, self.permission).filter(kind=Kind.BRANCH)
            field.queryset = branches.living(timezone.localdate()).exclude(pk=member.branch_id).in_order()
        self.offer(member)

    def offer(self, member: Member) -> None:
        """Choices that depend on who it is."""


def _branch(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Organisation.objects.none())


def _ground(hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label="Lý do", max_length=200, required=required, help_text=hint)


def _paper() -> forms.CharField:
    return forms.CharField(label="Giấy tờ", max_length=200, required=False, help_text=PAPER)


class MoveForm(ActForm):
    permission, branch_field = Permission.MOVE_MEMBERS, "to"
    to = _branch("Chuyển đến chi bộ")
    on = DayField(label="Sinh hoạt ở chi bộ mới từ ngày")
    ground, decision = _ground(), _paper()


class CellForm(ActForm):
    cell = forms.ModelChoiceField(
        label="Tổ đảng", queryset=Organisation.objects.none(), required=False, empty_label="Không ở tổ nào"
    )
    on = DayField(label="Từ ngày")

    def offer(self, member: Member) -> None:
        cast(forms.ModelChoiceField, self.fields["cell"]).queryset = cells_of(member)


def cells_of(member: Member) -> QuerySet[Organisation]:
    cells = Organisation.objects.everywhere(reason="the cells of a branch that is within reach")
    return cells.filter(kind=Kind.CELL, parent=member.branch_id).living(timezone.localdate()).in_order()


class TemporaryForm(ActForm):
    permission, branch_field = Permission.MOVE_MEMBERS, "at"
    at = _branch("Sinh hoạt tạm thời ở chi bộ")
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày")
    attends = forms.BooleanField(label="Họp ở nơi tạm thời, không họp ở chi bộ chính", required=False, initial=True)
    ground, decision = _ground(), _paper()


class EndOnForm(ActForm):
    on = DayField(label="Thôi từ ngày", help_text="Ngày đầu tiên không còn như vậy.")


class StateForm(ActForm):
    state = forms.ChoiceField(label="Tình trạng mới", widget=forms.RadioSelect)
    on = DayField(label="Từ ngày")
    ground, decision = _ground(), _paper()

    def offer(self, member: Member) -> None:
        states = MAY_FOLLOW.get(State(member.state), State.gone()) if member.state else State.present()
        field = cast(forms.ChoiceField, self.fields["state"])
        field.choices = [(state.value, state.label) for state in states]

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])


class ReliefForm(ActForm):
    state = forms.ChoiceField(
        label="Miễn hay tạm hoãn",
        choices=[(state.value, state.label) for state in State.reliefs()],
        widget=forms.RadioSelect,
    )
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày hết.")
    ground = _ground("Ví dụ: tuổi cao, sức khỏe yếu; nghỉ thai sản.", required=True)
    decision = forms.CharField(
        label="Giấy tờ", max_length=200, required=False, help_text="Nghị quyết của chi bộ, nếu đã có số."
    )

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])


class ResidenceForm(ActForm):
    branch_field = "branch"
    branch = _branch("Chi bộ nơi cư trú")
    status = forms.ChoiceField(
        label="Tình trạng", choices=ResidenceStatus.choices, initial=ResidenceStatus.INTRODUCED,
        widget=forms.RadioSelect,
    )  # fmt: skip
    since = DayField(label="Từ ngày")

    def clean_status(self) -> ResidenceStatus:
        return ResidenceStatus(self.cleaned_data["status"])


class BadgeForm(ActForm):
    years = forms.IntegerField(label="Huy hiệu (năm tuổi Đảng)", min_value=1, max_value=120)
    on = DayField(label="Trao ngày")
    decision = forms.CharField(label="Quyết định tặng", max_length=200, required=False)


class PhotoForm(ActForm):
    photo = StoredFileField(label="Ảnh chân dung", kinds=IMAGES, required=False)
    remove = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    def offer(self, member: Member) -> None:
        if member.photo_id is None:
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("photo") and not given.pop("remove", False) and "photo" not in self.errors:
            self.add_error("photo", "Chọn một ảnh.")
        given.pop("remove", None)
        return given


class LinkAccountForm(ActForm):
    account = AccountField(
        label="Tên đăng nhập", max_length=60, required=False,
        help_text="Người dùng tài khoản này xem được hồ sơ. Để trống là bỏ liên kết.",
    )  # fmt: skip
