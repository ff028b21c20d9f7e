"""Seeking ways to mend a published roster, in the process of its own."""

from __future__ import annotations

from typing import cast

from desk_console.roster.drafting.orders import MendOrder
from desk_console.roster.drafting.working import Working
from desk_console.roster.repair import WAYS, Damage, Repair


class Mending(Working[tuple[Repair, ...]]):
    """One search for ways at work; each way stands as soon as it is found."""

    def __init__(
        self,
        damages: tuple[Damage, ...],
        *,
        seconds: float = 10.0,
        ways: int = WAYS,
        began: float | None = None,
    ) -> None:
        """Begins at once. The problems know already who cannot come, and what has begun."""
        self._ways: list[Repair] = []
        super().__init__(MendOrder(damages, seconds, ways), began=began)

    @property
    def ways(self) -> tuple[Repair, ...]:
        """Those that were found so far, best first."""
        with self._lock:
            return tuple(self._ways) if self._done is None else self._done

    def _take(self, told: object) -> None:
        self._ways.append(cast("Repair", told))
