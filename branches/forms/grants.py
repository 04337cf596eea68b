from typing import Any, cast

from django import forms

from branches.models import Organisation
from branches.services.grants import roles_to_give
from portal.access.actor import Actor
from portal.access.roles import Role
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
    return [(role.value, role.label) for role in roles_to_give(organisation, actor)]


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
