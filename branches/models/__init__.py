"""The tree of organisations and who may act in it."""

from branches.models.grant import Grant
from branches.models.organisation import Area, BranchType, Kind, Organisation, Rank, Tag
from branches.models.placement import Ancestry, Placement, Standing
from branches.models.reorganisation import Deed, Reorganisation, Succession, Touch
from branches.models.summary import Month

__all__ = [
    "Ancestry", "Area", "BranchType", "Deed", "Grant", "Kind", "Month", "Organisation", "Placement", "Rank", "Reorganisation",
    "Standing", "Succession", "Tag", "Touch",
]  # fmt: skip
