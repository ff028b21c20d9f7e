"""What people fill in: one form for each kind of entry, checked as it is made.

A form that was made holds only text that may be stored. Whatever a person can get wrong comes out
as a Refusal that names the field; anything else that does not fit is a defect of the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT, SHORT_LIMIT, accept, narrow
from desk_console.log.records import Category, Channel, EntryKind

MOST_RINGS = 99
MOST_PARTY = 999
MOST_PIECES = 100_000
MOST_POINTS = 200


def short_text(value: object) -> object:
    """A text of one line through the gate."""
    return accept(value, limit=SHORT_LIMIT) if isinstance(value, str) else value


def long_text(value: object) -> object:
    """A text of several lines through the gate."""
    return accept(value, limit=LONG_LIMIT, lines=True) if isinstance(value, str) else value


def number_text(value: object) -> object:
    """A phone or unit as typed, its full-width characters made plain."""
    return accept(narrow(value), limit=SHORT_LIMIT) if isinstance(value, str) else value


def whole_number(field: str, least: int, most: int) -> Callable[[object], object]:
    """Reads a whole number from `least` to `most`, typed or given; empty is None."""

    def read(value: object) -> object:
        if isinstance(value, str):
            typed = narrow(value)
            if not typed:
                return None
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
                raise Refusal("log.not_a_number", field=field, least=least, most=most)
            value = int(typed)
        if isinstance(value, int) and not least <= value <= most:
            raise Refusal("log.number_out_of_range", field=field, least=least, most=most)
        return value

    return read


def _instant(value: AwareDatetime) -> datetime:
    return value.astimezone(UTC)


Short = Annotated[str, BeforeValidator(short_text)]
Long = Annotated[str, BeforeValidator(long_text)]
Number = Annotated[str, BeforeValidator(number_text)]


class Form(BaseModel):
    """What all forms share: they never change, and know no field but their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoticeForm(Form):
    """A department told: whom, how, when (6.3). Without a time it is told now."""

    department_id: int
    how: Channel = Channel.CALL
    told: Short = ""
    at: AwareDatetime | None = None


class PointForm(Form):
    """What was found at one point of a round (9.3)."""

    point: Short
    is_ok: bool = True
    finding: Short = ""
    correction: Short = ""


class EntryForm(Form):
    """The fields that every kind of entry has. `form_id` was made when the form was opened."""

    kind: ClassVar[EntryKind]

    form_id: str
    at: AwareDatetime
    """When it happened."""
    channel: Channel
    is_outgoing: bool = False
    category: Category = Category.OTHER
    caller: Short = ""
    unit_text: Number = ""
    unit_id: int | None = None
    resident_id: int | None = None
    phone: Number = ""
    rings: Annotated[int | None, BeforeValidator(whole_number("rings", 0, MOST_RINGS))] = None
    content: Long = ""
    action: Long = ""
    result: Long = ""
    is_abnormal: bool = False
    is_emergency: bool = False
    notices: tuple[NoticeForm, ...] = ()

    def model_post_init(self, context: Any, /) -> None:
        """Refuses a form that lacks what its kind needs."""
        for field in self.needed():
            value = getattr(self, field)
            if value is None or value == "" or value == ():
                raise Refusal(f"log.missing_{field}", field=field)

    def needed(self) -> tuple[str, ...]:
        """The fields that may not stay empty."""
        return ("content",)

    def particulars(self) -> dict[str, Any]:
        """What only this kind has, as it is stored. Instants as text in UTC."""
        return {}

    def summary(self) -> str:
        """The words that stand as the entry's content."""
        return self.content


class CallForm(EntryForm):
    """A telephone call, in or out."""

    kind: ClassVar[EntryKind] = EntryKind.CALL
    channel: Channel = Channel.CALL


class MessageForm(EntryForm):
    """A letter, text message, WeChat message or mail, in or out (4.7)."""

    kind: ClassVar[EntryKind] = EntryKind.MESSAGE
    channel: Channel = Channel.WECHAT


class EventForm(EntryForm):
    """Something that happened: what the desk saw or did itself."""

    kind: ClassVar[EntryKind] = EntryKind.EVENT
    channel: Channel = Channel.DESK


class VisitForm(EntryForm):
    """A visitor: for what, in, out, how many, which vehicle."""

    kind: ClassVar[EntryKind] = EntryKind.VISIT
    channel: Channel = Channel.VISIT
    purpose: Short = ""
    in_at: AwareDatetime | None = None
    out_at: AwareDatetime | None = None
    party: Annotated[int | None, BeforeValidator(whole_number("party", 1, MOST_PARTY))] = 1
    plate: Number = ""

    def model_post_init(self, context: Any, /) -> None:
        """Refuses a visit without a purpose or words, and one that ends before it begins."""
        if not (self.purpose or self.content):
            raise Refusal("log.missing_purpose", field="purpose")
        if self.out_at is not None and self.out_at < (self.in_at or self.at):
            raise Refusal("log.out_before_in", field="out_at")

    def particulars(self) -> dict[str, Any]:
        """Purpose, in, out, party and plate. In at the entry's own time unless given."""
        return {
            "purpose": self.purpose,
            "in_at": _instant(self.in_at or self.at).isoformat(),
            "out_at": _instant(self.out_at).isoformat() if self.out_at else None,
            "party": self.party or 1,
            "plate": self.plate.upper(),
        }

    def summary(self) -> str:
        """What was said, else the purpose."""
        return self.content or self.purpose


class PatrolForm(EntryForm):
    """A round: its route, and what was found and put right at each point (9.3)."""

    kind: ClassVar[EntryKind] = EntryKind.PATROL
    channel: Channel = Channel.PATROL
    route: Short = ""
    points: tuple[PointForm, ...] = ()

    def model_post_init(self, context: Any, /) -> None:
        """Refuses a round without a route or words, and a point not in order without its
        finding.
        """
        if not (self.route or self.content):
            raise Refusal("log.missing_route", field="route")
        if len(self.points) > MOST_POINTS:
            raise Refusal("log.too_many_points", field="points", most=MOST_POINTS)
        for each in self.points:
            if not each.is_ok and not each.finding:
                raise Refusal("log.missing_finding", field="points", point=each.point)

    def particulars(self) -> dict[str, Any]:
        """The route and its points."""
        return {"route": self.route, "points": [point.model_dump() for point in self.points]}

    def summary(self) -> str:
        """The words, else the route; then what was not in order."""
        findings = [f"{each.point}：{each.finding}" for each in self.points if not each.is_ok]
        return "\n".join([self.content or self.route, *findings])[:LONG_LIMIT]


class HandOutForm(EntryForm):
    """A gift or leaflet handed out; it is drawn from the post's stock (5.3)."""

    kind: ClassVar[EntryKind] = EntryKind.HAND_OUT
    channel: Channel = Channel.DESK
    item_id: int | None = None
    quantity: Annotated[int | None, BeforeValidator(whole_number("quantity", 1, MOST_PIECES))] = (
        None
    )
    to: Short = ""

    def needed(self) -> tuple[str, ...]:
        """Which item, and how many."""
        return ("item_id", "quantity")

    def particulars(self) -> dict[str, Any]:
        """Item, quantity, to whom."""
        return {"item_id": self.item_id, "quantity": self.quantity, "to": self.to}


class CustodyForm(EntryForm):
    """Something left at the desk: who left it, for whom, what it is (7.8)."""

    kind: ClassVar[EntryKind] = EntryKind.CUSTODY
    channel: Channel = Channel.DESK
    left_by: Short = ""
    for_whom: Short = ""
    what: Short = ""

    def needed(self) -> tuple[str, ...]:
        """Who left it, for whom, what."""
        return ("left_by", "for_whom", "what")

    def particulars(self) -> dict[str, Any]:
        """Who left it, for whom, what."""
        return {"left_by": self.left_by, "for_whom": self.for_whom, "what": self.what}

    def summary(self) -> str:
        """What was left, then the words."""
        return "\n".join(filter(None, (self.what, self.content)))[:LONG_LIMIT]
