"""The tree of organisations, who may act in it, its register of document numbers, and the places it covers."""

from branches.models.grant import Grant
from branches.models.number import DocumentNumber, State, Term
from branches.models.organisation import Kind, Organisation, Rank
from branches.models.settlement import Settlement, SettlementKind

__all__ = [
    "DocumentNumber",
    "Grant",
    "Kind",
    "Organisation",
    "Rank",
    "Settlement",
    "SettlementKind",
    "State",
    "Term",
]
