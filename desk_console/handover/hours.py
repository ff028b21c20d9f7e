"""When a handover opens without a reason. Values only: the live shift asks at the start."""

from __future__ import annotations

from datetime import datetime

from desk_console.shift.codes import HANDOVER_AHEAD

OPENS_AHEAD = HANDOVER_AHEAD
"""From how long before the shift's end its handover opens without a reason."""


def opens_at(due_at: datetime | None) -> datetime | None:
    """From when the handover of a shift that ends then opens without a reason."""
    return None if due_at is None else due_at - OPENS_AHEAD
