"""The nine regulations as they are shipped: whole, in both languages, each clause cited."""

import pytest

from desk_console.foundation.catalogue import LANGUAGES, Catalogue
from desk_console.rulebook import texts, views
from desk_console.rulebook.loader import IDS, load, load_all, site_rules
from desk_console.rulebook.records import (
    ROLES,
    CheckRule,
    Handling,
    Regulation,
    ShiftRule,
    TaskRule,
    Weekday,
    role_key,
)
from desk_console.rulebook.rules import plan_faults
from desk_console.rulebook.topics import Topic

REGULATIONS = tuple(load_all().values())
WITH_TEXT = tuple(one for one in REGULATIONS if one.alias_of is None)


def ids(regulation: Regulation) -> str:
    return regulation.id


def test_all_nine_regulations_load_in_the_order_of_their_numbers() -> None:
    assert [one.number for one in REGULATIONS] == list(range(1, 10))
    assert tuple(load_all()) == IDS


def test_the_nine_have_104_clauses_each_with_an_id_of_its_own() -> None:
    found = [clause.id for clause in views.clauses()]
    assert len(found) == len(set(found)) == 104


@pytest.mark.parametrize("regulation", WITH_TEXT, ids=ids)
def test_clauses_are_numbered_through_under_the_number_of_the_regulation(
    regulation: Regulation,
) -> None:
    assert [clause.id for clause in regulation.clauses] == [
        f"{regulation.number}.{place}" for place in range(1, len(regulation.clauses) + 1)
    ]
    assert {clause.regulation for clause in regulation.clauses} == {regulation.id}


@pytest.mark.parametrize("regulation", WITH_TEXT, ids=ids)
def test_every_cited_clause_stands_in_its_own_regulation(regulation: Regulation) -> None:
    assert set(regulation.cites.values()) <= {clause.id for clause in regulation.clauses}


@pytest.mark.parametrize("regulation", WITH_TEXT, ids=ids)
def test_every_clause_that_the_console_handles_is_cited_by_a_topic(regulation: Regulation) -> None:
    handled = {
        clause.id for clause in regulation.clauses if clause.handling is not Handling.REFERENCE
    }
    assert handled <= set(regulation.cites.values())


def test_every_topic_is_the_subject_of_some_clause() -> None:
    assert {topic for one in REGULATIONS for topic in one.cites} == set(Topic)


@pytest.mark.parametrize("regulation", REGULATIONS, ids=ids)
def test_everything_to_be_read_is_there_in_both_languages(regulation: Regulation) -> None:
    pairs = [
        (regulation.zh, regulation.en),
        (regulation.purpose_zh, regulation.purpose_en),
        (regulation.suits_zh, regulation.suits_en),
    ]
    duty = regulation.duty
    for clause in regulation.clauses:
        pairs += [(clause.zh, clause.en), (clause.where_zh, clause.where)]
    listed: list[ShiftRule | CheckRule | TaskRule] = [*duty.shifts, *duty.recurring_tasks]
    listed += [*duty.opening_checks, *duty.start_checks, *duty.tidy_checks, *duty.area_checks]
    for named in listed:
        pairs.append((named.zh, named.en))
    for zh, en in pairs:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in zh), zh
        assert en.strip() and not any("\u4e00" <= sign <= "\u9fff" for sign in en), en


def test_the_classic_edition_stands_for_property_24h() -> None:
    classic, property_24h = load("property-24h-classic"), load("property-24h")
    assert classic.alias_of == "property-24h"
    assert classic.zh != property_24h.zh
    assert classic.clauses == property_24h.clauses
    assert classic.duty.shifts == property_24h.duty.shifts
    assert classic.duty.cite(Topic.STEP_OUT) == "6.8"


@pytest.mark.parametrize("regulation", REGULATIONS, ids=ids)
def test_each_preset_holds_together_as_it_is(regulation: Regulation) -> None:
    assert plan_faults(regulation.duty) == []


def test_a_clause_is_found_by_its_id() -> None:
    clause = views.clause("9.17")
    assert clause is not None
    assert (clause.regulation, clause.handling) == ("management-office", Handling.ENFORCED)


@pytest.mark.parametrize("id", ["9.18", "10.1", "0.1", "6", "", "x.1", "²·1", "8.1"])
def test_what_is_no_clause_is_not_found(id: str) -> None:
    assert views.clause(id) is None


def test_the_rule_book_lists_one_regulation_or_all() -> None:
    assert len(views.clauses("courier")) == 15
    assert views.clauses("property-24h-classic") == views.clauses("property-24h")
    with pytest.raises(KeyError):
        views.clauses("no-such")


def test_every_role_of_the_regulations_has_a_name() -> None:
    used = {role for one in REGULATIONS for role in one.duty.escalation + one.duty.stand_in_roles}
    assert used <= set(ROLES)
    for key in (*map(role_key, ROLES), *(f"rulebook.weekday_{day}" for day in Weekday)):
        for language in LANGUAGES:
            assert Catalogue(language).text(key)


def test_handling_is_worded_with_its_meaning() -> None:
    for handling in Handling:
        assert all(texts.TEXTS[f"handling_{handling}"])
        assert all(texts.TEXTS[f"handling_{handling}_meaning"])


# What single regulations state, as the site's rules carry it.


def test_1_1_each_store_shift_has_a_manager_a_supervisor_and_staff() -> None:
    duty = site_rules("store-weekly")
    assert [(post.code, post.count) for post in duty.posts()] == [
        ("duty-manager", 1),
        ("duty-supervisor", 1),
        ("staff", 2),
    ]
    assert duty.shifts[0].roles_at("staff") == ("staff",)
    assert [shift.code for shift in duty.shifts_at("staff")] == ["open", "close"]


def test_4_1_hours_are_counted_net_of_the_noon_break_and_friday_is_off() -> None:
    duty = site_rules("cs-department")
    assert duty.shifts[0].work_minutes == 8 * 60
    assert Weekday.FRI not in duty.working_days
    assert len(duty.working_days) == 6


def test_6_2_noon_is_the_clerks_and_the_night_is_maintenances() -> None:
    day, noon, night = site_rules("property-24h").shifts
    assert noon.within == day.code
    assert noon.roles == ("clerk",)
    assert night.roles == ("maintenance",)
    assert night.crosses_midnight
    assert night.minutes == 15 * 60 + 30


def test_9_2_duty_hours_are_0830_to_1630_and_1630_to_2330() -> None:
    hours = [
        (f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in load("management-office").duty.shifts
    ]
    assert hours == [("08:30", "16:30"), ("16:30", "23:30")]


def test_9_9_and_6_10_state_how_early_to_arrive() -> None:
    assert site_rules("management-office").arrive_before_minutes == 5
    assert site_rules("property-24h").arrive_before_minutes == 15


@pytest.mark.parametrize(
    ("regulation", "topic", "clause"),
    [
        ("store-weekly", Topic.UNIFORM, "1.9"),
        ("store-weekly", Topic.HYGIENE, "1.12"),
        ("company-24h", Topic.PUNCTUAL, "2.2"),
        ("company-24h", Topic.STEP_OUT, "2.8"),
        ("company-24h", Topic.DUTY_RECORD, "2.9"),
        ("company-24h", Topic.TIDY_AREA, "2.10"),
        ("cs-monthly", Topic.UNROSTERED, "3.5"),
        ("cs-monthly", Topic.ANSWERED, "3.8"),
        ("cs-department", Topic.CHANNEL, "4.7"),
        ("cs-staff", Topic.ORIGINAL_RECORD, "5.1"),
        ("cs-staff", Topic.HAND_OUT, "5.3"),
        ("cs-staff", Topic.PHRASES, "5.8"),
        ("property-24h", Topic.ROUND_THE_CLOCK, "6.1"),
        ("property-24h", Topic.SHIFT_ROLE, "6.2"),
        ("property-24h", Topic.STEP_OUT, "6.8"),
        ("courier", Topic.QUALIFICATION, "7.2"),
        ("courier", Topic.OPENING_CHECKS, "7.9"),
        ("management-office", Topic.ARRIVE_EARLY, "9.9"),
        ("management-office", Topic.BLOCKING_MATTER, "9.17"),
    ],
)
def test_a_topic_is_cited_by_the_clause_of_the_sites_regulation(
    regulation: str, topic: Topic, clause: str
) -> None:
    assert site_rules(regulation).cite(topic) == clause


def test_every_prompt_of_a_regulation_cites_a_clause_of_it() -> None:
    for one in REGULATIONS:
        duty = one.duty
        asked: list[CheckRule | TaskRule] = [*duty.recurring_tasks, *duty.opening_checks]
        asked += [*duty.start_checks, *duty.tidy_checks, *duty.area_checks]
        for line in asked:
            assert line.topic is not None
            assert duty.cite(line.topic) is not None, (one.id, line.code)
