"""What is typed for each act on the tree. `facts()` is what the service takes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from branches.models import Area, BranchType, Kind, Organisation, Rank, Tag
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation.splitting import Part
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.forms import DayField, PortalForm, Proposing
from portal.words.text import search_key

MOST_PARTS = 4


class OrganisationField(forms.CharField):
    """One organisation out of those given, named by its code or its name; the browser proposes while one types."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=240, widget=Proposing(), **options)
        self.offered: list[Organisation] = []

    def offer(self, rows: Iterable[Organisation]) -> None:
        self.offered = list(rows)
        self.widget.proposals = [self.written(organisation) for organisation in self.offered]

    @staticmethod
    def written(organisation: Organisation) -> str:
        return f"{organisation.name} ({organisation.code})"

    def clean(self, value: Any) -> Organisation | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        key = search_key(typed)
        found = [o for o in self.offered if key in (search_key(o.code), search_key(self.written(o)), o.search_key)]
        if len(found) != 1:
            many = (
                "Có nhiều tổ chức cùng tên này: hãy ghi mã."
                if found
                else "Không có tổ chức này trong danh sách được chọn."
            )
            raise forms.ValidationError(many)
        return found[0]


class DeedForm(PortalForm):
    """What every reorganisation stands on."""

    on = DayField(label="Có hiệu lực từ ngày", initial=timezone.localdate)
    decision = forms.CharField(
        label="Căn cứ", max_length=200, required=False, help_text="Số, ngày của quyết định; để trống nếu chưa có."
    )

    field_order: list[str] | None = None

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **options: Any) -> None:
        self.organisation, self.actor = organisation, actor
        super().__init__(*args, **options)
        self.order_fields([name for name in self.fields if name not in DeedForm.base_fields])
        self.prepare()

    def prepare(self) -> None:
        """Fills in what can be chosen here."""

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data

    def reached(self) -> QuerySet[Organisation]:
        """Living organisations that the actor may reorganise with."""
        rows = Organisation.objects.allowed(self.actor, Permission.REORGANISE)
        return rows.living(timezone.localdate()).order_by("path")

    def below(self) -> QuerySet[Organisation]:
        return self.reached().filter(parent=self.organisation).order_by("sort_key", "pk")


class NewOrganisationFields(forms.Form):
    name = forms.CharField(label="Tên tổ chức", max_length=200)
    code = forms.CharField(label="Mã", max_length=30, help_text="Mã ngắn, không trùng tổ chức khác.")
    symbol = forms.CharField(
        label="Ký hiệu trong số văn bản", max_length=20, required=False, help_text="Ví dụ ĐU trong 12-BC/ĐU."
    )


class FoundForm(NewOrganisationFields, DeedForm):
    kind = forms.ChoiceField(label="Loại")
    rank = forms.ChoiceField(label="Cấp", choices=Rank.choices, required=False)
    branch_type = forms.ChoiceField(
        label="Loại hình", choices=BranchType.choices, required=False, help_text="Dành cho chi bộ, đảng bộ cơ sở."
    )
    area = forms.ChoiceField(label="Địa bàn", choices=Area.choices, required=False)
    tags = forms.MultipleChoiceField(
        label="Diện ưu tiên", choices=Tag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        lower = [kind for kind in Kind if kind.height > Kind(self.organisation.kind).height]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in lower]  # type: ignore[attr-defined]
        self.fields["kind"].initial = Kind.BRANCH

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        on, decision = typed.pop("on"), typed.pop("decision")
        new = NewOrganisation(**typed | {"kind": Kind(typed["kind"])})
        return {"new": new, "parent": self.organisation, "on": on, "decision": decision}


class RenameForm(DeedForm):
    name = forms.CharField(label="Tên mới", max_length=200)
    symbol = forms.CharField(label="Ký hiệu trong số văn bản", max_length=20, required=False)
    rank = forms.ChoiceField(label="Cấp", choices=Rank.choices, required=False)

    def prepare(self) -> None:
        for name in ("name", "symbol", "rank"):
            self.fields[name].initial = getattr(self.organisation, name)


class MoveForm(DeedForm):
    moved: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        None, label="Tổ chức chuyển đi", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một tổ chức để chuyển."},
    )  # fmt: skip
    parent = OrganisationField(label="Chuyển về trực thuộc")

    def prepare(self) -> None:
        self.fields["moved"].queryset = self.below()  # type: ignore[attr-defined]
        self.fields["parent"].offer(self.reached().exclude(kind__in=[Kind.CELL]))  # type: ignore[attr-defined]


class MergeForm(DeedForm):
    merged: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        None, label="Tổ chức được sáp nhập", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất hai tổ chức để sáp nhập."},
    )  # fmt: skip
    into = OrganisationField(
        label="Nhập vào tổ chức đang có", required=False, help_text="Để trống nếu lập tổ chức mới ở dưới."
    )
    name = forms.CharField(label="Tên tổ chức mới", max_length=200, required=False)
    code = forms.CharField(label="Mã của tổ chức mới", max_length=30, required=False)
    carry_roles = forms.BooleanField(
        label="Người đang giữ vai trò ở tổ chức cũ giữ tiếp ở tổ chức mới", required=False, initial=True
    )

    def prepare(self) -> None:
        self.fields["merged"].queryset = self.below()  # type: ignore[attr-defined]
        self.fields["into"].offer(self.below())  # type: ignore[attr-defined]

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("into") is None and "into" in typed:
            for name, label in (("name", "Tên tổ chức mới"), ("code", "Mã của tổ chức mới")):
                if not typed.get(name):
                    self.add_error(name, f"{label}: hãy điền, hoặc chọn một tổ chức đang có ở trên.")
        elif typed.get("name") or typed.get("code"):
            self.add_error("into", "Chọn một trong hai: nhập vào tổ chức đang có, hoặc lập tổ chức mới.")

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        merged = list(typed["merged"])
        return {
            "merged": merged,
            "into": typed["into"] or self._new(merged[0]),
            "parent": self.organisation,
            "on": typed["on"],
            "decision": typed["decision"],
            "carry_roles": typed["carry_roles"],
        }

    def _new(self, like: Organisation) -> NewOrganisation:
        """Of the kind of those that it is made of; what they share, it has too."""
        return NewOrganisation(
            name=self.cleaned_data["name"], code=self.cleaned_data["code"], kind=Kind(like.kind), rank=Rank(like.rank),
            symbol=like.symbol, branch_type=BranchType(like.branch_type), area=like.area,
        )  # fmt: skip


class SplitForm(DeedForm):
    remains = forms.ChoiceField(
        label="Tổ chức đang có",
        widget=forms.RadioSelect,
        choices=[("yes", "Vẫn còn, tách bớt một phần"), ("no", "Kết thúc, chia hẳn thành các tổ chức mới")],
        initial="yes",
    )
    carry_roles = forms.BooleanField(
        label="Nếu kết thúc: người đang giữ vai trò giữ tiếp ở tổ chức mới thứ nhất", required=False, initial=True
    )

    def prepare(self) -> None:
        for number in range(1, MOST_PARTS + 1):
            first = number == 1
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"Tên tổ chức mới {number}", max_length=200, required=first
            )
            self.fields[f"code_{number}"] = forms.CharField(label=f"Mã {number}", max_length=30, required=first)
        numbers = [("0", "không chuyển")] + [(str(n), f"về tổ chức mới {n}") for n in range(1, MOST_PARTS + 1)]
        self.children = list(self.below())
        for child in self.children:
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(label=child.name, choices=numbers, initial="0")
        self.order_fields([name for name in self.fields if name not in DeedForm.base_fields])

    def clean(self) -> None:
        for number in range(2, MOST_PARTS + 1):
            name, code = self.cleaned_data.get(f"name_{number}"), self.cleaned_data.get(f"code_{number}")
            if bool(name) != bool(code):
                self.add_error(
                    f"code_{number}" if name else f"name_{number}", f"Tổ chức mới {number}: cần cả tên và mã."
                )
        for child in self.children:
            chosen = self.cleaned_data.get(f"child_{child.pk}")
            if chosen not in (None, "0") and not self.cleaned_data.get(f"name_{chosen}"):
                self.add_error(f"child_{child.pk}", f"{child.name}: tổ chức mới {chosen} chưa có tên.")

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        numbers = [n for n in range(1, MOST_PARTS + 1) if typed.get(f"name_{n}")]
        return {
            "parts": [Part(self._new(n), self._going_to(n)) for n in numbers],
            "remains": typed["remains"] == "yes",
            "on": typed["on"],
            "decision": typed["decision"],
            "carry_roles": typed["carry_roles"],
        }

    def _new(self, number: int) -> NewOrganisation:
        old = self.organisation
        return NewOrganisation(
            name=self.cleaned_data[f"name_{number}"], code=self.cleaned_data[f"code_{number}"], kind=Kind(old.kind),
            rank=Rank(old.rank), symbol=old.symbol, branch_type=BranchType(old.branch_type), area=old.area,
        )  # fmt: skip

    def _going_to(self, number: int) -> list[Organisation]:
        return [child for child in self.children if self.cleaned_data.get(f"child_{child.pk}") == str(number)]


class DissolveForm(DeedForm):
    heir = OrganisationField(
        label="Người và hồ sơ chuyển về",
        required=False,
        help_text="Để trống thì cấp trên giữ hồ sơ; đảng viên được chuyển riêng từng người.",
    )

    def prepare(self) -> None:
        same = self.reached().filter(kind=self.organisation.kind).exclude(pk=self.organisation.pk)
        self.fields["heir"].offer(same)  # type: ignore[attr-defined]


class AbolishForm(DeedForm):
    kind = forms.ChoiceField(label="Cấp kết thúc", widget=forms.RadioSelect)

    def prepare(self) -> None:
        lower = [kind for kind in Kind if kind.height > Kind(self.organisation.kind).height]
        between = [kind for kind in lower if kind in (Kind.DISTRICT, Kind.COMMUNE, Kind.BASE, Kind.PART)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in between]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"kind": Kind(self.cleaned_data["kind"]), "within": self.organisation}
