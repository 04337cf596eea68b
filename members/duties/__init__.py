"""What is due with people: one small rule each. A new one is a class, and a line in this list."""

from members.duties.badges import GiveBadge
from members.duties.corrections import AnswerCorrection
from members.duties.imports import MendImport
from members.duties.offices import FillVacancy, FollowOffice
from members.duties.probation import RecogniseMember
from members.duties.tasks import GiveNewcomerTasks, GiveTasks

DUTIES = [
    AnswerCorrection(), RecogniseMember(), GiveBadge(), MendImport(), GiveTasks(), GiveNewcomerTasks(), FillVacancy(),
    FollowOffice(),
]  # fmt: skip
