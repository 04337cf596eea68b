"""Days of plans and reviews: what lies further away than this was mistyped."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from portal.ui.forms import PickDay

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
SAID = "Chọn ngày từ năm 2000 đến năm 2099."


class NearDay(forms.DateField):
    def __init__(self, **options: Any) -> None:
        bounds = [MinValueValidator(EARLIEST, SAID), MaxValueValidator(LATEST, SAID)]
        super().__init__(**{"widget": PickDay, "validators": bounds} | options)
