"""Lives a happening: calls the acts that people at the desk would, in their names."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.log import additions
from desk_console.log.departments import departments
from desk_console.log.forms import (
    CallForm,
    CustodyForm,
    EntryForm,
    EventForm,
    HandOutForm,
    MessageForm,
    NoticeForm,
    PatrolForm,
    PointForm,
    VisitForm,
)
from desk_console.log.records import Category, Channel, Resident, Unit
from desk_console.log.waiting import custody_waiting, visitors_inside
from desk_console.matters import acts as matters
from desk_console.matters.records import Importance
from desk_console.matters.views import open_matters
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView
from desk_console.roster import news
from desk_console.roster.asking import ask_leave
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DESK
from desk_console.sample import cast, estate, rostering
from desk_console.sample.happenings import (
    Arrival,
    Call,
    Departure,
    Drafted,
    Errand,
    HandOut,
    Happening,
    Incident,
    LeaveAsked,
    Left,
    PastEntered,
    Published,
    Relief,
    Return,
    Round,
    Upkeep,
    Visit,
)
from desk_console.sample.passing import pass_post
from desk_console.sample.settling import besides, move_on, settle_matter
from desk_console.shift import checks, tasks, tenures
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import sign_off
from desk_console.shift.items import items
from desk_console.shift.records import CheckKind, TenureKind
from desk_console.shift.step_out import come_back, settle, step_out
from desk_console.shift.views import DueView, board

_YOUNG = timedelta(hours=3)
"""Matters younger than this are left to wait."""

_MOVED_ON = 0.6
"""How likely the technician has moved on by the next look."""

_KEPT_OPEN = 3
"""So many are always left open, however hard people work."""

_KEPT_OPEN_LATELY = 7
"""So many in the last days, so that the present one has something of every age to do."""

_BUSY = timedelta(days=3)


class Living:
    """The desk while its month is lived: who is proven, which homes there are."""

    def __init__(
        self,
        desk: Desk,
        clock: MovingClock,
        proofs: dict[str, Proof],
        chance: random.Random,
        *,
        present: date,
    ) -> None:
        """`proofs` by staff number; `chance` decides what people would; `present` is the last
        day.
        """
        self._desk = desk
        self._clock = clock
        self._proofs = proofs
        self._by_id = {proof.person.id: proof for proof in proofs.values()}
        self._chance = chance
        self._busy_from = present - _BUSY
        with desk.reading() as session:
            self._homes = session.exec(
                select(Resident, Unit).where(Resident.unit_id == Unit.id)
            ).all()
            self._departments = {each.code: each.id for each in departments(session)}
            self._items = {each.code: each.id for each in items(session)}

    def settle(self) -> None:
        """Lets time be put on record."""
        settle(self._desk)

    def live(self, happening: Happening) -> None:
        """Does what happens, by the acts."""
        match happening:
            case Arrival():
                self._arrive(happening)
            case Departure():
                sign_off(self._desk, self._proofs[happening.staff_no])
            case Relief():
                self._relieve(happening)
            case Errand():
                back_at = self._utc(happening.back)
                guard = self._proofs[happening.guard]
                step_out(
                    self._desk, self._holder(), guard, reason=happening.reason, back_at=back_at
                )
            case Return():
                self._return()
            case Call():
                self._call(happening)
            case Visit():
                self._visit(happening)
            case Left():
                self._leave(happening)
            case Incident():
                self._incident(happening)
            case Round():
                self._patrol(happening)
            case HandOut():
                self._hand_out(happening)
            case Upkeep():
                self._upkeep(happening)
            case PastEntered() | Drafted() | Published():
                self._roster(happening)
            case LeaveAsked():
                self._ask_leave(happening)

    def _arrive(self, happening: Arrival) -> None:
        proof = self._proofs[happening.staff_no]
        arrived = sign_on(self._desk, proof, post_code=DESK, plan_code=happening.plan_code)
        self._read_news(proof)
        with self._desk.reading() as session:
            asked = checks.lines(session, CheckKind.START, attendance_id=arrived.attendance_id)
        for line in asked:
            checks.answer(
                self._desk,
                proof.person.id,
                line.item_id,
                is_ok=True,
                attendance_id=arrived.attendance_id,
            )

    def _roster(self, happening: PastEntered | Drafted | Published) -> None:
        supervisor = self._proofs[cast.SUPERVISOR.staff_no]
        match happening:
            case PastEntered():
                rostering.put_in_force(
                    self._desk, supervisor, self._proofs, happening.first, happening.last
                )
            case Drafted():
                rostering.draft_month(self._desk, supervisor, self._proofs, happening.month)
            case Published():
                rostering.publish_month(self._desk, supervisor, happening.month)

    def _ask_leave(self, happening: LeaveAsked) -> None:
        ask_leave(
            self._desk,
            self._proofs[happening.staff_no],
            self._desk.source.new_id(),
            happening.day,
            happening.day,
            reason=happening.reason,
        )

    def _read_news(self, proof: Proof) -> None:
        with self._desk.reading() as session:
            unread = news.news_for(session, proof.person.id)
        if unread:
            news.acknowledge(self._desk, proof.person.id, [each.id for each in unread])

    def _relieve(self, happening: Relief) -> None:
        incoming = self._proofs[happening.incoming]
        with self._desk.reading() as session:
            tenure = tenures.open_tenure(session, DESK)
        if tenure is None or tenure.person_id in (None, incoming.person.id):
            return
        outgoing = self._holder()
        self._do_due("tidy")
        pass_post(
            self._desk,
            outgoing,
            incoming,
            self._proofs[cast.SUPERVISOR.staff_no],
            self._chance,
            director=self._proofs[cast.DIRECTOR.staff_no],
            summary=happening.summary,
            departments=self._departments,
        )
        self._clock.advance(timedelta(minutes=4))
        sign_off(self._desk, outgoing)

    def _return(self) -> None:
        with self._desk.reading() as session:
            tenure = tenures.open_tenure(session, DESK)
        if tenure is not None and tenure.kind is TenureKind.STAND_IN and tenure.away_person_id:
            come_back(self._desk, self._by_id[tenure.away_person_id])

    def _call(self, happening: Call) -> None:
        story = happening.story
        resident, unit = self._homes[happening.home % len(self._homes)]
        told = self._departments.get(story.department)
        channel = Channel(happening.channel)
        form: type[EntryForm] = CallForm if channel is Channel.CALL else MessageForm
        if channel is Channel.VISIT:
            form = EventForm
        self._log(
            form(
                form_id=self._desk.source.new_id(),
                at=self._desk.now() - timedelta(minutes=self._chance.randrange(3)),
                channel=channel,
                category=Category(story.category),
                caller=resident.name,
                resident_id=resident.id,
                unit_id=unit.id,
                unit_text=unit.code,
                rings=happening.rings if channel is Channel.CALL else None,
                content=story.content,
                action=story.action,
                result=story.result,
                is_emergency=story.is_urgent,
                notices=(NoticeForm(department_id=told),) if told else (),
            ),
            is_urgent=story.is_urgent and not story.result,
        )

    def _visit(self, happening: Visit) -> None:
        self._log(
            VisitForm(
                form_id=self._desk.source.new_id(),
                at=self._desk.now(),
                caller=happening.who,
                purpose=happening.purpose,
                plate=happening.plate,
                party=self._chance.choice((1, 1, 2, 3)),
            )
        )

    def _leave(self, happening: Left) -> None:
        resident, unit = self._homes[happening.home % len(self._homes)]
        self._log(
            CustodyForm(
                form_id=self._desk.source.new_id(),
                at=self._desk.now(),
                left_by=happening.left_by,
                for_whom=resident.name,
                what=happening.what,
                unit_id=unit.id,
                unit_text=unit.code,
            )
        )

    def _incident(self, happening: Incident) -> None:
        self._log(
            EventForm(
                form_id=self._desk.source.new_id(),
                at=self._desk.now(),
                content=happening.content,
                action=happening.action,
                result=happening.result,
                is_abnormal=True,
            )
        )

    def _patrol(self, happening: Round) -> None:
        bad = self._chance.randrange(len(estate.ROUND_POINTS)) if happening.finding else -1
        points = tuple(
            PointForm(
                point=zh,
                is_ok=number != bad,
                finding=happening.finding if number == bad else "",
                correction=happening.correction if number == bad else "",
            )
            for number, (zh, _) in enumerate(estate.ROUND_POINTS)
        )
        self._log(
            PatrolForm(
                form_id=self._desk.source.new_id(),
                at=self._desk.now(),
                route="园区巡查",
                points=points,
            )
        )
        self._do_due("round")

    def _hand_out(self, happening: HandOut) -> None:
        resident, unit = self._homes[happening.home % len(self._homes)]
        self._log(
            HandOutForm(
                form_id=self._desk.source.new_id(),
                at=self._desk.now(),
                item_id=self._items[happening.item],
                quantity=happening.quantity,
                to=resident.name,
                unit_id=unit.id,
                unit_text=unit.code,
            )
        )

    def _upkeep(self, happening: Upkeep) -> None:
        self._do_due("task")
        if happening.settles:
            besides(self._desk, self._person(), self._chance)
        self._close_some(happening.settles)
        with self._desk.reading() as session:
            waiting, inside = custody_waiting(session), visitors_inside(session)
        for line in inside:
            if self._desk.now() - line.at > timedelta(hours=1):
                additions.visitor_left(self._desk, self._person(), line.id)
        for line in waiting:
            if self._desk.now() - line.at > timedelta(hours=5):
                taken_by = str(line.particulars["for_whom"])
                additions.collect(
                    self._desk, self._person(), line.id, taken_by=taken_by, proof="本人签名"
                )

    def _close_some(self, count: int) -> None:
        now = self._desk.now()
        with self._desk.reading() as session:
            found = open_matters(session, now, limit=200)
        ripe = sorted(
            (line for line in found if now - line.opened_at > _YOUNG),
            key=lambda line: (not line.is_urgent, line.opened_at),
        )
        is_lately = now.astimezone(self._desk.zone).date() >= self._busy_from
        kept = _KEPT_OPEN_LATELY if is_lately else _KEPT_OPEN
        done = ripe[: max(0, min(count, len(ripe) - kept))]
        holder, director = self._holder(), self._proofs[cast.DIRECTOR.staff_no]
        for line in done:
            settle_matter(self._desk, holder, director, line.id, self._chance)
        for line in found:
            if line not in done and self._chance.random() < _MOVED_ON:
                move_on(self._desk, holder.person, line)

    def _do_due(self, kind: str) -> None:
        now = self._desk.now()
        with self._desk.reading() as session:
            due = [one for one in board(session, self._desk, now).due if one.kind == kind]
        for one in due:
            if kind == "tidy":
                self._tidy(one)
            elif one.task_id is not None and one.shift_id is not None:
                tasks.do(
                    self._desk,
                    self._person().id,
                    shift_id=one.shift_id,
                    task_id=one.task_id,
                    due_at=one.due_at,
                    count=self._chance.randrange(5, 40) if one.has_count else None,
                )

    def _tidy(self, due: DueView) -> None:
        with self._desk.reading() as session:
            asked = checks.lines(session, CheckKind.TIDY, shift_id=due.shift_id)
        holder_id = self._person().id
        for line in asked:
            checks.answer(self._desk, holder_id, line.item_id, is_ok=True, shift_id=due.shift_id)

    def _log(self, form: EntryForm, *, is_urgent: bool = False) -> None:
        opened = (
            matters.OpenMatter(importance=Importance.IMPORTANT, is_urgent=True)
            if is_urgent
            else None
        )
        matters.log_entry(self._desk, self._person(), form, opened)

    def _person(self) -> PersonView:
        return self._holder().person

    def _holder(self) -> Proof:
        with self._desk.reading() as session:
            tenure = tenures.open_tenure(session, DESK)
        if tenure is None or tenure.person_id is None:
            raise LookupError("nobody holds the sample's post")
        return self._by_id[tenure.person_id]

    def _utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self._desk.zone).astimezone(UTC)
