"""What is due with documents, a module a subject."""

from directives.duties.inspections import AnswerDemand, BeginInspection, JudgeDemand
from directives.duties.reviews import JudgeReviewParts, SendReviewPart
from directives.duties.study import HoldStudy
from directives.duties.tasks import AnswerTime, DoTask, JudgeResult, ReceiveOrder

DUTIES = [
    HoldStudy(), ReceiveOrder(), DoTask(), JudgeResult(), AnswerTime(), SendReviewPart(), JudgeReviewParts(), BeginInspection(),
    AnswerDemand(), JudgeDemand(),
]  # fmt: skip
