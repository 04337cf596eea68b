from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from portal.accounts.models import Account
from portal.accounts.queries import account_named, normal_name
from portal.accounts.services.passwords import has_expired
from portal.ui.forms import PortalForm

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra chữ hoa, chữ thường rồi thử lại."
EXPIRED = "Mật khẩu dùng một lần trên phiếu đã hết hạn. Hãy gọi văn phòng Đảng ủy xã, phường để được cấp phiếu mới."


def password_field(label: str, *, hint: str = "", fresh: bool = False) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password" if fresh else "current-password"})
    return forms.CharField(label=label, strip=False, max_length=128, widget=widget, help_text=hint)


class SignInForm(PortalForm):
    """One sentence for a wrong name and a wrong password alike: it tells a stranger nothing."""

    username = forms.CharField(
        label="Tên đăng nhập hoặc số điện thoại",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = password_field("Mật khẩu")
    own_device = forms.BooleanField(
        label="Đây là máy riêng của tôi",
        required=False,
        help_text="Đánh dấu thì 30 ngày không phải đăng nhập lại. Máy chung thì để trống.",
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.account: Account | None = None

    @property
    def counted_as(self) -> str:
        return normal_name(self.data.get("username", ""))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("username") and given.get("password"):
            self.account = self._found(given["username"], given["password"])
        return given

    def _found(self, typed: str, password: str) -> Account:
        """Counted under one name, however it was typed."""
        known = account_named(typed)
        name = known.username if known else normal_name(typed)
        account = authenticate(self.request, username=name, password=password)
        if account is None:
            raise forms.ValidationError(WRONG)
        if has_expired(account):
            raise forms.ValidationError(EXPIRED)
        return account


class CodeForm(PortalForm):
    code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


WRONG_PASSKEY = "Cổng chưa nhận được khóa truy cập này. Trang có thể đã mở lâu quá; hãy bấm lại một lần nữa."


class PasskeyStepForm(PortalForm):
    """The script of the page puts the device's answer there. Whether it is one, passkeys.py says."""

    credential = forms.CharField(label="Khóa truy cập", required=False, widget=forms.HiddenInput)


class PasskeyForm(PasskeyStepForm):
    """From the device of the person: another name than that of the device is optional."""

    name = forms.CharField(
        label="Tên khóa",
        max_length=60,
        required=False,
        help_text="Để sau này nhận ra, ví dụ “Điện thoại của tôi”. Để trống thì cổng ghi tên máy đang dùng.",
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ConfirmForm(PortalForm):
    password = password_field("Mật khẩu đang dùng")


class NewPasswordForm(PortalForm):
    """Typed twice: nobody sees what they type, and a slip of the finger would lock them out."""

    password = password_field(
        "Mật khẩu mới", hint="Ít nhất 10 ký tự. Dễ nhớ mà khó đoán: ghép ba, bốn từ không liên quan.", fresh=True
    )
    again = password_field("Gõ lại mật khẩu mới", fresh=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "Hai lần gõ chưa giống nhau. Hãy gõ lại.")
        return given


class ChangePasswordForm(NewPasswordForm):
    current = password_field("Mật khẩu đang dùng")
    field_order = ["current", "password", "again"]


class ForgottenPasswordForm(PortalForm):
    username = forms.CharField(
        label="Tên đăng nhập hoặc số điện thoại",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class TextSizeForm(forms.Form):
    """The reader's size of text, and the page to go back to."""

    size = forms.TypedChoiceField(choices=[(size, f"{size} %") for size in (100, 125, 150)], coerce=int)
    next = forms.CharField(required=False, max_length=2_000)


class SavedViewForm(PortalForm):
    name = forms.CharField(label="Tên bộ lọc", max_length=60)
    page = forms.CharField(max_length=200, widget=forms.HiddenInput)
    query = forms.CharField(max_length=1_000, required=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """A list of the portal, and nothing else: the answer leads there."""
        page = self.cleaned_data["page"]
        try:
            resolve(page)
        except Resolver404:
            raise forms.ValidationError("Danh sách này không có trong cổng.") from None
        return page

    def clean_query(self) -> str:
        """Written anew, so that nothing but parameters is kept."""
        query = QueryDict(self.cleaned_data["query"]).urlencode()
        if len(query) > 1_000:
            raise forms.ValidationError("Bộ lọc dài quá, không lưu được.")
        return query
