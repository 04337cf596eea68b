from directives.models.assignment import AssignmentState, Extension, StepKind, TaskAssignment, TaskStep
from directives.models.attached import Bookmark, DocumentFile, Relation, RelationKind
from directives.models.cascade import Occurrence, Order, OrderedTask, Receipt, To
from directives.models.document import Document, DocumentType, Secrecy, Struck
from directives.models.figures import HandValue, TargetShare, TargetTotal
from directives.models.issuer import Issuer
from directives.models.obligation import Obligation, ObligationKind, Target, Task
from directives.models.study import Studied, Study, StudySession

__all__ = [
    "AssignmentState",
    "Bookmark",
    "Document",
    "DocumentFile",
    "DocumentType",
    "Extension",
    "HandValue",
    "Issuer",
    "Obligation",
    "ObligationKind",
    "Occurrence",
    "Order",
    "OrderedTask",
    "Receipt",
    "Relation",
    "RelationKind",
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
