"""Organisations as people name them in a sheet: by code, or by name without tones and without “chi bộ” before it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Upper

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.errors import DomainError
from portal.words.text import search_key

BEFORE_NAMES = ("chi bo", "dang bo", "dang uy", "dang bo bo phan")
QUOTED = 60  # letters of what was typed, when it is said back


class NamedPlaces:
    """All that a sheet names, found within the office's reach by one query."""

    def __init__(self, said: Iterable[str], *, page: Organisation, by: Actor) -> None:
        said = {text for text in said if text}
        keys = {key for text in said for keys in _keys(text) for key in keys}
        rows = Organisation.objects.allowed(by, Permission.MANAGE_ACCOUNTS).annotate(big_code=Upper("code"))
        found = rows.filter(Q(big_code__in={text.upper() for text in said}) | Q(search_key__in=keys))
        self.page = page
        self.by_code: dict[str, Organisation] = {}
        self.by_key: dict[str, list[Organisation]] = defaultdict(list)
        for place in found if said else ():
            self.by_code[place.code.upper()] = place
            self.by_key[place.search_key].append(place)

    def named(self, *, code: str, name: str) -> Organisation:
        """Neither: the organisation whose page this is."""
        if code:
            return self._with_code(code, name)
        if name:
            return self.by_code.get(name.upper()) or self._with_name(name)
        return self.page

    def _with_code(self, code: str, name: str) -> Organisation:
        place = self.by_code.get(code.upper())
        if place is None:
            raise DomainError(f"Không có tổ chức mã “{code[:QUOTED]}” trong phạm vi được cấp tài khoản.")
        if name and search_key(name) not in place.search_key:
            raise DomainError(f"Mã {place.code} là của {place.name}, không phải “{name[:QUOTED]}”.")
        return place

    def _with_name(self, name: str) -> Organisation:
        for keys in _keys(name):
            fitting = [place for key in keys for place in self.by_key.get(key, [])]
            here = [place for place in fitting if place.path.startswith(self.page.path)]
            if len(here or fitting) == 1:
                return (here or fitting)[0]
            if fitting:
                codes = ", ".join(place.code for place in (here or fitting)[:4])
                raise DomainError(
                    f"Có {len(here or fitting)} tổ chức tên “{name[:QUOTED]}”. Hãy ghi mã thay cho tên: {codes}."
                )
        raise DomainError(
            f"Không có tổ chức “{name[:QUOTED]}” trong phạm vi được cấp tài khoản. Hãy ghi đúng tên hoặc mã."
        )


def _keys(name: str) -> tuple[list[str], list[str]]:
    """The name as it stands; then what it may be short for."""
    key = search_key(name)
    committee = [f"dang uy {key.removeprefix('dang bo ')}"] if key.startswith("dang bo ") else []
    return [key], [f"{before} {key}" for before in BEFORE_NAMES] + committee
