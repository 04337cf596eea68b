"""The branches that a sheet may name: those within the office's reach that live, read by one query."""

from collections import defaultdict
from datetime import date

from branches.models import Kind, Organisation
from members.imports.values import QUOTED
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.text import search_key


class Branches:
    def __init__(self, office: Organisation, by: Actor, today: date) -> None:
        rows = Organisation.objects.allowed(by, Permission.IMPORT_MEMBERS).at_or_below(office.path)
        found = list(rows.filter(kind=Kind.BRANCH).living(today).only("pk", "code", "name", "search_key", "path"))
        self.by_number = {branch.pk: branch for branch in found}
        self.own = office if office.kind == Kind.BRANCH else None
        self.by_code = {branch.code.upper(): branch for branch in found}
        self.by_key: dict[str, list[Organisation]] = defaultdict(list)
        for branch in found:
            self.by_key[branch.search_key].append(branch)
            self.by_key[branch.search_key.removeprefix("chi bo ")].append(branch)
        self.known: dict[tuple[str, str], Organisation | str | None] = {}

    def named(self, code: str, name: str) -> Organisation | str | None:
        """The branch; or the sentence that says why not; or nothing where nothing is said."""
        if (code, name) not in self.known:
            self.known[code, name] = self._find(code, name)
        return self.known[code, name]

    def _find(self, code: str, name: str) -> Organisation | str | None:
        if code:
            found = self.by_code.get(code.upper())
            if found is None:
                return f"Không có chi bộ mã “{code[:QUOTED]}” trong phạm vi của đồng chí."
            if name and search_key(name).removeprefix("chi bo ") not in found.search_key:
                return f"Mã {found.code} là của {found.name}, không phải “{name[:QUOTED]}”."
            return found
        if not name:
            return self.own
        if name.upper() in self.by_code:
            return self.by_code[name.upper()]
        fitting = self.by_key.get(search_key(name)) or self.by_key.get(search_key(name).removeprefix("chi bo "), [])
        fitting = list({branch.pk: branch for branch in fitting}.values())
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            codes = ", ".join(branch.code for branch in fitting[:4])
            return f"Có {len(fitting)} chi bộ tên “{name[:QUOTED]}”. Hãy ghi mã ở cột Mã chi bộ: {codes}."
        return f"Không có chi bộ “{name[:QUOTED]}” trong phạm vi của đồng chí. Hãy ghi đúng tên hoặc mã."
