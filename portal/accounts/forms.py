from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from portal.ui.forms import PortalForm


class SignInForm(PortalForm, AuthenticationForm):
    """One sentence for a wrong name and a wrong password alike: it tells a stranger nothing."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra chữ hoa, chữ thường rồi thử lại.",
        "inactive": "Tài khoản này đã ngừng dùng. Hãy liên hệ văn phòng Đảng ủy.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        self.fields["password"].strip = False


class TextSizeForm(forms.Form):
    """The reader's size of text, and the page to go back to."""

    size = forms.TypedChoiceField(choices=[(size, f"{size} %") for size in (100, 125, 150)], coerce=int)
    next = forms.CharField(required=False, max_length=2_000)
