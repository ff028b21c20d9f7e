"""Verification of what was erased: is there an order for it, and does it name the place?

A part of `verify`: whoever takes words out of a file with an SQL tool has no order in the chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ACT = "log.resident_erased"
"""How an order calls itself in the journal."""


class Orders:
    """The orders that stand in the journal, each with the places whose words it took."""

    def __init__(self) -> None:
        """None is known yet."""
        self._orders: dict[int, tuple[str, frozenset[str]]] = {}

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        if row["act"] == _ACT and isinstance(places := body.get("erased"), list):
            named = frozenset(str(place) for place in places)
            self._orders[int(row["seq"])] = (str(body.get("order", "")), named)

    def that_took(self, place: str, row: object) -> str | None:
        """The number of the order in that row, if it took the words of that place."""
        number, places = self._orders.get(row if isinstance(row, int) else 0, ("", frozenset()))
        return number if place in places else None
