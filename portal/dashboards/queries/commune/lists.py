"""A figure branch by branch."""

from collections.abc import Sequence
from dataclasses import dataclass

from branches.models import Organisation
from portal.dashboards.frame import Frame
from portal.indicators.registry import Figure
from portal.words.quantities import percent


@dataclass(frozen=True)
class Part:
    name: str
    figure: Figure
    url: str

    @property
    def said(self) -> str:
        return percent(self.figure.numerator, self.figure.denominator)

    @property
    def order(self) -> tuple[float, int]:
        """Whoever needs attention first."""
        return (float(self.figure.percent or 0), -self.figure.lacking)


def parts_of(frame: Frame, branches: Sequence[Organisation], parts: dict[int, Figure], code: str) -> list[Part]:
    """What a branch does not answer for, the committee answers for itself."""
    found = []
    for branch in branches:
        if figure := parts.get(branch.pk):
            url = frame.url("figure", code, **{"to-chuc": str(branch.pk)}) if frame.may_open(branch) else ""
            found.append(Part(branch.name, figure, url))
    known = {branch.pk for branch in branches}
    others = {pk: figure for pk, figure in parts.items() if pk not in known}
    if own := others.pop(frame.place.pk, None):
        found.append(Part(f"{frame.place.name} (trực tiếp)", own, ""))
    if others:
        found.append(Part("Nơi khác", sum(others.values(), Figure(0, 0)), ""))
    return sorted(found, key=lambda part: part.order)
