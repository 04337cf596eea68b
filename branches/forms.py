import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from branches.models import Kind, Organisation, Rank, SettlementKind, State, Term
from branches.models.number import SERIES, TYPES, number_text
from branches.queries import Standing
from branches.services.grants import GIVEN_BY, HELD_IN
from portal.access.actor import Actor
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account
from portal.ui.forms import DayField, PortalForm


class AccountField(forms.CharField):
    """An account, named by its user name: never a list of all people to choose from."""

    def clean(self, value: Any) -> Account | None:
        typed = super().clean(value).strip().lower()
        if not typed:
            return None
        account = Account.objects.filter(username=typed, is_active=True).first()
        if account is None:
            raise forms.ValidationError("Không có tài khoản mang tên đăng nhập này.")
        return account


def offered_roles(organisation: Organisation, actor: Actor) -> list[tuple[str, str]]:
    """The roles that can be held in this organisation and that this actor may give: what the service would not refuse."""
    may_give = GIVEN_BY.get(actor.capacity.role, frozenset()) if actor.capacity else frozenset()
    offered = [role for role in Role if role in may_give and organisation.kind in HELD_IN[role]]
    return [(role.value, ROLES[role].label) for role in offered]


class GrantForm(PortalForm):
    account = AccountField(label="Tên đăng nhập của người nhận vai trò", max_length=60)
    role = forms.ChoiceField(label="Vai trò", widget=forms.RadioSelect)
    since = DayField(label="Từ ngày", help_text="Để trống là từ hôm nay.", required=False)
    until = DayField(label="Đến hết ngày", help_text="Để trống nếu chưa định ngày hết.", required=False)
    acting_for = AccountField(
        label="Thay cho (tên đăng nhập)", max_length=60, required=False, help_text="Chỉ ghi khi làm thay người khác."
    )
    ground = forms.CharField(label="Căn cứ", max_length=200, required=False, help_text="Số quyết định, nếu có.")

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["role"]).choices = offered_roles(organisation, actor)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class OpenAccountForm(PortalForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    phone = forms.CharField(
        label="Số điện thoại", max_length=20, required=False, help_text="Dùng để đăng nhập thay cho tên."
    )
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Có thư điện tử thì tự lấy lại được mật khẩu."
    )
    role = forms.ChoiceField(label="Vai trò", widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["role"]).choices = offered_roles(organisation, actor)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class EndGrantForm(PortalForm):
    on = DayField(label="Thôi giữ vai trò từ ngày", help_text="Ngày đầu tiên không còn quyền.")


class OrganisationForm(PortalForm):
    name = forms.CharField(label="Tên tổ chức", max_length=200)
    code = forms.CharField(label="Mã", max_length=30, help_text="Mã ngắn, không trùng tổ chức khác.")
    kind = forms.ChoiceField(label="Loại", choices=[(kind.value, kind.label) for kind in Kind if kind != Kind.CENTRE])
    rank = forms.ChoiceField(label="Cấp", choices=[(rank.value, rank.label) for rank in Rank], required=False)


class TermForm(PortalForm):
    name = forms.CharField(label="Tên nhiệm kỳ", max_length=60, help_text="Ví dụ: nhiệm kỳ 2025–2030.")
    since = DayField(label="Từ ngày", help_text="Ngày sau hôm bế mạc đại hội bầu ra cấp ủy.")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa có đại hội sau.")


class SeriesForm(PortalForm):
    """What every form of the register asks first."""

    type = forms.ChoiceField(label="Loại văn bản", choices=[("", "Chọn trong danh sách"), *TYPES.items()])
    congress = forms.BooleanField(label="Là văn bản của đại hội: mọi loại chung một dãy số, ký hiệu ĐH", required=False)

    def __init__(self, *args: Any, standings: dict[str, Standing], **options: Any) -> None:
        """Beside each type stands the number that would come next."""
        super().__init__(*args, **options)
        coming = {code: standings[code].next if code in standings else 1 for code in TYPES}
        offered = [(code, f"{name} ({code}), số tiếp theo {number_text(coming[code])}") for code, name in TYPES.items()]
        cast(forms.ChoiceField, self.fields["type"]).choices = [("", "Chọn trong danh sách"), *offered]


SUBJECT_HINT = "Văn bản nói về việc gì."


class TakeNumberForm(SeriesForm):
    on = DayField(label="Ngày văn bản", help_text="Hôm nay hoặc ngày trước đó.")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)
    field_order = ["type", "on", "subject", "congress"]


class ReserveNumbersForm(SeriesForm):
    count = forms.IntegerField(label="Giữ mấy số", min_value=1, max_value=50, initial=1)
    reason = forms.CharField(
        label="Để làm gì", max_length=200, help_text="Ví dụ: văn bản ký tay sáng nay, mạng đang mất."
    )
    field_order = ["type", "count", "reason", "congress"]


class RecordNumberForm(SeriesForm):
    number = forms.CharField(label="Số trên giấy", max_length=10, help_text="Ví dụ 12, hoặc 12a.")
    on = DayField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)
    field_order = ["type", "number", "on", "subject", "congress"]

    def clean(self) -> dict[str, Any]:
        """12a → number 12, suffix a."""
        cleaned = super().clean() or self.cleaned_data
        if "number" in cleaned:
            parts = re.fullmatch(r"([0-9]{1,5})([a-zđ]?)", cleaned["number"].strip().lower())
            if parts is None or int(parts[1]) < 1:
                self.add_error("number", "Số trên giấy gồm chữ số, có thể kèm một chữ cái, ví dụ 12 hoặc 12a.")
            else:
                cleaned["number"], cleaned["suffix"] = int(parts[1]), parts[2]
        return cleaned


class UseNumberForm(PortalForm):
    on = DayField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)


class VoidNumberForm(PortalForm):
    reason = forms.CharField(label="Vì sao hủy", max_length=200)


class RegisterFilter(PortalForm):
    """Stands in the address, so a filtered register can be kept and sent on."""

    nhiem_ky = forms.ModelChoiceField(label="Nhiệm kỳ", queryset=Term.objects.none(), required=False, empty_label=None)
    loai = forms.ChoiceField(label="Loại văn bản", required=False, choices=[("", "Mọi loại"), *SERIES.items()])
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *((s.value, s.label) for s in State)]
    )

    def __init__(self, asked: dict[str, Any], *, terms: QuerySet[Term], term: Term) -> None:
        super().__init__({"nhiem_ky": term.pk} | asked, auto_id="loc_%s")
        cast(forms.ModelChoiceField, self.fields["nhiem_ky"]).queryset = terms
        if len(terms) == 1:
            self.fields["nhiem_ky"].widget = forms.HiddenInput()
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


KINDS_OF_SETTLEMENT = [(kind.value, kind.label) for kind in SettlementKind]


class SettlementForm(PortalForm):
    kind = forms.ChoiceField(label="Loại", choices=KINDS_OF_SETTLEMENT)
    name = forms.CharField(
        label="Tên", max_length=120, help_text="Không ghi lại loại: “Nà Pài”, không phải “thôn Nà Pài”."
    )
    households = forms.IntegerField(label="Số hộ", min_value=0, max_value=100_000, required=False)
    households_year = forms.IntegerField(
        label="Số hộ tính đến năm", min_value=1945, max_value=2100, required=False, help_text="Ví dụ 2026."
    )
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("households") is not None and cleaned.get("households_year") is None:
            self.add_error("households_year", "Số hộ là của năm nào?")
        if cleaned.get("households_year") is not None and cleaned.get("households") is None:
            self.add_error("households", "Đã ghi năm thì ghi cả số hộ.")
        return cleaned


class SettlementLinesForm(PortalForm):
    lines = forms.CharField(
        label="Danh sách",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Mỗi dòng một nơi, ví dụ “thôn Nà Pài”. Chép từ văn bản hay bảng tính đều được.",
    )
    otherwise = forms.ChoiceField(
        label="Dòng không ghi loại thì hiểu là", choices=KINDS_OF_SETTLEMENT, initial=SettlementKind.VILLAGE.value
    )


class CoveringBranchForm(PortalForm):
    branch = forms.ModelChoiceField(
        label="Chi bộ phụ trách",
        queryset=Organisation.objects.none(),
        required=False,
        help_text="Để trống nếu chưa có chi bộ nào.",
    )

    def __init__(self, *args: Any, branches: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.ModelChoiceField, self.fields["branch"])
        field.queryset, field.empty_label = branches, "Chưa có chi bộ nào"


class EndSettlementForm(PortalForm):
    on = DayField(label="Kết thúc từ ngày", help_text="Ngày sáp nhập, giải thể theo nghị quyết.")
