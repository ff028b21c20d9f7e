"""A real mail server for the tests, and a desk whose mail leaves by it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from desk_console.foundation import outbox
from desk_console.foundation.texts import TEXTS
from desk_console.rulebook.desk import Desk, MailRoute

SENDER = "desk@example.com"


@dataclass
class Postbox:
    """What the server was handed, and how it answers whom."""

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """Address to the answer that it gets instead of a yes."""
    last_word: str = "250 taken"
    taken: Callable[[], object] = lambda: None
    """Called with each mail that was taken."""
    port: int = field(default_factory=lambda: free_port())

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Takes or refuses an address."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Takes a mail."""
        if self.last_word.startswith("250"):
            read = message_from_bytes(envelope.content, policy=default)
            self.letters.append((envelope.rcpt_tos[0], read))
            self.taken()
        return self.last_word

    @property
    def addresses(self) -> list[str]:
        """To whom mail came, in order."""
        return [address for address, _ in self.letters]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A server that is up."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def route_to(port: int) -> MailRoute:
    return MailRoute(host="127.0.0.1", port=port, security="none", sender=SENDER, timeout_seconds=5)


@pytest.fixture
def mailing(desk: Desk, postbox: Postbox) -> Desk:
    """The desk, its mail leaving by the server."""
    return replace(desk, mail=route_to(postbox.port))


Queue = Callable[..., int]


@pytest.fixture
def queue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Queues a mail of the tests' own template."""
    monkeypatch.setitem(TEXTS, "mail_test_subject", ("{month}排班表已公布", "Roster of {month}"))
    monkeypatch.setitem(
        TEXTS, "mail_test_body", ("{name}，您好：\n.一行以点开头\n", "Dear {name},\n.a dot\n")
    )

    def put(address: str = "wang@example.com", attach: str = "", **values: object) -> int:
        with desk.transaction() as work:
            return outbox.put(
                work,
                desk.source,
                template="foundation.test",
                address=address,
                language="zh",
                about="roster:3",
                values={"month": "2026-04", "name": "王晓燕", **values},
                attach=attach,
            )

    return put
