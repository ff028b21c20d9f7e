"""The sentences at hand in the call form: what to say (5.8), what to answer (5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import ImportReport
from desk_console.foundation.refusal import Refusal
from desk_console.log import own_phrases, phrase_import
from desk_console.log.own_phrases import PhraseForm, PhraseLine
from desk_console.log.records import Category, PhraseUse
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.tui.subjects.subject import Field, Subject, T, Thing, Values, thing_rows
from desk_console.tui.widgets.table import Row

FOR_ALL = "all"


class Phrases(Subject):
    """By use and category, in the order in which the call form offers them."""

    code: ClassVar[str] = "phrases"
    blames: ClassVar[Mapping[str, str]] = {
        "log.missing_words": "zh_words",
        "log.phrase_twice": "zh_words",
    }
    loads: ClassVar[bool] = True
    load_columns: ClassVar[str] = f"{T}.columns_phrases"
    fields = (
        Field(
            "use",
            "choice",
            codes=tuple(PhraseUse),
            label=lambda words, code: words.text(f"log.phrase_use_{code}"),
            usual=PhraseUse.ANSWER,
            is_fixed=True,
        ),
        Field(
            "category",
            "choice",
            codes=(FOR_ALL, *Category),
            label=lambda words, code: _category(code, words),
            usual=FOR_ALL,
        ),
        Field("zh_words", "words"),
        Field("en_words", "words", hint=f"{T}.en_words_hint"),
        Field("place", "digits", hint=f"{T}.place_hint"),
    )

    def rows_at(self, desk: Desk, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """With what each is for; those that the site has not switched on say so, and come last."""
        off = "" if desk.duty.phrases else f"{T}.phrase_off"
        things = [
            Thing(
                one.id,
                _category(one.category or FOR_ALL, words),
                words.either(one.zh, one.en),
                (words.text(f"log.phrase_use_{one.use}"),),
                is_active=one.is_active,
                warning=off if one.use is PhraseUse.SAY else "",
            )
            for one in sorted(
                own_phrases.listed(session), key=lambda one: bool(off) and one.use is PhraseUse.SAY
            )
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        one = _line(session, thing_id)
        return {
            "use": one.use,
            "category": one.category or FOR_ALL,
            "zh_words": one.zh,
            "en_words": one.en,
            "place": str(one.place or ""),
            "is_active": one.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """One of the site's own."""
        return own_phrases.add_phrase(desk, writer, _form(given))

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Its words, category and place."""
        own_phrases.change_phrase(desk, writer, thing_id, _form(given), is_active=is_active)

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """From a file: 类别, 用途, 中文, 英文."""
        return phrase_import.import_phrases(desk, by_id, path, is_dry_run=is_dry_run)


def _category(code: str, words: Catalogue) -> str:
    return words.text("log.phrase_for_all" if code == FOR_ALL else f"log.category_{code}")


def _line(session: Session, phrase_id: int) -> PhraseLine:
    found = next((one for one in own_phrases.listed(session) if one.id == phrase_id), None)
    if found is None:
        raise Refusal("log.no_phrase")
    return found


def _form(given: Values) -> PhraseForm:
    category = given["category"]
    return PhraseForm(
        use=PhraseUse(given["use"]),
        category=None if category == FOR_ALL else Category(category),
        zh=given["zh_words"],
        en=given["en_words"],
        place=int(given["place"]) if given["place"] else None,
    )
