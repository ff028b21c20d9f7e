"""What the terminal sends: bytes that are not UTF-8, pastes without end, a terminal that went away.

Textual's input thread ends, and the app with it, at the first byte that is not UTF-8 (a terminal
set to GBK; Textualize/textual#6456), and is deaf for seconds while a megabyte is pasted. Here such
bytes are dropped and told of, and no more of a paste is let through than a field may take.
"""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable
from dataclasses import dataclass

PASTE_LIMIT = 4000
"""Characters of one paste that a field takes. One more is let through, so that the field sees the
excess."""

_PASTE_BEGINS = "\x1b[200~"
_PASTE_ENDS = "\x1b[201~"


def _nothing() -> None:
    """For those who do not listen."""


@dataclass
class Listeners:
    """Who is told. Both are called in Textual's input thread: use `App.call_from_thread` and
    return."""

    foreign_bytes: Callable[[], None] = _nothing
    """Bytes came that are not UTF-8: tell the user to set the terminal to UTF-8."""
    terminal_gone: Callable[[], None] = _nothing
    """The terminal was closed without a signal."""


class TolerantDecoder:
    """An incremental UTF-8 decoder that drops what is not UTF-8 and shortens pastes. Never
    fails."""

    def __init__(self, listeners: Listeners) -> None:
        """`listeners` are told of foreign bytes, and of the end of the input."""
        self._listeners = listeners
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._is_gone = False
        self._paste_room: int | None = None
        self._tail = ""

    def decode(self, chunk: bytes, final: bool = False) -> str:
        """The text of the next bytes. No bytes at all, unless it is the last call, mean the
        terminal went."""
        if not chunk and not final:
            self._gone()
            return ""
        text = self._decode(chunk, final)
        if "\ufffd" in text:
            # A sign typed as U+FFFD itself would be no loss either.
            text = text.replace("\ufffd", "")
            self._listeners.foreign_bytes()
        return self._within_limits(text)

    def _gone(self) -> None:
        if not self._is_gone:
            self._is_gone = True
            self._listeners.terminal_gone()
        # The thread asks again at once for as long as the app lives.
        time.sleep(0.05)

    def _within_limits(self, text: str) -> str:
        """The text with each bracketed paste cut to the limit; marks may be split between calls."""
        out: list[str] = []
        while text:
            text = (
                self._in_paste(text, out)
                if self._paste_room is not None
                else self._outside(text, out)
            )
        return "".join(out)

    def _outside(self, text: str, out: list[str]) -> str:
        """Let text through as far as a paste begins; what comes after it is handed back."""
        seen = self._tail + text
        found = seen.find(_PASTE_BEGINS)
        if found < 0:
            out.append(text)
            self._tail = seen[-5:]
            return ""
        rest = seen[found + len(_PASTE_BEGINS) :]
        out.append(text[: len(text) - len(rest)])
        self._paste_room, self._tail = PASTE_LIMIT + 1, ""
        return rest

    def _in_paste(self, text: str, out: list[str]) -> str:
        """Let pasted text through while there is room; what comes after its end is handed back."""
        assert self._paste_room is not None
        seen = self._tail + text
        end = seen.find(_PASTE_ENDS)
        if end < 0:
            # The end mark may have come in part: that part waits for the rest of it.
            held = next((n for n in range(5, 0, -1) if seen.endswith(_PASTE_ENDS[:n])), 0)
            pasted, self._tail, rest = seen[: len(seen) - held], seen[len(seen) - held :], ""
        else:
            pasted, self._tail, rest = seen[:end], "", seen[end + len(_PASTE_ENDS) :]
        taken = pasted[: self._paste_room].replace("\x1b", "")
        out.append(taken)
        self._paste_room -= len(taken)
        if end >= 0:
            out.append(_PASTE_ENDS)
            self._paste_room = None
        return rest


def mend_input(listeners: Listeners) -> bool:
    """Have Textual's input thread read through a `TolerantDecoder`. False where it has another
    driver."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows, where the console gives characters, not bytes
        return False

    def made_for(_encoding: str) -> Callable[[], TolerantDecoder]:
        return lambda: TolerantDecoder(listeners)

    run_input_thread = linux_driver.LinuxDriver.run_input_thread

    def until_gone(driver: linux_driver.LinuxDriver) -> None:
        try:
            run_input_thread(driver)
        except OSError:
            # The other end of the terminal was closed: an orderly end, not a defect to be shown.
            if not driver.exit_event.is_set():
                listeners.terminal_gone()

    setattr(linux_driver, "getincrementaldecoder", made_for)  # noqa: B010 # not in its interface
    linux_driver.LinuxDriver.run_input_thread = until_gone  # type: ignore[assignment,method-assign] # the mend
    return True
