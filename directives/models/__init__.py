from directives.models.attached import Bookmark, DocumentFile, Relation, RelationKind
from directives.models.document import Document, DocumentType, Secrecy, Struck
from directives.models.figures import HandValue, TargetShare, TargetTotal
from directives.models.issuer import Issuer
from directives.models.obligation import Obligation, ObligationKind, Target, Task
from directives.models.study import Studied, Study, StudySession

__all__ = [
    "Bookmark",
    "Document",
    "DocumentFile",
    "DocumentType",
    "HandValue",
    "Issuer",
    "Obligation",
    "ObligationKind",
    "Relation",
    "RelationKind",
    "Secrecy",
    "Struck",
    "Studied",
    "Study",
    "StudySession",
    "Target",
    "TargetShare",
    "TargetTotal",
    "Task",
]
