"""Pulling the plug in the middle of an act, wherever it writes: what lies on the disk then is all
there is, and two consoles go on with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import event

from desk_console.foundation.store import Store


class Unplugged(BaseException):
    """The power is gone: nothing that a program does on its way out is done."""


class Plug:
    """The plug of some consoles on one file. Once loose, it comes out so many points later: before
    a statement, before a commit, or at the beginning of the next act.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        """It sits tight."""
        self._stores = stores
        self._left: int | None = None
        self._lies: Path | None = None
        self.pulled = 0
        self._listen()

    @property
    def is_loose(self) -> bool:
        """Whether it will come out."""
        return self._left is not None

    def loosen(self, points: int) -> None:
        """It comes out after so many points."""
        self._left = points

    def plug_in(self) -> Path:
        """Every console opens what lay on the disk when it came out; gives that file."""
        if self._lies is None:
            raise LookupError("the plug was not pulled")
        lies, self._lies = self._lies, None
        for store in self._stores:
            store.close()
            store.path = lies
        self._listen()
        return lies

    def _listen(self) -> None:
        for store in self._stores:
            engine = store._engine("writing")
            event.listen(engine, "begin", lambda connection: self._point())
            event.listen(engine, "commit", lambda connection: self._point())
            event.listen(engine, "before_cursor_execute", lambda *each: self._point())

    def _point(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None
            self._pull()
            raise Unplugged

    def _pull(self) -> None:
        """Takes the file and its log as they are now; whoever had it open is not asked."""
        self.pulled += 1
        path = self._stores[0].path
        lies = path.with_name(f"desk-{self.pulled}.db")
        for end in ("", "-wal"):
            if (part := path.with_name(path.name + end)).exists():
                shutil.copyfile(part, lies.with_name(lies.name + end))
        self._lies = lies
