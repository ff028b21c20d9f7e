"""Walks through a handover as two people at one screen would, by the acts."""

from __future__ import annotations

from dataclasses import dataclass, field

from desk_console.handover import counting, looking, reading, signing, telling, views
from desk_console.handover.counting import Counted
from desk_console.handover.opening import join, open_handover
from desk_console.handover.records import HandoverKind, Severity
from desk_console.handover.sheet import Sheet
from desk_console.handover.signing import Signed
from desk_console.handover.telling import Statement
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import Logged, OpenMatter, log_entry
from desk_console.people.pins import Proof, choose_pin
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import checks, tasks, tenures
from desk_console.shift.items import ItemForm, add_item
from desk_console.shift.presence import present
from desk_console.shift.records import CheckKind
from tests.staff import Shown, opened

PIN = "73910482"


def proven(desk: Desk, who: Shown) -> Proof:
    """Somebody with a PIN of their own."""
    return choose_pin(desk, opened(desk, who.person).id, PIN)


def furnish(desk: Desk, boss: Shown, *, items: int = 3) -> list[int]:
    """Puts the regulation's checklists in place, and items at the post; returns the items."""
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)
    forms = [
        ItemForm(code=f"k{n}", name=f"钥匙{n}", unit="把", opening=n + 1) for n in range(items)
    ]
    return [add_item(desk, boss.person.id, form) for form in forms]


def call(desk: Desk, person: PersonView, content: str = "厨房漏水", **fields: object) -> Logged:
    """A repair call, which leaves a matter open."""
    opened = fields.pop("opened", None)
    given = {
        "form_id": desk.source.new_id(),
        "at": desk.now(),
        "category": Category.REPAIR,
        "caller": "王女士",
        "phone": "13800001111",
        "content": content,
        **fields,
    }
    assert opened is None or isinstance(opened, OpenMatter)
    return log_entry(desk, person, CallForm.model_validate(given), opened)


def open_post(desk: Desk, holder: PersonView, post: str = "desk") -> None:
    """The holder answers what is to be checked before the shift counts as started (7.9)."""
    with desk.reading() as session:
        running = tenures.running_shift(session, post)
        at = running.id if running else None
        lines = checks.lines(session, CheckKind.OPENING, shift_id=at)
    for line in lines:
        if at is not None and line.is_ok is None:
            checks.answer(desk, holder.id, line.item_id, is_ok=True, shift_id=at)


@dataclass
class Walk:
    """One handover, under way: each method does one step whole."""

    desk: Desk
    outgoing: Proof
    incoming: Proof
    post: str = "desk"
    kind: HandoverKind = HandoverKind.REGULAR
    reason: str = ""
    id: int = field(init=False)

    def __post_init__(self) -> None:
        """Opens it."""
        self.id = open_handover(
            self.desk, self.outgoing.person, post_code=self.post, kind=self.kind, reason=self.reason
        )

    @property
    def sheet(self) -> Sheet:
        """The sheet as it stands."""
        with self.desk.reading() as session:
            return views.sheet(session, self.desk, self.id)

    @property
    def standing(self) -> views.Standing:
        """How it stands."""
        with self.desk.reading() as session:
            return views.standing(session, self.desk, self.id)

    def left(self) -> list[str]:
        """What is left, by the keys of the messages."""
        return [lack.message.key.removeprefix("handover.lack_") for lack in self.standing.lacks]

    def join(self) -> None:
        """The incoming person comes."""
        join(self.desk, self.incoming.person, self.id)

    def feel_fit(self, *, is_ok: bool = True) -> None:
        """The incoming person answers that they are fit for duty, where that is asked (7.4)."""
        clause = self.desk.duty.cite(Topic.FIT_FOR_DUTY)
        if clause is None:
            return
        taker = self.incoming.person.id
        with self.desk.reading() as session:
            attendance = present(session, taker)
            at = attendance.id if attendance else None
            lines = checks.lines(session, CheckKind.START, attendance_id=at)
        for line in lines:
            if line.clause == clause:
                checks.answer(
                    self.desk,
                    taker,
                    line.item_id,
                    is_ok=is_ok,
                    note="" if is_ok else "发烧",
                    attendance_id=at,
                )

    def tidy(self) -> None:
        """Everything is tidy."""
        for line in self.sheet.tidy:
            looking.tidy(self.desk, self.outgoing.person, self.id, line.item_id, is_ok=True)

    def count(self, *, by: Proof | None = None) -> None:
        """Everything is there."""
        counts = [
            Counted(line.item_id, line.expected, revision=line.revision)
            for line in self.sheet.items
            if line.counted is None
        ]
        if counts:
            counting.count(self.desk, (by or self.incoming).person, self.id, counts)

    def summarise(self, words: str = "一切正常") -> None:
        """The shift in the outgoing person's words."""
        revision = self.standing.revision
        reading.summarise(self.desk, self.outgoing.person, self.id, revision, summary=words)

    def read(self) -> None:
        """The incoming person reads everything."""
        unread = [one.entry_id for one in self.sheet.entries if not one.is_read]
        if unread:
            reading.read(self.desk, self.incoming.person, self.id, unread)

    def state(self) -> None:
        """The outgoing person states every matter as what it is."""
        for point in self.sheet.matters:
            if point.severity is None:
                telling.state(
                    self.desk,
                    self.outgoing.person,
                    self.id,
                    point.matter_id,
                    Statement(
                        severity=point.least_severity,
                        state="已联系师傅",
                        next_step="十点再联系一次",
                        carry_reason="师傅在外",
                    ),
                    revision=point.point_revision,
                )

    def acknowledge(self) -> None:
        """The incoming person takes note of each, and says back what is to be watched."""
        for point in self.sheet.matters:
            if point.severity in (Severity.WATCH, Severity.URGENT):
                telling.read_back(
                    self.desk,
                    self.incoming.person,
                    self.id,
                    point.matter_id,
                    point.point_revision,
                    "我十点打电话问师傅",
                )
            elif not point.is_acknowledged:
                telling.acknowledge(
                    self.desk,
                    self.incoming.person,
                    self.id,
                    point.matter_id,
                    point.point_revision,
                )

    def accept(self) -> None:
        """The outgoing person finds everything understood."""
        for point in self.sheet.matters:
            if point.is_read_back and not point.is_accepted:
                telling.accept_read_back(
                    self.desk,
                    self.outgoing.person,
                    self.id,
                    point.matter_id,
                    point.point_revision,
                )

    def look(self) -> None:
        """The area is as it should be."""
        for line in self.sheet.area:
            if line.is_ok is None:
                looking.check_area(
                    self.desk, self.incoming.person, self.id, line.item_id, is_ok=True
                )

    def through(self) -> None:
        """All steps up to the signatures."""
        self.join()
        self.feel_fit()
        self.tidy()
        self.count()
        self.summarise()
        self.read()
        self.state()
        self.acknowledge()
        self.accept()
        self.look()

    def sign_outgoing(self) -> Signed:
        """The first signature, over what is shown."""
        return signing.sign_outgoing(self.desk, self.outgoing, self.id, shown=self.sheet.mark)

    def sign_incoming(self) -> Signed:
        """The last signature, over what is shown."""
        return signing.sign_incoming(self.desk, self.incoming, self.id, shown=self.sheet.mark)

    def whole(self) -> Signed:
        """All of it."""
        self.through()
        self.sign_outgoing()
        return self.sign_incoming()
