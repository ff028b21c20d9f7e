"""The catalogue: every text for people, in Chinese and English, looked up as late as possible.

A key names where its text stands: `shift.stand_in_role` is in `desk_console/shift/texts.py` and
`tui.live.title` in `desk_console/tui/texts/live.py`, each a table `TEXTS` of name to (Chinese,
English). A table is loaded when its first key is asked for, so that the first screen loads only
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib import import_module
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """A text for people before it is put in words: a key, and the values for its gaps."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def message(key: str, /, **values: object) -> Message:
    """The message of that key with those values."""
    return Message(key, values)


class Literally(str):
    """A text that is the same in both languages (a name, a number): shown as it is, never looked
    up.
    """


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a site gave in both languages, for the gaps of a message: shown in the one that
    is on. Without an English one the Chinese stands in both.
    """

    zh: str
    en: str


@cache
def _table(module: str) -> Mapping[str, tuple[str, str]]:
    texts: Mapping[str, tuple[str, str]] = import_module(f"desk_console.{module}").TEXTS
    return texts


def pair(key: str) -> tuple[str, str]:
    """Both wordings of a key, Chinese first. A key that no table has is a defect: KeyError."""
    area, _, name = key.partition(".")
    page, dot, rest = name.partition(".")
    if dot:
        return _table(f"{area}.texts.{page}")[rest]
    return _table(f"{area}.texts")[name]


@cache
def _named(keys: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9+])(?:{'|'.join(map(re.escape, keys))})(?![A-Za-z0-9+])")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Puts messages into words in one language, times in one zone."""

    language: Language = "zh"
    zone: tzinfo = UTC
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Keys that the texts name, and which others a site has put in their places: Ctrl+N, Alt+N."""

    def text(self, what: Message | str, /, **values: object) -> str:
        """The words for a message or a key. Values are put in as text, never as markup."""
        key, given = (
            (what.key, {**what.values, **values}) if isinstance(what, Message) else (what, values)
        )
        pattern = pair(key)[LANGUAGES.index(self.language)]
        if self.keys:
            pattern = _named(tuple(self.keys)).sub(lambda found: self.keys[found[0]], pattern)
        if not given:
            return pattern
        return pattern.format_map({name: self.value(value) for name, value in given.items()})

    def either(self, zh: str, en: str) -> str:
        """The one of two given wordings that is in this language (names that a site gave)."""
        return zh if self.language == "zh" or not en else en

    def value(self, value: object) -> str:
        """A value as people read it here: instants in the site's zone, spans in hours and
        minutes.
        """
        match value:
            case Message():
                return self.text(value)
            case Named():
                return self.either(value.zh, value.en)
            case str():
                return value
            case datetime():
                return self.moment(value)
            case date():
                return value.isoformat()
            case time():
                return value.strftime("%H:%M")
            case timedelta():
                return self.span(value)
            case Iterable():
                return ("、" if self.language == "zh" else ", ").join(
                    self.value(one) for one in value
                )
            case _:
                return str(value)

    def moment(self, instant: datetime) -> str:
        """Month, day, hour and minute of an instant, in the site's zone."""
        return instant.astimezone(self.zone).strftime("%m-%d %H:%M")

    def clock(self, instant: datetime) -> str:
        """Hour and minute of an instant, in the site's zone."""
        return instant.astimezone(self.zone).strftime("%H:%M")

    def span(self, span: timedelta) -> str:
        """A length of time, its sign left out, in one style everywhere: `43 min`, `22h 43m`,
        `1d 22h`, in whole minutes, from a day on in whole hours.
        """
        minutes = int(abs(span).total_seconds() // 60)
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        if not days and not hours:
            return f"{minutes}分钟" if self.language == "zh" else f"{minutes} min"
        parts = [(days, "天", "d"), (hours, "小时", "h")]
        if not days:
            parts.append((minutes, "分", "m"))
        shown = [part for part in parts if part[0]]
        if self.language == "zh":
            return "".join(f"{number}{zh}" for number, zh, _ in shown)
        return " ".join(f"{number}{en}" for number, _, en in shown)
