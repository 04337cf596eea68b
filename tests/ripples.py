"""In a test's own transaction its writer is never done, so that the tree would never settle."""

from branches.models import Ripple
from branches.models.ripple import UNSETTLED


def settle() -> None:
    """As the clock does, when all who were writing while the tree changed are done."""
    Ripple.everything.filter(place=UNSETTLED).delete()
    Ripple.everything.update(folded=True)
