"""The list of matters and the story of one, with a million closed matters against a thousand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from desk_console.foundation import sqlite
from desk_console.foundation.options import Options
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, close, log_entry
from desk_console.matters.story import matter_story
from desk_console.matters.views import open_count, open_matters
from desk_console.people.views import people
from desk_console.rulebook.desk import Desk
from desk_console.wiring import open_desk
from tests.benchmarks.filling import filled_desk
from tests.benchmarks.table import Ratio
from tests.benchmarks.turns import medians

FEW, MANY = 1000, 1_000_000
OPEN = 40
LOOKS = 60


def measure() -> list[Ratio]:
    """At most 1.2 times: the cost does not grow with the years of history."""
    with ExitStack() as ends:
        many, few = (ends.enter_context(_looks(count)) for count in (MANY, FEW))
        return [
            Ratio(
                f"{name} at 1,000,000 matters",
                *medians(many[name], few[name], LOOKS),
                "at 1,000",
                "ms",
                1.2,
            )
            for name in few
        ]


@contextmanager
def _looks(count: int) -> Iterator[dict[str, Callable[[], None]]]:
    """The looks at a desk with so many closed matters."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled_desk(folder, entries=10)
        options = Options(config=folder / "config.toml", db=folder / "desk.db")
        desk = open_desk(options)
        story_of = _work(desk)
        desk.store.close()
        _copy_closed(folder / "desk.db", count)
        desk = open_desk(options)
        desk.store.check_in_background().join()

        def listed() -> None:
            with desk.reading() as session:
                open_matters(session, desk.now())
                open_count(session, desk.now())

        def told() -> None:
            with desk.reading() as session:
                matter_story(session, desk, story_of, desk.now())

        yield {"matter list": listed, "matter story": told}
        desk.store.close()


def _work(desk: Desk) -> int:
    """Leaves some matters open and one closed; gives the last open one."""
    with desk.reading() as session:
        person = people(session)[0]
    made = 0
    for number in range(OPEN + 1):
        form = CallForm(
            form_id=f"matter-{number}",
            at=desk.now(),
            category=Category.ERRAND,
            caller="王先生",
            content="请代收快递",
        )
        matter_id = log_entry(desk, person, form, OpenMatter()).matter_id
        assert matter_id is not None
        if number == 0:
            close(desk, person, matter_id, 1, result="已代收", answered="已告知")
        made = matter_id
    return made


def _copy_closed(file: Path, count: int) -> None:
    """Copies the closed matter and its history until there are so many."""
    with closing(sqlite.connect(file, read_only=False)) as connection:
        connection.execute("begin")
        for table, given in (
            ("matter", {"id": "i", "number": "null"}),
            ("matter_event", {"id": "2 * i + step.id - 1", "matter_id": "i"}),
        ):
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            picked = ", ".join(given.get(column, f"step.{column}") for column in columns)
            one = "id = 1" if table == "matter" else "matter_id = 1"
            connection.execute(
                f"insert into {table} ({', '.join(columns)}) "
                f"with recursive n(i) as (select 1000 union all select i + 1 from n "
                f"where i < {1000 + count}) "
                f"select {picked} from n, (select * from {table} where {one}) as step"
            )
        connection.execute("commit")
