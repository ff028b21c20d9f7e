"""A subject of the set-up: its rows, the fields of its form, and the acts behind them.

A subject knows no widget: the set-up's screen and its one dialog ask it what to show and hand it
what was filled in. Every act checks for itself who may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from sqlmodel import Session

from desk_console.foundation.catalogue import LANGUAGES, Catalogue, Language
from desk_console.foundation.csv_in import ImportReport
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.tui.widgets.table import Row, Toned

T = "tui.setup"

Values = Mapping[str, Any]
"""Field names to what stands in them: text, a chosen code, or the ticked codes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a subject's form."""

    name: str
    """Its id, and the key of its label."""
    kind: Literal["line", "digits", "words", "choice", "marks"] = "line"
    codes: tuple[str, ...] = ()
    """What can be chosen or ticked."""
    label: Callable[[Catalogue, str], str] | None = None
    """Words a code."""
    usual: Any = ""
    """What stands in it when something is added."""
    is_fixed: bool = False
    """It is given once: a change does not ask it again."""
    only_changes: bool = False
    """It is asked of what is there already."""
    hint: str = ""
    """The catalogue key of the text shown while it is empty."""


SITES = "site"
"""Mail in whichever language is the site's."""

MAIL_LANGUAGE = Field(
    "mail_language",
    "choice",
    codes=(SITES, *LANGUAGES),
    label=lambda words, code: words.text(f"{T}.mail_language_{code}"),
    usual=SITES,
)
"""In which language mail to a person or a department is written."""


def mail_language_of(given: Values) -> Language | Literal[""]:
    """What was chosen there, as it is kept."""
    return next((one for one in LANGUAGES if one == given["mail_language"]), "")


class Subject:
    """The base: a list to read, with nothing to add to it."""

    code: ClassVar[str]
    can_add: ClassVar[bool] = True
    can_retire: ClassVar[bool] = True
    right: ClassVar[Right] = Right.SET_UP
    """What whoever adds or changes one must have. The acts check it again."""
    load_right: ClassVar[Right] = Right.SET_UP
    """The same for a whole list from a file."""
    is_narrowed_first: ClassVar[bool] = False
    """Too many to list whole: something is typed first."""
    fields: tuple[Field, ...] = ()
    blames: ClassVar[Mapping[str, str]] = {}
    """Which field a refusal is about: the refusal's key, the field's name."""

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """The things that answer what was typed, those out of use last."""
        raise NotImplementedError

    def rows_at(self, desk: Desk, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """The same, where it hangs on the rules by which the site runs."""
        return self.rows(session, words, typed)

    def count(self, session: Session) -> int:
        """How many there are, where they are not listed whole."""
        return 0

    def sought(self, given: Values) -> str:
        """What finds the one that was just added, where they are not listed whole."""
        return ""

    def form(self, session: Session) -> tuple[Field, ...]:
        """The fields, with what can be chosen now."""
        return self.fields

    def values(self, session: Session, thing_id: int) -> Values:
        """What stands in the fields of one thing, and `is_active`."""
        raise NotImplementedError

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """Add one; gives its id. Refuses."""
        raise NotImplementedError

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Change one. Refuses."""
        raise NotImplementedError

    def retire(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, back: bool
    ) -> None:
        """Take one out of use, or bring it back; `given` is what stands in its fields."""
        self.change(desk, writer, thing_id, given, is_active=back)

    loads: ClassVar[bool] = False
    """Whether there is a CSV file that it can be loaded from."""
    load_columns: ClassVar[str] = ""
    """The columns of that file, as people write them."""

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """Look through a file, or load it: every problem by its line, all or nothing."""
        raise NotImplementedError


def code_of(given: Values, prefix: str, taken: Iterable[str]) -> str:
    """The code that was given; where none was, the first free one of its kind."""
    if typed := str(given["code"]).strip():
        return typed
    known, number = set(taken), 1
    while f"{prefix}-{number}" in known:
        number += 1
    return f"{prefix}-{number}"


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of a subject's list, before it is a row."""

    id: int | str
    code: str
    name: str
    more: Sequence[str] = field(default_factory=tuple)
    is_active: bool = True
    warning: str = ""
    """The catalogue key of what a supervisor should see to."""


def thing_rows(things: Sequence[Thing], words: Catalogue, typed: str) -> list[Row]:
    """The things that have what was typed somewhere, those out of use last and in words."""
    found = [one for one in things if typed in " ".join((one.code, one.name, *one.more)).casefold()]
    return [_row(one, words) for one in sorted(found, key=lambda one: not one.is_active)]


def _row(one: Thing, words: Catalogue) -> Row:
    tone = "" if one.is_active else "muted"
    more = [part for part in one.more if part]
    if not one.is_active:
        more.insert(0, words.text(f"{T}.out_of_use"))
    elif one.warning:
        more.insert(0, words.text(one.warning))
        tone = "warning"
    return Row(
        str(one.id),
        (
            Toned(one.code, "muted" if not one.is_active else ""),
            Toned(one.name, "muted" if not one.is_active else ""),
            Toned("  ".join(more), tone),
        ),
    )
