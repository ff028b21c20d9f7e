"""Mail against a real server: what is queued arrives once, whatever server and program do
(row 23).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.outbox import MailState, OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.outputs.mail import delivery
from desk_console.outputs.mail import queue as queue_acts
from desk_console.outputs.mail.attachments import ATTACHERS, Attachment
from desk_console.outputs.mail.delivery import CLAIM_HOLDS, TOO_OLD, WAITS, deliver
from desk_console.outputs.texts.mail import TEXTS
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.outputs.conftest import SENDER, Postbox, Queue, free_port, route_to
from tests.staff import Staff


def row_of(desk: Desk, mail_id: int) -> OutgoingMail:
    with desk.reading() as session:
        return session.exec(select(OutgoingMail).where(OutgoingMail.id == mail_id)).one()


def acts(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return [row.act for row in session.exec(select(JournalRow)) if "mail" in row.act]


def test_a_chinese_mail_arrives_as_it_was_written(
    mailing: Desk, postbox: Postbox, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Attachment("四月值班表.ics", "text/calendar", "BEGIN:VCALENDAR 王".encode())
    monkeypatch.setitem(ATTACHERS, "test", lambda desk, mail: [made])
    mail_id = queue(attach="test")
    assert deliver(mailing).sent == 1
    [(address, letter)] = postbox.letters
    assert address == "wang@example.com"
    assert letter["Subject"] == "2026-04排班表已公布"
    assert letter["From"] == f"测试中心 <{SENDER}>"
    assert letter["Message-ID"] == f"<{row_of(mailing, mail_id).uid}@example.com>"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content() == "王晓燕，您好：\n.一行以点开头\n"
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == "四月值班表.ics"
    assert attached.get_content() == "BEGIN:VCALENDAR 王"
    row = row_of(mailing, mail_id)
    assert (row.state, row.sent_at, row.next_try_at) == (MailState.SENT, mailing.now(), None)
    assert acts(mailing) == ["outputs.mail_sent"]


def test_a_value_with_line_breaks_makes_no_header(
    mailing: Desk, postbox: Postbox, queue: Queue
) -> None:
    queue(month="4月\r\nBcc: all@example.com\x1b[2J")
    deliver(mailing)
    [(_, letter)] = postbox.letters
    assert letter["Bcc"] is None
    assert "\x1b" not in letter["Subject"]
    assert postbox.addresses == ["wang@example.com"]


def test_nothing_is_sent_unless_it_is_configured(desk: Desk, queue: Queue) -> None:
    mail_id = queue()
    with pytest.raises(Refusal, match="not_set_up"):
        deliver(desk)
    assert row_of(desk, mail_id).state is MailState.QUEUED


def test_row_23_one_refused_address_holds_up_no_other(
    mailing: Desk, postbox: Postbox, queue: Queue
) -> None:
    postbox.answers = {"gone@example.com": "550 no such user", "full@example.com": "452 full"}
    refused, delayed = queue("gone@example.com"), queue("full@example.com")
    queue("sun@example.com")
    done = deliver(mailing)
    assert (done.sent, done.later, done.failed) == (1, 1, 1)
    assert postbox.addresses == ["sun@example.com"]
    assert row_of(mailing, refused).last_error == "address_refused"
    row = row_of(mailing, delayed)
    assert (row.state, row.last_error) == (MailState.QUEUED, "address_delayed")
    assert row.next_try_at == mailing.now() + WAITS[0]


def test_row_23_server_down_waits_longer_each_time_and_then_gives_up(
    desk: Desk, queue: Queue, clock: MovingClock
) -> None:
    down = replace(desk, mail=route_to(free_port()))
    mail_id = queue()
    for wait in WAITS:
        done = deliver(down)
        assert (done.no_server, done.later) == ("no_server", 1)
        assert deliver(down).later == 0, "not before its time"
        clock.advance(wait)
    assert deliver(down).failed == 1
    row = row_of(desk, mail_id)
    assert (row.state, row.tries) == (MailState.FAILED, len(WAITS) + 1)


def test_row_23_after_the_server_is_back_it_goes_out_once(
    mailing: Desk, postbox: Postbox, queue: Queue, clock: MovingClock
) -> None:
    down = replace(mailing, mail=route_to(free_port()))
    queue()
    deliver(down)
    clock.advance(WAITS[0])
    for _ in range(3):
        deliver(mailing)
        clock.advance(timedelta(days=1))
    assert postbox.addresses == ["wang@example.com"]


@contextmanager
def odd_server(*answers: bytes, hang: bool = True) -> Iterator[int]:
    """A server that greets, answers so much, and then falls silent or hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(5)
                connection.sendall(b"220 odd\r\n")
                lines = connection.makefile("rb")
                for answer in answers:
                    until = b".\r\n" if answer == b"" else b""
                    while (line := lines.readline()) and until and line != until:
                        pass
                    if answer:
                        connection.sendall(answer)
                if hang:
                    done.wait(5)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        done.set()
        thread.join(5)


OK = b"250 OK\r\n"


@pytest.mark.parametrize("hang", [True, False])
def test_row_23_no_answer_after_the_last_line_is_told_and_never_sent_again(
    desk: Desk, queue: Queue, clock: MovingClock, hang: bool
) -> None:
    mail_id = queue()
    with odd_server(OK, OK, OK, OK, b"354 go\r\n", b"", hang=hang) as port:
        route = replace(route_to(port), timeout_seconds=1)
        assert deliver(replace(desk, mail=route)).failed == 1
    row = row_of(desk, mail_id)
    assert (row.state, row.last_error) == (MailState.FAILED, "unsure")
    clock.advance(timedelta(days=3))
    assert not delivery._any_due(desk)


def test_row_23_a_server_that_hangs_up_before_the_mail_is_tried_again(
    desk: Desk, queue: Queue
) -> None:
    mail_id, other = queue(), queue("sun@example.com")
    with odd_server(OK, OK, OK, hang=False) as port:
        done = deliver(replace(desk, mail=route_to(port)))
    assert (done.later, done.failed) == (1, 0)
    assert row_of(desk, mail_id).last_error == "server_gone"
    assert row_of(desk, other).tries == 0


def test_row_23_a_slow_server_is_given_up_on_in_time(desk: Desk, queue: Queue) -> None:
    mail_id = queue()
    with odd_server(hang=True) as port:
        done = deliver(replace(desk, mail=replace(route_to(port), timeout_seconds=1)))
    assert done.no_server == "server_slow"
    assert row_of(desk, mail_id).state is MailState.QUEUED


def test_a_mail_left_half_sent_is_told_as_that_and_not_sent_again(
    mailing: Desk, postbox: Postbox, queue: Queue, clock: MovingClock
) -> None:
    mail_id = queue()
    assert delivery._claim(mailing) is not None  # and here the program was killed
    deliver(mailing)
    assert row_of(mailing, mail_id).state is MailState.SENDING
    clock.advance(CLAIM_HOLDS)
    assert deliver(mailing).failed == 1
    row = row_of(mailing, mail_id)
    assert (row.state, row.last_error) == (MailState.FAILED, "interrupted")
    assert postbox.letters == []


def test_two_consoles_send_each_mail_once(
    make_desk: DeskMaker, postbox: Postbox, desk: Desk, queue: Queue
) -> None:
    consoles = [
        replace(one, mail=route_to(postbox.port))
        for one in (desk, make_desk(also=("management-office",)))
    ]
    for number in range(12):
        queue(f"p{number}@example.com")
    threads = [threading.Thread(target=deliver, args=(one,)) for one in consoles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(postbox.addresses) == sorted(f"p{number}@example.com" for number in range(12))


def test_mail_that_waited_for_a_week_is_no_news(
    mailing: Desk, postbox: Postbox, queue: Queue, clock: MovingClock, staff: Staff
) -> None:
    mail_id = queue()
    clock.advance(TOO_OLD + timedelta(minutes=1))
    assert deliver(mailing).failed == 1
    assert row_of(mailing, mail_id).last_error == "too_old"
    supervisor = staff.supervisor.person
    queue_acts.retry(mailing, supervisor, mail_id)
    assert deliver(mailing).sent == 1


def test_one_mail_that_cannot_be_made_holds_up_no_other(
    mailing: Desk, postbox: Postbox, queue: Queue
) -> None:
    broken = queue(attach="nobody knows this")
    queue("sun@example.com")
    done = deliver(mailing)
    assert (done.sent, done.failed) == (1, 1)
    assert row_of(mailing, broken).last_error == "unmakeable"


def test_failed_mail_is_listed_retried_redirected_and_withdrawn_by_who_may_publish(
    mailing: Desk, postbox: Postbox, queue: Queue, staff: Staff
) -> None:
    postbox.answers = {"gone@example.com": "550 no such user"}
    first, second = queue("gone@example.com"), queue("gone@example.com")
    deliver(mailing)
    with mailing.reading() as session:
        assert queue_acts.count(session) == queue_acts.MailCount(waiting=0, failed=2)
    lines = queue_acts.open_mails(mailing)
    assert [line.id for line in lines] == [second, first]
    assert {line.subject for line in lines} == {"2026-04排班表已公布"}
    with pytest.raises(Refusal, match=r"people\.no_right"):
        queue_acts.retry(mailing, staff.clerk.person, first)
    supervisor = staff.supervisor.person
    queue_acts.send_elsewhere(mailing, supervisor, first, "here@example.com")
    queue_acts.withdraw(mailing, supervisor, second)
    deliver(mailing)
    assert postbox.addresses == ["here@example.com"]
    assert row_of(mailing, first).state is MailState.WITHDRAWN
    with pytest.raises(Refusal, match="is_withdrawn"):
        queue_acts.retry(mailing, supervisor, second)
    assert [line.state for line in queue_acts.mails_about(mailing, "roster:3")] == [
        MailState.WITHDRAWN,
        MailState.WITHDRAWN,
        MailState.SENT,
    ]


def test_login_and_password_come_from_environment_or_file(
    desk: Desk, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    with odd_server(OK) as port:
        route = replace(route_to(port), user="desk")
        assert deliver(replace(desk, mail=route)).no_server == "no_password"
        monkeypatch.setenv("DESK_CONSOLE_MAIL_PASSWORD", "secret")
        with desk.transaction() as work:
            row = work.session.exec(select(OutgoingMail)).one()
            row.next_try_at = desk.now()
            work.session.add(row)
        assert deliver(replace(desk, mail=route)).no_server == "not_offered"


def test_a_password_that_no_login_carries_is_said_and_not_taken_for_a_refused_one(
    desk: Desk, queue: Queue, tmp_path: Path
) -> None:
    queue()
    secret = tmp_path / "secret"
    secret.write_text("密码123\n", encoding="utf-8")
    with odd_server(OK) as port:
        route = replace(route_to(port), user="desk", password_file=secret)
        assert deliver(replace(desk, mail=route)).no_server == "login_signs"


@pytest.mark.parametrize(("security", "code"), [("starttls", "not_offered"), ("tls", "no_tls")])
def test_a_server_without_the_security_that_was_asked_for_gets_no_mail(
    mailing: Desk,
    postbox: Postbox,
    queue: Queue,
    security: Literal["starttls", "tls"],
    code: str,
) -> None:
    queue()
    route = replace(mailing.mail, security=security, timeout_seconds=2)
    assert deliver(replace(mailing, mail=route)).no_server == code
    assert postbox.letters == []


def test_every_error_has_its_words() -> None:
    codes = {
        "no_server", "server_slow", "server_gone", "no_tls", "not_offered", "login_refused",
        "no_password", "login_signs", "sender_refused", "address_refused", "address_delayed",
        "mail_refused", "mail_delayed", "unsure", "interrupted", "too_old", "unmakeable",
    }  # fmt: skip
    assert {name.removeprefix("error_") for name in TEXTS if name.startswith("error_")} == codes
    assert codes >= queue_acts.MAYBE_SENT
    assert {f"state_{state}" for state in MailState} <= TEXTS.keys()
