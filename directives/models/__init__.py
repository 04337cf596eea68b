from directives.models.attached import Bookmark, DocumentFile, Relation, RelationKind
from directives.models.document import Document, DocumentType, Secrecy, Struck
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
    "Bookmark",
    "Demand",
    "DemandState",
    "Document",
    "DocumentFile",
    "DocumentType",
    "Finding",
    "FindingKind",
    "InspectedBy",
    "InspectedDocument",
    "Inspection",
    "InspectionKind",
    "InspectionProgramme",
    "Issuer",
    "Obligation",
    "ObligationKind",
    "PartState",
    "PlannedInspection",
    "ProgrammeState",
    "Relation",
    "RelationKind",
    "Review",
    "ReviewKind",
    "ReviewPart",
    "Secrecy",
    "Struck",
    "Studied",
    "Study",
    "StudySession",
    "Target",
    "Task",
]
