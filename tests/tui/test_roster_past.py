"""The past on the screen: who was on duty at a moment; and a published month changed with words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.foundation.clock import MovingClock
from desk_console.people.acts import retire_person
from desk_console.people.pins import Proof
from desk_console.roster.drafts import place
from desk_console.roster.glance import upkeep
from desk_console.roster.problem import Assignment
from desk_console.roster.records import DraftMethod
from desk_console.roster.views import versions
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from desk_console.tui.dialogs.roster.publish import PublishDialog
from desk_console.tui.screens.live_rows import upkeep_lines
from desk_console.tui.widgets.grid import Grid
from tests.on_roster import Turn, put_on_roster
from tests.roster.drafting_desk import APRIL, PIN, drafted, hire_many, proven, published, whose
from tests.staff import Shown, Staff
from tests.tui.call_site import at_desk, seen, settle
from tests.tui.test_roster import april, press, typed

MARCH_2 = date(2026, 3, 2)


@pytest.fixture
def crew(desk: Desk, staff: Staff) -> list[Shown]:
    return [
        *hire_many(desk, staff.supervisor, "clerk", 2, first_no=2101),
        *hire_many(desk, staff.supervisor, "maintenance", 2, first_no=3101),
    ]


@pytest.fixture
def boss(desk: Desk, staff: Staff, crew: list[Shown]) -> Proof:
    return proven(desk, staff.supervisor)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            ("白班 09:00-17:30：李思敏", "服务台：王晓燕", "03-02 08:45 起", "签到在场：王晓燕"),
        ),
        ("en", ("Day 09:00-17:30: 李思敏", ": 王晓燕", "from 03-02 08:45", "Signed on: 王晓燕")),
    ],
)
async def test_who_was_on_duty_at_a_past_moment_is_told_as_rostered_and_as_it_was(
    desk: Desk,
    boss: Proof,
    staff: Staff,
    clock: MovingClock,
    language: Language,
    said: tuple[str, ...],
) -> None:
    turns = [Turn(MARCH_2, "day", "desk", staff.other_clerk.person.id)]
    put_on_roster(desk, boss.person.id, MARCH_2, MARCH_2, turns)
    sign_on(desk, staff.clerk)
    clock.advance(timedelta(hours=2))
    async with at_desk(desk, boss.person, language=language) as (app, pilot):
        app.action_open("attendance")
        await press(app, pilot, "ctrl+k")
        await typed(app, pilot, moment_when="9:30")
        await press(app, pilot, "ctrl+s")
        shown = seen(app)
        assert [one for one in said if one not in shown] == []
        await typed(app, pilot, moment_when="2026-03-02 7:00")
        await press(app, pilot, "ctrl+s")
        nobody = {"zh": "没有人签到在场", "en": "nobody was signed on"}
        assert nobody[language] in seen(app)
        await typed(app, pilot, moment_when="2027-03-02 7:00")
        await press(app, pilot, "ctrl+s")
        words = {"zh": "这个时间还没到", "en": "has not come yet"}
        assert words[language] in seen(app)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "王晓燕已离职，2026-04-01 起表上还有 8 天的班：F5 里按 Alt+X 改排"),
        ("en", "王晓燕 has left and is still rostered from 2026-04-01 (days: 8): Alt+X on F5"),
    ],
)
def test_9_1_who_left_and_is_still_rostered_is_named_to_who_makes_the_roster(
    desk: Desk, boss: Proof, staff: Staff, language: Language, said: str
) -> None:
    published(desk, boss)
    retire_person(desk, staff.clerk.person.id, by_id=boss.person.id)
    with desk.reading() as session:
        found = upkeep(session, desk.duty, desk.now().astimezone(desk.zone))
    (line,) = upkeep_lines(found, desk.duty, Catalogue(language, desk.zone))
    assert said in line
    assert "9.1" in line


async def test_9_8_the_mark_of_a_changed_cell_is_seen_under_the_cursor(
    desk: Desk, boss: Proof, staff: Staff
) -> None:
    published(desk, boss)
    draft = drafted(desk, Shown(boss.person), DraftMethod.PUBLISHED)
    cell = Assignment(date(2026, 4, 3), "day", "desk", staff.clerk.person.id)
    place(desk, boss.person.id, draft.draft_id, draft.revision, cell)
    async with april(desk, boss) as (app, pilot):
        app.screen.query_one(Grid).go_to(str(staff.clerk.person.id), "2026-04-03")
        await settle(app, pilot)
        row = next(line for line in seen(app).splitlines() if line.startswith(" 王晓燕"))
        assert "白*" in row


async def test_9_8_a_published_month_is_changed_on_the_screen_with_the_reason_which_it_shows(
    desk: Desk, boss: Proof, crew: list[Shown]
) -> None:
    published(desk, boss)
    day = date(2026, 4, 6)
    draft = drafted(desk, Shown(boss.person), DraftMethod.PUBLISHED)
    other = next(one.person.id for one in crew if one.person.id not in whose(desk, day, "day"))
    cell = Assignment(day, "day", "desk", other)
    place(desk, boss.person.id, draft.draft_id, draft.revision, cell)
    async with april(desk, boss, size=(140, 40)) as (app, pilot):
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, PublishDialog)
        assert "改动已公布的班 2 处" in seen(app)
        assert "人，90 个班。" in seen(app)
        assert "第 9.8 条" in seen(app)
        await press(app, pilot, "ctrl+s")
        assert "请写明理由" in seen(app)
        assert whose(desk, day, "day") != [other]
        await typed(app, pilot, publish_change="培训调课", publish_pin=PIN)
        await press(app, pilot, "ctrl+s")
        await settle(app, pilot)
        assert "改动理由：培训调课" in seen(app)
    assert whose(desk, day, "day") == [other]
    with desk.reading() as session:
        assert versions(session, *APRIL)[0].change_reason == "培训调课"
