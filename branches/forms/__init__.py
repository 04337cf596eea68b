"""Forms of organisations, of their reorganisation, and of who may act in them. They only validate."""

from branches.forms.grants import EndGrantForm, GrantForm, OpenAccountForm
from branches.forms.organisations import DescriptionForm

__all__ = ["DescriptionForm", "EndGrantForm", "GrantForm", "OpenAccountForm"]
