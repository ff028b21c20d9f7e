"""A matter in words: its story says to whom it went and what it became."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.handover.weighing import set_importance
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Grade, Importance, Matter
from desk_console.tui.matter_words import head_line, history_lines, left_cell
from tests.log.conftest import work
from tests.log.desk_at_work import AtWork
from tests.matters.sites import repair, story, walk

__all__ = ["work"]
ZH, EN = Catalogue("zh"), Catalogue("en")


def test_6_4_the_story_of_a_transfer_says_to_which_department_and_to_whom(work: AtWork) -> None:
    chief, man = work.staff.supervisor.person, work.staff.night_man.person
    lifts = add_department(
        work.desk, chief, DepartmentForm(code="lifts", zh="电梯公司", en="Lift company")
    )
    matter_id = repair(work)
    given = {"department": lifts, "reason": "电梯故障", "assignee": man.id}
    walk(work.desk, work.clerk, matter_id, ("transfer", given))
    found = story(work.desk, matter_id)
    assert list(history_lines(found, ZH))[-1].split() == ["电梯故障", "电梯公司", man.name]
    assert "Lift company" in list(history_lines(found, EN))[-1]


def test_9_17_a_change_of_importance_says_from_what_to_what(work: AtWork) -> None:
    matter_id = repair(work)
    set_importance(work.desk, work.clerk, matter_id, 1, Importance.MAJOR, words="水漫到电梯")
    found = story(work.desk, matter_id)
    said = "水漫到电梯  重要程度由 一般  改为 重大"
    assert list(history_lines(found, ZH))[-1].strip() == said
    assert "Importance was normal  is now major" in list(history_lines(found, EN))[-1]


def test_a_complaints_level_and_its_importance_say_which_is_which(work: AtWork) -> None:
    matter_id = repair(work, OpenMatter(importance=Importance.MAJOR))
    with work.desk.transaction() as unit:
        unit.session.get_one(Matter, matter_id).grade = Grade.MAJOR
    line = story(work.desk, matter_id).line
    assert "投诉等级：重要  重要程度：重大" in head_line(line, ZH)
    assert "level: major  importance: major" in head_line(line, EN)


@pytest.mark.parametrize(
    ("seconds", "zh", "en", "tone"),
    [
        (-90, "还有 1分钟", "1 min left", "warning"),
        (-30, "现在到时", "due now", "warning"),
        (0, "现在到时", "due now", "overdue"),
        (59, "现在到时", "due now", "overdue"),
        (60, "超时 1分钟", "over 1 min", "overdue"),
    ],
)
def test_9_4_in_the_minute_in_which_it_falls_due_it_is_said_to_be_due(
    work: AtWork, seconds: int, zh: str, en: str, tone: str
) -> None:
    line = story(work.desk, repair(work)).line
    assert line.due_at is not None
    at = line.due_at + timedelta(seconds=seconds)
    cells = [left_cell(line, at, words) for words in (ZH, EN)]
    assert [(one.text, one.tone) for one in cells] == [(zh, tone), (en, tone)]
