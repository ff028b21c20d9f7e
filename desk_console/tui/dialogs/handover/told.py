"""A matter in words, as it stands above the fields of a handover's dialogs."""

from __future__ import annotations

from desk_console.foundation.catalogue import Catalogue
from desk_console.handover.sheet import MatterPoint
from desk_console.tui.matter_words import story_lines
from desk_console.tui.screens.handover.picture import MatterLook

T = "tui.handover"


def matter_lines(point: MatterPoint, look: MatterLook, words: Catalogue) -> list[str]:
    """Its whole story, and until when it may wait."""
    lines = story_lines(look.story, words)
    if point.due_at is not None:
        lines.insert(1, words.text(f"{T}.matter_due", due=point.due_at))
    return lines


def told_lines(point: MatterPoint, words: Catalogue) -> list[str]:
    """What the outgoing person said of it."""
    said = (
        ("state", point.state),
        ("next", point.next_step),
        ("if", point.if_then),
        ("carry", point.carry_reason),
    )
    lines = [words.text(f"{T}.told_{name}", words=one) for name, one in said if one]
    if point.next_at is not None:
        lines.insert(2, words.text(f"{T}.told_at", at=point.next_at))
    return lines
