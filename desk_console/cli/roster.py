"""`roster draft|check|publish|show|export --month YYYY-MM`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk_console.cli.acting import Acting, PinFromInput, proven
from desk_console.cli.output import Session, print_json, session_of, unlike
from desk_console.cli.roster_told import print_findings, turns
from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from desk_console.roster.checked import Checked
    from desk_console.roster.drafting.drafting import Drafting
    from desk_console.rulebook.desk import Desk

WAYS = ("rotation", "optimiser", "published", "hand")
FORMATS = ("csv", "xlsx", "ics", "html", "pdf")

Month = Annotated[str, typer.Option(help="YYYY-MM")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON")]
OfDraft = Annotated[bool, typer.Option("--draft", help="看草案 / the draft")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="排班 / the roster", no_args_is_help=True)
    group.command("draft", help="编制草案 / draft a month")(draft)
    group.command("check", help="检查 / check a month")(check)
    group.command("publish", help="公布草案 / publish the draft")(publish)
    group.command("show", help="查看 / show a month")(show)
    group.command("export", help="导出 / export a month")(export)
    app.add_typer(group, name="roster")


def draft(
    context: typer.Context,
    month: Month,
    way: Annotated[str, typer.Option(help=" | ".join(WAYS))] = "optimiser",
    seconds: Annotated[float, typer.Option(help="最多用时 / at most")] = 20.0,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
    as_json: AsJson = False,
) -> None:
    """Begins the month's draft, or makes the open one anew; fixed cells stay."""
    from desk_console.wiring import open_desk

    session = session_of(context)
    if way not in WAYS:
        raise typer.BadParameter(" | ".join(WAYS), param_hint="--way")
    first = _month(month)
    desk = open_desk(session.options)
    try:
        by = proven(session, desk, acting, pin_stdin=pin_stdin).person.id
        outcome = _draft(desk, by, first, way, seconds)
        checked = _checked(desk, first, of_draft=True)
    finally:
        desk.store.close()
    print_findings(session, desk, checked, as_json=as_json, more=outcome)


def check(
    context: typer.Context, month: Month, of_draft: OfDraft = False, as_json: AsJson = False
) -> None:
    """Lists gaps, clashes and warnings with their clauses. Exit code 1 where a rule is broken."""
    session, desk, checked = _looked(context, month, of_draft=of_draft)
    print_findings(session, desk, checked, as_json=as_json)
    if not checked.report.is_sound:
        raise typer.Exit(1)


def publish(
    context: typer.Context,
    month: Month,
    late_reason: Annotated[str, typer.Option(help="晚公布的理由 / why late")] = "",
    breach_reason: Annotated[str, typer.Option(help="照此公布的理由 / why like this")] = "",
    change_reason: Annotated[str, typer.Option(help="改动的理由 / why it is changed")] = "",
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """Publishes the open draft of the month under the publisher's PIN (9.1, 2.5)."""
    from desk_console.foundation.refusal import Refusal
    from desk_console.roster import publication, views
    from desk_console.wiring import open_desk

    session, first = session_of(context), _month(month)
    desk = open_desk(session.options)
    try:
        proof = proven(session, desk, acting, pin_stdin=pin_stdin)
        with desk.reading() as reading:
            found = views.open_draft(reading, first)
        if found is None:
            raise Refusal("roster.draft_none", month=month)
        done = publication.publish(
            desk,
            proof,
            found.id or 0,
            found.revision,
            late_reason=late_reason,
            breach_reason=breach_reason,
            change_reason=change_reason,
            workload=_workload(desk),
        )
    finally:
        desk.store.close()
    session.say("cli.roster_published", people=len(done.told.people), mailed=done.told.mailed)


def show(
    context: typer.Context, month: Month, of_draft: OfDraft = False, as_json: AsJson = False
) -> None:
    """Each shift of the month with its people."""
    session, desk, checked = _looked(context, month, of_draft=of_draft)
    rows = turns(desk, checked)
    if as_json:
        print_json(rows)
        return
    words = Catalogue(session.language, desk.zone)
    for row in rows:
        names = "、".join(str(one) for one in row["names"])  # type: ignore[attr-defined] # a list
        shift = words.text(row["name"])  # type: ignore[arg-type] # a message
        typer.echo(visible(f"{row['day']}  {shift}  {row['begins']}-{row['ends']}  {names}"))


def export(
    context: typer.Context,
    month: Month,
    format: Annotated[str, typer.Option(help=" | ".join(FORMATS))] = "csv",
    out: Annotated[Path | None, typer.Option(help="存为 / the file")] = None,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """Writes the published month as a file. Who takes it out gives their PIN, and is on record."""
    from desk_console.outputs.roster_export import export_roster
    from desk_console.wiring import open_desk

    session, first = session_of(context), _month(month)
    if format not in FORMATS:
        raise typer.BadParameter(" | ".join(FORMATS), param_hint="--format")
    path = out or Path(f"roster-{first:%Y-%m}.{format}")
    desk = open_desk(session.options)
    try:
        proof = proven(session, desk, acting, pin_stdin=pin_stdin)
        export_roster(
            desk,
            proof.person,
            first,
            path,
            format=format,  # type: ignore[arg-type]  # looked at above
            language=session.language,
        )
    finally:
        desk.store.close()
    session.say("cli.roster_exported", file=str(path))


def _draft(desk: Desk, by: int, first: date, way: str, seconds: float) -> dict[str, object]:
    from desk_console.roster import drafts, views
    from desk_console.roster.records import DraftMethod
    from desk_console.roster.rotation import by_rotation
    from desk_console.roster.sheet import month_of

    workload = _workload(desk)
    with desk.reading() as reading:
        found = views.open_draft(reading, first)
        at = (found.id or 0, found.revision) if found is not None else None
    if at is None:
        start = DraftMethod.HAND if way == "optimiser" else DraftMethod(way)
        begun = drafts.begin_draft(desk, by, *month_of(first), start, workload=workload)
        at = begun.draft_id, begun.revision
        if way != "optimiser":
            return {}
    problem = _checked(desk, first, of_draft=True).problem
    if way == "rotation":
        cells = by_rotation(problem)
        drafts.take_over(desk, by, *at, cells, DraftMethod.ROTATION)
    elif way == "optimiser":
        from desk_console.roster.drafting.drafting import Drafting

        with Drafting(problem, seconds=seconds) as drafting:
            return _taken_over(desk, by, at, drafting)
    return {}


def _taken_over(desk: Desk, by: int, at: tuple[int, int], drafting: Drafting) -> dict[str, object]:
    from desk_console.foundation.refusal import Refusal
    from desk_console.roster.drafts import take_over
    from desk_console.roster.records import DraftMethod

    drafted = drafting.drafted()
    if drafted.draft is None:
        raise Refusal("tui.roster.drafting_lost")
    take_over(desk, by, *at, drafted.draft, DraftMethod.OPTIMISER)
    return {"ending": drafted.ending, "cost": drafted.cost, "bound": drafted.bound}


def _looked(context: typer.Context, month: str, *, of_draft: bool) -> tuple[Session, Desk, Checked]:
    from desk_console.wiring import open_desk

    session, first = session_of(context), _month(month)
    desk = open_desk(session.options)
    try:
        return session, desk, _checked(desk, first, of_draft=of_draft)
    finally:
        desk.store.close()


def _checked(desk: Desk, first: date, *, of_draft: bool) -> Checked:
    from desk_console.foundation.refusal import Refusal
    from desk_console.roster import views
    from desk_console.roster.checked import checked_draft, checked_month

    workload = _workload(desk)
    with desk.reading() as reading:
        if not of_draft:
            return checked_month(reading, desk, first, workload=workload)
        found = views.open_draft(reading, first)
        if found is None:
            raise Refusal("roster.draft_none", month=f"{first:%Y-%m}")
        return checked_draft(reading, desk, found, workload=workload)


def _workload(desk: Desk) -> dict[tuple[str, str], int]:
    from desk_console.log.workload import entries_per_shift

    with desk.reading() as reading:
        today = desk.now().astimezone(desk.zone).date()
        return dict(entries_per_shift(reading, today))


def _month(typed: str) -> date:
    try:
        year, number = typed.split("-")
        return date(int(year), int(number), 1)
    except ValueError:
        raise unlike(typed, "2026-03", "--month") from None
