"""Verification of sealed handovers: the seal, the book's line, the post that passed, the report.

A part of `verify`: one act seals a handover, passes the post on and reports the shift. What its row
in the journal tells is held against all four.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desk_console.foundation.verify_receipts import receipt, written
from desk_console.foundation.verify_rows import Found, Rows

_APART = "apart"
"""How a handover calls itself whose post closes in between: it is reported at the closing, and
held again from the sign-on of whoever opens it."""


@dataclass(frozen=True, slots=True)
class _Sealing:
    """What the journal says of one."""

    seq: int
    at: object
    by: object
    digest: str
    body: Mapping[str, Any]

    def seal(self) -> dict[str, object]:
        """What the seal holds."""
        return {
            "version_id": self.body.get("version"),
            "journal_seq": self.seq,
            "through_entry_id": self.body.get("through_entry"),
            "post_code": self.body.get("post"),
            "receipt": written(receipt(self.digest)),
            "sealed_at": self.at,
        }


class Sealings:
    """The sealings that stand in the journal, to be held against their rows."""

    def __init__(self) -> None:
        """None is known yet."""
        self._sealings: dict[int, _Sealing] = {}
        self._set_back: set[object] = set()
        self._reported: dict[str, object] = {}

    @property
    def are_told_of(self) -> bool:
        """Whether the journal knows of any."""
        return bool(self._sealings)

    def note(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Takes in a row of the journal."""
        act = str(row["act"])
        if act == "handover.sealed" and isinstance(one := body.get("handover"), int):
            self._sealings[one] = _Sealing(
                row["seq"], row["at"], row["person_id"], str(row["hash"]), body
            )
        elif act == "shift.clock_back":
            self._set_back.add(row["at"])
        elif act.startswith("handover.") and act.endswith("_reported"):
            self._reported[str(row["subject"])] = row["at"]

    def check(self, rows: Rows, contents: Mapping[int, Mapping[str, Any]], found: Found) -> None:
        """Holds the rows against them. `contents` are what was signed, by its versions."""
        signatures = {each["id"] for each in rows("select id from signature")}
        seals = {each["handover_id"]: each for each in rows("select * from handover_seal")}
        books = {each["id"]: each for each in rows("select * from handover order by id")}
        for handover_id, sealing in self._sealings.items():
            place = f"handover_seal:{handover_id}"
            row = seals.get(handover_id)
            if row is None:
                found(place, "foundation.verify_record_missing")
                continue
            if any(row[name] != value for name, value in sealing.seal().items()):
                found(place, "foundation.verify_words_changed")
            if not _are_all(sealing.body.get("signatures"), signatures):
                found(place, "foundation.verify_signature_missing")
            book, content = books.get(handover_id), contents.get(row["version_id"])
            if book is not None and content is not None and not _is_of(book, content, sealing):
                found(f"handover:{handover_id}", "foundation.verify_words_changed")
        for handover_id in seals:
            if handover_id not in self._sealings:
                found(f"handover_seal:{handover_id}", "foundation.verify_unjournaled")
        _check_order(seals.values(), found)
        apart = {number for number, each in books.items() if each["kind"] == _APART}
        self._check_reports(rows, apart, found)
        self._check_posts(rows, apart, found)

    def _check_reports(self, rows: Rows, apart: Container[object], found: Found) -> None:
        reports: dict[str, object] = {}
        for each in rows("select * from shift_report order by id"):
            table = "handover" if each["tenure_id"] is None else "tenure"
            about = f"{table}:{each[f'{table}_id']}"
            if about in reports:
                found(f"shift_report:{each['id']}", "foundation.verify_unjournaled")
            reports.setdefault(about, each["reported_at"])
        wanted = {f"handover:{one}": each.at for one, each in self._sealings.items()}
        for about, at in (wanted | self._reported).items():
            place = f"shift_report:{about}"
            if about not in reports:
                found(place, "foundation.verify_record_missing")
            elif reports[about] != at and _number(about) not in apart:
                found(place, "foundation.verify_words_changed")

    def _check_posts(self, rows: Rows, apart: Container[object], found: Found) -> None:
        """The post is the taker's from the instant of the sealing; after a clock that was set back,
        from the one before it."""
        query = "select post_code, person_id, began_at from tenure"
        held = {(each["post_code"], each["person_id"], each["began_at"]) for each in rows(query)}
        for handover_id, each in self._sealings.items():
            post = each.body.get("post")
            is_exempt = handover_id in apart or each.at in self._set_back
            if isinstance(post, str) and not is_exempt and (post, each.by, each.at) not in held:
                found(f"tenure:handover:{handover_id}", "foundation.verify_record_missing")


def _number(about: str) -> int:
    """The handover that a report is of; none of a tenure's."""
    table, _, number = about.partition(":")
    return int(number) if table == "handover" else 0


def _are_all(signed: object, signatures: Container[object]) -> bool:
    """Are there signatures in what the journal names, and each of them in the file?"""
    named = signed if isinstance(signed, list) else []
    return bool(named) and all(isinstance(one, int) and one in signatures for one in named)


def _is_of(book: Mapping[str, Any], content: Mapping[str, Any], sealing: _Sealing) -> bool:
    """Does the book's line name those who signed, what they signed, and when it was sealed?"""
    through = sealing.body.get("through_entry") if book["kind"] == _APART else None
    said = {
        **{f"{side}_id": _id_of(content.get(side)) for side in ("outgoing", "acting", "incoming")},
        "stage": "sealed",
        "version_id": sealing.body.get("version"),
        "closed_at": sealing.at,
        "through_entry_id": through,
    }
    return all(book[name] == value for name, value in said.items())


def _id_of(person: object) -> object:
    return person.get("id") if isinstance(person, Mapping) else None


def _check_order(seals: Iterable[Mapping[str, Any]], found: Found) -> None:
    """Seals are numbered as they were put: one that was given another number stands elsewhere."""
    before = 0
    for row in sorted(seals, key=lambda each: int(each["id"])):
        seq = row["journal_seq"] if isinstance(row["journal_seq"], int) else before
        if seq < before:
            found(f"handover_seal:{row['handover_id']}", "foundation.verify_words_changed")
        before = seq
