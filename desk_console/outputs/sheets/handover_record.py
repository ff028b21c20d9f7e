"""The shift handover record (交接班记录表), as both signed it: its receipt to keep, its square to
scan, and what was added after sealing beside it.
"""

from __future__ import annotations

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue, pair
from desk_console.foundation.refusal import Refusal
from desk_console.handover.rules import UNCOUNTED
from desk_console.handover.sheet import Sheet as Content
from desk_console.handover.signed import SignatureLine, SignedHandover, as_signed
from desk_console.log.records import Category
from desk_console.log.views import lines_of
from desk_console.outputs.sheets.model import (
    Block,
    Fields,
    Grid,
    Prose,
    Receipt,
    Sheet,
    Signatures,
    Signed,
    column,
    given,
    joined,
    label,
    stamp,
)
from desk_console.rulebook.desk import Desk

_TOLD = frozenset({Category.REPAIR, Category.COMPLAINT})
_MOST_DIGITS = 18
_SIDES = ("outgoing", "acting", "incoming", "alone", "witness")


def handover_record(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """A sealed handover (9.10 to 9.17, 7.13). Refuses one that is not sealed, or is none."""
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise Refusal("handover.unknown")
    signed = as_signed(session, int(number))
    content = signed.sheet
    title = label("handover_record")
    blocks: tuple[Block, ...] = (
        _head(signed, words),
        Prose(label("shift_summary"), joined((content.summary, _figures(content, words)), "\n")),
        _matters(content, words),
        Prose(label("to_note"), content.to_note, lines=1),
        _told(session, content, words),
        _items(content, words),
        *_checks(content, words),
        Prose(label("instructions"), content.instructions, lines=1),
        Prose(label("receivers_remarks"), content.remarks, lines=1),
        *_releases(content, words),
        *_refusals(content, words),
        Signatures(_signatures(signed, words)),
        *_doubts(signed, words),
        Receipt(signed.line.receipt, label("receipt_note")),
        *_notes(signed, words),
    )
    return Sheet(
        title=title,
        site=content.site or desk.site.name,
        file=f"{title.first(words.language)}-{number}",
        blocks=blocks,
        number=number,
        has_personal_data=True,
    )


def _head(signed: SignedHandover, words: Catalogue) -> Fields:
    content = signed.sheet
    arrival = content.arrival
    acting = content.acting.name if content.acting else ""
    return Fields(
        (
            given("date", content.day.isoformat() if content.day else ""),
            given("shift", words.text(content.shift_name)),
            given("handed_over_at", stamp(signed.line.sealed_at, words)),
            given("outgoing", content.outgoing.name),
            given("incoming", content.incoming.name if content.incoming else ""),
            given("arrived_at", stamp(arrival.arrived_at if arrival else None, words)),
            given("kind", words.text(f"handover.kind_{content.kind}")),
            given("reason", joined((acting, content.reason))),
        )
    )


def _figures(content: Content, words: Catalogue) -> str:
    return words.text("outputs.sheets.figures", **content.figures.model_dump())


def _matters(content: Content, words: Catalogue) -> Grid:
    rows = tuple(
        (
            one.number or f"#{one.matter_id}",
            joined((one.unit, words.text(one.what))),
            words.text(f"handover.severity_{one.severity or one.least_severity}"),
            one.state,
            joined((one.next_step, one.if_then), "\n"),
            joined(
                (
                    content.taker_of(one).name,
                    words.moment(one.next_at) if one.next_at else "",
                )
            ),
            one.read_back,
            one.carry_reason,
        )
        for one in content.matters
    )
    return Grid(
        columns=(
            column("order_no", 10, centred=True),
            column("matter", 18),
            column("severity", 7, centred=True),
            column("state", 15),
            column("next_step", 17),
            column("owner_until", 11),
            column("read_back", 16),
            column("carry_reason", 12),
        ),
        rows=rows,
        title=label("outstanding"),
        is_small=True,
    )


def _told(session: Session, content: Content, words: Catalogue) -> Grid:
    refs = {
        one.entry_id: one
        for one in content.entries
        if {one.category, one.category_now} & _TOLD or one.is_abnormal
    }
    return Grid(
        columns=(
            column("time", 8, centred=True),
            column("category", 8, centred=True),
            column("unit", 12),
            column("content", 36),
            column("result", 28),
            column("recorder", 8, centred=True),
        ),
        rows=tuple(
            (
                words.clock(refs[line.id].at),
                words.text(refs[line.id].category_words),
                line.unit,
                line.content,
                line.result,
                refs[line.id].writer,
            )
            for line in lines_of(session, list(refs))
        ),
        title=label("repairs_complaints"),
        is_small=True,
    )


def _items(content: Content, words: Catalogue) -> Grid:
    return Grid(
        columns=(
            column("group", 12),
            column("item", 22),
            column("expected", 8, centred=True),
            column("counted", 8, centred=True),
            column("condition", 8, centred=True),
            column("explanation", 42),
        ),
        rows=tuple(
            (
                one.group,
                one.name,
                f"{one.expected} {one.unit}",
                "" if one.counted is None else f"{one.counted} {one.unit}",
                words.text(one.found.words) if one.found else "",
                joined(
                    (
                        one.what,
                        one.why,
                        one.where_gone,
                        one.follow_up.name if one.follow_up else "",
                    ),
                    "；" if words.language == "zh" else "; ",
                ),
            )
            for one in content.items
        ),
        title=label("items"),
        is_small=True,
    )


def _checks(content: Content, words: Catalogue) -> tuple[Grid, ...]:
    tidy = [(one.zh, one.en, one.is_ok, one.note) for one in content.tidy]
    area = [
        (one.zh, one.en, one.is_ok, joined((one.note, one.explanation))) for one in content.area
    ]
    return tuple(
        Grid(
            columns=(column("check", 36), column("found", 12, centred=True), column("note", 52)),
            rows=tuple(
                (words.either(zh, en), _found(is_ok, words), note) for zh, en, is_ok, note in lines
            ),
            title=label(name),
            is_small=True,
        )
        for name, lines in (("cleanliness", tidy), ("area_check", area))
        if lines
    )


def _found(is_ok: bool | None, words: Catalogue) -> str:
    if is_ok is None:
        return ""
    return words.text(f"outputs.sheets.{'in_order' if is_ok else 'not_in_order'}")


def _releases(content: Content, words: Catalogue) -> tuple[Grid, ...]:
    if not content.releases:
        return ()
    return (
        Grid(
            columns=(
                column("matter", 10, centred=True),
                column("released_by", 16),
                column("next_owner", 16),
                column("reason", 42),
                column("time", 14, centred=True),
            ),
            rows=tuple(
                (
                    f"#{one.matter_id}",
                    one.supervisor.name,
                    one.new_owner.name,
                    one.reason,
                    words.moment(one.at),
                )
                for one in content.releases
            ),
            title=label("releases"),
            is_small=True,
        ),
    )


def _refusals(content: Content, words: Catalogue) -> tuple[Prose, ...]:
    told = [f"{words.moment(one.at)} {one.person.name}：{one.reason}" for one in content.refusals]
    return (Prose(label("refusal"), "\n".join(told), lines=1),) if told else ()


def _doubts(signed: SignedHandover, words: Catalogue) -> tuple[Prose, ...]:
    if signed.is_good:
        return ()
    return (Prose(label("verdict"), words.text("outputs.sheets.not_as_signed"), lines=1),)


def _notes(signed: SignedHandover, words: Catalogue) -> tuple[Prose, ...]:
    told = [f"{words.moment(one.at)} {one.name}：{one.words}" for one in signed.notes]
    return (Prose(label("added_later"), "\n".join(told), lines=1),) if told else ()


def _signatures(signed: SignedHandover, words: Catalogue) -> tuple[Signed, ...]:
    under = [one for version in signed.versions if version.holds for one in version.signatures]
    sides = {
        " / ".join(pair(f"handover.meaning_{meaning}")): meaning.removesuffix(UNCOUNTED)
        for meaning in (*_SIDES, *(f"{side}{UNCOUNTED}" for side in ("outgoing", "alone")))
    }
    found = [(sides.get(one.meaning, "signature"), one) for one in under]
    found.sort(key=lambda each: (*_SIDES, "signature").index(each[0]))
    return tuple(_signed(side, one, words) for side, one in found)


def _signed(name: str, line: SignatureLine, words: Catalogue) -> Signed:
    holds = words.text(f"outputs.sheets.{'signature_good' if line.is_good else 'signature_bad'}")
    return Signed(label(name), line.name, stamp(line.at, words), holds)
