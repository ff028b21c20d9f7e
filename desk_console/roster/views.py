"""Whose turn it is: the duties in force on a date."""

from datetime import date

from sqlmodel import Session, col, select

from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.roster.records import Duty, Roster


def on_duty(
    session: Session, *, day: date, plan_code: str, post_code: str
) -> tuple[PersonView, ...]:
    """The people rostered for that shift at that post; none where nobody is."""
    duties = session.exec(
        select(Duty.person_id)
        .where(
            Duty.day == day,
            Duty.plan_code == plan_code,
            Duty.post_code == post_code,
            col(Duty.withdrawn_at).is_(None),
        )
        .order_by(col(Duty.id))
    ).all()
    found = (people.person(session, person_id) for person_id in duties)
    return tuple(person for person in found if person is not None)


def duty_of(
    session: Session, person_id: int, *, day: date, plan_code: str, post_code: str
) -> int | None:
    """The id of a person's duty at that shift; None where they have none."""
    return session.exec(
        select(Duty.id).where(
            Duty.person_id == person_id,
            Duty.day == day,
            Duty.plan_code == plan_code,
            Duty.post_code == post_code,
            col(Duty.withdrawn_at).is_(None),
        )
    ).first()


def is_rostered(session: Session, day: date) -> bool:
    """Whether a published roster covers that date."""
    covering = select(Roster.id).where(col(Roster.first_day) <= day, col(Roster.last_day) >= day)
    return session.exec(covering.limit(1)).first() is not None
