"""The sample's life, its last days: what somebody who looks around for the first time must find."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.store import Store
from desk_console.foundation.verify import verify
from desk_console.handover.records import HandoverPoint, HandoverRelease, HandoverSeal
from desk_console.log.records import Department, Entry
from desk_console.matters.records import Form, Matter
from desk_console.matters.views import open_matters
from desk_console.roster.records import DutyRequest
from desk_console.sample.stories import BURST
from tests.conftest import ZONE
from tests.lived import PRESENT, copy_lived


@pytest.fixture
def lived(all_workers: Path, tmp_path: Path) -> Path:
    """Four days of it."""
    return copy_lived(all_workers, tmp_path / "lived")


@pytest.fixture
def session(lived: Path) -> Iterator[Session]:
    store = Store(lived, clock=MovingClock(PRESENT), zone=ZONE, console="test")
    with store.reading() as session:
        yield session
    store.close()


def test_9_17_one_evening_was_refused_until_the_supervisor_released_it(
    session: Session, lived: Path
) -> None:
    burst = session.exec(select(Entry).where(col(Entry.content) == BURST.content)).one()
    matter = session.exec(select(Matter).where(col(Matter.entry_id) == burst.id)).one()
    released = session.exec(
        select(HandoverRelease).where(col(HandoverRelease.matter_id) == matter.id)
    ).one()
    assert released.reason and released.new_owner_id != burst.person_id
    assert session.get(HandoverSeal, released.handover_id) is not None
    assert verify(lived).is_good


def test_something_waits_to_be_done(session: Session) -> None:
    assert len(open_matters(session, PRESENT)) > 3
    assert session.exec(select(DutyRequest)).all()


def test_6_7_what_a_night_leaves_goes_to_the_department_that_can_do_it(session: Session) -> None:
    departments = {one.id: one.code for one in session.exec(select(Department))}
    turned = session.exec(
        select(Matter)
        .join(HandoverPoint, col(HandoverPoint.matter_id) == col(Matter.id))
        .where(col(HandoverPoint.converted_to) != "")
    ).all()
    told = {(one.form, departments[one.department_id or 0]) for one in turned}
    assert told <= {(Form.WORK_ORDER, "maintenance"), (Form.COMPLAINT, "security")}
    assert told
