"""The tree of organisations, who may act in it, and what the province has asked to see."""

from branches.models.enquiry import Enquiry
from branches.models.grant import Grant
from branches.models.organisation import Kind, Organisation, Rank

__all__ = ["Enquiry", "Grant", "Kind", "Organisation", "Rank"]
