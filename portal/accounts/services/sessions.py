"""The sessions of an account: which are open, and ending them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.addresses import client_address
from portal.accounts.devices import device_in_words
from portal.accounts.models import Account
from portal.history.actions import action


@dataclass(frozen=True)
class OpenSession:
    pk: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_this_one: bool


def open_sessions(account: Account, *, here: str) -> list[OpenSession]:
    """This one first, then by the last visit. `here`: the key of the session that asks."""
    kept = list(UserSession.objects.filter(user=account).order_by("-last_seen_at"))
    keys = [session.session_key for session in kept]
    alive = set(
        Session.objects.filter(pk__in=keys, expire_date__gt=timezone.now()).values_list("session_key", flat=True)
    )
    listed = [_in_words(session, here) for session in kept if session.session_key in alive]
    return sorted(listed, key=lambda session: not session.is_this_one)


@action("đăng xuất một máy")
def end_session(account: Account, pk: int) -> bool:
    session = UserSession.objects.filter(user=account, pk=pk).first()
    if session is not None:
        session.end()
    return session is not None


@action("đăng xuất các máy khác")
def end_sessions(account: Account, *, but: str | None = None) -> int:
    """All of them, or all but the one with that key. How many were ended."""
    ending = UserSession.objects.filter(user=account).exclude(session_key=but or "")
    Session.objects.filter(pk__in=ending.values("session_key")).delete()
    return ending.delete()[0]


def stay_signed_in(request: HttpRequest, account: Account) -> None:
    """After a change of password: this session goes on under a new key, all others end."""
    before = request.session.session_key
    update_session_auth_hash(request, account)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    end_sessions(account, but=request.session.session_key)


def note_visit(request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now(), ip=client_address(request)
    )


def _in_words(session: UserSession, here: str) -> OpenSession:
    return OpenSession(
        pk=session.pk,
        device=device_in_words(session.user_agent),
        address=session.ip,
        since=session.created_at,
        last_seen=session.last_seen_at,
        is_this_one=session.session_key == here,
    )
