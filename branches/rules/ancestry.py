"""Who stands above an organisation: the one place that the rules ask."""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from branches.models import Ancestry, Organisation, Rule
from portal.access.reach import paths_down_to


class Chains:
    """Kept by a rulebook. Of today the paths say it; of other days it is loaded when first asked for, by one query."""

    def __init__(self) -> None:
        self._today: dict[str, tuple[int, ...]] = {}
        self._dated: dict[int, list[Ancestry]] | None = None

    def ancestors(self, organisation: Organisation, on: date) -> tuple[int, ...]:
        """Numbers from the root down to the organisation itself, as they stood on the day."""
        return self._of_today(organisation) if on == timezone.localdate() else self._of_day(organisation, on)

    def _of_today(self, organisation: Organisation) -> tuple[int, ...]:
        if organisation.path not in self._today:
            paths = paths_down_to(organisation.path)
            self._today[organisation.path] = tuple(int(path.rstrip("/").rpartition("/")[2]) for path in paths)
        return self._today[organisation.path]

    def _of_day(self, organisation: Organisation, on: date) -> tuple[int, ...]:
        if self._dated is None:
            self._dated = self._load()
        return tuple(row.ancestor_id for row in self._dated[organisation.pk] if on in row.days)

    @staticmethod
    def _load() -> dict[int, list[Ancestry]]:
        """Those alone who have rules of their own can be a source."""
        having = Rule.objects.everywhere(reason="which organisations have rules").exclude(organisation=None)
        rows = Ancestry.objects.everywhere(reason="rules of those above are no secret to those below")
        found: dict[int, list[Ancestry]] = defaultdict(list)
        for row in rows.filter(ancestor__in=having.values("organisation")).order_by("-depth"):
            found[row.organisation_id].append(row)
        return found
