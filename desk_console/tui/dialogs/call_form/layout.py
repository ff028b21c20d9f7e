"""How the call form lies: its rows, and which of them each kind of entry has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from textual.containers import Container, Horizontal
from textual.widget import Widget

from desk_console.log.records import EntryKind
from desk_console.tui.dialogs.call_form import finding, sheet
from desk_console.tui.dialogs.call_form.patrol import Points
from desk_console.tui.language import tr
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import TIME, Line, Words
from desk_console.tui.widgets.finder import Finder
from desk_console.tui.widgets.marks import Marks

T = "tui.call_form"

TALK = frozenset({EntryKind.CALL, EntryKind.VISIT, EntryKind.MESSAGE, EntryKind.EVENT})
NOTICE = frozenset(EntryKind) - {EntryKind.HAND_OUT, EntryKind.CUSTODY}
"""The kinds that a department may be told of."""

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


def kind_row(node: Any) -> Widget:
    """What every form begins with: its kind."""
    return row(
        caption("kind"),
        Choice(sheet.KINDS, Labelled(node, "log.kind"), id="kind", hotkeys="", classes="field"),
        id="row-kind",
    )


def call_row(node: Any) -> Widget:
    """Who rang whom, and how often it rang."""
    return row(
        caption("direction"),
        Choice(("in", "out"), Labelled(node, f"{T}.direction"), id="direction", hotkeys=""),
        caption("rings", classes="inner"),
        line("rings", 8, digits=True, limit=2),
        id="row-call",
    )


def channel_row(node: Any) -> Widget:
    """What a message came by, or went."""
    return row(
        caption("channel"),
        Choice(sheet.MESSAGE_CHANNELS, Labelled(node, "log.channel"), id="channel", hotkeys=""),
        Choice(("in", "out"), Labelled(node, f"{T}.direction"), id="message-direction", hotkeys=""),
        id="row-channel",
    )


def visit_rows(_: Any) -> Widget:
    """For what, in and out, how many, which vehicle."""
    return Container(
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


def caller_row(node: Any) -> Widget:
    """Who: found while one types, or as it was said."""
    return row(
        caption("caller"),
        Finder(
            lambda typed: finding.find_residents(node.desk, typed),
            hint=f"{T}.caller_hint",
            id="caller-finder",
            line_id="caller",
        ),
        caption("unit", classes="inner"),
        line("unit_text", 11),
        caption("phone", classes="inner"),
        line("phone", 15, narrowed=True),
        id="row-caller",
    )


def item_row(node: Any) -> Widget:
    """For a hand-out: what, how many, to whom (5.3)."""
    return row(
        caption("item"),
        Finder(
            lambda typed: finding.find_items(node.desk, typed),
            hint=f"{T}.item_hint",
            id="item-finder",
            line_id="item",
            at_once=True,
        ),
        caption("quantity", classes="inner"),
        line("quantity", 8, digits=True, limit=6),
        caption("to", classes="inner"),
        line("to"),
        id="row-item",
    )


def custody_row(_: Any) -> Widget:
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


def route_row(node: Any) -> Widget:
    """For a round: its route (9.3)."""
    return row(
        caption("route"),
        Choice((), node.route_words, id="route", classes="field"),
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


def notice_rows(node: Any) -> tuple[Widget, Widget]:
    """Of a department that was told: how, when, whom and what."""
    how = row(
        caption("how"),
        Choice(sheet.NOTICE_CHANNELS, Labelled(node, "log.channel"), id="how", hotkeys=""),
        caption("told_at", classes="inner"),
        line("told_at", 9, pattern=TIME, limit=5),
        id="row-how",
    )
    return how, row(caption("told"), line("told"), id="row-told")


class KindRow(NamedTuple):
    """A row that some kinds have; `make` is given the form, which knows language and desk."""

    kinds: frozenset[EntryKind]
    make: Callable[[Any], Widget]


ROWS: dict[str, KindRow] = {
    "row-call": KindRow(frozenset({EntryKind.CALL}), call_row),
    "row-channel": KindRow(frozenset({EntryKind.MESSAGE}), channel_row),
    "row-visit": KindRow(frozenset({EntryKind.VISIT}), visit_rows),
    "row-caller": KindRow(frozenset(EntryKind) - {EntryKind.PATROL}, caller_row),
    "row-item": KindRow(frozenset({EntryKind.HAND_OUT}), item_row),
    "row-custody": KindRow(frozenset({EntryKind.CUSTODY}), custody_row),
    "row-route": KindRow(frozenset({EntryKind.PATROL}), route_row),
    "points": KindRow(frozenset({EntryKind.PATROL}), lambda _: Points(id="points")),
    "row-category": KindRow(TALK, category_row),
}
"""By the row's id, from the top: between the row of the kind and that of the words."""
