"""What every act is handed: the store, the source of ids, the duty rules, the site's own facts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desk_console.foundation.catalogue import Language, Message
from desk_console.foundation.identity import Source
from desk_console.foundation.store import Store, Work
from desk_console.rulebook.records import DutyRules

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.foundation.reading import Reader


@dataclass(frozen=True, slots=True)
class PinCost:
    """What one check of a PIN costs: argon2id's passes and memory (KiB)."""

    passes: int = 3
    memory_kib: int = 128 * 1024


@dataclass(frozen=True, slots=True)
class Site:
    """The facts of a site that its config states."""

    name: str = ""
    pin_length: int = 8
    """Least characters of a PIN."""
    pin_cost: PinCost = PinCost()
    idle_lock_minutes: int = 5
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class MailRoute:
    """By which server mail leaves. Without a host nothing is sent."""

    host: str = ""
    port: int = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password_file: Path | None = None
    sender: str = ""
    timeout_seconds: int = 20
    shift_report_to: tuple[str, ...] = ()
    """Who gets the report of each shift (3.10)."""
    language: Language = "zh"
    """In which mail is written to whoever has no language on file."""


@dataclass(frozen=True, slots=True)
class SheetMaking:
    """How sheets are made here."""

    font: Path | None = None
    """A font file with Chinese; None: one is looked for."""
    viewer: str = ""
    """The command that shows a sheet; empty: none."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk at work: time, ids, the rules it runs by, and the units of work on its store."""

    store: Store
    source: Source
    site: Site
    duty: DutyRules
    secret: bytes
    """The desk secret: kept outside the database, mixed into every PIN."""
    folder: Path
    """Where backups and the head of the journal are kept."""
    mail: MailRoute = MailRoute()
    sheets: SheetMaking = SheetMaking()
    notices: tuple[Message, ...] = ()
    """What was noticed while it opened, to be shown once: an older file, no writing."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.store.clock.now()

    @property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return self.store.zone

    def transaction(self) -> AbstractContextManager[Work]:
        """A writing unit; see `Store.transaction`."""
        return self.store.transaction()

    def reading(self) -> AbstractContextManager[Session]:
        """A reading unit; see `Store.reading`."""
        return self.store.reading()

    def glancing(self) -> AbstractContextManager[Reader]:
        """A reading unit in plain SQL; see `Store.glancing`."""
        return self.store.glancing()
