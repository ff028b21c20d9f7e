"""What every command has: its options and language, and how it prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import typer

from desk_console.foundation.canonical import instant_text
from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.foundation.options import Options
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command."""

    options: Options
    language: Language

    @property
    def words(self) -> Catalogue:
        """The catalogue in this run's language."""
        return Catalogue(self.language)

    def say(self, key: str, /, **values: object) -> None:
        """Prints a text of the catalogue."""
        typer.echo(visible(self.words.text(key, **values)))

    def warn(self, key: str, /, **values: object) -> None:
        """Says a text of the catalogue where errors are said."""
        typer.echo(visible(self.words.text(key, **values)), err=True)


def session_of(context: typer.Context) -> Session:
    """The run that a command belongs to."""
    found = context.obj
    if not isinstance(found, Session):
        raise TypeError("a command without its session")
    return found


def words_of(refusal: Refusal, language: Language) -> str:
    """A refusal in words, its clause behind it."""
    said = Catalogue(language).text(refusal.message)
    if refusal.clause is None:
        return said
    return f"{said} [{refusal.clause}]"


def unlike(typed: str, example: str, option: str) -> typer.BadParameter:
    """What was typed is not written as the example is: for the command line to end with."""
    return typer.BadParameter(
        visible(f"“{typed}”，应写成 / write it as {example}"), param_hint=option
    )


def print_json(rows: Sequence[dict[str, object]] | dict[str, object]) -> None:
    """Prints JSON: UTF-8, instants in UTC, one document."""
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Enum):
        return value.value
    return str(value)
