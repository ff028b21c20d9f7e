"""How much mail failed, asked in plain SQL; see `foundation.reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_console.foundation.reading import rows

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


def failed_count(asked: Session | Reader) -> int:
    """How many mails failed and wait for somebody to look at them."""
    (found,) = rows(asked, "select count(*) as count from outbox where state = 'failed'")
    return int(found["count"])
