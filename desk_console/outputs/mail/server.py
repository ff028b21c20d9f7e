"""One conversation with the mail server, and what came of each mail.

An answer of the server becomes a fate and a code; its own words are kept nowhere, since they may
hold anybody's address.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from desk_console.rulebook.desk import MailRoute

PASSWORD_VARIABLE = "DESK_CONSOLE_MAIL_PASSWORD"

_GO_AHEAD = 354
_TAKEN = 250
_FOR_GOOD = 500
"""From here on the server's no is final."""
_DOT_AT_BEGIN = re.compile(rb"^\.", re.MULTILINE)


class Fate(StrEnum):
    """What came of one mail."""

    SENT = "sent"
    LATER = "later"
    """Not now: it did not go out and may be tried again."""
    REFUSED = "refused"
    """The server will not have it, however often it is tried."""
    UNSURE = "unsure"
    """The whole of it was handed over and no answer came: nobody knows."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fate, and why: a code that the catalogue words as `outputs.mail.error_…`."""

    fate: Fate
    code: str = ""

    @property
    def ends_conversation(self) -> bool:
        """The way to the server is broken, not this one mail."""
        return self.code in ("server_gone", "sender_refused", "unsure")


class NoServer(Exception):
    """There is no talking to the server now; `code` says why."""

    def __init__(self, code: str) -> None:
        """`code` as in `Told`."""
        super().__init__(code)
        self.code = code


class Conversation:
    """A server that listens."""

    def __init__(self, smtp: smtplib.SMTP, sender: str) -> None:
        """Mail comes from `sender`."""
        self._smtp = smtp
        self._sender = sender

    def send(self, letter: EmailMessage, address: str) -> Told:
        """Hands one mail over to one address."""
        try:
            told = self._envelope(address)
        except (OSError, smtplib.SMTPException):
            return Told(Fate.LATER, "server_gone")
        return told or self._content(letter)

    def _envelope(self, address: str) -> Told | None:
        smtp = self._smtp
        smtp.rset()
        code, _ = smtp.mail(self._sender)
        if code != _TAKEN:
            return Told(Fate.LATER, "sender_refused")
        code, _ = smtp.rcpt(address)
        if code >= _FOR_GOOD:
            return Told(Fate.REFUSED, "address_refused")
        if code not in (_TAKEN, 251):
            return Told(Fate.LATER, "address_delayed")
        code, _ = smtp.docmd("DATA")
        return None if code == _GO_AHEAD else _of_content(code)

    def _content(self, letter: EmailMessage) -> Told:
        content = _DOT_AT_BEGIN.sub(b"..", letter.as_bytes(policy=SMTP))
        if not content.endswith(b"\r\n"):
            content += b"\r\n"
        try:
            # An error here leaves the last line unsent, and a mail without it is none.
            self._smtp.send(content + b".\r\n")
        except (OSError, smtplib.SMTPException):
            return Told(Fate.LATER, "server_gone")
        try:
            code, _ = self._smtp.getreply()
        except (OSError, smtplib.SMTPException):
            return Told(Fate.UNSURE, "unsure")
        return Told(Fate.SENT) if code == _TAKEN else _of_content(code)


def _of_content(code: int) -> Told:
    if code >= _FOR_GOOD:
        return Told(Fate.REFUSED, "mail_refused")
    return Told(Fate.LATER, "mail_delayed")


@contextmanager
def conversation(route: MailRoute) -> Iterator[Conversation]:
    """Goes to the server, as the config says. Raises NoServer where it cannot be talked to."""
    smtp = _reached(route)
    try:
        yield Conversation(smtp, route.sender)
    finally:
        with suppress(OSError, smtplib.SMTPException):  # it may have gone before us
            smtp.quit()
        smtp.close()


def _reached(route: MailRoute) -> smtplib.SMTP:
    password = _login(route)
    smtp: smtplib.SMTP | None = None
    try:
        if route.security == "tls":
            context = ssl.create_default_context()
            smtp = smtplib.SMTP_SSL(
                route.host, route.port, timeout=route.timeout_seconds, context=context
            )
        else:
            smtp = smtplib.SMTP(route.host, route.port, timeout=route.timeout_seconds)
        if route.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if route.user:
            smtp.login(route.user, password)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        if smtp is not None:
            smtp.close()
        raise NoServer(_why_not(error)) from error
    return smtp


def _why_not(error: Exception) -> str:
    # smtplib says of a timeout that the server hung up; what really was stands behind it.
    match error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error:
        case TimeoutError():
            return "server_slow"
        case ssl.SSLError():
            return "no_tls"
        case smtplib.SMTPAuthenticationError():
            return "login_refused"
        case smtplib.SMTPNotSupportedError():
            return "not_offered"
        case _:
            return "no_server"


def _login(route: MailRoute) -> str:
    """The account's password. Refuses what a login cannot carry: it would be a crash there."""
    password = _password(route)
    if not (route.user + password).isascii():
        raise NoServer("login_signs")
    return password


def _password(route: MailRoute) -> str:
    """From the environment, else from its file."""
    if not route.user:
        return ""
    said = os.environ.get(PASSWORD_VARIABLE)
    if said is not None:
        return said
    if route.password_file is None:
        raise NoServer("no_password")
    try:
        return route.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NoServer("no_password") from error
