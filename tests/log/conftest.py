"""What the log's tests may ask for."""

import pytest

from desk_console.rulebook.desk import Desk
from tests.log.desk_at_work import AtWork, begin_work
from tests.staff import Staff


@pytest.fixture
def work(desk: Desk, staff: Staff) -> AtWork:
    """A desk whose clerk is on duty."""
    return begin_work(desk, staff)
