"""Verification of the handovers in a file: what was signed, its words, and the sealing.

A part of `verify`: like it, it shares with the writers the canonical form alone. What the journal
says of each handover is held against the rows; whatever differs is found, with its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from desk_console.foundation.canonical import sha256
from desk_console.foundation.verify_rows import Found, Gone, Rows, bytes_of, parsed_object, salted
from desk_console.foundation.verify_sealings import Sealings
from desk_console.foundation.verify_words import is_bare


class HandoverBook:
    """What the journal says of the handovers, to be held against their rows."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._contents: dict[int, str] = {}
        self._made: dict[int, object] = {}
        self._sealings = Sealings()

    @property
    def is_told_of(self) -> bool:
        """Whether the journal knows of any handover that was sealed."""
        return self._sealings.are_told_of

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        content = body.get("content")
        if isinstance(version := body.get("version"), int) and isinstance(content, str):
            self._contents[version] = content
            self._made.setdefault(version, row["at"])
        self._sealings.note(row, body)

    def check(self, rows: Rows, found: Found, *, gone: Gone) -> None:
        """Holds the rows against it; `gone` looks for the order of what was erased."""
        versions = {each["id"]: each for each in rows("select * from handover_version order by id")}
        contents = {number: parsed_object(row["content"]) for number, row in versions.items()}
        self._check_versions(versions, contents, found)
        words: dict[int, list[dict[str, Any]]] = {}
        for each in rows("select * from handover_words order by id"):
            words.setdefault(each["version_id"], []).append(each)
        for version_id in dict.fromkeys((*contents, *words)):
            content = contents.get(version_id, {})
            _check_words(version_id, content, words.get(version_id, []), found, gone)
        self._sealings.check(rows, contents, found)

    def _check_versions(
        self,
        rows: Mapping[int, Mapping[str, Any]],
        contents: Mapping[int, Mapping[str, Any]],
        found: Found,
    ) -> None:
        for number, content in self._contents.items():
            place = f"handover_version:{number}"
            if number not in rows:
                found(place, "foundation.verify_record_missing")
            elif sha256(bytes_of(rows[number]["content"])) != content:
                found(place, "foundation.verify_words_changed")
        counts: Counter[object] = Counter()
        for number, row in rows.items():
            place = f"handover_version:{number}"
            counts[row["handover_id"]] += 1
            if number not in self._contents:
                found(place, "foundation.verify_unjournaled")
                continue
            said = (contents[number].get("handover_id"), counts[row["handover_id"]])
            kept = (row["handover_id"], row["number"])
            if said != kept or row["made_at"] != self._made[number]:
                found(place, "foundation.verify_words_changed")


def _check_words(
    number: int,
    content: Mapping[str, Any],
    rows: list[dict[str, Any]],
    found: Found,
    gone: Gone,
) -> None:
    wanted = dict(_digests(content, ""))
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
