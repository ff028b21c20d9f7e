"""How the call form lies: its rows, and which of them each kind of entry has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from desk_console.log.records import EntryKind
from desk_console.tui.dialogs.call_form import sheet
from desk_console.tui.language import tr
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import TIME, Line, Words
from desk_console.tui.widgets.finder import Finder, Found
from desk_console.tui.widgets.marks import Marks

T = "tui.call_form"

Look = Callable[[str], Sequence[Found]]
"""Looks up, in a thread, what was typed."""

TALK = frozenset({EntryKind.CALL, EntryKind.VISIT, EntryKind.MESSAGE, EntryKind.EVENT})
ROWS: dict[str, frozenset[EntryKind]] = {
    "row-call": frozenset({EntryKind.CALL}),
    "row-channel": frozenset({EntryKind.MESSAGE}),
    "row-visit": frozenset({EntryKind.VISIT}),
    "row-caller": frozenset(EntryKind) - {EntryKind.PATROL},
    "row-category": TALK,
    "row-item": frozenset({EntryKind.HAND_OUT}),
    "row-custody": frozenset({EntryKind.CUSTODY}),
    "row-route": frozenset({EntryKind.PATROL}),
    "points": frozenset({EntryKind.PATROL}),
    "row-notice": frozenset(EntryKind) - {EntryKind.HAND_OUT, EntryKind.CUSTODY},
}
"""Row id to the kinds that have it; rows not named stand in every form."""

FIRST_FIELD: dict[str, str] = {
    EntryKind.PATROL: "route",
    EntryKind.HAND_OUT: "item",
    EntryKind.CUSTODY: "what",
}
"""Where the writing begins; elsewhere with the caller."""


def caption(name: str, *, classes: str = "label") -> Caption:
    """The label before a field."""
    return Caption(f"{T}.{name}", classes=classes, id=f"label-{name}")


def row(*widgets: Widget, id: str) -> Horizontal:
    """One line of the form."""
    return Horizontal(*widgets, classes="row", id=id)


def line(name: str, cells: int | None = None, **kwargs: Any) -> Line:
    """A field of one line; `cells` where it is not to take the rest."""
    made = Line(id=name, classes="field" if cells is None else "short", **kwargs)
    if cells is not None:
        made.styles.width = cells
    return made


class Labelled:
    """Words a code by its key: `log.kind_call`, `log.category_repair`."""

    def __init__(self, node: Widget | Any, prefix: str) -> None:
        """`node` knows the language."""
        self._node = node
        self._prefix = prefix

    def __call__(self, code: str) -> str:
        """The code in words."""
        return tr(self._node, f"{self._prefix}_{code}")


def head(node: Any) -> ComposeResult:
    """What every form begins with: its kind, the time, and what only its kind has."""
    yield row(
        caption("kind"),
        Choice(sheet.KINDS, Labelled(node, "log.kind"), id="kind", hotkeys="", classes="field"),
        id="row-kind",
    )
    yield row(
        caption("direction"),
        Choice(("in", "out"), Labelled(node, f"{T}.direction"), id="direction", hotkeys=""),
        caption("rings", classes="inner"),
        line("rings", 8, digits=True, limit=2),
        id="row-call",
    )
    yield row(
        caption("channel"),
        Choice(sheet.MESSAGE_CHANNELS, Labelled(node, "log.channel"), id="channel", hotkeys=""),
        Choice(("in", "out"), Labelled(node, f"{T}.direction"), id="message-direction", hotkeys=""),
        id="row-channel",
    )


def visit_rows() -> Iterator[Widget]:
    """For what, in and out, how many, which vehicle."""
    yield Container(
        row(caption("purpose"), line("purpose"), id="row-purpose"),
        row(
            caption("in_at"),
            line("in_at", 9, pattern=TIME, limit=5),
            caption("out_at", classes="inner"),
            line("out_at", 9, pattern=TIME, limit=5),
            caption("party", classes="inner"),
            line("party", 7, digits=True, limit=3),
            caption("plate", classes="inner"),
            line("plate"),
            id="row-in-out",
        ),
        id="row-visit",
        classes="rows",
    )


def caller_row(look: Look) -> Widget:
    """Who: found while one types, or as it was said."""
    return row(
        caption("caller"),
        Finder(look, hint=f"{T}.caller_hint", id="caller-finder", line_id="caller"),
        caption("unit", classes="inner"),
        line("unit_text", 11),
        caption("phone", classes="inner"),
        line("phone", 15, narrowed=True),
        id="row-caller",
    )


def item_row(look: Look) -> Widget:
    """For a hand-out: what, how many, to whom (5.3)."""
    return row(
        caption("item"),
        Finder(look, hint=f"{T}.item_hint", id="item-finder", line_id="item", at_once=True),
        caption("quantity", classes="inner"),
        line("quantity", 8, digits=True, limit=6),
        caption("to", classes="inner"),
        line("to"),
        id="row-item",
    )


def custody_row() -> Widget:
    """For what is left at the desk: what, by whom, for whom (7.8)."""
    return row(
        caption("what"),
        line("what"),
        caption("left_by", classes="inner"),
        line("left_by", 18),
        caption("for_whom", classes="inner"),
        line("for_whom", 18),
        id="row-custody",
    )


def route_row() -> Widget:
    """For a round: its route (9.3)."""
    return row(
        caption("route"),
        Choice((), lambda code: code, id="route", classes="field"),
        id="row-route",
    )


def category_row(node: Any) -> Widget:
    """What it is about; a digit goes on to the words."""
    return row(
        caption("category"),
        Choice(
            sheet.CATEGORIES,
            Labelled(node, "log.category"),
            id="category",
            classes="field",
            moves_on=True,
        ),
        id="row-category",
    )


def content_row() -> Widget:
    """What was said."""
    return row(caption("content"), Words(id="content", classes="field"), id="row-content")


def words_rows(node: Any, departments: Choice, asks: Widget) -> Iterator[Widget]:
    """What was done, what came of it, who was told, what stays open."""
    yield row(caption("action"), Words(id="action", classes="field"), id="row-action")
    yield row(caption("result"), line("result"), id="row-result")
    yield Container(
        row(caption("department"), departments, id="row-department"),
        row(
            caption("how"),
            Choice(sheet.NOTICE_CHANNELS, Labelled(node, "log.channel"), id="how", hotkeys=""),
            caption("told_at", classes="inner"),
            line("told_at", 9, pattern=TIME, limit=5),
            id="row-how",
        ),
        row(caption("told"), line("told"), id="row-told"),
        id="row-notice",
        classes="rows",
    )
    yield row(
        caption("marks"),
        Marks(sheet.MARKS, lambda code: tr(node, f"{T}.{code}"), id="marks", classes="field"),
        id="row-marks",
    )
    yield row(
        caption("importance"),
        Choice(
            sheet.IMPORTANCES, Labelled(node, f"{T}.importance"), id="importance", value="normal"
        ),
        caption("at", classes="inner"),
        line("at", 9, pattern=TIME, limit=5),
        id="row-importance",
    )
    yield asks
