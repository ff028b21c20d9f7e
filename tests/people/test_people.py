"""People: who may make and change them, names as they were typed, imports whole or not at all."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.people import views
from desk_console.people.acts import (
    add_person,
    add_qualification,
    change_person,
    end_qualification,
    retire_person,
)
from desk_console.people.imports import import_people
from desk_console.people.pins import Proof, prove
from desk_console.people.records import PersonView, QualificationForm
from desk_console.people.rules import Right, may, qualification_verdict
from desk_console.people.signatures import verify_signature
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.people.conftest import CLERK_PIN, form


def test_the_first_person_is_made_by_nobody_and_is_in_charge(desk: Desk) -> None:
    with pytest.raises(Refusal, match="first_in_charge"):
        add_person(desk, form("1", "张三", "clerk"), by_id=None)
    add_person(desk, form("1", "张三", "supervisor"), by_id=None)
    with pytest.raises(Refusal, match="not_first"):
        add_person(desk, form("2", "李四", "supervisor"), by_id=None)


def test_rights_are_asked_for_at_the_moment_of_acting(
    desk: Desk, boss: Proof, clerk: PersonView
) -> None:
    with pytest.raises(Refusal, match="no_right"):
        add_person(desk, form("3", "王五", "clerk"), by_id=clerk.id)
    other = add_person(desk, form("4", "赵六", "manager"), by_id=boss.person.id)
    retire_person(desk, boss.person.id, by_id=other.id)
    with pytest.raises(Refusal, match="not_active"):
        add_person(desk, form("3", "王五", "clerk"), by_id=boss.person.id)


def test_the_last_one_in_charge_stays(desk: Desk, boss: Proof, clerk: PersonView) -> None:
    with pytest.raises(Refusal, match="last_in_charge"):
        retire_person(desk, boss.person.id, by_id=boss.person.id)
    with pytest.raises(Refusal, match="last_in_charge"):
        change_person(desk, boss.person.id, form("1001", "周静怡", "clerk"), by_id=boss.person.id)


def test_a_role_that_no_regulation_knows_is_refused(desk: Desk, boss: Proof) -> None:
    with pytest.raises(Refusal, match="role_unknown"):
        add_person(desk, form("5", "钱七", "wizard"), by_id=boss.person.id)


@pytest.mark.parametrize("name", ["[red]x[/]", "[/]", "[@click=app.quit]x[/]", "𠮷野", "O'Neil--"])
def test_a_hostile_name_is_kept_as_typed(desk: Desk, boss: Proof, name: str) -> None:
    added = add_person(desk, form("5", name, "clerk"), by_id=boss.person.id)
    assert added.name == name
    with desk.reading() as session:
        assert views.find(session, name) == (added,)


def test_what_a_terminal_would_obey_never_gets_into_a_name(desk: Desk, boss: Proof) -> None:
    added = add_person(desk, form("5", "\x1b[31m王\u202e五\x00", "clerk"), by_id=boss.person.id)
    assert added.name == "王五"


@pytest.mark.parametrize(
    "typed", ["dxf", "sxf", "SX", "小芳", "2001", "２００１", "2001 ", "0002001"]
)
def test_a_person_is_found_by_initials_name_number_or_phone_ending(
    desk: Desk, clerk: PersonView, typed: str
) -> None:
    with desk.reading() as session:
        assert clerk in views.find(session, typed)
        assert views.find(session, "%") == ()


def person(**given: object) -> PersonView:
    facts: dict[str, object] = {
        "id": 1,
        "staff_no": "1",
        "name": "张三",
        "initials": "zs",
        "phone": "",
        "mail": "",
        "mail_language": "",
        "languages": "",
        "roles": frozenset({"clerk"}),
        "is_active": True,
        "started_on": date(2026, 2, 1),
    }
    return PersonView.model_validate({**facts, **given})


@pytest.mark.parametrize("right", list(Right))
def test_whoever_left_has_no_right_and_the_supervisor_has_every_one(
    desk: Desk, right: Right
) -> None:
    boss = person(roles=frozenset({"supervisor"}))
    assert may(boss, right, desk.duty).is_allowed
    assert not may(person(is_active=False), right, desk.duty).is_allowed
    told = may(person(roles=frozenset()), right, desk.duty).message
    assert told is not None
    assert Catalogue("zh").text(told) != Catalogue("en").text(told)


def test_7_2_only_the_qualified_go_on_duty(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    clerk = add_person(desk, form("2", "张三", "clerk"), by_id=boss.id)
    training = QualificationForm(
        code="post", valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 31)
    )
    add_qualification(desk, clerk.id, training, by_id=boss.id)
    with desk.reading() as session:
        held = views.qualifications(session, clerk.id)
    for day, key in (
        (date(2026, 2, 28), "people.not_qualified"),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), "people.qualification_over"),
    ):
        verdict = qualification_verdict(clerk, held, day, desk.duty)
        assert (verdict.message.key if verdict.message else None) == key
        assert verdict.clause == ("7.2" if key else None)


def test_4_4_new_people_are_trained_a_week_first(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-department")
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    clerk = add_person(desk, form("2", "张三", "clerk"), by_id=boss.id)
    with pytest.raises(Refusal, match="onboarding_too_short") as refused:
        add_qualification(
            desk,
            clerk.id,
            QualificationForm(code="onboarding", valid_from=date(2026, 2, 7)),
            by_id=boss.id,
        )
    assert refused.value.clause == "4.4"
    assert qualification_verdict(clerk, (), date(2026, 3, 2), desk.duty).clause == "4.4"
    done = QualificationForm(code="onboarding", valid_from=date(2026, 2, 8))
    add_qualification(desk, clerk.id, done, by_id=boss.id)
    with desk.reading() as session:
        held = views.qualifications(session, clerk.id)
    assert qualification_verdict(clerk, held, date(2026, 3, 2), desk.duty).is_allowed


def test_no_regulation_no_qualification_asked(desk: Desk) -> None:
    assert qualification_verdict(person(), (), date(2026, 3, 2), desk.duty).is_allowed


def test_a_signature_holds_for_what_was_shown_and_nothing_else(
    desk: Desk, boss: Proof, clerk: PersonView
) -> None:
    proof = prove(desk, clerk.id, CLERK_PIN)
    shown = {"items": [{"name": "钥匙", "count": 3}]}
    given = {"subject": "handover:1", "meaning": "我已清点", "role": "outgoing"}
    with desk.transaction() as work:
        proof.sign(work, **given, content=shown)
    with desk.transaction() as work, pytest.raises(Refusal, match="signed_already"):
        proof.sign(work, **given, content={})
    with desk.reading() as session:
        (signed,) = views.signatures(session, "handover:1")
    key = proof.public_key
    assert verify_signature(signed, enrolled=key, content=shown, role="outgoing").is_allowed
    for verdict in (
        verify_signature(signed, enrolled=boss.public_key),
        verify_signature(signed, enrolled=key, content={"items": []}),
        verify_signature(signed, enrolled=key, role="incoming"),
        verify_signature(signed.model_copy(update={"subject": "handover:2"}), enrolled=key),
        verify_signature(signed.model_copy(update={"person_id": 1}), enrolled=key),
        verify_signature(signed.model_copy(update={"signature": "00" * 64}), enrolled=key),
        verify_signature(signed.model_copy(update={"statement": "[]"}), enrolled=key),
    ):
        assert not verdict.is_allowed


def write(path: Path, *lines: str) -> Path:
    path.write_text("工号,姓名,角色,电话,语言\n" + "\n".join(lines), encoding="gb18030")
    return path


def test_an_import_names_every_problem_and_adds_nobody(
    desk: Desk, boss: Proof, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "people.csv",
        "2001,王晓燕,客服管理员,(010) 6234-5678,普通话",
        "2001,李思敏,clerk,打不通,",
        "1001,,魔术师,,",
        f"2004,陈佳琪,clerk,,{'长' * 300}",
    )
    report = import_people(desk, file, by_id=boss.person.id)
    told = {(problem.line, problem.column) for problem in report.problems}
    assert told == {
        (3, "工号"), (3, "电话"), (4, "工号"), (4, "姓名"), (4, "角色"), (5, "语言"),
    }  # fmt: skip
    for problem in report.problems:
        assert Catalogue("zh").text(problem.message) != Catalogue("en").text(problem.message)
    assert not report.is_done
    with desk.reading() as session:
        assert len(views.people(session)) == 1


def test_an_import_without_a_problem_is_whole_and_a_dry_run_adds_nobody(
    desk: Desk, boss: Proof, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", "2001,王晓燕,客服管理员、领班,95588,", "2002,仇丹,clerk,,")
    assert import_people(desk, file, by_id=boss.person.id, is_dry_run=True).added == 2
    with desk.reading() as session:
        assert len(views.people(session)) == 1
    assert import_people(desk, file, by_id=boss.person.id).is_done
    with desk.reading() as session:
        found = views.by_staff_no(session, "2001")
        acts = [row.act for row in session.exec(select(JournalRow))]
    assert found is not None
    assert found.roles == {"clerk", "lead"}
    assert acts.count("people.added") == 3


@pytest.mark.parametrize(
    ("regulation", "code", "title", "clause"),
    [
        ("cs-staff", "language", "粤语", "5.9"),
        ("courier", "course", "快件操作规范", "7.5"),
        ("courier", "post", "上岗证", "7.2"),
    ],
    ids=["5_9", "7_5", "7_2"],
)
def test_7_5_5_9_7_2_what_somebody_learnt_is_on_record_under_its_clause(
    make_desk: DeskMaker, regulation: str, code: str, title: str, clause: str
) -> None:
    desk = make_desk(regulation)
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    learnt = QualificationForm(code=code, title=title, valid_from=date(2026, 2, 8))
    add_qualification(desk, boss.id, learnt, by_id=boss.id)
    with desk.reading() as session:
        (held,) = views.qualifications(session, boss.id)
        rows = session.exec(select(JournalRow).where(JournalRow.act == "people.qualified")).all()
    assert (held.code, held.title) == (code, title)
    assert [row.clause for row in rows] == [clause]


def test_5_9_the_languages_of_a_person_are_on_file(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-staff")
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    speaks = form("2", "张三", "clerk").model_copy(update={"languages": "普通话、四川话"})
    clerk = add_person(desk, speaks, by_id=boss.id)
    with desk.reading() as session:
        assert views.people(session)[1].languages == "普通话、四川话"
    changed = speaks.model_copy(update={"languages": "普通话"})
    change_person(desk, clerk.id, changed, by_id=boss.id)
    with desk.reading() as session:
        (row,) = session.exec(select(JournalRow).where(JournalRow.act == "people.changed")).all()
    assert json.loads(row.body)["before"]["languages"] == "普通话、四川话"


def test_7_2_4_4_nobody_lets_themselves_on_duty_where_another_is_in_charge(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("courier")
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    own = QualificationForm(code="post", title="上岗证", valid_from=date(2026, 2, 8))
    add_qualification(desk, boss.id, own, by_id=boss.id)  # nobody else could
    add_person(desk, form("2", "郑国强", "director"), by_id=boss.id)
    for code in ("post", "onboarding"):
        again = own.model_copy(update={"code": code})
        with pytest.raises(Refusal, match="own_qualification"):
            add_qualification(desk, boss.id, again, by_id=boss.id)


def test_7_2_a_qualification_that_ended_is_not_made_to_last_longer(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    boss = add_person(desk, form("1", "周静怡", "supervisor"), by_id=None)
    clerk = add_person(desk, form("2", "王晓燕", "clerk"), by_id=boss.id)
    over = QualificationForm(
        code="post", title="上岗证", valid_from=date(2025, 2, 8), valid_until=date(2026, 2, 7)
    )
    held = add_qualification(desk, clerk.id, over, by_id=boss.id)
    with pytest.raises(Refusal) as refused:
        end_qualification(desk, held, date(2026, 12, 31), by_id=boss.id)
    assert (refused.value.message.key, refused.value.clause) == ("people.ended_already", "7.2")
    end_qualification(desk, held, date(2026, 1, 31), by_id=boss.id)
