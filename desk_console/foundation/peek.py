"""A glance at the config before the first frame: language and look, nothing else.

It imports nothing that takes time and never fails: what is wrong with the config is said later, by
`config`, with the file, the key and the line.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk_console.foundation.catalogue import LANGUAGES, Language
from desk_console.foundation.options import Options
from desk_console.foundation.paths import config_path


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first frame needs to know."""

    language: Language = "zh"
    theme: str = "light"
    ascii_borders: bool = False
    has_config: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """Actions put on other keys."""


def peek(options: Options, environ: Mapping[str, str] | None = None) -> Glance:
    """Language, theme and borders: the option, else the environment, else the file, else the
    default.
    """
    given = os.environ if environ is None else environ
    path = config_path(options, environ)
    document = _document(path)
    language = options.lang or given.get("DESK_CONSOLE_LANGUAGE") or document.get("language")
    theme = given.get("DESK_CONSOLE_THEME") or document.get("theme")
    borders = given.get("DESK_CONSOLE_ASCII_BORDERS") or document.get("ascii_borders")
    known: Language = next((one for one in LANGUAGES if one == language), "zh")
    return Glance(
        language=known,
        theme=theme if theme in ("light", "dark", "contrast") else "light",
        ascii_borders=str(borders).lower() in ("1", "true", "yes", "on"),
        has_config=path.is_file() or options.demo,
        keys=_keys(document.get("keys")),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def _keys(given: object) -> dict[str, str]:
    """The keys that are texts; what else stands there is refused later, with its line."""
    if not isinstance(given, dict):
        return {}
    return {str(name): key for name, key in given.items() if isinstance(key, str)}
