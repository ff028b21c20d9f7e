"""What a site runs by: regulations combined, defaults behind them, its own parameters on top."""

import inspect
import tomllib
from collections.abc import Mapping
from datetime import time
from typing import Any

import pytest

from desk_console.foundation.catalogue import LANGUAGES, Catalogue
from desk_console.rulebook import loader, texts
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.parameters import PARAMETERS, FaultyRules
from desk_console.rulebook.records import (
    Announcement,
    DutyRules,
    Limits,
    RosterDue,
    Rotation,
    Weekday,
    WorkingTime,
)
from desk_console.rulebook.topics import Topic

SHIFT = {
    "code": "day",
    "zh": "白班",
    "en": "Day",
    "start": "08:00",
    "end": "20:00",
    "roles": ["clerk"],
}


def faults_of(**overrides: object) -> list[tuple[str, str]]:
    with pytest.raises(FaultyRules) as caught:
        site_rules("property-24h", overrides=overrides)
    for fault in caught.value.faults:
        for language in LANGUAGES:
            assert Catalogue(language).text(fault.message)
    return [
        (fault.key, fault.message.key.removeprefix("rulebook.")) for fault in caught.value.faults
    ]


def test_the_base_comes_first_then_what_the_others_state() -> None:
    duty = site_rules("property-24h", ["management-office"])
    assert duty.arrive_before_minutes == 15
    assert duty.tidy_before_minutes == 15
    assert duty.escalation == ("clerk", "supervisor", "director")
    assert duty.roster_maker == "lead"
    assert [shift.code for shift in duty.shifts] == ["day", "noon", "night"]
    assert (duty.regulation, duty.also) == ("property-24h", ("management-office",))


def test_the_order_of_combination_counts() -> None:
    duty = site_rules("management-office", ["property-24h"])
    assert duty.arrive_before_minutes == 5
    assert not duty.round_the_clock
    assert duty.cite(Topic.STEP_OUT) == "9.5"
    assert duty.cite(Topic.WORK_ORDER) == "6.4"
    assert site_rules("property-24h", ["management-office"]).cite(Topic.STEP_OUT) == "6.8"


def test_what_another_regulation_states_goes_before_the_consoles_default_for_the_base() -> None:
    assert [one.code for one in site_rules("cs-monthly").shifts] == ["office"]
    combined = site_rules("cs-monthly", ["management-office"])
    assert [one.code for one in combined.shifts] == ["early", "late"]
    assert combined.leave_approver == "supervisor"
    # Neither states shifts: the console's default for the base's kind.
    both_silent = site_rules("cs-monthly", ["company-24h"])
    assert [one.code for one in both_silent.shifts] == ["office"]


def test_general_defaults_stand_in_for_what_nobody_states() -> None:
    duty = site_rules("cs-staff")
    assert duty.answer_within_rings == 3
    assert duty.stand_in_roles == ()
    assert duty.rotation is Rotation.FAIR
    assert duty.roster_due is RosterDue.PREVIOUS_END
    assert duty.notify == (Announcement.NOTICEBOARD,)


def test_checklists_and_tasks_of_combined_regulations_are_joined() -> None:
    duty = site_rules("store-weekly", ["courier", "company-24h"])
    assert [one.code for one in duty.start_checks] == [
        "uniform",
        "fit-for-duty",
        "place-tidy",
        "equipment-complete",
        "area-tidy",
    ]
    assert [one.code for one in duty.recurring_tasks] == [
        "hygiene",
        "parcel-status",
        "answer-mail",
        "sort-dispatch",
    ]
    assert duty.cite(Topic.RECURRING_TASKS) == "1.12"
    assert duty.cite(Topic.TASK_COUNTS) == "7.12"


def test_a_regulation_named_twice_or_by_its_alias_counts_once() -> None:
    twice = site_rules("courier", ["courier"])
    assert len(twice.start_checks) == 3
    assert twice.also == ()
    assert site_rules("property-24h-classic", ["property-24h"]).cite(Topic.ARRIVE_EARLY) == "6.10"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("shifts", [SHIFT], None),
        ("round_the_clock", False, False),
        ("minimum_on_post", 2, 2),
        ("working_days", ["mon", "tue"], (Weekday.MON, Weekday.TUE)),
        ("arrive_before_minutes", 0, 0),
        ("tidy_before_minutes", 20, 20),
        ("answer_within_rings", 4, 4),
        ("stand_in_roles", [], ()),
        ("escalation", ["clerk", "director"], ("clerk", "director")),
        ("decided_above", ["complaint"], ("complaint",)),
        ("decided_by", "supervisor", "supervisor"),
        ("repair_department", "works", "works"),
        ("limits", {"urgent_on_site_minutes": 45}, Limits(urgent_on_site_minutes=45)),
        ("weekend_rotation", True, True),
        ("onboarding_days", 3, 3),
        ("working_time", {"rest_hours": 8}, WorkingTime(rest_hours=8)),
        ("opening_checks", [{"code": "x", "zh": "查", "en": "check"}], None),
        ("start_checks", [{"code": "x", "zh": "查", "en": "check"}], None),
        ("tidy_checks", [], ()),
        ("area_checks", [], ()),
        ("handover_witness", True, True),
        ("relief_call_minutes", 5, 5),
        ("recurring_tasks", [{"code": "x", "zh": "查", "en": "check", "at": ["08:00"]}], None),
        ("phrases", True, True),
        ("rotation", "weekly", Rotation.WEEKLY),
        ("roster_period", "week", "week"),
        ("roster_due", "period-start", RosterDue.PERIOD_START),
        ("publish_before_days", 8, 8),
        ("roster_maker", "director", "director"),
        ("leave_approver", "director", "director"),
        ("notify", ["mail"], (Announcement.MAIL,)),
        ("summary", "never", "never"),
    ],
)
def test_any_parameter_can_be_overridden(name: str, value: object, kept: object) -> None:
    duty = site_rules("property-24h", ["management-office"], {name: value})
    found = getattr(duty, name)
    if kept is None:
        assert isinstance(value, list)
        assert [one.code for one in found] == [one["code"] for one in value]
    else:
        assert found == kept


def test_the_table_of_overrides_above_leaves_no_parameter_out() -> None:
    mark = next(
        mark
        for mark in test_any_parameter_can_be_overridden.pytestmark  # type: ignore[attr-defined] # put there by pytest
        if mark.name == "parametrize"
    )
    assert {case[0] for case in mark.args[1]} == set(PARAMETERS)


def test_an_overridden_list_replaces_the_whole_list() -> None:
    duty = site_rules("courier", overrides={"start_checks": []})
    assert duty.start_checks == ()
    assert len(duty.opening_checks) == 2


@pytest.mark.parametrize("typed", ["8:05", "08:05", "０８：０５", " 08:05 ", time(8, 5)])
def test_times_of_day_are_read_as_people_type_them(typed: object) -> None:
    duty = site_rules("property-24h", overrides={"shifts": [{**SHIFT, "start": typed}]})
    assert duty.shifts[0].start == time(8, 5)


@pytest.mark.parametrize(
    "typed", ["24:00", "8", "8:5", "08:05:30", 805, time(8, 5, 30), "-1:00", None, ""]
)
def test_what_is_no_time_of_day_is_named_with_its_place(typed: object) -> None:
    shift = {**SHIFT, "end": typed}
    assert faults_of(shifts=[SHIFT, shift]) == [("shifts[2].end", "fault_want_time")]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"arive_before_minutes": 5}, ("arive_before_minutes", "fault_unknown_key_near")),
        ({"colour": 5}, ("colour", "fault_unknown_key")),
        ({"cites": {}}, ("cites", "fault_unknown_key")),
        ({"shifts": [{**SHIFT, "colour": 1}]}, ("shifts[1].colour", "fault_unknown_key")),
        (
            {"shifts": [{"code": "a", **{k: SHIFT[k] for k in ("zh", "en", "start", "roles")}}]},
            ("shifts[1].end", "fault_missing"),
        ),
        ({"shifts": "day"}, ("shifts", "fault_want_list")),
        ({"shifts": ["day"]}, ("shifts[1]", "fault_want_table")),
        ({"shifts": [{**SHIFT, "code": "Day One"}]}, ("shifts[1].code", "fault_want_code")),
        ({"shifts": [{**SHIFT, "zh": ""}]}, ("shifts[1].zh", "fault_empty")),
        ({"shifts": [{**SHIFT, "zh": "班" * 300}]}, ("shifts[1].zh", "fault_too_long")),
        ({"round_the_clock": "yes"}, ("round_the_clock", "fault_want_yes_no")),
        ({"round_the_clock": 1}, ("round_the_clock", "fault_want_yes_no")),
        ({"minimum_on_post": "2"}, ("minimum_on_post", "fault_want_number")),
        ({"minimum_on_post": True}, ("minimum_on_post", "fault_want_number")),
        ({"minimum_on_post": 0}, ("minimum_on_post", "fault_at_least")),
        ({"answer_within_rings": 99}, ("answer_within_rings", "fault_at_most")),
        ({"working_days": ["friday"]}, ("working_days[1]", "fault_want_one_of")),
        ({"roster_maker": 7}, ("roster_maker", "fault_want_text")),
    ],
)
def test_a_wrong_parameter_is_named_with_its_place(
    overrides: Mapping[str, object], expected: tuple[str, str]
) -> None:
    assert faults_of(**overrides) == [expected]


def test_all_wrong_parameters_are_named_at_once() -> None:
    assert len(faults_of(minimum_on_post=0, phrases="x", working_days=["x", "mon", "y"])) == 4


def test_an_unknown_regulation_is_named() -> None:
    with pytest.raises(FaultyRules) as caught:
        site_rules("property", ["courier", "x"])
    assert [fault.path for fault in caught.value.faults] == [("regulation",), ("also", 1)]
    words = Catalogue("en").text(caught.value.faults[0].message)
    assert "property-24h" in words


def test_every_fault_wording_fills_its_gaps_with_the_same_values_in_both_languages() -> None:
    for name, (zh, en) in texts.TEXTS.items():
        gaps = [
            {part.split("}")[0] for part in text.replace("{{", "").split("{")[1:]}
            for text in (zh, en)
        ]
        assert gaps[0] == gaps[1], name


def test_rules_are_frozen() -> None:
    duty = site_rules("courier")
    with pytest.raises(ValueError, match="frozen"):
        duty.minimum_on_post = 3  # type: ignore[misc] # that it is refused is the test


def test_every_parameter_is_documented() -> None:
    source = inspect.getsource(DutyRules)
    for name in PARAMETERS:
        following = source.split(f"\n    {name}: ", 1)[1].split("\n", 1)[1]
        assert following.lstrip().startswith('"""'), name


def test_a_sites_rules_are_made_without_reading_a_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    loads = tomllib.loads

    def watched(text: str) -> dict[str, Any]:
        read.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", watched)
    loader._head.cache_clear()
    site_rules("property-24h", ["management-office"])
    assert len(read) == 2
    assert not any("[[clause]]" in text for text in read)
