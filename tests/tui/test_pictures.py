"""The pictures in the README are what the program shows, in both languages.

`GOLDENS=write pytest tests/tui/test_pictures.py` puts them in anew; look at the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store
from desk_console.people.pins import Proof, prove
from desk_console.people.views import by_staff_no
from desk_console.rulebook.desk import Desk
from desk_console.sample.build import demo_desk
from desk_console.sample.cast import PIN
from desk_console.shift.arrivals import sign_on
from desk_console.tui.app import DeskApp
from tests.conftest import ZONE
from tests.handover.walk import Walk
from tests.lived import PRESENT, SECRET, copy_lived
from tests.tui.call_site import settle
from tests.tui.golden import screen_text
from tests.tui.handover_site import opened, type_in, until

README = Path(__file__).parents[2] / "README.md"
EVENING = datetime(2026, 11, 24, 17, 8, tzinfo=ZONE)
SMALL, LARGE = (80, 24), (140, 40)
_BARS = str.maketrans(dict.fromkeys("▁▂▃▄▅▆▇█▏▎▍▌▋▊▉▕", " "))
"""What is drawn of a scroll bar: text has only parts of it."""


@pytest.fixture
def lived(all_workers: Path, tmp_path: Path) -> Path:
    """The sample site after four days."""
    return copy_lived(all_workers, tmp_path / "lived")


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(PRESENT)


@pytest.fixture
def desk(lived: Path, clock: MovingClock) -> Iterator[Desk]:
    """The sample's desk, on its last morning."""
    store = Store(lived, clock=clock, zone=ZONE, console="desk-1")
    yield demo_desk(store, SECRET, lived.parent, SeededSource(1))
    store.close()


def proof(desk: Desk, staff_no: str) -> Proof:
    """One of the staff, by their PIN."""
    with desk.reading() as session:
        person = by_staff_no(session, staff_no)
    assert person is not None
    return prove(desk, person.id, PIN)


class Album:
    """The pictures in the README: held against what is shown, or put in anew."""

    def __init__(self) -> None:
        self.text = README.read_text(encoding="utf-8")
        self.taken: set[str] = set()

    def keep(self, name: str, shown: str) -> None:
        """This is what the picture of that name must be."""
        self.taken.add(name)
        lines = (line.translate(_BARS).rstrip() for line in shown.rstrip().splitlines())
        block = "\n".join(("```", *lines, "```"))
        if os.environ.get("GOLDENS") == "write":
            at = self.text.index(self._block(name), self.text.index(_mark(name)))
            self.text = self.text[:at] + block + self.text[at + len(self._block(name)) :]
            README.write_text(self.text, encoding="utf-8")
        assert self._block(name) == block

    def _block(self, name: str) -> str:
        found = re.search(f"{_mark(name)}\n\n(```\n.*?\n```)\n", self.text, re.DOTALL)
        assert found is not None, f"The README has no place for {name!r}."
        return found[1]

    @property
    def places(self) -> set[str]:
        """Every picture that the README has a place for."""
        return set(re.findall(r"<!-- picture: (.*?) -->", self.text))


def _mark(name: str) -> str:
    return f"<!-- picture: {name} -->"


@dataclass
class Sitting:
    """Somebody at the desk, and the album that their screens go into."""

    album: Album
    app: DeskApp
    pilot: Pilot[Any]

    async def go(self, place: str, *words: str) -> None:
        """Open a place, and wait until it shows the words."""
        await self.app.run_action("home")
        await self.app.run_action(f"open('{place}')")
        await until(self.app, self.pilot, *words)

    async def press(self, key: str, *words: str) -> None:
        """One key, and what it must bring."""
        await self.pilot.press(key)
        await until(self.app, self.pilot, *words)

    async def write(self, words: str, *shown: str) -> None:
        """Type into the field that has the focus, and what that must bring."""
        await type_in(self.app, self.pilot, words)
        await until(self.app, self.pilot, *(shown or (words,)))

    async def take(self, name: str, zh: str = "F1 帮助", en: str = "F1 Help") -> None:
        """The screen as it stands, in both languages, each known by what it must show."""
        self.album.keep(f"{name} zh", await self._still(zh))
        await self.pilot.press("f12")
        self.album.keep(f"{name} en", await self._still(en))
        await self.press("f12", zh)

    async def _still(self, words: str) -> str:
        """The screen with these words, once it changes no more."""
        before, shown = "", await until(self.app, self.pilot, words)
        while shown != before:
            await settle(self.app, self.pilot)
            before, shown = shown, screen_text(self.app)
        return shown


async def test_each_picture_in_the_readme_is_what_the_program_shows(
    desk: Desk, clock: MovingClock
) -> None:
    album = Album()
    clerk, night_man = proof(desk, "2001"), proof(desk, "3001")
    async with opened(desk, "", clerk, size=SMALL) as (app, pilot):
        await _morning(Sitting(album, app, pilot))
    async with opened(desk, "", clerk, size=LARGE) as (app, pilot):
        sitting = Sitting(album, app, pilot)
        await sitting.take("live-large", "记录人", "Writing")
        await sitting.go("roster", "本月合计")
        await sitting.take("roster-large")
    clock.move_to(EVENING)
    sign_on(desk, night_man)
    walk = Walk(desk, clerk, night_man)
    async with opened(desk, "", clerk, night_man, size=SMALL) as (app, pilot):
        await _evening(Sitting(album, app, pilot), walk)
    assert album.taken == album.places


async def _morning(sitting: Sitting) -> None:
    await sitting.take("live", "记录人", "Writing")
    await sitting.go("call", "来电登记")
    await sitting.write("1-1-1502", "江强")
    await sitting.press("enter", "1-1-1502")
    await sitting.press("2", "[2 报修]")
    await sitting.write("厨房水管漏水，地上已积水")
    await sitting.press("tab")
    await sitting.write("已请关总阀")
    await sitting.take("call", "[2 报修]", "[2 repair]")
    await sitting.press("ctrl+s", "已保存")
    await sitting.go("matters", "显示")
    await sitting.take("matters")
    await sitting.press("enter", "办理")
    await sitting.take("matter", "办理", "Step")
    await sitting.go("search", "范围")
    await sitting.write("漏水", "找到")
    await sitting.take("search")
    await sitting.go("logbook", "值班记录")
    await sitting.take("logbook")
    await sitting.go("roster", "本月合计")
    await sitting.take("roster")
    await sitting.go("requests", "申请")
    await sitting.take("requests")
    await sitting.go("attendance", "考勤")
    await sitting.take("attendance")
    await sitting.go("training", "培训")
    await sitting.take("training")
    await sitting.go("residents", "住户档案")
    await sitting.write("1-1-1502", "1-1-1502", "江")
    await sitting.take("residents")
    await sitting.press("enter")
    await sitting.press("enter", "下面显示")
    await sitting.take("unit", "下面显示", "Below")
    await sitting.go("setup", "新人第一次签到时自己设密码")
    await sitting.press("5", "[5 清单]")
    await sitting.take("setup", "[5 清单]", "[5")
    await sitting.go("help", "帮助与制度")
    await sitting.write("9.17", "系统执行")
    await sitting.take("help", "系统执行", "9.17")


async def _evening(sitting: Sitting, walk: Walk) -> None:
    walk.join()
    walk.feel_fit()
    walk.tidy()
    await sitting.go("handover", "[物品]")
    await sitting.take("handover-items")
    walk.count()
    walk.summarise()
    walk.read()
    await sitting.go("handover", "[待办]")
    await sitting.take("handover-matters")
    walk.state()
    walk.acknowledge()
    walk.accept()
    walk.look()
    await sitting.go("handover", "[签名]")
    await sitting.take("handover-sign")
    await sitting.go("handovers", "交接班档案")
    await sitting.take("handovers")
