"""What the program is told before its first frame: the little that the first frame needs.

Nothing heavy is imported here: the desk itself is opened by `open`, in a thread, afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Language

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Opening:
    """How to begin: language, colours and keys as the config has them, and how to open the desk."""

    open: Callable[[], Desk]
    """Opens the desk: called once, off the loop, after the first frame. Refuses as acts do."""
    language: Language = "zh"
    theme: str = ""
    """`light`, `dark` or `contrast`; empty for the default."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id to key, where the config changes one."""
    is_demo: bool = False
    is_ascii: bool = False
    """Draw frames with ASCII signs."""
    log_file: Path | None = None
    """Where a crash is written down; none in tests."""
