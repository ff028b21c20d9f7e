"""The fields of the paper forms: which there are, and what may be written into each.

A field's value is kept as text, a whole number or an instant; what does not fit is refused by the
field's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from desk_console.foundation.canonical import instant_text
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT, SHORT_LIMIT, accept, narrow
from desk_console.log.codes import Channel
from desk_console.matters.codes import Grade, Urgency
from desk_console.people.phones import kept

MOST_YUAN = 1_000_000


class FieldKind(StrEnum):
    """What sort of value a field holds."""

    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    """A unit: full-width signs are made plain."""
    PHONE = "phone"
    """A telephone number as it was typed, full-width signs made plain; it must be one (5.6)."""
    WHEN = "when"
    PERSON = "person"
    DEPARTMENT = "department"
    MONEY = "money"
    """Kept in fen."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `codes` of a choice."""

    name: str
    kind: FieldKind
    codes: tuple[str, ...] = ()
    is_past: bool = False
    """An instant that has been, not one that is to come."""


COMPLAINT_TYPES = ("service", "facility", "safety", "fee", "environment", "dispute")
SATISFACTION = ("satisfied", "fair", "dissatisfied", "unreached")
CHARGE = ("free", "paid")
HOW = tuple(
    channel.value
    for channel in (
        Channel.CALL,
        Channel.VISIT,
        Channel.WECHAT,
        Channel.TEXT,
        Channel.MAIL,
        Channel.SHEET,
    )
)

FIELDS: Mapping[str, Field] = {
    one.name: one
    for one in (
        # Who is asked, and how they are told (6.3, 4.8).
        Field("department", FieldKind.DEPARTMENT),
        Field("assignee", FieldKind.PERSON),
        Field("how", FieldKind.CHOICE, HOW),
        Field("told", FieldKind.SHORT),
        # The work order (6.4, 6.6).
        Field("urgency", FieldKind.CHOICE, tuple(one.value for one in Urgency)),
        Field("place", FieldKind.SHORT),
        Field("appointment", FieldKind.WHEN),
        Field("due", FieldKind.WHEN),
        Field("work_done", FieldKind.LONG),
        Field("materials", FieldKind.SHORT),
        Field("fee", FieldKind.MONEY),
        Field("chargeable", FieldKind.CHOICE, CHARGE),
        Field("signed_by", FieldKind.SHORT),
        Field("not_done_reason", FieldKind.SHORT),
        # The next day (6.6).
        Field("interim", FieldKind.SHORT),
        Field("told_resident", FieldKind.SHORT),
        Field("told_at", FieldKind.WHEN, is_past=True),
        # The complaint (4.11, 5.5).
        Field("grade", FieldKind.CHOICE, tuple(one.value for one in Grade)),
        Field("type", FieldKind.CHOICE, COMPLAINT_TYPES),
        Field("demand", FieldKind.LONG),
        Field("evidence", FieldKind.SHORT),
        Field("party_name", FieldKind.SHORT),
        Field("party_unit", FieldKind.NUMBER),
        Field("party_phone", FieldKind.PHONE),
        Field("party_words", FieldKind.LONG),
        Field("findings", FieldKind.LONG),
        Field("proposal", FieldKind.LONG),
        Field("approval", FieldKind.LONG),
        Field("corrective", FieldKind.LONG),
        # What comes of it.
        Field("reason", FieldKind.SHORT),
        Field("resume_at", FieldKind.WHEN),
        Field("words", FieldKind.LONG),
        Field("next_step", FieldKind.SHORT),
        Field("result", FieldKind.LONG),
        Field("answered", FieldKind.LONG),
        Field("follow_result", FieldKind.LONG),
        Field("satisfaction", FieldKind.CHOICE, SATISFACTION),
    )
}
"""Every field by its name. Their labels: `matters.field_…`; of a choice: `matters.<field>_<code>`.
"""


def accepted(given: Mapping[str, object]) -> dict[str, object]:
    """The values as they may be kept; empty ones are left out. Refuses by the field's name.

    A name that is no field is a defect of the caller: KeyError.
    """
    values = {name: _value(FIELDS[name], value) for name, value in given.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}


def instant(facts: Mapping[str, object], name: str) -> datetime | None:
    """An instant among kept facts."""
    value = facts.get(name)
    return datetime.fromisoformat(value).astimezone(UTC) if isinstance(value, str) else None


def _value(field: Field, value: object) -> object:
    match field.kind:
        case FieldKind.SHORT:
            return _text(field, str(value))
        case FieldKind.LONG:
            return _text(field, str(value), limit=LONG_LIMIT, lines=True)
        case FieldKind.NUMBER:
            return _text(field, narrow(str(value)))
        case FieldKind.PHONE:
            return _phone(field, str(value))
        case FieldKind.WHEN:
            return instant_text(value.astimezone(UTC)) if isinstance(value, datetime) else None
        case FieldKind.PERSON | FieldKind.DEPARTMENT:
            return value if isinstance(value, int) else None
        case FieldKind.MONEY:
            return _fen(field, value)
        case FieldKind.CHOICE:
            if value and value not in field.codes:
                raise Refusal("matters.not_a_choice", field=field.name)
            return value or None


def _text(field: Field, text: str, *, limit: int = SHORT_LIMIT, lines: bool = False) -> str:
    try:
        return accept(text, limit=limit, lines=lines)
    except Refusal as refusal:
        values = {**refusal.message.values, "field": field.name}
        raise Refusal(refusal.message.key, clause=refusal.clause, **values) from refusal


def _phone(field: Field, typed: str) -> str:
    try:
        kept(typed)
    except Refusal as refusal:
        values = {**refusal.message.values, "field": field.name}
        raise Refusal(refusal.message.key, clause=refusal.clause, **values) from None
    return _text(field, narrow(typed))


def _fen(field: Field, value: object) -> int | None:
    """Yuan as typed (`12`, `12.5`, `￥12.50`) in fen; a whole number is fen already."""
    if isinstance(value, int):
        return value
    typed = narrow(str(value)).strip("¥￥元 ")
    if not typed:
        return None
    yuan, point, rest = typed.partition(".")
    is_figure = yuan.isascii() and yuan.isdigit() and len(rest) <= 2
    if not is_figure or (point and not (rest.isascii() and rest.isdigit())):
        raise Refusal("matters.not_money", field=field.name)
    if int(yuan) > MOST_YUAN:
        raise Refusal("matters.too_much_money", field=field.name, most=MOST_YUAN)
    return int(yuan) * 100 + int((rest or "0").ljust(2, "0"))
