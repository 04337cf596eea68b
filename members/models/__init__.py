"""People: who they are, where they belong from when to when, in which state."""

from members.models.assignment import Assignment, AssignmentMark, Outcome
from members.models.badge import BadgeAward
from members.models.cell import CellSpell
from members.models.correction import Correction
from members.models.imports import Import, ImportMapping, ImportRow
from members.models.member import ClosedRecord, Education, Member, Precision, Sex, Theory
from members.models.membership import Membership, MembershipKind, ResidenceLink, ResidenceStatus
from members.models.merge import Merge
from members.models.office import (
    Charge,
    ConcurrentPost,
    HouseholdCharge,
    How,
    Office,
    Post,
    StatePost,
    Training,
    TrainingLevel,
)
from members.models.state import State, StateSpell

__all__ = [
    "Assignment", "AssignmentMark", "BadgeAward", "CellSpell", "Charge", "ClosedRecord", "ConcurrentPost",
    "Correction", "Education", "HouseholdCharge", "How", "Import", "ImportMapping", "ImportRow", "Member",
    "Membership", "MembershipKind", "Merge", "Office", "Outcome", "Post", "Precision", "ResidenceLink",
    "ResidenceStatus", "Sex", "State", "StatePost", "StateSpell", "Theory", "Training", "TrainingLevel",
]  # fmt: skip
