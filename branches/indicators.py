"""What targets ask of the tree: a branch in every village, and where communes have one for their own office."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from branches.models import BranchType, Kind, Organisation, Settlement
from portal.access.permissions import Permission
from portal.indicators.registry import Figure, Growth, Indicator, Subject

WHY = "figures are for whoever may read them"


def settlements(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """One without a branch is its commune's to answer for."""
    rows: Any = Settlement.objects.everywhere(reason=WHY).there_on(last).of_place(place, last)
    covered = Count("pk", filter=Q(answers=F("branch")))
    found = rows.values_list("answers").annotate(covered=covered, all_of_them=Count("pk"))
    return {number: Figure(part, whole) for number, part, whole in found}


def no_office_branch(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Communes below which no branch is of the type “cơ quan”: their people attend in the villages."""
    below = Organisation.objects.everywhere(reason=WHY).below_as_of(place, last).living(last)
    offices = Organisation.objects.everywhere(reason=WHY).living(last).filter(
        kind=Kind.BRANCH, branch_type=BranchType.OFFICE, ancestries__ancestor=OuterRef("pk"), ancestries__days__contains=last,
    )  # fmt: skip
    rows = below.filter(kind=Kind.COMMUNE).annotate(has_one=Exists(offices)).order_by().values_list("pk", "has_one")
    return {number: Figure(int(not has_one), 1) for number, has_one in rows}


def _villages(place: Organisation, year: int) -> str:
    """The list is a commune's."""
    return f"{reverse('settlements', args=[place.pk])}?loc=chua-co-chi-bo" if place.kind == Kind.COMMUNE else ""


def _tree(place: Organisation, year: int) -> str:
    return reverse("organisation", args=[place.pk])


def _as_the_tree_asks(place: Organisation) -> Permission:
    return Permission.SEE_ORGANISATION


def indicators() -> Iterator[Indicator]:
    yield Indicator(
        code="branches.settlements", to_the_day=True, name="Thôn, tổ dân phố có chi bộ", of_what="thôn, tổ dân phố",
        counts="thôn, tổ dân phố đã có chi bộ phụ trách", left_out="Thôn, tổ dân phố đã kết thúc trước ngày xem.",
        by_place=settlements, growth=Growth.STANDS, subject=Subject.ORGANISATIONS,
        source="Danh sách thôn, tổ dân phố của Đảng ủy xã, phường.", behind=_villages, asks=_as_the_tree_asks,
    )  # fmt: skip
    yield Indicator(
        code="branches.no_office_branch", to_the_day=True, name="Xã, phường không lập chi bộ cơ quan", of_what="xã, phường",
        counts="xã, phường không có chi bộ loại hình cơ quan", by_place=no_office_branch, growth=Growth.STANDS,
        left_out="Tổ chức không phải Đảng ủy xã, phường, đặc khu.", subject=Subject.ORGANISATIONS,
        source="Cây tổ chức và loại hình chi bộ.", behind=_tree, asks=_as_the_tree_asks,
    )  # fmt: skip
