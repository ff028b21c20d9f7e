"""Who gives a command that changes something or takes data out: their number, and their PIN."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from desk_console.cli.output import Session

if TYPE_CHECKING:
    from desk_console.people.pins import Proof
    from desk_console.rulebook.desk import Desk


def proven(session: Session, desk: Desk, staff_no: str, *, pin_stdin: bool) -> Proof:
    """Asks for what was not given, and checks the PIN. Refuses as the screens do."""
    from desk_console.people.pins import prove
    from desk_console.people.views import by_staff_no

    number = staff_no or input(session.words.text("cli.ask_staff_no") + ": ")
    if pin_stdin:
        pin = sys.stdin.readline().rstrip("\n")
    else:
        pin = getpass.getpass(session.words.text("cli.ask_pin_only") + ": ")
    with desk.reading() as reading:
        person = by_staff_no(reading, number)
    return prove(desk, person.id if person else None, pin)
