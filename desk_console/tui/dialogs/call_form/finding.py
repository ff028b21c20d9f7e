"""What the call form looks up while one types: residents, and the items of the post."""

from __future__ import annotations

from collections.abc import Sequence

from desk_console.log import residents
from desk_console.rulebook.desk import Desk
from desk_console.shift import items
from desk_console.tui.palette import initials
from desk_console.tui.widgets.finder import Found


def find_residents(desk: Desk, typed: str) -> Sequence[Found]:
    """Residents by unit, name, initials or any of their numbers."""
    with desk.reading() as session:
        return [
            Found(one, " ".join((one.unit, one.name)), "  ".join(one.phones[:2]))
            for one in residents.match(session, typed)
        ]


def find_items(desk: Desk, typed: str) -> Sequence[Found]:
    """Items by name or initials, with what there is of each."""
    with desk.reading() as session:
        return [
            Found(one, one.name, f"{one.balance} {one.unit}")
            for one in items.items(session)
            if typed in one.name or initials(one.name).startswith(typed.lower())
        ]


def number_meant(found: residents.Match, typed: str) -> str:
    """Of somebody's numbers the one whose ending was typed, else the first."""
    ending = typed.strip()
    known = next((one for one in found.phones if ending and one.endswith(ending)), "")
    return known or (found.phones[0] if found.phones else "")
