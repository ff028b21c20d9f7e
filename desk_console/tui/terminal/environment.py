"""What has to be set before Textual is imported, and what a terminal must have. Imports no
Textual."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from typing import TextIO

from desk_console.foundation.catalogue import Message, message

_DEFAULTS = {
    # With the kitty keyboard protocol several terminals lose the text that an input method
    # composed.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    # Sliding and fading redraw the screen under an input method's window, and cost time.
    "TEXTUAL_ANIMATIONS": "none",
    # Looking for plugins means reading about every installed package; there are none for us.
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


def prepare(environ: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual and pydantic read when they are imported, unless the user set it. Call
    before importing them."""
    given = os.environ if environ is None else environ
    for name, value in _DEFAULTS.items():
        given.setdefault(name, value)
    for stream in (sys.__stdout__, sys.__stderr__):
        _speak_chinese(stream)


def missing(environ: MutableMapping[str, str] | None = None) -> Message | None:
    """What the screens cannot do without, in one line to print before leaving; None where all is
    there."""
    given = os.environ if environ is None else environ
    if not all(
        stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)
    ):
        return message("tui.kit.no_terminal")
    if given.get("TERM", "") in ("", "dumb", "unknown") and sys.platform != "win32":
        return message("tui.kit.dumb_terminal", term=given.get("TERM", "") or "-")
    return None


def _speak_chinese(stream: TextIO | None) -> None:
    """Have a stream write UTF-8 where its own encoding has no Chinese (latin-1, ASCII)."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is None or reconfigure is None:
        return
    try:
        "物业".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        reconfigure(encoding="utf-8", errors="replace")
    else:
        reconfigure(errors="replace")
