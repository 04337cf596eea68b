"""The tree of organisations, who may act in it, its register of document numbers, and the places it covers."""

from branches.models.enquiry import Enquiry
from branches.models.grant import Grant
from branches.models.number import DocumentNumber, NumberState, Term
from branches.models.organisation import Area, BranchType, Kind, Organisation, Rank, Tag
from branches.models.placement import Ancestry, Placement, Standing
from branches.models.reorganisation import Deed, Reorganisation, Succession, Touch
from branches.models.ripple import Ripple
from branches.models.rule import Rule
from branches.models.settlement import Settlement, SettlementKind
from branches.models.summary import Month, SoFar

__all__ = [
    "Ancestry", "Area", "BranchType", "Deed", "DocumentNumber", "Enquiry", "Grant", "Kind", "Month", "NumberState", "Organisation",
    "Placement", "Rank", "Reorganisation", "Ripple", "Rule", "Settlement", "SettlementKind", "SoFar", "Standing", "Succession", "Tag", "Term", "Touch",
]  # fmt: skip
