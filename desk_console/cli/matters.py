"""The command that lists what is open, as it presses. Its JSON is an interface: keys are only
added. Residents' names and numbers are masked unless somebody shows their PIN (4.9).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from desk_console.cli.acting import Acting, PinFromInput, Reveal, revealed
from desk_console.cli.output import print_json, session_of
from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from desk_console.log.masking import Mask
    from desk_console.matters.glance import MatterLine

_AT_ONCE = 500
_FIELDS = (
    "id",
    "number",
    "kind",
    "form",
    "stage",
    "urgency",
    "importance",
    "title",
    "unit",
    "caller",
    "owner_name",
    "assignee_name",
    "opened_at",
    "due_at",
    "due_for",
    "is_overdue",
    "next_step",
    "entry_id",
    "closed_at",
)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("matters", help="待办、工单和投诉 / what is open, as it presses")(matters)


def matters(
    context: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列超时 / overdue only")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="已办结 / those closed")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    reveal: Reveal = False,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """The open matters, the most pressing first; with `--closed` those closed, newest first."""
    from desk_console.log.revealing import mask_of
    from desk_console.matters.glance import MatterFilter, open_matters
    from desk_console.wiring import open_desk

    session = session_of(context)
    desk = open_desk(session.options)
    wanted = MatterFilter(is_overdue=overdue, is_closed=closed)
    try:
        if reveal:
            revealed(session, desk, "matters", acting, pin_stdin=pin_stdin)
        at = desk.now()
        with desk.reading() as reading:
            found = list(open_matters(reading, at, wanted=wanted, limit=_AT_ONCE))
            while found and len(found) % _AT_ONCE == 0:
                more = open_matters(reading, at, wanted=wanted, limit=_AT_ONCE, offset=len(found))
                if not more:
                    break
                found += more
            if not reveal:
                mask = mask_of(reading, [line.caller for line in found])
                found = [masked_matter(line, mask) for line in found]
    finally:
        desk.store.close()
    if as_json:
        print_json([_row(line) for line in found])
        return
    if not found:
        session.say("cli.matters_none")
    for line in found:
        typer.echo(visible(_line(context, line)))
    if found and not reveal:
        session.warn("cli.masked")


def masked_matter(line: MatterLine, mask: Mask) -> MatterLine:
    """A matter as it is shown to whoever has shown no PIN."""
    from desk_console.log.masking import masked_name, masked_phone

    return replace(
        line,
        caller=masked_name(line.caller),
        unit=mask.text(line.unit),
        phone=masked_phone(line.phone),
        title=mask.text(line.title),
        next_step=mask.text(line.next_step),
    )


def _row(line: MatterLine) -> dict[str, object]:
    department = {"zh": line.department[0], "en": line.department[1]} if line.department else None
    return {name: getattr(line, name) for name in _FIELDS} | {"department": department}


def _line(context: typer.Context, line: MatterLine) -> str:
    words = session_of(context).words
    if line.closed_at is None and line.left is not None:
        key = "cli.matter_overdue" if line.is_overdue else "cli.matter_left"
        left = words.text(key, span=abs(line.left))
    else:
        left = ""
    stage = words.text(f"matters.stage_{line.stage}")
    parts = (line.number or f"#{line.id}", stage, left, line.unit, line.title, line.owner_name)
    return "  ".join(part.replace("\n", " ") for part in parts if part)
