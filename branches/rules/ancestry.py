"""Who stands above an organisation: the one place that the rules ask."""

from datetime import date

from branches.models import Organisation
from branches.models.organisation import paths_down_to


class Ancestry:
    """Kept by a rulebook. An answer may be loaded when it is first asked for, by one query for the whole tree."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, ...]] = {}

    def ancestors(self, organisation: Organisation, on: date) -> tuple[int, ...]:
        """Numbers from the root down to the organisation itself: the tree of today, whose paths carry them."""
        if organisation.path not in self._known:
            paths = paths_down_to(organisation.path)
            self._known[organisation.path] = tuple(int(path.rstrip("/").rpartition("/")[2]) for path in paths)
        return self._known[organisation.path]
