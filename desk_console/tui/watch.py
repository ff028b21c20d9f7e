"""The watch: a thread that notices within a second what anybody wrote, and settles what is due.

It costs one cheap look at the file every half second. While somebody types, the drafts of it are
kept in the file too: these alone are no news, so that no screen looks again between two letters;
and what can wait for a pause does, so that no letter waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from desk_console.foundation.store import Store
    from desk_console.rulebook.desk import Desk

LOOK_EVERY = 0.5
"""Seconds between two looks."""

INDEX_AFTER = 5.0
"""Seconds after which the search index is looked over: first comes whoever is at the desk."""

INDEX_AT_LAST = 60.0
"""Seconds after which it is looked over though somebody types on and on."""

SETTLE_EVERY = 12
"""Looks between two settlings: six seconds."""

SETTLE_AT_LAST = 40
"""Looks after which it is settled though somebody types on and on: twenty seconds."""


def is_time_to_settle(looks: int, *, is_typing: bool) -> bool:
    """So many looks after the last settling: what time alone brings waits for a pause in the
    typing, but not for long.
    """
    return looks >= (SETTLE_AT_LAST if is_typing else SETTLE_EVERY)


class News:
    """Tells from the file, look by look, whether the screens have something new to show."""

    def __init__(self, store: Store) -> None:
        """Everything up to now is known."""
        self._store = store
        self._mark = store.change_mark()
        self._act = store.newest_act()
        self._drafts = 0
        self._waits = False

    def is_there(self, drafts: int, *, is_typing: bool = False) -> bool:
        """Did anybody write since the last look? `drafts` counts those kept at this console: what
        came with one, and has no act behind it, waits until the typing rests.
        """
        mark = self._store.change_mark()
        is_typing = is_typing or drafts != self._drafts
        self._drafts = drafts
        if mark == self._mark and not self._waits:
            return False
        self._mark, act = mark, self._store.newest_act()
        self._waits = is_typing and act == self._act
        self._act = act
        return not self._waits


class Watch:
    """Looks at the file in a thread of its own until it is stopped."""

    def __init__(
        self,
        desk: Desk,
        *,
        noticed: Callable[[], None],
        failed: Callable[[Exception], None],
        is_typing: Callable[[], bool],
    ) -> None:
        """All are called in the thread: `noticed` and `failed` pass it on to the loop."""
        self._desk = desk
        self._is_typing = is_typing
        self._noticed = noticed
        self._failed = failed
        self._drafts = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def draft_kept(self) -> None:
        """A draft of what is typed at this console was kept."""
        self._drafts += 1

    def stop(self) -> None:
        """End; a look that is under way is not waited for."""
        self._stop.set()

    def _run(self) -> None:
        try:
            self._look()
        except Exception as error:  # whatever it is, the app must hear of it, not this thread
            if not self._stop.is_set():
                self._failed(error)

    def index_again(self) -> None:
        """The search index was emptied on purpose: has it made again, in a thread of its own."""
        threading.Thread(
            target=self.keep_index, kwargs={"after": 0.0}, name="index", daemon=True
        ).start()

    def keep_index(self, *, after: float = INDEX_AFTER) -> None:
        """Sees to it that the search index is whole: missing or stale, it is made again. Off the
        loop, `after` so many seconds, once the first figures stand and nobody is typing.
        """
        if self._desk.store.is_read_only:
            return
        from desk_console.log.search_upkeep import mend, prepare
        from desk_console.wiring import search_sources

        try:
            prepare(self._desk, search_sources())
            if not (self._stop.wait(after) or self._stops_before_a_pause(INDEX_AT_LAST - after)):
                mend(self._desk, search_sources(), is_over=self._stop.is_set)
        except Refusal:
            # The file is busy, full or broken: searches say that the index is not whole.
            return
        except Exception as error:  # as in `_run`
            if not self._stop.is_set():
                self._failed(error)

    def _stops_before_a_pause(self, seconds: float) -> bool:
        """Waits until nobody types, so many seconds at most."""
        for _ in range(round(seconds / LOOK_EVERY)):
            if not self._is_typing():
                break
            if self._stop.wait(LOOK_EVERY):
                return True
        return False

    def _look(self) -> None:
        news = News(self._desk.store)
        looks = 0
        while not self._stop.wait(LOOK_EVERY):
            if news.is_there(self._drafts, is_typing=self._is_typing()):
                self._noticed()
            looks += 1
            if is_time_to_settle(looks, is_typing=self._is_typing()):
                looks = 0
                self._settle()

    def _settle(self) -> None:
        if self._desk.store.is_read_only:
            return
        from desk_console.handover.relief import settle
        from desk_console.matters.escalating import settle_now

        try:
            settle(self._desk)
            settle_now(self._desk)
        except Refusal:
            # The file is busy or full: acts say so to whoever acts; the next round tries again.
            return
