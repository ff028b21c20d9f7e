"""A unit's file and what was logged of it, with a million entries in the log against a thousand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from desk_console.foundation.options import Options
from desk_console.log.forms import CallForm
from desk_console.log.records import EntryKind
from desk_console.log.resident_views import unit_file, unit_history
from desk_console.log.residents import ResidentForm, keep_resident, match
from desk_console.matters.acts import log_entry
from desk_console.matters.views import unit_matters
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio
from tests.benchmarks.turns import medians

FEW, MANY = 1000, 1_000_000
CALLS = 120
LOOKS = 60


def measure() -> list[Ratio]:
    """At most 1.2 times: the cost does not grow with the years of history."""
    with ExitStack() as closing:
        many, few = (closing.enter_context(_file_of_a_unit(entries)) for entries in (MANY, FEW))
        measured, baseline = medians(many, few, LOOKS)
    return [Ratio("unit's history at 1,000,000 entries", measured, baseline, "at 1,000", "ms", 1.2)]


@contextmanager
def _file_of_a_unit(entries: int) -> Iterator[Callable[[], None]]:
    """Opens its file: everything that the screen asks for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=entries)
        desk = open_desk(Options(config=folder / "config.toml", db=folder / "desk.db"))
        desk.store.check_in_background().join()
        unit_id = _unit_with_calls(desk)

        def look() -> None:
            with desk.reading() as session:
                unit_file(session, unit_id)
                page = unit_history(session, unit_id)
                unit_history(session, unit_id, kind=EntryKind.VISIT)
                unit_matters(session, unit_id, desk.now())
            assert len(page.lines) == 50
            assert page.next is not None

        yield look
        desk.store.close()


def _unit_with_calls(desk: Desk) -> int:
    with desk.reading() as session:
        person = people(session)[0]
    with desk.transaction() as work:
        keep_resident(work, ResidentForm(building="3", room="1502", name="江强"))
    with desk.reading() as session:
        unit_id = match(session, "3-1502")[0].unit_id
    for number in range(CALLS):
        form = CallForm(
            form_id=f"unit-{number}",
            at=desk.now() - timedelta(seconds=1),
            unit_id=unit_id,
            caller="江强",
            content=f"问停水通知的时间 {number}",
            action="已答复",
        )
        log_entry(desk, person, form)
    return unit_id
