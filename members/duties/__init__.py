"""What is due with people: one small rule each. A new one is a class, and a line in this list."""

from members.duties.badges import GiveBadge
from members.duties.corrections import AnswerCorrection
from members.duties.imports import MendImport
from members.duties.probation import RecogniseMember

DUTIES = [AnswerCorrection(), RecogniseMember(), GiveBadge(), MendImport()]
