from django import forms

from portal.reports.models.report import LETTERS
from portal.ui.forms import PortalForm


class CheckForm(PortalForm):
    """Stands in the address: a link on paper leads straight to the answer."""

    ma = forms.CharField(
        label="Mã đối chiếu", max_length=40, help_text="Ở trang cuối của báo cáo, ví dụ K7Q2-9MXD.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_ma(self) -> str:
        """However it was typed: small letters, without the dash, with gaps."""
        typed = "".join(char for char in self.cleaned_data["ma"].upper() if char.isalnum())
        if len(typed) != 8 or not set(typed) <= set(LETTERS):
            raise forms.ValidationError("Mã có 8 chữ cái và chữ số, viết thành hai nhóm bốn, ví dụ K7Q2-9MXD.")
        return f"{typed[:4]}-{typed[4:]}"
