"""`deliver` and what `doctor` says of the mail (row 23): exit codes and JSON are an interface."""

import json
import sqlite3
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.cli.conftest import Runner
from tests.outputs.conftest import Postbox, free_port

QUEUED = (
    "insert into outbox (uid, template, address, language, about, attach, given, created_at, "
    "state, tries, next_try_at, last_error) values (hex(randomblob(16)), 'outputs.test', "
    "'wang@example.com', 'zh', 'roster:1', '', '{}', strftime('%Y-%m-%dT%H:%M:%f000Z'), "
    "'queued', 0, strftime('%Y-%m-%dT%H:%M:%f000Z'), '')"
)


@pytest.fixture
def mailing(site: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A mail waits, and the config names a server; gives its port."""
    from desk_console.outputs.texts import TEXTS

    monkeypatch.setitem(TEXTS, "mail_test_subject", ("主题", "Subject"))
    monkeypatch.setitem(TEXTS, "mail_test_body", ("正文", "Body"))
    with sqlite3.connect(site) as connection:
        connection.execute(QUEUED)
    connection.close()
    port = free_port()
    for name, value in (
        ("HOST", "127.0.0.1"),
        ("SENDER", "desk@example.com"),
        ("PORT", str(port)),
        ("SECURITY", "none"),
    ):
        monkeypatch.setenv(f"DESK_CONSOLE_MAIL__{name}", value)
    return port


def mail_check(ran: str) -> dict[str, str]:
    return next(each for each in json.loads(ran)["checks"] if each["name"] == "mail")


def test_deliver_without_a_server_says_where_to_name_one(desk_console: Runner, site: Path) -> None:
    ran = desk_console("deliver")
    assert ran.code == 1
    assert "[mail]" in ran.err


def test_row_23_deliver_with_the_server_down_says_so(desk_console: Runner, mailing: int) -> None:
    ran = desk_console("deliver")
    assert ran.code == 1
    assert "连不上邮件服务器" in ran.err
    check = mail_check(desk_console("doctor", "--json").out)
    assert check["level"] == "good"
    assert "待发 1 封" in check["words"]


def test_deliver_sends_what_is_due_once(desk_console: Runner, mailing: int) -> None:
    postbox = Postbox(port=mailing)
    controller = Controller(postbox, hostname="127.0.0.1", port=mailing)
    controller.start()
    try:
        first, second = (desk_console("deliver", "--json") for _ in range(2))
    finally:
        controller.stop()
    assert (first.code, second.code) == (0, 0)
    assert json.loads(first.out) == {"sent": 1, "later": 0, "failed": 0, "no_server": ""}
    assert json.loads(second.out)["sent"] == 0
    assert postbox.addresses == ["wang@example.com"]


def test_doctor_warns_of_mail_that_failed(desk_console: Runner, site: Path, mailing: int) -> None:
    with sqlite3.connect(site) as connection:
        connection.execute("update outbox set state = 'failed', next_try_at = null")
    connection.close()
    check = mail_check(desk_console("doctor", "--json").out)
    assert check["level"] == "warning"
    assert "失败 1 封" in check["words"]


def test_doctor_says_that_no_login_carries_the_password(
    desk_console: Runner, mailing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("密码123", encoding="utf-8")
    monkeypatch.setenv("DESK_CONSOLE_MAIL__PASSWORD_FILE", str(secret))
    check = mail_check(desk_console("doctor", "--json").out)
    assert check["level"] == "fault"
    assert "只能用英文字母" in check["words"] and str(secret) in check["words"]
