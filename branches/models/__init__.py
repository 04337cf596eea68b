"""The tree of organisations and who may act in it."""

from branches.models.grant import Grant
from branches.models.organisation import Kind, Organisation, Rank

__all__ = ["Grant", "Kind", "Organisation", "Rank"]
