"""Naming a member: by card number, or by a name that only one has within reach."""

from typing import Any, cast

from django import forms

from branches.models import Organisation
from members.models import Member
from members.models.member import MemberQuerySet
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.forms import Proposing
from portal.words.text import search_key

PROPOSED = 80


class MemberField(forms.CharField):
    widget = Proposing

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "Ghi họ và tên, hoặc số thẻ đảng."} | options)
        self.rows: MemberQuerySet | None = None

    def choose_from(self, organisation: Organisation, actor: Actor) -> None:
        self.rows = Member.objects.allowed(actor, Permission.READ_ROLL).at_or_below(organisation.path).present()
        names = self.rows.in_order().values_list("full_name", flat=True)[: PROPOSED + 1]
        cast(Proposing, self.widget).proposals = list(names) if len(names) <= PROPOSED else []

    def clean(self, value: Any) -> Member | None:
        typed = super().clean(value)
        if not typed:
            return None
        assert self.rows is not None, "choose_from comes first"
        found = list(self.rows.filter(card_number=typed)[:1]) or list(
            self.rows.filter(search_key=search_key(typed))[:3]
        )
        if not found:
            raise forms.ValidationError("Không thấy đảng viên này ở đây.", code="nobody")
        if len(found) > 1:
            raise forms.ValidationError("Có hơn một đồng chí tên này: ghi số thẻ đảng.", code="several")
        return found[0]
