"""What somebody said on the command line before anything was opened. Nothing heavy is imported
here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk_console.foundation.catalogue import Language


@dataclass(frozen=True, slots=True)
class Options:
    """The global options. None leaves the choice to the environment, the config, or the folders."""

    config: Path | None = None
    """The config file."""
    db: Path | None = None
    """The database file."""
    lang: Language | None = None
    """The language, whatever the config says."""
    read_only: bool = False
    """Look, but write nothing."""
    at: datetime | None = None
    """The demo's clock begins here (aware); None: the computer's own clock."""
    demo: bool = False
    """The sample site: its config is built in, every screen is marked."""
