"""Answers from above: who confirms what was noted, as what they sign, and that none is lost."""

from __future__ import annotations

import json

import pytest
from sqlmodel import col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.matters.acts import OpenMatter
from desk_console.matters.answers import answer, confirm_answer, note_answer
from desk_console.matters.escalating import ask
from desk_console.matters.records import Importance
from desk_console.people.acts import change_person
from desk_console.people.records import PersonForm, Signature
from desk_console.rulebook.ladder import top_rung
from tests.foundation.desk_file import meddle
from tests.log.desk_at_work import AtWork
from tests.matters.sites import FOLLOWED, repair, story, walk
from tests.staff import Shown, hire, proof_of


def told_by_the_director(work: AtWork) -> tuple[int, int, Shown]:
    """A major matter, finished but for the director's answer, which the desk has noted."""
    desk, clerk = work.desk, work.clerk
    director = hire(desk, "0001", "高主任", "director", by=work.staff.supervisor)
    matter_id = repair(work, OpenMatter(importance=Importance.MAJOR))
    revision = walk(desk, clerk, matter_id, ("accept", {}), ("finish", {"work_done": "好"}))
    revision = ask(desk, clerk, matter_id, revision, "是否停梯", rung=top_rung(desk.duty))
    revision = note_answer(
        desk, clerk, matter_id, revision, "停梯检修", superior_id=director.person.id
    )
    return matter_id, revision, director


def demote(work: AtWork, who: Shown) -> None:
    """From now on they are a clerk."""
    form = PersonForm(
        staff_no=who.person.staff_no,
        name=who.person.name,
        roles=frozenset({"clerk"}),
        started_on=who.person.started_on,
    )
    change_person(work.desk, who.person.id, form, by_id=work.staff.supervisor.person.id)


def signed(work: AtWork) -> dict[str, object]:
    """What the newest signature states."""
    with work.desk.reading() as session:
        rows = session.exec(select(Signature.statement).order_by(col(Signature.id).desc())).all()
    said: dict[str, object] = json.loads(rows[0])
    return said


def test_9_6_who_is_no_director_any_more_confirms_nothing_and_another_director_does(
    work: AtWork,
) -> None:
    matter_id, revision, director = told_by_the_director(work)
    proof = proof_of(work.desk, director.person)
    other = hire(work.desk, "0002", "江主任", "director", by=work.staff.supervisor)
    demote(work, director)
    with pytest.raises(Refusal) as refused:
        confirm_answer(work.desk, proof, matter_id, revision, is_right=True)
    assert (refused.value.clause, refused.value.message.key) == ("9.6", "matters.confirms_own")
    assert story(work.desk, matter_id).line.decided_rung is None
    proof = proof_of(work.desk, other.person)
    confirm_answer(work.desk, proof, matter_id, revision, is_right=True)
    walk(work.desk, work.clerk, matter_id, FOLLOWED)


def test_9_6_who_stands_above_signs_as_what_they_are_and_what_in_words(work: AtWork) -> None:
    desk = work.desk
    matter_id, revision, _ = told_by_the_director(work)
    manager = hire(desk, "0003", "钱经理", "manager", by=work.staff.supervisor)
    confirm_answer(desk, proof_of(desk, manager.person), matter_id, revision, is_right=True)
    said = signed(work)
    assert (said["role"], said["meaning"]) == (
        "manager",
        "上级决定：同意按所记答复办理 / Decided above: the answer on record holds",
    )
    later = repair(work, content="水泵异响")
    revision = ask(desk, work.clerk, later, 1, "可否停泵")
    answer(desk, proof_of(desk, manager.person), later, revision, "可以")
    assert signed(work)["role"] == "manager"


def test_9_6_an_answer_s_signature_that_goes_missing_is_found(work: AtWork) -> None:
    desk = work.desk
    matter_id, revision, director = told_by_the_director(work)
    confirm_answer(desk, proof_of(desk, director.person), matter_id, revision, is_right=True)
    assert verify(desk.store.path).is_good
    desk.store.close()
    meddle(desk.store.path, "delete from signature")
    assert [str(one) for one in verify(desk.store.path).findings if "signature" in one.place] == [
        "signature:1 foundation.verify_record_missing"
    ]
