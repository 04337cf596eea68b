"""What is due with meetings: one small rule each. A new one is a class, and a line in this list."""

from meetings.duties import invitations
from meetings.duties.actions import DoAction, FollowActions
from meetings.duties.attendance import AbsentRunning, UnpaidDues
from meetings.duties.logs import CloseLog, ScoreMeeting, TellMembers
from meetings.duties.plans import ApprovePlan, SendPlan
from meetings.duties.proposals import AnswerProposal, TellAnswer
from meetings.duties.slots import HoldRegular, HoldThematic

DUTIES = [
    HoldRegular(), HoldThematic(), TellMembers(), CloseLog(), ScoreMeeting(), DoAction(), FollowActions(), UnpaidDues(), AbsentRunning(),
    AnswerProposal(), TellAnswer(), SendPlan(), ApprovePlan(),
    *invitations.DUTIES,
]  # fmt: skip
