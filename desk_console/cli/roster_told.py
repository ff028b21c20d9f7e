"""A month of the roster as the command line tells it: what is wrong with it, and its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from desk_console.cli.output import Session, print_json
from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from desk_console.roster.checked import Checked
    from desk_console.rulebook.desk import Desk


def print_findings(
    session: Session,
    desk: Desk,
    checked: Checked,
    *,
    as_json: bool,
    more: dict[str, object] | None = None,
) -> None:
    """Gaps, clashes and warnings with their clauses, and the figures; or all of it as JSON."""
    words = Catalogue(session.language, desk.zone)
    findings = checked.month.findings
    if as_json:
        listed = [
            {"kind": one.kind, "clause": one.clause, "day": one.day, "what": words.text(one.what)}
            for one in findings
        ]
        parts = {str(part): cost for part, cost in checked.report.quality.parts.items()}
        cost = checked.report.quality.total
        print_json({**(more or {}), "cost": cost, "parts": parts, "findings": listed})
        return
    for one in findings:
        clause = f" [{one.clause}]" if one.clause else ""
        typer.echo(
            visible(f"{words.text(f'tui.roster.kind_{one.kind}')}  {words.text(one.what)}{clause}")
        )
    counted = {
        kind: sum(one.kind == kind for one in findings) for kind in ("gap", "clash", "warning")
    }
    session.say(
        "tui.roster.counts",
        gaps=counted["gap"],
        clashes=counted["clash"],
        warnings=counted["warning"],
        cost=checked.report.quality.total,
    )


def turns(desk: Desk, checked: Checked) -> list[dict[str, object]]:
    """Each shift of the month with its hours and people."""
    from desk_console.roster.findings import shift_name

    month = checked.month
    lines = {line.person.id: line.person for line in month.people}
    rows: list[dict[str, object]] = []
    for slot in month.slots:
        one = slot.occurrence
        people = [lines[placed.person_id] for placed in slot.people]
        rows.append(
            {
                "day": one.day,
                "plan": one.plan_code,
                "post": one.post_code,
                "name": shift_name(desk.duty, one.plan_code, one.post_code),
                "begins": f"{one.begins_at.astimezone(desk.zone):%H:%M}",
                "ends": f"{one.ends_at.astimezone(desk.zone):%H:%M}",
                "staff_nos": [person.staff_no for person in people],
                "names": [person.name for person in people],
                "missing": slot.missing,
            }
        )
    return rows
