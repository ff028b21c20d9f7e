"""Mail over TLS with a login, against a server with a certificate that somebody made themselves."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from desk_console.outputs.mail.delivery import deliver
from desk_console.outputs.mail.server import PASSWORD_VARIABLE
from desk_console.rulebook.desk import Desk, MailRoute
from tests.outputs.conftest import Postbox, Queue, route_to

CERTIFICATE = Path(__file__).with_name("mail_server.pem")
USER, PASSWORD = "desk", "pass word 7"
Security = Literal["starttls", "tls"]
WAYS: tuple[Security, ...] = ("starttls", "tls")


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_right, handled=is_right)


@pytest.fixture(params=WAYS)
def guarded(request: pytest.FixtureRequest) -> Iterator[tuple[MailRoute, Postbox]]:
    """The way to a server that takes mail only over TLS and from who logs in."""
    security: Security = request.param
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    box = Postbox()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        ssl_context=context if security == "tls" else None,
        tls_context=context if security == "starttls" else None,
        require_starttls=security == "starttls",
        authenticator=_knows,
        auth_required=True,
        auth_require_tls=security == "starttls",
    )
    controller.start()
    yield replace(route_to(box.port), security=security, user=USER), box
    controller.stop()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts that certificate, and knows the account's password."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)


def test_mail_leaves_over_tls_after_a_login(
    desk: Desk, queue: Queue, guarded: tuple[MailRoute, Postbox], trusted: None
) -> None:
    route, box = guarded
    queue()
    assert deliver(replace(desk, mail=route)).sent == 1
    assert box.addresses == ["wang@example.com"]


def test_a_wrong_password_sends_nothing(
    desk: Desk,
    queue: Queue,
    guarded: tuple[MailRoute, Postbox],
    trusted: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    route, box = guarded
    monkeypatch.setenv(PASSWORD_VARIABLE, "another")
    queue()
    assert deliver(replace(desk, mail=route)).no_server == "login_refused"
    assert box.letters == []


def test_a_certificate_that_nobody_vouches_for_gets_neither_mail_nor_password(
    desk: Desk,
    queue: Queue,
    guarded: tuple[MailRoute, Postbox],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    route, box = guarded
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    queue()
    assert deliver(replace(desk, mail=route)).no_server == "no_tls"
    assert box.letters == []
