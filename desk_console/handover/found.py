"""How an item was found: good, damaged, or some of it damaged (9.10)."""

from __future__ import annotations

from dataclasses import dataclass

from desk_console.foundation.catalogue import Message, message
from desk_console.handover.records import Condition


@dataclass(frozen=True, slots=True)
class Found:
    """How an item was found. `damaged` of those counted are; None where all are, or none."""

    condition: Condition
    damaged: int | None = None

    def among(self, counted: int) -> Found:
        """The same of that figure: as many as there are, are all of them; of none, none is."""
        if self.damaged is None or 0 < self.damaged < counted:
            return self
        return ALL if counted and self.damaged else GOOD

    def number(self, counted: int) -> int:
        """How many of that figure are damaged."""
        if self.condition is Condition.GOOD:
            return 0
        return counted if self.damaged is None else self.damaged

    @property
    def words(self) -> Message:
        """In words: good, damaged, how many of it are."""
        if self.damaged is None:
            return message(f"handover.condition_{self.condition}")
        return message("handover.condition_some", damaged=self.damaged)


GOOD = Found(Condition.GOOD)
ALL = Found(Condition.DAMAGED)
