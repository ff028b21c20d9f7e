"""Commands that ask: rulebook, log, search. Their JSON is an interface: keys are only added.

Residents' names and numbers are masked unless somebody shows their PIN (2.12, 3.7, 4.9, 7.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk_console.cli.acting import Acting, PinFromInput, Reveal, revealed
from desk_console.cli.output import print_json, session_of, unlike
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible

if TYPE_CHECKING:
    from sqlmodel import Session as Reading

    from desk_console.log.glance import EntryLine
    from desk_console.log.masking import Mask
    from desk_console.log.search_source import Hit

_AT_ONCE = 500


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("rulebook", help="制度条款 / the clauses")(rulebook)
    app.command("log", help="值班记录 / the log")(log)
    app.command("search", help="查询记录 / search the log")(search)


def rulebook(
    context: typer.Context,
    regulation: Annotated[str, typer.Option(help="制度 / its id")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The clauses of all regulations, or of one."""
    from desk_console.rulebook.loader import IDS
    from desk_console.rulebook.views import clauses

    session = session_of(context)
    if regulation and regulation not in IDS:
        raise Refusal("cli.no_regulation", id=regulation, known=IDS)
    found = clauses(regulation or None)
    if as_json:
        fields = ("id", "regulation", "handling", "zh", "en", "where", "places")
        print_json([{name: getattr(each, name) for name in fields} for each in found])
        return
    for each in found:
        handling = session.words.text(f"rulebook.handling_{each.handling}")
        typer.echo(f"{each.id:6}{session.words.either(each.zh, each.en)}  ({handling})")


def log(
    context: typer.Context,
    since: Annotated[str, typer.Option("--from", help="2026-03-02")] = "",
    until: Annotated[str, typer.Option("--to", help="2026-03-03")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    reveal: Reveal = False,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """The entries of a day (today, unless given), oldest first. `--to` is the last day."""
    from desk_console.log.revealing import mask_of
    from desk_console.log.views import LogFilter, entries
    from desk_console.wiring import open_desk

    session = session_of(context)
    desk = open_desk(session.options)
    try:
        today = desk.now().astimezone(desk.zone).date()
        first = day_given(since, "--from") or today
        last = day_given(until, "--to") or max(first, today)
        if last < first:
            raise Refusal("outputs.days_turned")
        if reveal:
            revealed(session, desk, "log", acting, pin_stdin=pin_stdin, since=first, until=last)
        wanted = LogFilter(
            from_at=datetime.combine(first, datetime.min.time(), desk.zone),
            to_at=datetime.combine(last + timedelta(days=1), datetime.min.time(), desk.zone),
        )
        found: list[Any] = []
        with desk.reading() as reading:
            page = entries(reading, wanted, limit=_AT_ONCE)
            found += page.lines
            while page.next is not None:
                page = entries(reading, wanted, after=page.next, limit=_AT_ONCE)
                found += page.lines
            if not reveal:
                mask = mask_of(reading, [line.caller for line in found])
                found = [_masked_entry(line, mask) for line in found]
    finally:
        desk.store.close()
    _show(context, found[::-1], desk.zone, as_json=as_json)
    if found and not reveal and not as_json:
        session.warn("cli.masked")


def search(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            help="文字、房号、电话尾号、拼音首字母 / words, unit, phone ending, initials"
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, help="最多几条 / at most")] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    reveal: Reveal = False,
    acting: Acting = "",
    pin_stdin: PinFromInput = False,
) -> None:
    """What answers it, newest first. What is typed is text, never an operator."""
    from desk_console.log.search import search as find
    from desk_console.log.search_source import IndexedSource
    from desk_console.log.search_terms import asked
    from desk_console.log.search_upkeep import mend
    from desk_console.wiring import open_desk, search_sources

    session = session_of(context)
    desk = open_desk(session.options)
    # Residents and people are looked up by whoever is signed on, at the console.
    sources = [each for each in search_sources() if isinstance(each, IndexedSource)]
    try:
        if reveal:
            revealed(session, desk, "search", acting, pin_stdin=pin_stdin)
        if not desk.store.is_read_only:
            mend(desk, sources)
        query = asked(text, today=desk.now().astimezone(desk.zone).date())
        with desk.reading() as reading:
            found = find(reading, query, sources=sources, limit=limit).hits
            if not reveal:
                found = _masked_hits(reading, found)
    finally:
        desk.store.close()
    if as_json:
        print_json([_hit_row(hit) for hit in found])
        return
    words = session.words
    if not found:
        session.say("cli.search_none")
    for hit in found:
        at = hit.at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M") if hit.at else ""
        said = (
            words.value(each)
            for each in (hit.kind, hit.about, hit.who, hit.words, hit.tail)
            if each
        )
        typer.echo(visible("  ".join([at, *said]).replace("\n", " ")))
    if found and not reveal:
        session.warn("cli.masked")


def _masked_entry(line: EntryLine, mask: Mask) -> EntryLine:
    """An entry as it is shown to whoever has shown no PIN."""
    from desk_console.log.masking import masked_name, masked_phone

    return replace(
        line,
        caller=masked_name(line.caller),
        unit=mask.text(line.unit),
        phone=masked_phone(line.phone),
        content=mask.text(line.content),
        action=mask.text(line.action),
        result=mask.text(line.result),
    )


def _masked_hits(reading: Reading, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """What was found, as it is shown to whoever has shown no PIN."""
    from desk_console.log.glance import EntryLine
    from desk_console.log.masking import masked_name
    from desk_console.log.revealing import mask_of

    callers = [getattr(hit.record, "caller", "") for hit in hits]
    mask = mask_of(reading, callers)
    return tuple(
        replace(
            hit,
            who=mask.text(hit.who).replace(caller, masked_name(caller)) if caller else hit.who,
            words=mask.text(hit.words),
            record=_masked_entry(hit.record, mask)
            if isinstance(hit.record, EntryLine)
            else hit.record,
        )
        for hit, caller in zip(hits, callers, strict=True)
    )


def _hit_row(hit: Hit) -> dict[str, object]:
    """A hit as JSON: an entry with all its fields, anything else with what a list shows of it."""
    content = "  ".join(filter(None, (hit.words, hit.tail)))
    shown = {"id": hit.ref, "at": hit.at, "who": hit.who, "content": content}
    row = _row(hit.record) if hit.source == "entry" else shown
    return {"source": hit.source, **row, "is_open": hit.is_open}


def _show(context: typer.Context, lines: list[Any], zone: Any, *, as_json: bool) -> None:
    words = session_of(context).words
    if as_json:
        print_json([_row(line) for line in lines])
        return
    if not lines:
        typer.echo(words.text("cli.log_none"))
    for line in lines:
        at = line.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        category = words.text(f"log.category_{line.category_now}")
        where = " ".join(part for part in (line.unit, line.caller) if part)
        typer.echo(visible(f"{at}  {category}  {where}  {line.content}".replace("\n", " ")))


def _row(line: Any) -> dict[str, object]:
    names = (
        "id", "at", "recorded_at", "kind", "channel", "category", "category_now", "person_name",
        "caller", "unit", "phone", "rings", "content", "action", "result", "is_open",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names}


def day_given(typed: str, option: str) -> date | None:
    """The date that an option gives; None where it was left out."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise unlike(typed, "2026-03-02", option) from None
