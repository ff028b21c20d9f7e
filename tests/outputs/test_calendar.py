"""Calendars, read again: the site's time, nights over midnight, UIDs that stay (issue 4)."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar
from icalendar.cal import Component
from sqlmodel import col, select

from desk_console.foundation.canonical import sha256
from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.outputs import roster_export
from desk_console.outputs.calendar import calendar, of_month, of_person
from desk_console.outputs.mail.delivery import deliver
from desk_console.outputs.roster_table import roster_table
from desk_console.outputs.tables import FORMATS, Format, write
from desk_console.people.records import Person
from desk_console.roster.changes import tell
from desk_console.roster.problem import Assignment
from desk_console.roster.views import month
from desk_console.rulebook.desk import Desk
from tests.conftest import ZONE
from tests.on_roster import Turn, put_on_roster
from tests.outputs.conftest import Postbox
from tests.staff import Staff

FIRST, LAST = date(2026, 4, 1), date(2026, 4, 3)


def turns(*who: tuple[int, str, int]) -> list[Turn]:
    return [Turn(date(2026, 4, day), plan, "desk", person) for day, plan, person in who]


@pytest.fixture
def published(desk: Desk, staff: Staff) -> Staff:
    clerk, night = staff.clerk.person.id, staff.night_man.person.id
    put_on_roster(
        desk,
        staff.supervisor.person.id,
        FIRST,
        LAST,
        turns((1, "day", clerk), (1, "night", night), (2, "day", clerk), (2, "night", night)),
    )
    return staff


def events(desk: Desk, person_id: int) -> dict[str, Component]:
    with desk.reading() as session:
        own = of_person(session, desk, person_id, since=FIRST)
    read = Calendar.from_ical(calendar(desk, Catalogue("zh", desk.zone), own))
    return {str(each["UID"]): each for each in read.walk("VEVENT")}


def test_a_night_runs_over_midnight_in_the_site_s_own_time(desk: Desk, published: Staff) -> None:
    found = events(desk, published.night_man.person.id)
    night = found[f"2026-04-01-night-desk-{published.night_man.person.id}@desk-console"]
    assert night.decoded("DTSTART") == datetime(2026, 4, 1, 17, 30, tzinfo=ZONE)
    assert night.decoded("DTEND") == datetime(2026, 4, 2, 9, 0, tzinfo=ZONE)
    assert night["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert (str(night["SUMMARY"]), str(night["LOCATION"])) == ("夜班", "测试中心")


def test_the_file_brings_its_time_zone_with_it(desk: Desk, published: Staff) -> None:
    with desk.reading() as session:
        made = calendar(desk, Catalogue("zh", desk.zone), of_month(month(session, desk, FIRST)))
    read = Calendar.from_ical(made)
    assert [str(each["TZID"]) for each in read.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert len(read.walk("VEVENT")) == 4
    assert max(len(line) for line in made.split(b"\r\n")) <= 75


def test_uids_stay_and_what_was_taken_away_is_cancelled(desk: Desk, published: Staff) -> None:
    clerk, other = published.clerk.person.id, published.other_clerk.person.id
    before = events(desk, clerk)
    put_on_roster(
        desk,
        published.supervisor.person.id,
        FIRST,
        LAST,
        turns((1, "day", clerk), (2, "day", other)),
    )
    after = events(desk, clerk)
    assert after.keys() == before.keys()
    status = {uid[:10]: str(each["STATUS"]) for uid, each in after.items()}
    assert status == {"2026-04-01": "CONFIRMED", "2026-04-02": "CANCELLED"}
    assert len(events(desk, other)) == 1
    put_on_roster(desk, published.supervisor.person.id, FIRST, LAST, turns((2, "day", clerk)))
    again = events(desk, clerk)
    for uid, each in again.items():
        assert int(str(each["SEQUENCE"])) > int(str(before[uid]["SEQUENCE"])), (
            "newer than what was sent"
        )
    assert str(again[f"2026-04-02-day-desk-{clerk}@desk-console"]["STATUS"]) == "CONFIRMED"


def test_a_night_in_which_the_clock_changes_keeps_its_own_hours(
    desk: Desk, published: Staff
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    store = Store(desk.store.path, clock=desk.store.clock, zone=zone, console="berlin")
    berlin = replace(desk, store=store)
    day = date(2026, 10, 24)
    night_man = published.night_man.person.id
    put_on_roster(
        berlin, published.supervisor.person.id, day, day, [Turn(day, "night", "desk", night_man)]
    )
    with berlin.reading() as session:
        own = of_person(session, berlin, night_man, since=day)
    read = Calendar.from_ical(calendar(berlin, Catalogue("en", berlin.zone), own))
    [night] = read.walk("VEVENT")
    span = night.decoded("DTEND").astimezone(UTC) - night.decoded("DTSTART").astimezone(UTC)
    assert span == timedelta(hours=16, minutes=30)
    store.close()


def test_9_1_the_mail_of_a_changed_roster_carries_the_person_s_calendar(
    mailing: Desk, published: Staff, postbox: Postbox, clock: MovingClock
) -> None:
    person = published.clerk.person
    cell = Assignment(FIRST, "day", "desk", person.id)
    with mailing.transaction() as work:
        row = work.session.get(Person, person.id)
        assert row is not None
        row.mail = "wang@example.com"
        work.session.add(row)
        tell(
            work, mailing, template="roster.changed", cause="request:1",
            added=frozenset({cell}), removed=frozenset(),
        )  # fmt: skip
    assert deliver(mailing).sent == 1
    [(_, letter)] = postbox.letters
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == "我的值班-2026-03-02.ics"
    assert attached.get_content_type() == "text/calendar"
    read = Calendar.from_ical(attached.get_content())
    assert len(read.walk("VEVENT")) == 2


@pytest.mark.parametrize("format", roster_export.FORMATS)
def test_the_roster_is_taken_along_in_every_format_on_record(
    desk: Desk, published: Staff, tmp_path: Path, format: roster_export.Format
) -> None:
    out = tmp_path / f"roster.{format}"
    guard = published.guard.person
    roster_export.export_roster(desk, guard, FIRST, out, format=format, language="zh")
    assert out.stat().st_size > 100
    with desk.reading() as session:
        newest = session.exec(select(JournalRow).order_by(col(JournalRow.seq).desc())).first()
    assert newest is not None and newest.person_id == guard.id
    assert json.loads(newest.body)["digest"] == sha256(out.read_bytes())
    with pytest.raises(Refusal, match="file_exists"):
        roster_export.export_roster(desk, guard, FIRST, out, format=format, language="zh")


@pytest.mark.parametrize("format", FORMATS)
def test_the_roster_as_a_table_has_a_row_for_each_shift_and_person(
    desk: Desk, published: Staff, tmp_path: Path, format: Format
) -> None:
    file = tmp_path / f"roster.{format}"
    with desk.reading() as session:
        table = roster_table(month(session, desk, FIRST), desk, Catalogue("zh", desk.zone))
        write(file, table, format=format)
    if format == "csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = [list(row) for row in csv.reader(opened)]
    else:
        sheet = openpyxl.load_workbook(file).active
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert rows[0][:3] == ["日期", "星期", "班次"]
    day, night = rows[1], next(row for row in rows if row[2] == "夜班")
    assert day[2] == "白班" and day[6] == "王晓燕" and day[7] == "13900002001"
    assert (night[3][:16], night[4][:16]) == ("2026-04-01 17:30", "2026-04-02 09:00")
    assert sum(row[8].startswith("缺人") for row in rows) == 2 * 28, "28 dates nobody is on"
