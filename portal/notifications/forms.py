from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from portal.notifications.channels import Channel
from portal.ui.forms import PortalForm


class ChoicesForm(PortalForm):
    """A yes or no for each way out of the portal."""

    def __init__(self, *args: Any, channels: Sequence[Channel], wanted: Mapping[str, bool], **options: Any) -> None:
        super().__init__(*args, **options)
        for channel in channels:
            self.fields[channel.code] = forms.ChoiceField(
                label=channel.question,
                choices=[("yes", "Có, mỗi ngày nhiều nhất một thư"), ("no", "Không, chỉ xem trong cổng")],
                widget=forms.RadioSelect,
                initial="yes" if wanted.get(channel.code, True) else "no",
            )
