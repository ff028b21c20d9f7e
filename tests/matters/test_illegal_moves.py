"""No path moves a matter that is closed, that another console has moved meanwhile, or from a stage
from which the step does not lead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.handover.weighing import set_importance
from desk_console.matters import acts, answers, escalating
from desk_console.matters.complaints import decide_proposal
from desk_console.matters.missed import settle_missed
from desk_console.matters.records import Form, Importance, Stage
from desk_console.matters.steps import STEPS, step_named
from desk_console.matters.tasks import report_back
from tests.log.desk_at_work import AtWork
from tests.matters.sites import ANSWERED, FOLLOWED, PROPOSED, complaint, repair, story, walk
from tests.staff import proof_of

Path = Callable[[AtWork, int, int], Any]


def chief(work: AtWork) -> Any:
    return proof_of(work.desk, work.staff.supervisor.person)


PATHS: dict[str, Path] = {
    "step": lambda work, at, rev: acts.take_step(work.desk, work.clerk, at, rev, "investigate", {}),
    "close": lambda work, at, rev: acts.close(work.desk, work.clerk, at, rev, result="好"),
    "report": lambda work, at, rev: report_back(work.desk, work.clerk, at, rev, "好"),
    "progress": lambda work, at, rev: acts.progress(work.desk, work.clerk, at, rev, "去了"),
    "owner": lambda work, at, rev: acts.change_owner(
        work.desk, work.clerk, at, rev, work.staff.other_clerk.person.id
    ),
    "importance": lambda work, at, rev: set_importance(
        work.desk, work.clerk, at, rev, Importance.MAJOR
    ),
    "ask": lambda work, at, rev: escalating.ask(work.desk, work.clerk, at, rev, "可否"),
    "answer": lambda work, at, rev: answers.answer(work.desk, chief(work), at, rev, "可以"),
    "note": lambda work, at, rev: answers.note_answer(
        work.desk, work.clerk, at, rev, "可以", superior_id=work.staff.supervisor.person.id
    ),
    "confirm": lambda work, at, rev: answers.confirm_answer(
        work.desk, chief(work), at, rev, is_right=True
    ),
    "decide": lambda work, at, rev: decide_proposal(
        work.desk, chief(work), at, rev, "同意", is_approved=True
    ),
    "missed": lambda work, at, rev: settle_missed(
        work.desk, work.clerk, [(at, rev)], result="好", answered="好"
    ),
}


def kept(work: AtWork, matter_id: int) -> tuple[object, ...]:
    found = story(work.desk, matter_id)
    return found.line, found.events, found.facts


@pytest.mark.parametrize("path", PATHS)
def test_4_11_what_is_closed_is_moved_by_no_path(work: AtWork, path: str) -> None:
    matter_id = complaint(work)
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED, FOLLOWED)
    before = kept(work, matter_id)
    with pytest.raises(Refusal, match=r"matters\.(closed_already|only_missed)"):
        PATHS[path](work, matter_id, revision)
    assert kept(work, matter_id) == before


@pytest.mark.parametrize("path", PATHS)
def test_9_4_of_two_consoles_the_later_is_told_by_every_path(work: AtWork, path: str) -> None:
    matter_id = complaint(work)
    acts.progress(work.desk, work.staff.clerk.person, matter_id, 1, "另一台先记了")
    before = kept(work, matter_id)
    with pytest.raises(Refusal, match=r"matters\.(stale|only_missed)") as refused:
        PATHS[path](work, matter_id, 1)
    if path != "missed":
        assert "matters.what_progress" in repr(refused.value.message.values["changes"])
    assert kept(work, matter_id) == before


@pytest.mark.parametrize("code", sorted({step.code for step in STEPS}))
@pytest.mark.parametrize("opened", [repair, complaint])
def test_6_4_4_11_no_step_is_taken_that_does_not_lead_on(
    work: AtWork, code: str, opened: Callable[[AtWork], int]
) -> None:
    matter_id = opened(work)
    line = story(work.desk, matter_id).line
    if step_named(line.form, line.stage, code) is not None:
        return
    before = kept(work, matter_id)
    with pytest.raises(Refusal):
        acts.take_step(work.desk, work.clerk, matter_id, line.revision, code, {})
    assert kept(work, matter_id) == before
    assert (line.form, line.stage) in (
        (Form.WORK_ORDER, Stage.DISPATCHED),
        (Form.COMPLAINT, Stage.RECEIVED),
    )
