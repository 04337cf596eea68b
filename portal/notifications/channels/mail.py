"""One mail a day: what it was told of, by kind and day. No names of persons: they stay in the portal."""

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string

from portal.notifications.channels.base import Channel, Refused, TryLater, Unreachable, mark_of
from portal.notifications.models import Delivery, Notice
from portal.words.quantities import remaining

PERMANENT = 500


@dataclass(frozen=True)
class Line:
    """Of one kind of work: how many, the nearest day."""

    title: str
    count: int
    due_on: date
    late: int  # how many of them are overdue
    remaining: str


class Mail(Channel):
    code = "mail"
    label = "Thư điện tử"
    question = "Nhận thư nhắc việc"

    def serves(self) -> bool:
        return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")

    def reaches(self) -> Q:
        return ~Q(email="")

    @contextmanager
    def line(self) -> Iterator[Any]:
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_told(error)) from error
        try:
            yield connection
        finally:
            _hang_up(connection)

    def send(self, line: Any, delivery: Delivery, notices: Sequence[Notice]) -> None:
        message = letter(delivery, notices, line)
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _for(code, said) from error
        except (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError) as error:
            raise Unreachable(_told(error)) from error
        except smtplib.SMTPDataError as error:
            raise _for(error.smtp_code, error.smtp_error) from error
        except (
            smtplib.SMTPResponseException
        ) as error:  # it does not take mail from us: no fault of the one who is written to
            raise TryLater(_told(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_told(error)) from error


def letter(delivery: Delivery, notices: Sequence[Notice], line: Any = None) -> EmailMultiAlternatives:
    lines = lines_of(notices, delivery.on)
    late = sum(one.late for one in lines)
    subject = f"{len(notices)} việc cần làm" + (f", {late} việc quá hạn" if late else "")
    address = settings.SITE_ADDRESS
    facts = {"account": delivery.account, "lines": lines, "on": delivery.on, "count": len(notices), "address": address}
    message = EmailMultiAlternatives(
        f"{subject} – Cổng sinh hoạt chi bộ",
        render_to_string("notifications/mail/digest.txt", facts),
        to=[delivery.account.email],
        connection=line,
        headers={
            "Message-ID": f"<{mark_of(delivery)}@{urlsplit(address).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("notifications/mail/digest.html", facts), "text/html")
    return message


def lines_of(notices: Sequence[Notice], on: date) -> list[Line]:
    """The most urgent first."""
    by_title = sorted(notices, key=lambda notice: (notice.title, notice.due_on))
    lines = []
    for title, group in groupby(by_title, key=lambda notice: notice.title):
        same = list(group)
        late = sum(notice.due_on < on for notice in same)
        lines.append(Line(title, len(same), same[0].due_on, late, remaining(same[0].due_on, on)))
    return sorted(lines, key=lambda line: (line.due_on, line.title))


def _for(code: int, said: bytes | str) -> Exception:
    text = f"Máy chủ thư trả lời {code}: {_plain(said)}"
    return Refused(text) if code >= PERMANENT else TryLater(text)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Máy chủ thư trả lời {error.smtp_code}: {_plain(error.smtp_error)}"
    return "Không nối được với máy chủ thư."


def _plain(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).replace("\0", "").split())[
        :200
    ]


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):  # it is gone already
        connection.connection = None
