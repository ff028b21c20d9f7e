"""The sheet behind the call form: what was typed into it, and the log's form that it comes to.

A sheet is plain text and flags, so that it can be kept as a draft at any moment and come back as it
was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from pydantic import ValidationError

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import SHORT_LIMIT
from desk_console.log import forms
from desk_console.log.records import Category, Channel, EntryKind
from desk_console.log.rules import parse_clock
from desk_console.matters.opening import OpenMatter
from desk_console.matters.records import Importance

KINDS: tuple[str, ...] = (
    EntryKind.CALL,
    EntryKind.VISIT,
    EntryKind.MESSAGE,
    EntryKind.EVENT,
    EntryKind.PATROL,
    EntryKind.HAND_OUT,
    EntryKind.CUSTODY,
)
CATEGORIES: tuple[str, ...] = tuple(Category)
MESSAGE_CHANNELS: tuple[str, ...] = (
    Channel.WECHAT,
    Channel.TEXT,
    Channel.MAIL,
    Channel.LETTER,
)
NOTICE_CHANNELS: tuple[str, ...] = (
    Channel.CALL,
    Channel.DESK,
    Channel.WECHAT,
    Channel.TEXT,
)
IMPORTANCES: tuple[str, ...] = tuple(Importance)
MARKS = ("left_open", "urgent", "abnormal", "emergency")
NEXT_DAY = "next_day"
"""The mark of a night's repair that is put off (6.6)."""

_COMMON = ("caller", "unit_text", "phone", "content", "action", "result")
_OWN: Mapping[str, tuple[str, ...]] = {
    EntryKind.CALL: ("rings", "is_outgoing"),
    EntryKind.MESSAGE: ("channel", "is_outgoing"),
    EntryKind.EVENT: (),
    EntryKind.VISIT: ("purpose", "party", "plate"),
    EntryKind.PATROL: ("route", "points"),
    EntryKind.HAND_OUT: ("item_id", "quantity", "to"),
    EntryKind.CUSTODY: ("left_by", "for_whom", "what"),
}
_FORMS: Mapping[str, type[forms.EntryForm]] = {
    form.kind: form
    for form in (
        forms.CallForm,
        forms.VisitForm,
        forms.MessageForm,
        forms.EventForm,
        forms.PatrolForm,
        forms.HandOutForm,
        forms.CustodyForm,
    )
}
UNCATEGORISED = frozenset({EntryKind.PATROL, EntryKind.HAND_OUT, EntryKind.CUSTODY})
"""Kinds that say by themselves what they are about."""


@dataclass(slots=True)
class Sheet:
    """One form being filled in: its id and instant from the key press on, and its fields."""

    form_id: str
    at: datetime
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Which kind of entry it is to be."""
        kind = str(self.values.get("kind", EntryKind.CALL))
        return kind if kind in KINDS else str(EntryKind.CALL)

    def text(self, name: str) -> str:
        """A field's text; empty where nothing was typed."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else str(value)

    @property
    def is_blank(self) -> bool:
        """Has nobody said anything in it yet? Choices that stand by themselves say nothing."""
        said = ("caller", "unit_text", "phone", "content", "action", "result", "told", "rings")
        own = ("purpose", "plate", "quantity", "to", "left_by", "for_whom", "what")
        points = self.values.get("points") or []
        return not any(self.text(name).strip() for name in said + own) and not any(
            point.get("state") for point in points
        )

    def as_draft(self) -> dict[str, Any]:
        """What a draft keeps: the fields, and the instant at which the form was opened."""
        return {**self.values, "opened_at": self.at.isoformat()}

    @classmethod
    def from_draft(cls, form_id: str, kept: Mapping[str, Any], begun_at: datetime) -> Sheet:
        """The sheet that a draft was made of; a draft of an older program lacks what it lacks."""
        values = dict(kept)
        opened = values.pop("opened_at", None)
        at = datetime.fromisoformat(opened) if isinstance(opened, str) else begun_at
        return cls(form_id, at, values)


@dataclass(frozen=True, slots=True)
class _Times:
    """Reads the time fields of a sheet: each means the last such minute up to now."""

    sheet: Sheet
    zone: tzinfo
    now: datetime

    def instant(self, name: str) -> datetime | None:
        """The instant of a field; None where it is empty. Refuses what is no time of day."""
        typed = self.sheet.text(name).strip()
        if not typed:
            return None
        opened = self.sheet.at
        if name == "at" and typed == opened.astimezone(self.zone).strftime("%H:%M"):
            # Untouched: the second of the key press, and the day of a draft that waited overnight.
            return opened
        try:
            return parse_clock(typed, near=self.now, zone=self.zone)
        except Refusal as refusal:
            values = {**refusal.message.values, "field": name}
            raise Refusal(refusal.message.key, clause=refusal.clause, **values) from refusal


def entry_form(sheet: Sheet, zone: tzinfo, *, now: datetime) -> forms.EntryForm:
    """The log's form of a sheet, at `now`. Refuses what cannot be read, naming the field."""
    read = _Times(sheet, zone, now)
    kind = EntryKind(sheet.kind)
    given: dict[str, Any] = {name: sheet.text(name) for name in _COMMON}
    given.update(form_id=sheet.form_id, at=read.instant("at") or sheet.at)
    given.update(
        unit_id=sheet.values.get("unit_id"),
        resident_id=sheet.values.get("resident_id"),
        is_abnormal="abnormal" in sheet.values.get("marks", ()),
        is_emergency="emergency" in sheet.values.get("marks", ()),
        notices=_notices(sheet, read),
    )
    if kind not in UNCATEGORISED:
        category = sheet.values.get("category")
        if category not in CATEGORIES:
            raise Refusal("tui.call_form.no_category", field="category")
        given["category"] = Category(category)
    given.update(_own(sheet, kind, read))
    try:
        return _FORMS[kind](**given)
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0]) if wrong.errors()[0]["loc"] else ""
        raise Refusal("tui.call_form.invalid", field=name) from wrong


def opened_matter(sheet: Sheet, zone: tzinfo, *, now: datetime) -> OpenMatter | None:
    """How what the sheet leaves open is to be opened; None where it closes if it can."""
    marks = set(sheet.values.get("marks", ()))
    importance = Importance(sheet.values.get("importance") or Importance.NORMAL)
    if not marks & {"left_open", "urgent", NEXT_DAY} and importance is Importance.NORMAL:
        return None
    put_off = _next_day(sheet, _Times(sheet, zone, now)) if NEXT_DAY in marks else None
    return OpenMatter(importance=importance, is_urgent="urgent" in marks, next_day=put_off)


def _next_day(sheet: Sheet, read: _Times) -> dict[str, object]:
    """Why it is put off, who told the resident when, and what was done for the night (6.6)."""
    interim = sheet.text("action").strip().partition("\n")[0]
    return {
        "not_done_reason": sheet.text("not_done_reason"),
        "told_resident": sheet.text("told_resident"),
        "told_at": read.instant("resident_told_at"),
        "interim": interim[:SHORT_LIMIT],
    }


def _own(sheet: Sheet, kind: EntryKind, read: _Times) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for name in _OWN[kind]:
        if name == "is_outgoing":
            own[name] = sheet.values.get("direction") == "out"
        elif name == "channel":
            own[name] = Channel(sheet.values.get("channel") or Channel.WECHAT)
        elif name == "points":
            own[name] = _points(sheet)
        elif name == "item_id":
            own[name] = sheet.values.get("item_id")
        elif name in ("party", "rings", "quantity"):
            own[name] = sheet.text(name) or None
        else:
            own[name] = sheet.text(name)
    if kind is EntryKind.VISIT:
        own["in_at"] = read.instant("in_at")
        own["out_at"] = read.instant("out_at")
    return own


def _points(sheet: Sheet) -> tuple[forms.PointForm, ...]:
    return tuple(
        forms.PointForm(
            point=str(point.get("point", "")),
            is_ok=point.get("state") == "ok",
            finding=str(point.get("finding", "")),
            correction=str(point.get("correction", "")),
        )
        for point in sheet.values.get("points") or []
        if point.get("state") in ("ok", "bad")
    )


def _notices(sheet: Sheet, read: _Times) -> tuple[forms.NoticeForm, ...]:
    department = sheet.values.get("department")
    if not department:
        return ()
    return (
        forms.NoticeForm(
            department_id=int(department),
            how=Channel(sheet.values.get("how") or Channel.CALL),
            told=sheet.text("told"),
            at=read.instant("told_at"),
        ),
    )
