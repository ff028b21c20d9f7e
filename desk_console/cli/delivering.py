"""`deliver`: sends the mail that is due, for cron and for a desk that is closed at night."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from desk_console.cli.output import print_json, session_of
from desk_console.foundation.text import visible


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("deliver", help="发送待发的邮件 / send the mail that is due")(deliver)


def deliver(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Sends what is due, once. Exit code 1 where the server could not be talked to, or a mail
    failed for good.
    """
    from desk_console.outputs.mail import delivery
    from desk_console.wiring import open_desk

    session = session_of(context)
    desk = open_desk(session.options)
    try:
        done = delivery.deliver(desk)
    finally:
        desk.store.close()
    if as_json:
        print_json(asdict(done))
    else:
        session.say("cli.delivered", sent=done.sent, later=done.later, failed=done.failed)
        if done.no_server:
            why = session.words.text(f"outputs.mail.error_{done.no_server}")
            typer.echo(visible(why), err=True)
    if done.no_server or done.failed:
        raise typer.Exit(1)
