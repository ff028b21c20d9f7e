"""What stands on the sheet, put into the fields of the call form."""

from __future__ import annotations

from textual.widget import Widget

from desk_console.tui.dialogs.call_form import sheet
from desk_console.tui.dialogs.call_form.sheet import Sheet
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.finder import Finder
from desk_console.tui.widgets.marks import Marks

FILLED_LATER = ("department", "route")
"""Choices that are filled once what they offer was read."""

USUAL = {
    "direction": "in",
    "message-direction": "in",
    "how": "call",
    "channel": sheet.MESSAGE_CHANNELS[0],
}
"""What stands in a choice where nothing was said."""


def name_of(choice: Choice) -> str | None:
    """The sheet's name for what is chosen there: both directions are one."""
    return "direction" if choice.id == "message-direction" else choice.id


def settle(rows: Widget, name: str, text: str) -> None:
    """Put a text into the field of that name."""
    if name in ("caller", "item"):
        rows.query_one(f"#{name}-finder", Finder).settle(text)
    else:
        rows.query_one(f"#{name}", Line).value = text


def fill(rows: Widget, given: Sheet) -> None:
    """Put on these rows what the sheet has of them, elsewhere what is usual."""
    for field in rows.query(Line):
        if field.id and field.id in given.values and not field.has_class("point-field"):
            settle(rows, field.id, given.text(field.id))
    for words in rows.query(Words):
        if words.id and words.id in given.values:
            words.value = given.text(words.id)
    for choice in rows.query(Choice):
        if (name := name_of(choice)) in given.values and name not in FILLED_LATER:
            choice.value = given.values[name]
        choice.value = choice.value or USUAL.get(choice.id or "")
    for marks in rows.query(Marks):
        said = frozenset(given.values.get("marks", ()))
        if sheet.NEXT_DAY in said:  # whether it is night is known a moment later
            marks.offer((*sheet.MARKS, sheet.NEXT_DAY))
        marks.ticked = said
