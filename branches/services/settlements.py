"""The villages and neighbourhoods of a commune, and which branch covers each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation, Settlement, SettlementKind
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import DomainError
from portal.words.quantities import day
from portal.words.text import nfc, sort_key

MOST_LINES, LONGEST_NAME = 300, 120
SPELT = {kind.label: kind for kind in SettlementKind} | {
    "tdp": SettlementKind.NEIGHBOURHOOD, "kp": SettlementKind.STREETS,
}  # fmt: skip
_BULLET = re.compile(r"^(\d+[.)]\s+|[-–•*+\s]+)")  # what a list copied from a document begins its lines with
COVERING = (Kind.BASE, Kind.PART, Kind.BRANCH)


@dataclass
class Added:
    new: list[Settlement] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)  # as they were typed


@action("thêm thôn, tổ dân phố")
def add_settlement(
    *, commune: Organisation, name: str, kind: SettlementKind, branch: Organisation | None = None,
    households: int | None = None, households_year: int | None = None, note: str = "", by: Actor,
) -> Settlement:  # fmt: skip
    by.need(Permission.KEEP_SETTLEMENTS, commune.path)
    _must_be_a_commune(commune)
    _must_lie_below(commune, branch)
    settlement = Settlement(
        commune=commune, name=name, kind=kind, branch=branch, households=households, households_year=households_year,
        note=note,
    )  # fmt: skip
    return _save(settlement)


@action("thêm nhiều thôn, tổ dân phố")
def add_settlements(*, commune: Organisation, lines: str, otherwise: SettlementKind, by: Actor) -> Added:
    """A name a line: “thôn Nà Pài”. A line that does not begin with a kind is of the kind `otherwise`."""
    by.need(Permission.KEEP_SETTLEMENTS, commune.path)
    _must_be_a_commune(commune)
    living = Settlement.objects.everywhere(reason="whether a name stands already").of(commune).living()
    known, added = set(living.values_list("kind", "sort_key")), Added()
    for kind, name in _read(lines, SettlementKind(otherwise)):
        key = (kind.value, sort_key(name))
        if key in known:
            added.doubles.append(f"{kind.label} {name}")
        else:
            known.add(key)
            added.new.append(Settlement(commune=commune, kind=kind, name=name))
    try:
        with transaction.atomic():
            Settlement.objects.bulk_create(added.new)
            touched([commune.path])
    except IntegrityError as error:
        raise DomainError("Người khác vừa thêm một tên trong số này. Hãy bấm lại lần nữa.", field="lines") from error
    return added


@action("sửa thôn, tổ dân phố")
def change_settlement(
    settlement: Settlement, *, name: str, kind: SettlementKind, households: int | None = None,
    households_year: int | None = None, note: str = "", by: Actor,
) -> Settlement:  # fmt: skip
    by.need(Permission.KEEP_SETTLEMENTS, settlement.commune.path)
    settlement.name, settlement.kind, settlement.note = name, kind, note
    settlement.households, settlement.households_year = households, households_year
    return _save(settlement)


@action("phân chi bộ cho thôn, tổ dân phố")
def assign_to_branch(settlement: Settlement, *, branch: Organisation | None, by: Actor) -> Settlement:
    """The branch that covers it, or none."""
    by.need(Permission.KEEP_SETTLEMENTS, settlement.commune.path)
    if settlement.ended_on:
        raise DomainError(f"{settlement} đã kết thúc ngày {day(settlement.ended_on)}.", field="branch")
    _must_lie_below(settlement.commune, branch)
    touched(place.path for place in (settlement.commune, settlement.branch, branch) if place)
    settlement.branch = branch
    settlement.save(update_fields=["branch"])
    return settlement


@action("kết thúc thôn, tổ dân phố")
def end_settlement(settlement: Settlement, *, on: date, by: Actor) -> Settlement:
    """Merged into another or dissolved. It stays readable, and its name may be taken again."""
    by.need(Permission.KEEP_SETTLEMENTS, settlement.commune.path)
    if settlement.ended_on:
        raise DomainError(f"{settlement} đã kết thúc ngày {day(settlement.ended_on)}.", field="on")
    if on > timezone.localdate():
        raise DomainError("Ngày kết thúc không được sau hôm nay.", field="on")
    settlement.ended_on = on
    settlement.save(update_fields=["ended_on"])
    touched([(settlement.branch or settlement.commune).path])
    return settlement


def _must_be_a_commune(commune: Organisation) -> None:
    if commune.kind != Kind.COMMUNE:
        raise DomainError(f"Thôn, tổ dân phố thuộc xã, phường, không thuộc {commune.name}.")


def _must_lie_below(commune: Organisation, branch: Organisation | None) -> None:
    """In today's tree."""
    if branch is None:
        return
    if branch.kind not in COVERING or not branch.path.startswith(commune.path):
        raise DomainError(f"{branch.name} không trực thuộc {commune.name}.", field="branch")


def _save(settlement: Settlement) -> Settlement:
    if not sort_key(settlement.name):
        raise DomainError("Tên phải có chữ hoặc số.", field="name")
    try:
        with transaction.atomic():
            settlement.save()
            touched([(settlement.branch or settlement.commune).path])
    except IntegrityError as error:
        if "settlement_living_name_once" not in str(error):
            raise
        sentence = f"{settlement.commune.name} đã có {settlement}."
        raise DomainError(sentence, field="name") from error
    return settlement


def _read(lines: str, otherwise: SettlementKind) -> Iterator[tuple[SettlementKind, str]]:
    typed = [(number, _BULLET.sub("", " ".join(line.split()))) for number, line in enumerate(lines.splitlines(), 1)]
    filled = [(number, line.rstrip(" ;,.")) for number, line in typed if line.rstrip(" ;,.")]
    if not filled:
        raise DomainError("Chưa có dòng nào: viết mỗi thôn, tổ dân phố một dòng.", field="lines")
    if len(filled) > MOST_LINES:
        raise DomainError(f"Nhiều dòng quá: mỗi lần tối đa {MOST_LINES} dòng, đang có {len(filled)}.", field="lines")
    for number, line in filled:
        kind, name = _kind_of(line, otherwise)
        if not sort_key(name):
            raise DomainError(f"Dòng {number} chưa có tên: “{line[:60]}”.", field="lines")
        if len(name) > LONGEST_NAME:
            raise DomainError(f"Dòng {number} dài quá: tối đa {LONGEST_NAME} chữ.", field="lines")
        yield kind, name


def _kind_of(line: str, otherwise: SettlementKind) -> tuple[SettlementKind, str]:
    """“Tổ dân phố 3” is the neighbourhood 3; “Nà Pài” alone is what most of the others are."""
    line = nfc(line)
    for spelt, kind in SPELT.items():
        if f"{line.lower()} ".startswith(f"{spelt} "):
            return kind, line[len(spelt) :].strip(" :.-")
    return otherwise, line
