"""Who gives a command that changes something or takes data out: their number, and their PIN."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from desk_console.cli.output import Session
from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from desk_console.people.pins import Proof
    from desk_console.rulebook.desk import Desk

Acting = Annotated[str, typer.Option("--as", help="工号 / staff number")]
PinFromInput = Annotated[
    bool,
    typer.Option("--pin-stdin", help="从标准输入读密码 / read the PIN from standard input"),
]
Reveal = Annotated[
    bool,
    typer.Option(
        "--reveal", help="住户姓名、电话不遮，要密码，记入流水 / unmasked: asks a PIN, on record"
    ),
]


def revealed(
    session: Session, desk: Desk, listed: str, staff_no: str, *, pin_stdin: bool, **asked: object
) -> None:
    """Asks who wants a list unmasked, and puts it on record. Refuses whoever may not see it."""
    from desk_console.log.revealing import reveal_list

    by = proven(session, desk, staff_no, pin_stdin=pin_stdin)
    reveal_list(desk, by, listed, **asked)


def proven(session: Session, desk: Desk, staff_no: str, *, pin_stdin: bool) -> Proof:
    """Asks for what was not given, and checks the PIN. Refuses as the screens do, and where there
    is nobody to ask.
    """
    from desk_console.people.pins import prove
    from desk_console.people.views import by_staff_no

    if not staff_no and (pin_stdin or not sys.stdin.isatty()):
        raise Refusal("cli.no_terminal")
    number = staff_no or input(session.words.text("cli.ask_staff_no") + ": ")
    pin = pin_typed(session, from_input=pin_stdin)
    with desk.reading() as reading:
        person = by_staff_no(reading, number)
    return prove(desk, person.id if person else None, pin)


def pin_typed(session: Session, *, from_input: bool) -> str:
    """A PIN: the next line of standard input, or typed unseen. Refuses where nobody can type."""
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Refusal("cli.no_terminal")
    return getpass.getpass(session.words.text("cli.ask_pin_only") + ": ")
