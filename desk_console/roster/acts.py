"""Publishing duties: from then on they say whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from desk_console.foundation.refusal import Refusal
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.rules import Right, qualification_verdict
from desk_console.roster.records import Duty, Roster
from desk_console.roster.rules import occurrence_of, role_verdict
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn at one shift on one date."""

    day: date
    plan_code: str
    post_code: str
    person_id: int


def publish_duties(
    desk: Desk, by_id: int, first_day: date, last_day: date, turns: Sequence[Turn]
) -> int:
    """Publishes the duties of a period; those published for its dates before are withdrawn.

    Refuses a turn at a shift that does not run (9.2), one whose person lacks the role (6.2) or the
    qualification (7.2, 4.4), and whoever may not publish (9.1). Returns the roster's id.
    """
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.PUBLISH, desk.duty)
        roster = Roster(
            first_day=first_day, last_day=last_day, published_at=work.now, published_by=by_id
        )
        work.session.add(roster)
        work.session.flush()
        replaced = work.session.exec(
            select(Duty).where(
                col(Duty.day) >= first_day,
                col(Duty.day) <= last_day,
                col(Duty.withdrawn_at).is_(None),
            )
        )
        for duty in replaced:
            duty.withdrawn_at = work.now
            work.session.add(duty)
        fit: set[tuple[int, str, str]] = set()
        for turn in turns:
            if not first_day <= turn.day <= last_day:
                raise Refusal("roster.turn_outside", day=turn.day)
            occurrence = occurrence_of(
                desk.duty,
                desk.zone,
                plan_code=turn.plan_code,
                post_code=turn.post_code,
                day=turn.day,
            )
            if occurrence is None:
                raise Refusal(
                    "roster.no_such_shift", clause=desk.duty.cite(Topic.DUTY_HOURS), day=turn.day
                )
            if (turn.person_id, turn.plan_code, turn.post_code) not in fit:
                person = people.person(work.session, turn.person_id)
                if person is None:
                    raise Refusal("people.unknown_person")
                role_verdict(person, occurrence, desk.duty).or_refuse()
                held = people.qualifications(work.session, person.id)
                qualification_verdict(person, held, turn.day, desk.duty).or_refuse()
                fit.add((turn.person_id, turn.plan_code, turn.post_code))
            work.session.add(
                Duty(
                    roster_id=roster.id or 0,
                    day=turn.day,
                    plan_code=turn.plan_code,
                    post_code=turn.post_code,
                    person_id=turn.person_id,
                    added_at=work.now,
                )
            )
        work.journal(
            "roster.published",
            by=by_id,
            subject=f"roster:{roster.id}",
            clause=desk.duty.cite(Topic.ROSTER_PUBLICATION),
            first_day=first_day,
            last_day=last_day,
            turns=[[turn.day, turn.plan_code, turn.post_code, turn.person_id] for turn in turns],
        )
        return roster.id or 0
