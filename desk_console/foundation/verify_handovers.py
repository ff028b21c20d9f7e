"""Verification of the handovers in a file: their content, words and seals.

A part of `verify`: like it, it shares with the writers the canonical form alone. What the journal
says of each handover is held against the rows; whatever differs is found, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from desk_console.foundation.canonical import sha256
from desk_console.foundation.verify_rows import Found, Gone, Rows, parsed_object, salted
from desk_console.foundation.verify_words import is_bare

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of a receipt: none is taken for another."""

_HASH = re.compile("[0-9a-f]{64}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def receipt(digest: str) -> str:
    """The code that people keep of a hash: its first 80 bits, without the hyphens. None is kept of
    what is no hash: empty.
    """
    if not _HASH.fullmatch(digest):
        return ""
    bits = bin(int(digest[:20], 16))[2:].zfill(80)
    return "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))


def bare(code: str) -> str:
    """A receipt as it was typed: without hyphens, with the signs that are easily misread."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(_MISREAD)


def is_receipt(code: str) -> bool:
    """Whether it is written as a receipt is, whatever it is of."""
    signs = bare(code)
    return len(signs) == 16 and all(sign in SIGNS for sign in signs)


class HandoverBook:
    """What the journal says of the handovers, to be held against their rows."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._contents: dict[int, str] = {}
        self._seals: dict[int, tuple[int, str, Mapping[str, Any]]] = {}

    @property
    def is_told_of(self) -> bool:
        """Whether the journal knows of any handover that was sealed."""
        return bool(self._seals)

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        content = body.get("content")
        if isinstance(version := body.get("version"), int) and isinstance(content, str):
            self._contents[version] = content
        if row["act"] == "handover.sealed" and isinstance(one := body.get("handover"), int):
            self._seals[one] = (row["seq"], str(row["hash"]), body)

    def check(self, rows: Rows, found: Found, *, gone: Gone) -> None:
        """Holds the rows against it; `gone` looks for the order of what was erased."""
        signatures = {each["id"] for each in rows("select id from signature")}
        contents = {each["id"]: each for each in rows("select * from handover_version order by id")}
        self._check_contents(contents, found)
        words: dict[int, list[dict[str, Any]]] = {}
        for each in rows("select * from handover_words order by id"):
            words.setdefault(each["version_id"], []).append(each)
        for version_id in dict.fromkeys((*contents, *words)):
            _check_words(contents.get(version_id), words.get(version_id, []), found, gone)
        books = {each["id"]: each for each in rows("select * from handover order by id")}
        seals = {each["handover_id"]: each for each in rows("select * from handover_seal")}
        self._check_seals(seals, contents, signatures, books, found)

    def _check_contents(self, rows: Mapping[int, Mapping[str, Any]], found: Found) -> None:
        for number, content in self._contents.items():
            place = f"handover_version:{number}"
            if number not in rows:
                found(place, "foundation.verify_record_missing")
            elif sha256(str(rows[number]["content"]).encode()) != content:
                found(place, "foundation.verify_words_changed")
        for number, row in rows.items():
            place = f"handover_version:{number}"
            if number not in self._contents:
                found(place, "foundation.verify_unjournaled")
            elif _content(row).get("handover_id") != row["handover_id"]:
                found(place, "foundation.verify_words_changed")

    def _check_seals(
        self,
        seals: Mapping[int, Mapping[str, Any]],
        contents: Mapping[int, Mapping[str, Any]],
        signatures: Container[object],
        books: Mapping[int, Mapping[str, Any]],
        found: Found,
    ) -> None:
        for handover_id, (seq, digest, body) in self._seals.items():
            place = f"handover_seal:{handover_id}"
            row = seals.get(handover_id)
            if row is None:
                found(place, "foundation.verify_record_missing")
                continue
            kept = (
                row["version_id"],
                row["journal_seq"],
                row["through_entry_id"],
                row["post_code"],
                bare(str(row["receipt"])),
            )
            says = (
                body.get("version"),
                seq,
                body.get("through_entry"),
                body.get("post"),
                receipt(digest),
            )
            if kept != says:
                found(place, "foundation.verify_words_changed")
            signed = body.get("signatures")
            if not _are_all(signed, signatures):
                found(place, "foundation.verify_signature_missing")
            _check_book(books.get(handover_id), contents.get(row["version_id"]), found)
        for handover_id in seals:
            if handover_id not in self._seals:
                found(f"handover_seal:{handover_id}", "foundation.verify_unjournaled")


def _are_all(signed: object, signatures: Container[object]) -> bool:
    """Are there signatures in what the journal names, and each of them in the file?"""
    named = signed if isinstance(signed, list) else []
    return bool(named) and all(isinstance(one, int) and one in signatures for one in named)


def _check_book(
    row: Mapping[str, Any] | None, version: Mapping[str, Any] | None, found: Found
) -> None:
    """The book's line of a sealed handover names those who signed."""
    if row is None or version is None:
        return
    content = _content(version)
    sides = tuple(_id_of(content.get(side)) for side in ("outgoing", "acting", "incoming"))
    kept = (row["outgoing_id"], row["acting_id"], row["incoming_id"])
    if sides != kept or row["stage"] != "sealed" or row["version_id"] != version["id"]:
        found(f"handover:{row['id']}", "foundation.verify_words_changed")


def _id_of(person: object) -> object:
    return person.get("id") if isinstance(person, Mapping) else None


def _check_words(
    version: Mapping[str, Any] | None,
    rows: list[dict[str, Any]],
    found: Found,
    gone: Gone,
) -> None:
    wanted = dict(_digests(_content(version), "")) if version is not None else {}
    for row in rows:
        place = f"handover_words:{row['id']}"
        digest = wanted.pop(str(row["place"]), None)
        if digest is None:
            found(place, "foundation.verify_unjournaled")
        elif row["erased_by"] is not None:
            if gone(place, row["erased_by"]) and not is_bare(row, ("words",)):
                found(place, "foundation.verify_words_changed")
        elif salted(row["salt"], {"words": row["words"]}) != digest:
            found(place, "foundation.verify_words_changed")
    for name in wanted:
        number = version["id"] if version else 0
        found(f"handover_version:{number}:{name}", "foundation.verify_record_missing")


def _digests(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """Where a content holds people's words by their digest."""
    if isinstance(value, dict):
        if set(value) == {"words"} and isinstance(value["words"], str):
            yield at.rstrip("."), value["words"]
            return
        for name, each in value.items():
            yield from _digests(each, f"{at}{name}.")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _digests(each, f"{at}{number}.")


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return parsed_object(row["content"])
