"""What is due with documents, a module a subject."""

from directives.duties.study import HoldStudy
from directives.duties.tasks import AnswerTime, DoTask, JudgeResult, ReceiveOrder

DUTIES = [HoldStudy(), ReceiveOrder(), DoTask(), JudgeResult(), AnswerTime()]
