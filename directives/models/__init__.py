from directives.models.assignment import AssignmentState, Extension, StepKind, TaskAssignment, TaskStep
from directives.models.attached import Bookmark, DocumentFile, Relation, RelationKind
from directives.models.cascade import Occurrence, Order, OrderedTask, Receipt, To
from directives.models.document import Document, DocumentType, Secrecy, Struck
from directives.models.figures import HandValue, TargetShare, TargetTotal
from directives.models.inspection import Demand, DemandState, Finding, FindingKind, Inspection
from directives.models.issuer import Issuer
from directives.models.obligation import Obligation, ObligationKind, Target, Task
from directives.models.programme import (
    InspectedBy,
    InspectedDocument,
    InspectionKind,
    InspectionProgramme,
    PlannedInspection,
    ProgrammeState,
)
from directives.models.review import PartState, Review, ReviewKind, ReviewPart
from directives.models.study import Studied, Study, StudySession

__all__ = [
    "AssignmentState",
    "Bookmark",
    "Demand",
    "DemandState",
    "Document",
    "DocumentFile",
    "DocumentType",
    "Extension",
    "Finding",
    "FindingKind",
    "HandValue",
    "InspectedBy",
    "InspectedDocument",
    "Inspection",
    "InspectionKind",
    "InspectionProgramme",
    "Issuer",
    "Obligation",
    "ObligationKind",
    "Occurrence",
    "Order",
    "OrderedTask",
    "PartState",
    "PlannedInspection",
    "ProgrammeState",
    "Receipt",
    "Relation",
    "RelationKind",
    "Review",
    "ReviewKind",
    "ReviewPart",
    "Secrecy",
    "StepKind",
    "Struck",
    "Studied",
    "Study",
    "StudySession",
    "Target",
    "TargetShare",
    "TargetTotal",
    "Task",
    "TaskAssignment",
    "TaskStep",
    "To",
]
