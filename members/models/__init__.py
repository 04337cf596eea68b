"""People: who they are, where they belong from when to when, in which state."""

from members.models.badge import BadgeAward
from members.models.cell import CellSpell
from members.models.correction import Correction
from members.models.imports import Import, ImportMapping, ImportRow
from members.models.member import ClosedRecord, Education, Member, Precision, Sex, Theory
from members.models.membership import Membership, MembershipKind, ResidenceLink, ResidenceStatus
from members.models.merge import Merge
from members.models.state import State, StateSpell

__all__ = [
    "BadgeAward", "CellSpell", "ClosedRecord", "Correction", "Education", "Import", "ImportMapping", "ImportRow", "Member", "Membership",
    "MembershipKind", "Merge", "Precision", "ResidenceLink", "ResidenceStatus", "Sex", "State", "StateSpell", "Theory",
]  # fmt: skip
