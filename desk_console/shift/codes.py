"""The codes of this package's records: as what a post is held, and when a checklist is asked."""

from datetime import timedelta
from enum import StrEnum

HANDOVER_AHEAD = timedelta(minutes=30)
"""How long before a shift's end it may be handed over, and left, as a matter of course."""


class TenureKind(StrEnum):
    """As what somebody holds the post, or why nobody does."""

    ROSTERED = "rostered"
    UNROSTERED = "unrostered"
    STAND_IN = "stand_in"
    HELD_OVER = "held_over"
    EMERGENCY = "emergency"
    UNMANNED = "unmanned"
    """Nobody came where somebody should have."""
    DESERTED = "deserted"
    """The holder left without handing over."""
    CLOSED = "closed"
    """Outside the hours in which the regulation wants the post manned."""


HOLDERLESS = frozenset({TenureKind.UNMANNED, TenureKind.DESERTED, TenureKind.CLOSED})


class CheckKind(StrEnum):
    """When a checklist is asked."""

    OPENING = "opening"
    """Before the shift counts as started (7.9)."""
    START = "start"
    """At sign-on (1.9, 2.10, 7.4, 7.7)."""
    TIDY = "tidy"
    """Before the handover (9.14)."""
    AREA = "area"
    """In the handover (9.12)."""
