"""A published April with people who ask, agree and take over: what requests are tried on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desk_console.people.pins import Proof
from desk_console.roster.checked import checked_month
from desk_console.roster.covering import uncovered
from desk_console.roster.records import RequestState
from desk_console.roster.request_views import duties_to_cover, request
from desk_console.roster.views import duty_of
from desk_console.rulebook.desk import Desk
from tests.built import built_once
from tests.roster.drafting_desk import hire_many, proven, published, whose
from tests.staff import hire

DAY = date(2026, 4, 6)


@dataclass(frozen=True, slots=True)
class April:
    """April published at a desk with clerks enough; some of its people with their keys."""

    desk: Desk
    boss: Proof
    clerks: dict[int, Proof]

    def on(self, day: date, plan: str = "early") -> Proof:
        """Who has that shift."""
        return self.clerks[whose(self.desk, day, plan)[0]]

    def duty(self, who: Proof, day: date, plan: str = "early") -> int:
        """The id of that person's duty."""
        with self.desk.reading() as session:
            found = duty_of(session, who.person.id, day=day, plan_code=plan, post_code="desk")
        assert found is not None
        return found

    def free(self, day: date) -> Proof:
        """Somebody without a duty on that day, the day before and the day after."""
        near = [day + timedelta(days=n) for n in (-1, 0, 1)]
        busy = {
            one for at in near for plan in ("early", "late") for one in whose(self.desk, at, plan)
        }
        return next(proof for one, proof in self.clerks.items() if one not in busy)

    def covers(self, request_id: int) -> dict[int, int]:
        """The best cover of each duty of a leave."""
        with self.desk.reading() as session:
            duties = duties_to_cover(session, self.desk, request_id)
            found = uncovered(session, self.desk, duties)
        return {one.duty_id: one.candidates[0].person.id for one in found}

    def revision(self, request_id: int) -> int:
        with self.desk.reading() as session:
            found = request(session, request_id)
        assert found is not None
        return found.revision

    def state(self, request_id: int) -> RequestState:
        with self.desk.reading() as session:
            found = request(session, request_id)
        assert found is not None
        return found.state

    def is_sound(self) -> bool:
        with self.desk.reading() as session:
            return checked_month(session, self.desk, DAY).report.is_sound


def april(desk: Desk, people: int = 6) -> April:
    boss, clerks = _published(desk, people)
    return April(desk, boss, {one.person.id: one for one in clerks})


@built_once
def _published(desk: Desk, people: int) -> tuple[Proof, tuple[Proof, ...]]:
    boss = hire(desk, "1001", "周静怡", "supervisor")
    clerks = hire_many(desk, boss, "clerk", people, first_no=2000)
    by = proven(desk, boss)
    published(desk, by)
    return by, tuple(proven(desk, one) for one in clerks)
