"""Versions: the bytes that are signed, and the words that stand beside them.

The content holds a salted digest wherever people's words stand, so that a resident's words can be
erased by order without breaking a signature. The bytes are kept as signed and never made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from desk_console.foundation.canonical import canonical_text, sha256, words_digest
from desk_console.foundation.identity import Source
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.records import Handover, HandoverVersion, HandoverWords
from desk_console.handover.sheet import OwnWords, Sheet
from desk_console.log import erasing

_SALT_BYTES = 16
BROKEN = "handover.record_broken"
"""Refuses what was changed with another program so that it cannot be read any more."""


def keep(work: Work, source: Source, row: Handover, sheet: Sheet) -> HandoverVersion:
    """Keeps what is about to be signed as the handover's next version; a step of signing."""
    salted: dict[str, tuple[str, str]] = {}
    for place, words in words_of(sheet):
        salted[place] = (words, source.random_bytes(_SALT_BYTES).hex())
    content = canonical_text(_body(sheet, salted))
    number = work.session.exec(
        select(func.count())
        .select_from(HandoverVersion)
        .where(HandoverVersion.handover_id == row.id)
    ).one()
    version = HandoverVersion(
        handover_id=row.id or 0, number=number + 1, content=content, made_at=work.now
    )
    work.session.add(version)
    work.session.flush()
    for place, (words, salt) in salted.items():
        work.session.add(
            HandoverWords(version_id=version.id or 0, place=place, words=words, salt=salt)
        )
    return version


def content_of(version: HandoverVersion) -> Mapping[str, object]:
    """What the signatures bind, as a value."""
    content: Mapping[str, object] = json.loads(version.content)
    return content


def is_of_older_form(version: HandoverVersion) -> bool:
    """Whether it was made by a program whose sheet had less on it than this one's."""
    body: Any = json.loads(version.content)
    for place, _ in _digests(body):
        _put(body, place.split("."), "-")
    return canonical_text(Sheet.model_validate(body).model_dump()) != canonical_text(body)


def _digests(body: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Where salted digests stand for people's words."""
    if isinstance(body, dict):
        if set(body) == {"words"}:
            yield at, body["words"]
            return
        for name, value in body.items():
            yield from _digests(value, f"{at}.{name}" if at else name)
    elif isinstance(body, list):
        for number, value in enumerate(body):
            yield from _digests(value, f"{at}.{number}")


def digest_of(version: HandoverVersion) -> str:
    """The digest of a version's bytes."""
    return sha256(version.content.encode())


@contextmanager
def legible() -> Iterator[None]:
    """Refuses what was changed with another program so that it cannot be read as what it was: else
    the screen that shows it would end with a fault.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Refusal(BROKEN) from error
    except RecursionError:
        raise Refusal(BROKEN) from None
    except DBAPIError as error:
        if "decode" not in str(error.orig):
            raise
        raise Refusal(BROKEN) from error


def sheet_of(session: Session, version: HandoverVersion) -> Sheet:
    """A version as it was shown when it was signed; words erased by order are empty. Refuses what
    was changed with another program so that it is no sheet any more.
    """
    with legible():
        body: Any = json.loads(version.content)
        for each in _words(session, version):
            _put(body, each.place.split("."), each.words)
        return Sheet.model_validate(body)


def altered_places(session: Session, version: HandoverVersion) -> tuple[str, ...]:
    """Where words are not those that were signed: changed, removed, added, or gone without an order
    that names them.
    """
    signed = dict(_digests(json.loads(version.content)))
    found = []
    for each in _words(session, version):
        digest = signed.pop(each.place, None)
        if each.erased_by is not None:
            holds = digest is not None and not (each.words or each.salt)
            holds = holds and was_ordered(session, each.erased_by, f"handover_words:{each.id}")
        else:
            holds = words_digest(each.salt, {"words": each.words}) == digest
        if not holds:
            found.append(each.place)
    return (*found, *signed)


def was_ordered(session: Session, order: int, place: str) -> bool:
    """Is there an order in the journal's row of that number that took the words of that place?"""
    row = session.get(JournalRow, order)
    if row is None or row.act != erasing.ACT:
        return False
    return place in json.loads(row.body).get("erased", ())


def _words(session: Session, version: HandoverVersion) -> Sequence[HandoverWords]:
    return session.exec(
        select(HandoverWords)
        .where(HandoverWords.version_id == version.id)
        .order_by(col(HandoverWords.id))
    ).all()


def erased_places(session: Session, version_id: int) -> tuple[str, ...]:
    """Where words of a version were erased by order."""
    return tuple(
        session.exec(
            select(HandoverWords.place).where(
                HandoverWords.version_id == version_id,
                col(HandoverWords.erased_by).is_not(None),
            )
        )
    )


def words_of(value: BaseModel, at: str = "") -> Iterator[tuple[str, str]]:
    """Every field of people's words in a sheet that is not empty, with its place."""
    for name, field in type(value).model_fields.items():
        found = getattr(value, name)
        place = f"{at}{name}"
        if isinstance(found, str):
            if found and any(isinstance(one, OwnWords) for one in field.metadata):
                yield place, found
        elif isinstance(found, BaseModel):
            yield from words_of(found, f"{place}.")
        elif isinstance(found, tuple):
            for number, each in enumerate(found):
                if isinstance(each, BaseModel):
                    yield from words_of(each, f"{place}.{number}.")


def _body(sheet: Sheet, salted: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    body = sheet.model_dump()
    for place, (words, salt) in salted.items():
        _put(body, place.split("."), {"words": words_digest(salt, {"words": words})})
    return body


def _put(body: Any, steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        body = body[int(step)] if isinstance(body, list | tuple) else body[step]
    body[steps[-1]] = value
