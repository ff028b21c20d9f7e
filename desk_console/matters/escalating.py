"""Going up the ladder: a question to the rung above, and time that asks by itself. What those
above answer is in `answers`.

One rung at a time; only a major matter and an emergency go to the top at once. A rung that does
not answer in time is passed: the next one is asked, from that minute (9.6, 2.11, 1.7).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from desk_console.foundation import outbox
from desk_console.foundation.catalogue import Literally
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.presence import present_writer
from desk_console.log.records import Channel, Entry, Unit
from desk_console.log.units import unit_name
from desk_console.matters.findable import kind_message
from desk_console.matters.moving import entry_of, history, matter_at, record, standing_of
from desk_console.matters.records import Matter
from desk_console.matters.rules import asking_verdict, reached_by
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.mailing import readers_as
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import next_rung, rung_of, rungs
from desk_console.rulebook.records import DutyRules, Topic


def ask(
    desk: Desk,
    person: PersonView,
    matter_id: int,
    revision: int,
    question: str,
    *,
    rung: int | None = None,
    how: Channel = Channel.CALL,
    spoke_to: int | None = None,
) -> int:
    """Puts a question to the rung above, which is also its report; returns the new revision.

    `rung` None: the next one. Whoever of the rung has an address gets it by mail, too. Refuses a
    skipped rung, one above the top, and a question without words (9.6, 2.11, 1.7, 2.4).
    """
    words = accept(question, limit=LONG_LIMIT, lines=True)
    if not words:
        raise Refusal(
            "matters.question_wanted", clause=desk.duty.cite(Topic.ESCALATION), field="question"
        )
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        matter = matter_at(work.session, matter_id, revision)
        now = authorised(work.session, person.id, Right.LOG, desk.duty)
        own = rung_of(now.roles, desk.duty)
        reached = max(own, *reached_by(standing_of(work.session, matter)))
        wanted = rung if rung is not None else next_rung(reached, desk.duty)
        asking_verdict(standing_of(work.session, matter), own, wanted, desk.duty).or_refuse()
        matter.asked_rung, matter.asked_at = wanted, work.now
        # Whoever is asked anew decides: what somebody below has said by telephone is history.
        matter.told_rung = matter.told_by = None
        matter.reported_at = matter.reported_at or work.now
        facts: dict[str, object] = {
            "rung": wanted,
            "role": role_at(wanted, desk.duty),
            "how": how.value,
        }
        if spoke_to is not None:
            facts["spoke_to"] = spoke_to
        _send(work, desk, matter, by=person.name)
        return record(
            work,
            desk,
            matter,
            "ask",
            by=person.id,
            words=words,
            facts=facts,
            topic=Topic.ESCALATION,
        )


def settle(work: Work, desk: Desk) -> int:
    """Asks the next rung wherever one has not answered in time, each from its own minute; returns
    how many were asked (9.6).
    """
    asked = 0
    for matter in _waiting(work.session):
        while (at := _passes_on_at(matter, desk.duty)) is not None and at <= work.now:
            above = next_rung(matter.asked_rung or 0, desk.duty)
            matter.asked_rung, matter.asked_at = above, at
            _send(work, desk, matter, by=_asked_by(work.session, matter))
            record(
                work,
                desk,
                matter,
                "ask_next",
                by=None,
                at=at,
                facts={"rung": above, "role": role_at(above, desk.duty)},
                topic=Topic.ESCALATION,
            )
            asked += 1
    return asked


def is_settled(session: Session, duty: DutyRules, at: datetime) -> bool:
    """Whether `settle` would find nothing to do: a look that writes nothing."""
    found = [_passes_on_at(matter, duty) for matter in _waiting(session)]
    return not any(due is not None and due <= at for due in found)


def settle_now(desk: Desk) -> int:
    """The act of `settle`, for a console that watches; writes only where there is something."""
    with desk.reading() as session:
        if is_settled(session, desk.duty, desk.now()):
            return 0
    with desk.transaction() as work:
        return settle(work, desk)


def _send(work: Work, desk: Desk, matter: Matter, *, by: str) -> None:
    """That there is a question, by mail to each of the rung who has an address, with the act
    itself. It carries number, kind, unit and time; what was said of residents stays here.
    """
    role = role_at(matter.asked_rung, desk.duty)
    entry = entry_of(work.session, matter)
    for reader in readers_as(work.session, desk, role):
        outbox.put(
            work,
            desk.source,
            template="matters.ask",
            address=reader.address,
            language=reader.language,
            about=f"matter:{matter.id}",
            values={
                "site": desk.site.name,
                "number": Literally(matter.number or f"#{matter.id}"),
                "kind": kind_message(matter.kind),
                "unit": Literally(_unit_of(work.session, entry) or "-"),
                "by": Literally(by),
                "until": (matter.asked_at or work.now) + _wait(matter, desk.duty),
            },
        )


def _unit_of(session: Session, entry: Entry | None) -> str:
    """Its unit's code; what was typed without being a unit may be a name."""
    if entry is None:
        return ""
    kept = session.get(Unit, entry.unit_id) if entry.unit_id else None
    named = kept or unit_name(entry.unit_text)
    return named.code if named else ""


def _asked_by(session: Session, matter: Matter) -> str:
    """Who asked at first: the next rung is told the same."""
    asked = next(each for each in reversed(history(session, matter.id or 0)) if each.what == "ask")
    person = people.person(session, asked.person_id or 0)
    return person.name if person else ""


def _waiting(session: Session) -> list[Matter]:
    query = select(Matter).where(col(Matter.closed_at).is_(None), col(Matter.asked_at).is_not(None))
    return list(session.exec(query.order_by(col(Matter.id))))


def _passes_on_at(matter: Matter, duty: DutyRules) -> datetime | None:
    """When the next rung is asked; None where there is none, or nobody was asked."""
    if matter.asked_at is None or next_rung(matter.asked_rung or 0, duty) is None:
        return None
    return matter.asked_at + _wait(matter, duty)


def _wait(matter: Matter, duty: DutyRules) -> timedelta:
    """How long a rung has for its answer."""
    limits = duty.limits
    minutes = limits.urgent_answer_minutes if matter.is_urgent else limits.answer_minutes
    return timedelta(minutes=minutes)


def role_at(rung: int | None, duty: DutyRules) -> str:
    """The role that stands on a rung; empty for none."""
    return rungs(duty)[rung] if rung is not None and rungs(duty) else ""
