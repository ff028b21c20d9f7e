"""A handover's sheet in words, whole: what is read before it is signed, and in the book after."""

from __future__ import annotations

from collections.abc import Iterator

from desk_console.foundation.catalogue import Catalogue, message
from desk_console.handover.sheet import AreaLine, ItemLine, MatterPoint, Sheet, Signer, TidyLine
from desk_console.tui.dialogs.handover.told import told_lines

T = "tui.handover"
_FIGURES = f"{T}.figures"


def sheet_lines(sheet: Sheet, words: Catalogue) -> list[str]:
    """Everything on the sheet, in its order; the entries by their numbers, as they are signed."""
    parts = (
        _head(sheet, words),
        _checks("tidy", sheet.tidy, words),
        _items(sheet, words),
        _record(sheet, words),
        _matters(sheet, words),
        _checks("area", sheet.area, words),
        _others(sheet, words),
    )
    lines: list[str] = []
    for part in parts:
        made = list(part)
        if made and lines:
            lines.append("")
        lines += made
    return lines


def brief_lines(sheet: Sheet, words: Catalogue) -> list[str]:
    """A sheet in a few lines: the shift, its figures, what was summed up, how much is open."""
    lines = [
        *_head(sheet, words),
        words.text(message(_FIGURES, **sheet.figures.model_dump())),
        words.text(f"{T}.sheet_matters", count=len(sheet.matters)),
    ]
    if sheet.summary:
        lines.append(words.text(f"{T}.sheet_summary", words=sheet.summary))
    return lines


def _head(sheet: Sheet, words: Catalogue) -> Iterator[str]:
    yield words.text(f"{T}.sheet_kind", kind=message(f"handover.kind_{sheet.kind}"))
    if sheet.shift_from is not None:
        yield words.text(
            f"{T}.sheet_shift",
            plan=sheet.shift_name,
            day=sheet.day or "",
            begin=sheet.shift_from,
            due=sheet.shift_due or "",
        )
    yield words.text(f"{T}.sheet_giver", name=sheet.outgoing.name, no=sheet.outgoing.staff_no)
    if sheet.acting is not None:
        yield words.text(
            f"{T}.sheet_acting",
            name=sheet.acting.name,
            no=sheet.acting.staff_no,
            reason=sheet.reason,
        )
    elif sheet.reason:
        yield words.text(f"{T}.sheet_reason", reason=sheet.reason)
    if sheet.incoming is not None:
        yield words.text(f"{T}.sheet_taker", name=sheet.incoming.name, no=sheet.incoming.staff_no)
    if sheet.arrival is not None:
        yield words.text(f"{T}.sheet_arrival", at=sheet.arrival.arrived_at)


def _checks(
    name: str, lines: tuple[TidyLine, ...] | tuple[AreaLine, ...], words: Catalogue
) -> Iterator[str]:
    if not lines:
        return
    yield words.text(f"{T}.sheet_{name}")
    for line in lines:
        key = {True: "sheet_line_ok", False: "sheet_line_bad", None: "sheet_line_open"}[line.is_ok]
        yield words.text(f"{T}.{key}", what=words.either(line.zh, line.en), note=line.note)
        if isinstance(line, AreaLine) and line.is_explained:
            yield "  " + words.text(f"{T}.check_explained", words=line.explanation)


def _items(sheet: Sheet, words: Catalogue) -> Iterator[str]:
    if not sheet.items:
        return
    yield words.text(f"{T}.sheet_items", count=len(sheet.items))
    for line in sheet.items:
        yield words.text(
            f"{T}.sheet_item",
            item=line.name,
            expected=line.expected,
            counted="-" if line.counted is None else line.counted,
            unit=line.unit,
            condition=line.found.words if line.found else "",
        ).rstrip()
        if line.is_explained:
            yield _explained(line, words)


def _explained(line: ItemLine, words: Catalogue) -> str:
    said = ("；" if words.language == "zh" else "; ").join(
        filter(None, (line.what, line.why, line.where_gone))
    )
    who = line.follow_up.name if line.follow_up else "-"
    return words.text(f"{T}.sheet_explained", said=said, who=who)


def _record(sheet: Sheet, words: Catalogue) -> Iterator[str]:
    if sheet.entries:
        ids = [one.entry_id for one in sheet.entries]
        yield words.text(f"{T}.sheet_record", count=len(ids), first=min(ids), last=max(ids))
        for one in sheet.entries:
            if one.category_now is not one.category:
                yield words.text(
                    f"{T}.sheet_category", id=one.entry_id, category=one.category_words
                )
        yield words.text(message(_FIGURES, **sheet.figures.model_dump()))
    else:
        yield words.text(f"{T}.sheet_record_none")
    for name in ("summary", "to_note", "instructions", "remarks"):
        if said := getattr(sheet, name):
            yield words.text(f"{T}.sheet_{name}", words=said)


def _matters(sheet: Sheet, words: Catalogue) -> Iterator[str]:
    yield words.text(f"{T}.sheet_matters", count=len(sheet.matters))
    for number, point in enumerate(sheet.matters, 1):
        yield from _matter(number, point, words, sheet.taker_of(point))


def _matter(number: int, point: MatterPoint, words: Catalogue, owner: Signer) -> Iterator[str]:
    severity = message(f"handover.severity_{point.severity or point.least_severity}")
    yield words.text(f"{T}.sheet_matter", number=number, severity=severity, title=point.name)
    yield words.text(f"{T}.sheet_matter_owner", name=owner.name)
    for line in told_lines(point, words):
        yield f"   {line}"
    if point.read_back:
        yield "   " + words.text(f"{T}.said_back", words=point.read_back)


def _others(sheet: Sheet, words: Catalogue) -> Iterator[str]:
    titles = {one.matter_id: one.name for one in sheet.matters}
    for released in sheet.releases:
        yield words.text(
            f"{T}.sheet_release",
            title=titles.get(released.matter_id, f"#{released.matter_id}"),
            name=released.supervisor.name,
            owner=released.new_owner.name,
            reason=released.reason,
        )
    for refused in sheet.refusals:
        yield words.text(
            f"{T}.sheet_refusal", name=refused.person.name, at=refused.at, reason=refused.reason
        )
