"""The sheet of a handover: everything that is signed, as one frozen value.

What is shown, signed and kept is this value and nothing else. People's words are marked as such:
the signed bytes hold their salted digests, and the words stand beside them (see `sealing`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from desk_console.foundation.canonical import canonical, sha256
from desk_console.foundation.catalogue import Message, message
from desk_console.handover.found import Found
from desk_console.handover.records import Condition, HandoverKind, Severity, Step
from desk_console.log.records import Category, EntryKind
from desk_console.matters.records import Importance
from desk_console.rulebook.records import DESK, post_name

FORM = "handover/1"
"""How the content of this form names itself in the signed bytes."""


class OwnWords:
    """Marks a field as people's words: they may name a resident, and may be erased by order."""


Words = Annotated[str, OwnWords()]


class Value(BaseModel):
    """A frozen part of a sheet; what an older program signed may lack its newer fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _without_none(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value is not None or key not in names}


class Signer(Value):
    """Somebody of the staff, as they were at the handover."""

    id: int
    staff_no: str
    name: str
    role: str = ""


class Arrival(Value):
    """When the incoming person came, and when the regulation wanted them (9.9, 6.10)."""

    arrived_at: datetime
    expected_at: datetime | None
    late_minutes: int
    is_fit: bool | None
    """What they answered to fitness for duty (7.4); None where it is not asked."""


class TidyLine(Value):
    """One line of the tidying (9.14, 2.10, 7.7). `is_ok` is None until it was answered."""

    item_id: int
    zh: str
    en: str
    clause: str | None
    is_ok: bool | None
    note: Words = ""


class ItemLine(Value):
    """One item: what there should be, what there is, and why that differs (9.10, 1.13, 2.12)."""

    item_id: int
    code: str
    name: str
    group: str
    unit: str
    expected: int
    counted: int | None
    """None until it was counted, and again once something was taken or brought after that."""
    condition: Condition | None
    what: Words = ""
    why: Words = ""
    where_gone: Words = ""
    follow_up: Signer | None = None
    is_explained: bool = False
    matter_id: int | None = None
    revision: int = 0
    is_known: bool = False
    """Its damage was explained in an earlier handover and is still being seen to."""
    was: Condition | None = None
    """How it was found at the handover before; None where it was not counted then."""
    is_retired: bool = False
    """It was taken out of use since, and is counted for the last time."""
    damaged: int | None = None
    """How many of those counted are damaged; None where all are, or none."""
    was_damaged: int | None = None
    """The same, at the handover before."""

    @model_serializer(mode="wrap")
    def _lean(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without the numbers of damaged ones where there are none: what was signed before they
        were known stays what it was.
        """
        return _without_none(whole(self), "damaged", "was_damaged")

    @property
    def found(self) -> Found | None:
        """How it was found; None until it was counted."""
        return None if self.condition is None else Found(self.condition, self.damaged)

    @property
    def found_before(self) -> Found | None:
        """How it was found at the handover before; None where it was not counted then."""
        return None if self.was is None else Found(self.was, self.was_damaged)

    @property
    def difference(self) -> int:
        """More than expected, or (negative) less; nought while it is not counted."""
        return 0 if self.counted is None else self.counted - self.expected

    @property
    def wants_explaining(self) -> bool:
        """A difference, or a damage that nobody is seeing to yet."""
        if self.counted is None:
            return False
        return self.difference != 0 or (self.condition is Condition.DAMAGED and not self.is_known)


class Beside(Value):
    """A line beside an entry, by its number and the digest that the journal holds."""

    id: int
    digest: str


class EntryRef(Value):
    """An entry of the record by its number and digest: its words stay in the log."""

    entry_id: int
    at: datetime
    kind: EntryKind
    category: Category
    writer: str
    digest: str
    is_abnormal: bool
    has_outcome: bool
    """It is no abnormal one, or it has its result, or what it left open is handed on (2.9)."""
    matter_id: int | None
    beside: tuple[Beside, ...] = ()
    is_read: bool = False
    """By the incoming person, with everything beside it."""
    lacks_rings: bool = False
    """A call that came in, and nobody said after how many rings it was answered (9.7)."""
    corrected: Category | None = None
    """The category as its newest correction has it (5.1); None where nobody corrected it."""

    @model_serializer(mode="wrap")
    def _lean(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without a corrected category where there is none: what was signed before it was carried
        stays what it was.
        """
        return _without_none(whole(self), "corrected")

    @property
    def category_now(self) -> Category:
        """As it was put right, else as it was written."""
        return self.corrected or self.category

    @property
    def category_words(self) -> Message:
        """In words: as it is, and what it was first logged as where that was corrected."""
        first = message(f"log.category_{self.category}")
        if self.category_now is self.category:
            return first
        now = message(f"log.category_{self.category_now}")
        return message("handover.category_corrected", now=now, was=first)


class Figures(Value):
    """The shift in figures, beside the outgoing person's words (7.13)."""

    entries: int = 0
    calls: int = 0
    late_answers: int = 0
    unrung: int = 0
    """Calls of which nobody said after how many rings they were answered (9.7)."""
    visits: int = 0
    repairs: int = 0
    complaints: int = 0
    abnormal: int = 0
    opened: int = 0
    closed: int = 0


class MatterPoint(Value):
    """An open matter: what is said of it, what is said back, and who has it from now on."""

    matter_id: int
    entry_id: int | None
    kind: str
    title: Words
    importance: Importance
    is_urgent: bool
    opened_at: datetime
    due_at: datetime | None
    matter_revision: int
    """That of the last step somebody took; what time alone adds makes no new one here."""
    owner: Signer
    """Who has it now."""
    number: str = ""
    """Of its work order or record."""
    unit: Words = ""
    """Where it is: it tells whose home that is, and may be erased by order."""
    stage: str = ""
    lacks_report: bool = False
    """It is major, or an emergency, and was not reported where it must be (9.6, 2.4)."""
    is_leftover: bool = False
    """A night's leftover that is to be turned into an order or a record (6.7)."""
    severity: Severity | None = None
    """None until the outgoing person has stated the matter."""
    least_severity: Severity = Severity.NORMAL
    state: Words = ""
    next_step: Words = ""
    new_owner: Signer | None = None
    """None: the incoming person, where it is the outgoing one's; else whoever has it now."""
    next_at: datetime | None = None
    if_then: Words = ""
    carry_reason: Words = ""
    point_revision: int = 0
    is_acknowledged: bool = False
    read_back: Words = ""
    is_read_back: bool = False
    is_accepted: bool = False
    said_again: int = 0
    converted_to: str = ""

    @property
    def what(self) -> Message:
        """What it is about; of a missed call, which has only its number, that it is one."""
        missed = message("matters.kind_missed")
        kind = message("handover.missed_call", kind=missed, title=self.title)
        return kind if self.kind == "missed" else message("handover.matter", title=self.title)

    @property
    def name(self) -> Message:
        """By which it is found again: the number of its order or record, the unit, what it is."""
        found = "  ".join(filter(None, (self.number, self.unit)))
        return message("handover.matter_found", by=found, what=self.what) if found else self.what

    @property
    def wants_read_back(self) -> bool:
        """Watched and urgent matters are said back."""
        return self.severity in (Severity.WATCH, Severity.URGENT)

    @property
    def is_blocking(self) -> bool:
        """Important unfinished work (9.17)."""
        return self.importance is not Importance.NORMAL


class AreaLine(Value):
    """One point of the area (9.12). `is_ok` is None until it was looked at."""

    item_id: int
    zh: str
    en: str
    clause: str | None
    is_ok: bool | None
    note: Words = ""
    explanation: Words = ""
    is_explained: bool = False
    revision: int = 0


class ReleaseLine(Value):
    """A blocking matter that a supervisor released (9.17)."""

    matter_id: int
    importance: Importance
    supervisor: Signer
    new_owner: Signer
    reason: Words
    at: datetime
    signature_id: int


class RefusalLine(Value):
    """Somebody would not take over, and why."""

    person: Signer
    reason: Words
    at: datetime


class Part(Value):
    """The version that the outgoing person signed at closing, where the two never met."""

    version_id: int
    digest: str
    signed_at: datetime


class Sheet(Value):
    """One handover as it stands, or as it was signed."""

    form: str = FORM
    handover_id: int
    kind: HandoverKind
    post_code: str
    site: str = ""
    regulation: str
    also: tuple[str, ...] = ()
    plan_code: str = ""
    plan_zh: str = ""
    plan_en: str = ""
    is_night: bool = False
    day: date | None = None
    shift_from: datetime | None = None
    shift_due: datetime | None = None
    unchecked: int = 0
    """Opening checks that nobody has answered: the shift does not count as started (7.9)."""
    opened_at: datetime
    opened_by: Signer
    reason: Words = ""
    outgoing: Signer
    acting: Signer | None = None
    incoming: Signer | None = None
    arrival: Arrival | None = None
    tidy: tuple[TidyLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    after_entry_id: int = 0
    entries: tuple[EntryRef, ...] = ()
    figures: Figures = Figures()
    summary: Words = ""
    to_note: Words = ""
    instructions: Words = ""
    remarks: Words = ""
    matters: tuple[MatterPoint, ...] = ()
    area: tuple[AreaLine, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()
    refusals: tuple[RefusalLine, ...] = ()
    left: Part | None = None
    """What the outgoing person signed at closing, where the two never met."""
    steps: tuple[Step, ...] = ()
    """The steps that this site's regulations ask for."""
    wants_witness: bool = False

    @property
    def giver(self) -> Signer:
        """Who hands over: the outgoing person, or the supervisor who acts for them."""
        return self.acting or self.outgoing

    @property
    def shift_name(self) -> Message:
        """The shift in words; at which post, where the site has several."""
        plan = message("roster.named", zh=self.plan_zh, en=self.plan_en)
        if self.post_code == DESK:
            return plan
        return message("handover.shift_of", post=message(post_name(self.post_code)), plan=plan)

    def taker_of(self, point: MatterPoint) -> Signer:
        """Who has a matter once both have signed: whom the release or the statement names; else
        whoever has it, and what was the outgoing person's becomes the incoming one's (9.11).
        """
        released = [one.new_owner for one in self.releases if one.matter_id == point.matter_id]
        if released:
            return released[-1]
        if point.new_owner is not None:
            return point.new_owner
        is_givers = point.owner.id in (self.outgoing.id, self.giver.id)
        return self.incoming if is_givers and self.incoming is not None else point.owner

    @property
    def is_alone(self) -> bool:
        """The post was closed and is opened again by one and the same person."""
        return (
            self.left is not None
            and self.incoming is not None
            and self.incoming.id == self.outgoing.id
        )

    @property
    def through_entry_id(self) -> int:
        """The last entry of the record."""
        return max((one.entry_id for one in self.entries), default=self.after_entry_id)

    @property
    def mark(self) -> str:
        """What the sheet is known by while it is looked at: who signs names it, so that nobody
        signs what they were not shown. It never leaves the program.
        """
        return sha256(canonical(self.model_dump()))
