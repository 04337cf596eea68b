"""What is due with documents."""

from directives.duties.inspections import AnswerDemand, BeginInspection, JudgeDemand
from directives.duties.reviews import JudgeReviewParts, SendReviewPart
from directives.duties.study import HoldStudy

DUTIES = [HoldStudy(), SendReviewPart(), JudgeReviewParts(), BeginInspection(), AnswerDemand(), JudgeDemand()]
