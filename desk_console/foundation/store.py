"""The store: one database file, opened for writing units and for reading ones.

What a unit of work acknowledged is on the disk; a unit that failed left nothing. Failures of the
disk come out as refusals in plain words, so that what was typed can stay where it is and be saved
again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desk_console.foundation import sqlite
from desk_console.foundation.clock import Clock
from desk_console.foundation.reading import Reader, hold_driver
from desk_console.foundation.refusal import Refusal

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session, SQLModel

RowT = TypeVar("RowT", bound="SQLModel")


@dataclass(slots=True)
class Work:
    """One writing unit: everything in it is kept together or not at all. `now` is its one
    instant, UTC.
    """

    session: Session
    now: datetime
    offset_minutes: int
    console: str

    def make(self, kind: type[RowT], /, **values: Any) -> RowT:
        """Writes a new row at once, and returns it with its id: as `add` and `flush` would, in half
        the time, since nothing else waits to be written with it.
        """
        from desk_console.foundation import writing

        return writing.make(self.session, kind, values)

    def put(self, row: SQLModel) -> None:
        """The same with a row that is there already."""
        from desk_console.foundation import writing

        writing.put(self.session, row)

    def journal(
        self, act: str, *, by: int | None, subject: str, clause: str | None = None, **body: object
    ) -> str:
        """Puts the act on record in the chain; returns the row's hash. `body` takes no resident's
        words.
        """
        from desk_console.foundation import journal

        return journal.append(
            self.session,
            at=self.now,
            offset_minutes=self.offset_minutes,
            act=act,
            person_id=by,
            console=self.console,
            subject=subject,
            clause=clause,
            body=body,
        )


class Store:
    """The database of one desk. Its engines are its own; it is closed when the program ends."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        zone: tzinfo,
        console: str,
        is_read_only: bool = False,
        is_unfinished: bool = False,
        declare: Callable[[], None] | None = None,
    ) -> None:
        """Opens nothing yet. `console` names this seat in the journal. An unfinished file is one
        on which nobody relies yet: what is acknowledged there is not on the disk; see
        `sqlite.finish`. `declare` declares every table: it is called before the first session.
        """
        self.path = path
        self.clock = clock
        self.zone = zone
        self.console = console
        self.is_read_only = is_read_only
        self._is_unfinished = is_unfinished
        self._engines: dict[str, Engine] = {}
        self._engines_lock = threading.Lock()
        self._declare = declare
        self._declare_lock = threading.Lock()
        self._watch: Any = None
        self._watch_lock = threading.Lock()
        self._checked = threading.Event()
        self._checked.set()
        self._failure: str | None = None
        self._last_words: Callable[[], None] | None = None
        self._explain: Callable[[Refusal], Refusal | None] = lambda refusal: None

    @contextmanager
    def transaction(self) -> Iterator[Work]:
        """A writing unit, committed at its end and undone by any exception.

        Refuses when the file is open for reading only, was found broken, is full, or stays locked.
        """
        self._await_check()
        if self.is_read_only:
            raise Refusal("foundation.read_only")
        self._await_tables()
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        now = self.clock.now()
        try:
            with Session(self._engine("writing"), expire_on_commit=False) as session:
                hold_driver(session)
                yield Work(session, now, self._offset_minutes(now), self.console)
                session.commit()
        except (DBAPIError, sqlite.driver().DatabaseError) as error:
            raise self._refusal_for(error) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A reading unit: one steady picture of the file, whatever others write meanwhile."""
        self._await_tables()
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        engine = self._engine("reading")
        try:
            with Session(engine, expire_on_commit=False, autoflush=False) as session:
                hold_driver(session)
                yield session
        except (DBAPIError, sqlite.driver().DatabaseError) as error:
            raise self._refusal_for(error) from error

    @contextmanager
    def glancing(self) -> Iterator[Reader]:
        """A reading unit in plain SQL: for the questions of the `glance` rooms, which are answered
        before anything heavy is loaded.
        """
        try:
            with closing(sqlite.connect(self.path)) as connection:
                connection.execute("BEGIN")
                yield Reader(connection)
        except sqlite.driver().DatabaseError as error:
            raise self._refusal_for(error) from error

    def _await_tables(self) -> None:
        """One thread may still load a room when another asks its first question: a table that is
        declared in the middle of it would end the program.
        """
        if self._declare is None:
            return
        with self._declare_lock:
            if self._declare is not None:
                self._declare()
                self._declare = None

    def _engine(self, purpose: str) -> Engine:
        with self._engines_lock:
            if purpose not in self._engines:
                is_writer = purpose == "writing"
                self._engines[purpose] = sqlite.make_engine(
                    self.path, writing=is_writer, is_unfinished=self._is_unfinished
                )
            return self._engines[purpose]

    def change_mark(self) -> int:
        """A number that changes within the moment when anybody, here or elsewhere, has written."""
        return self._watched(sqlite.data_version)

    def newest_act(self) -> int:
        """The number of the journal's last row: it changes with every act, not with drafts."""
        return self._watched(_newest_act)

    def _watched(self, look: Callable[[Any], int]) -> int:
        with self._watch_lock:
            if self._watch is None:
                self._watch = sqlite.connect(self.path, is_shared=True)
            return look(self._watch)

    def check_in_background(self) -> threading.Thread:
        """Looks the whole file over while the first screen is read; acts wait for the verdict."""
        self._checked.clear()
        thread = threading.Thread(target=self._check, name="file check", daemon=True)
        thread.start()
        return thread

    @property
    def failure(self) -> str | None:
        """The catalogue key of what keeps this store from writing for good; None while it is
        sound.
        """
        return self._failure

    def before_close(self, action: Callable[[], None]) -> None:
        """Has something done just before the file is let go of."""
        self._last_words = action

    def explain_by(self, explain: Callable[[Refusal], Refusal | None]) -> None:
        """Has a damaged file's refusal made richer: where the newest good backup is."""
        self._explain = explain

    def close(self) -> None:
        """Lets go of the file."""
        if self._last_words is not None:
            action, self._last_words = self._last_words, None
            action()
        with self._engines_lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
        with self._watch_lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _check(self) -> None:
        try:
            if sqlite.faults(self.path, full=False):
                self._failure = "foundation.file_damaged"
        except sqlite.driver().DatabaseError:
            self._failure = "foundation.file_damaged"
        finally:
            self._checked.set()

    def _await_check(self) -> None:
        self._checked.wait()
        if self._failure is not None:
            raise self._explained(self._failure)

    def _offset_minutes(self, instant: datetime) -> int:
        offset = instant.astimezone(self.zone).utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0

    def _refusal_for(self, error: Exception) -> Exception:
        words = str(getattr(error, "orig", error))
        if "database is locked" in words:
            return Refusal("foundation.busy")
        if "disk is full" in words:
            return Refusal("foundation.disk_full", file=str(self.path))
        if "readonly" in words:
            return Refusal("foundation.read_only")
        if "disk I/O error" in words:
            # After a failed sync nobody knows what reached the disk: no more writing until a
            # restart.
            self._failure = "foundation.disk_failed"
            return Refusal(self._failure, file=str(self.path))
        if "malformed" in words or "not a database" in words:
            self._failure = "foundation.file_damaged"
            return self._explained(self._failure)
        return error

    def _explained(self, key: str) -> Refusal:
        refusal = Refusal(key, file=str(self.path))
        return self._explain(refusal) or refusal


def _newest_act(connection: Any) -> int:
    return int(connection.execute("select coalesce(max(seq), 0) from journal").fetchone()[0])


def head(path: Path) -> tuple[int, str] | None:
    """The last row of a file's journal: its number and hash. None where nothing was done yet."""
    with closing(sqlite.connect(path)) as connection:
        row = connection.execute(
            "select seq, hash from journal order by seq desc limit 1"
        ).fetchone()
    return (row[0], row[1]) if row else None
