"""What a search tells of itself, on the way and at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk_console.roster.problem import Draft


class Phase(StrEnum):
    """What the search is doing."""

    BEGINNING = "beginning"
    """No draft yet."""
    IMPROVING = "improving"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come. `cost` and `bound` are quality totals; None: none yet."""

    seconds: float
    cost: int | None = None
    bound: int | None = None
    phase: Phase = Phase.BEGINNING


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to."""

    draft: Draft | None
    cost: int | None
    bound: int | None
    is_impossible: bool = False
    """Proved: no draft keeps every hard rule."""

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists."""
        return self.cost is not None and self.cost == self.bound
