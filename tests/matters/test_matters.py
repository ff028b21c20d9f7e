"""Matters: opened with an owner, moved on, closed with an answer; stale forms are told."""

import multiprocessing
import time
from datetime import timedelta
from pathlib import Path

import pytest

from desk_console.foundation.clock import MovingClock, SystemClock
from desk_console.foundation.identity import SystemSource
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.handover.weighing import set_importance
from desk_console.log.records import Category
from desk_console.log.search import search
from desk_console.log.views import LogFilter, entries, entry_story
from desk_console.matters.acts import (
    OpenMatter,
    change_owner,
    close,
    log_entry,
    progress,
)
from desk_console.matters.glance import pressing
from desk_console.matters.records import Importance
from desk_console.matters.story import matter_story
from desk_console.matters.views import of_entries, open_count, open_matters
from desk_console.rulebook.desk import Desk
from desk_console.shift.departures import leave_post
from tests.conftest import ZONE
from tests.log.desk_at_work import AtWork

HOUR = timedelta(hours=1)


def opened(work: AtWork, wish: OpenMatter | None = None, **fields: object) -> int:
    given = {"category": Category.ERRAND, "caller": "张建国", **fields}
    logged = log_entry(work.desk, work.clerk, work.call(**given), wish)
    assert logged.matter_id is not None
    return logged.matter_id


def test_what_is_left_open_has_an_owner_at_once(work: AtWork) -> None:
    matter_id = opened(work)
    with work.desk.reading() as session:
        story = matter_story(session, work.desk, matter_id, work.at())
    assert story.line.owner_id == work.clerk.id
    assert [event.what for event in story.events] == ["opened"]


def test_a_named_owner_must_work_here(work: AtWork) -> None:
    named = opened(work, OpenMatter(owner_id=work.staff.night_man.person.id))
    with work.desk.reading() as session:
        line = matter_story(session, work.desk, named, work.at()).line
    assert line.owner_id == work.staff.night_man.person.id
    with pytest.raises(Refusal):
        opened(work, OpenMatter(owner_id=999))
    with work.desk.reading() as session:
        assert len(entries(session, LogFilter()).lines) == 1


def test_what_could_close_stays_open_where_the_writer_says_so(work: AtWork) -> None:
    opened(work, OpenMatter(next_step="明天回电"), category=Category.ENQUIRY, action="已答复")


def test_3_8_nothing_a_caller_brought_closes_without_an_answer(work: AtWork) -> None:
    matter_id = opened(work)
    with pytest.raises(Refusal) as refused:
        close(work.desk, work.clerk, matter_id, 1, result="换了垫圈")
    assert refused.value.message.key == "matters.answer_wanted"
    with pytest.raises(Refusal, match=r"matters\.result_wanted"):
        close(work.desk, work.clerk, matter_id, 1, result="", answered="已电话告知")
    close(work.desk, work.clerk, matter_id, 1, result="换了垫圈", answered="已电话告知")
    with work.desk.reading() as session:
        story = matter_story(session, work.desk, matter_id, work.at())
        assert open_matters(session, work.at()) == ()
    assert (story.answered, story.closed_by_name) == ("已电话告知", work.clerk.name)


def test_2_9_the_result_stands_beside_the_entry_and_is_found(work: AtWork) -> None:
    matter_id = opened(work, is_abnormal=True)
    progress(work.desk, work.clerk, matter_id, 1, "师傅已到现场")
    close(work.desk, work.clerk, matter_id, 2, result="更换角阀", answered="已告知")
    with work.desk.reading() as session:
        line = matter_story(session, work.desk, matter_id, work.at()).line
        story = entry_story(session, line.entry_id or 0)
        found = search(session, "更换角阀").hits
        underway = search(session, "已到现场").hits
    assert [each.kind.value for each in story.additions] == ["action", "result"]
    assert [each.ref for each in found] == [each.ref for each in underway] == [line.entry_id]


def test_9_4_a_matter_has_a_time_until_which_it_may_wait(work: AtWork, clock: MovingClock) -> None:
    ordinary = opened(work)
    urgent = opened(work, OpenMatter(is_urgent=True))
    clock.advance(HOUR)
    with work.desk.reading() as session:
        lines = {line.id: line for line in open_matters(session, work.at())}
        count = open_count(session, work.at())
    assert lines[urgent].is_overdue and not lines[ordinary].is_overdue
    assert lines[urgent].left == timedelta(minutes=-30)
    assert lines[ordinary].waited == HOUR
    assert (count.total, count.overdue) == (2, 1)


def test_9_4_what_presses_most_comes_first(work: AtWork, clock: MovingClock) -> None:
    plain = opened(work)
    important = opened(work, OpenMatter(importance=Importance.IMPORTANT))
    late = opened(work, OpenMatter(due_at=work.at() + timedelta(minutes=1)))
    clock.advance(HOUR)
    with work.desk.reading() as session:
        order = [line.id for line in open_matters(session, work.at())]
    assert order == [late, important, plain]


def test_9_4_what_is_late_comes_up_until_it_is_seen_to(work: AtWork, clock: MovingClock) -> None:
    late = opened(work, OpenMatter(due_at=work.at() + timedelta(minutes=1)))
    soon = opened(work, OpenMatter(due_at=work.at() + 20 * HOUR))
    opened(work, OpenMatter(due_at=work.at() + 40 * HOUR))

    def seen() -> list[int]:
        with work.desk.reading() as session:
            return [line.id for line in pressing(session, work.at(), HOUR)]

    assert seen() == [late]
    clock.advance(19 * HOUR + timedelta(minutes=1))
    assert seen() == [late, soon]
    close(work.desk, work.clerk, late, 1, result="好了", answered="已告知")
    assert seen() == [soon]


def test_a_stale_form_is_told_what_changed(work: AtWork) -> None:
    matter_id = opened(work)
    assert set_importance(work.desk, work.clerk, matter_id, 1, Importance.IMPORTANT) == 2
    assert change_owner(work.desk, work.clerk, matter_id, 2, work.staff.night_man.person.id) == 3
    with pytest.raises(Refusal) as refused:
        progress(work.desk, work.clerk, matter_id, 1, "来晚了")
    assert refused.value.message.key == "matters.stale"
    changes = refused.value.message.values["changes"]
    assert isinstance(changes, list)
    assert [change.values["what"].key for change in changes] == [
        "matters.what_importance",
        "matters.what_owner",
    ]


def test_a_closed_matter_stays_closed(work: AtWork) -> None:
    matter_id = opened(work)
    close(work.desk, work.clerk, matter_id, 1, result="好了", answered="已告知")
    with pytest.raises(Refusal, match=r"matters\.closed_already"):
        progress(work.desk, work.clerk, matter_id, 2, "再来")


def test_the_writer_owns_what_is_left_where_nobody_holds_the_post(work: AtWork) -> None:
    from desk_console.shift.arrivals import sign_on

    sign_on(work.desk, work.staff.other_clerk)
    leave_post(work.desk, work.staff.clerk, "家中急事")
    other = work.staff.other_clerk.person
    logged = log_entry(work.desk, other, work.call(category=Category.REPAIR))
    with work.desk.reading() as session:
        (line,) = of_entries(session, [logged.entry_id], work.at()).values()
    assert line.owner_id == other.id


def write_for_a_while(path: Path, desk: Desk, person_id: int, seconds: float) -> int:
    """What one console does, in a process of its own: entry after entry. Returns how many."""
    from desk_console.people.views import person as view

    store = Store(path, clock=SystemClock(), zone=ZONE, console=f"console of {person_id}")
    own = Desk(
        store=store,
        source=SystemSource(),
        site=desk.site,
        duty=desk.duty,
        secret=b"",
        folder=path.parent,
    )
    with own.reading() as session:
        person = view(session, person_id)
    assert person is not None
    work = AtWork(own, None, 0)  # type: ignore[arg-type]  # only the forms are wanted
    until = time.monotonic() + seconds
    saved = 0
    while time.monotonic() < until:
        log_entry(own, person, work.call(category=Category.REPAIR))
        saved += 1
    store.close()
    return saved


def run_console(queue: object, *what: object) -> None:
    """Reports how many were saved."""
    queue.put(write_for_a_while(*what))  # type: ignore[attr-defined, arg-type]  # a queue


def test_two_consoles_writing_at_once_lose_nothing(work: AtWork) -> None:
    desk = work.desk
    path = desk.store.path
    bare = Desk(
        store=None,  # type: ignore[arg-type]  # each process opens its own
        source=SystemSource(),
        site=desk.site,
        duty=desk.duty,
        secret=b"",
        folder=path.parent,
    )
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    consoles = [
        context.Process(target=run_console, args=(queue, path, bare, work.clerk.id, 1.5))
        for _ in range(2)
    ]
    for console in consoles:
        console.start()
    saved = sum(queue.get(timeout=60) for _ in consoles)
    for console in consoles:
        console.join(60)
    assert [console.exitcode for console in consoles] == [0, 0]
    with desk.reading() as session:
        assert open_count(session, desk.now()).total == saved > 2
