"""The tree of organisations and who may act in it."""

from branches.models.grant import Grant
from branches.models.organisation import Kind, Organisation, Rank
from branches.models.rule import Rule

__all__ = ["Grant", "Kind", "Organisation", "Rank", "Rule"]
