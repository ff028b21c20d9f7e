"""Complaints: a record at once, approval where the level wants it, no closing without feedback."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.journal import JournalRow
from desk_console.foundation.refusal import Refusal
from desk_console.log.search import search
from desk_console.matters.acts import OpenMatter, progress, take_step
from desk_console.matters.complaints import decide_proposal
from desk_console.matters.papers import complaint as complaint_paper
from desk_console.matters.records import Form, Importance, Stage
from desk_console.matters.steps import steps_from
from desk_console.people import views as people
from desk_console.people.pins import Proof, choose_pin
from desk_console.people.records import PersonView
from desk_console.people.signatures import verify_signature
from tests.conftest import DeskMaker
from tests.log.desk_at_work import AtWork
from tests.matters.sites import ANSWERED, FOLLOWED, PROPOSED, complaint, site, story, walk
from tests.staff import hire, opened

PIN = "kestrel-42x"


@dataclass
class Proofs:
    """Proofs of people, their PIN chosen at the first asking."""

    work: AtWork
    made: dict[int, Proof] = field(default_factory=dict)

    def of(self, person: PersonView) -> Proof:
        """A proof of that person."""
        if person.id not in self.made:
            self.made[person.id] = choose_pin(
                self.work.desk, opened(self.work.desk, person).id, PIN
            )
        return self.made[person.id]


@pytest.fixture
def proofs(work: AtWork) -> Proofs:
    """Proofs of the people at work."""
    return Proofs(work)


def test_4_11_a_complaint_has_its_record_and_closes_with_result_and_feedback(
    work: AtWork,
) -> None:
    matter_id = complaint(work)
    found = story(work.desk, matter_id)
    assert (found.line.form, found.line.number) == (Form.COMPLAINT, "TS2026-0001")
    walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED, FOLLOWED)
    found = story(work.desk, matter_id)
    assert found.line.closed_at is not None
    assert (found.result, found.answered) == ("已停工", "已电话告知并致歉")


@pytest.mark.parametrize("missing", ["result", "answered"])
def test_4_11_no_complaint_is_settled_without_its_result_and_the_feedback(
    make_desk: DeskMaker, clock: MovingClock, missing: str
) -> None:
    office = site(make_desk, clock, "cs-department", on_duty="clerk")
    matter_id = office.call(category="complaint")
    given = {"result": "已处理", "answered": "已告知", missing: ""}
    with pytest.raises(Refusal) as refused:
        take_step(office.desk, office.writer, matter_id, 1, "answer", given)
    assert (refused.value.clause, refused.value.message.values["field"]) == ("4.11", missing)


def test_7_11_a_complaint_follows_its_procedure_and_no_other(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    counter = site(make_desk, clock, "courier", on_duty="clerk")
    matter_id = counter.call(category="complaint", content="快件破损")
    for code in ("close", "follow_up", "reopen", "finish"):
        with pytest.raises(Refusal) as refused:
            take_step(counter.desk, counter.writer, matter_id, 1, code, {})
        assert refused.value.clause == "7.11"


def test_7_6_a_complaint_settled_is_on_record_with_how_the_customer_took_it(work: AtWork) -> None:
    matter_id = complaint(work)
    walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED, FOLLOWED)
    with work.desk.reading() as session:
        paper = complaint_paper(session, matter_id)
    assert (paper.satisfaction, paper.follow_up_result) == ("satisfied", "电话回访，住户满意")
    assert paper.replied_at == paper.follow_up_at == work.at()


def test_5_5_a_dispute_has_both_parties(work: AtWork) -> None:
    matter_id = complaint(work, content="邻里因漏水争执")
    facts = {
        "type": "dispute",
        "party_name": "李梅",
        "party_unit": "３栋１６０２",
        "party_phone": "138 0000 7777",
        "party_words": "自家没有漏水",
    }
    take_step(work.desk, work.clerk, matter_id, 1, "note", facts)
    with work.desk.reading() as session:
        paper = complaint_paper(session, matter_id)
        found = search(session, "自家没有漏水").hits
    assert paper.kind == "dispute"
    assert paper.name == "张建国"
    assert paper.other_party is not None
    assert (paper.other_party.name, paper.other_party.unit) == ("李梅", "3栋1602")
    assert len(found) == 1


def test_7_11_an_answered_complaint_is_followed_up_before_it_is_opened_again() -> None:
    codes = [step.code for step in steps_from(Form.COMPLAINT, Stage.ANSWERED)]
    assert codes[:2] == ["follow_up", "reopen"], "the likeliest first: Enter takes it"


def test_5_6_the_other_sides_telephone_is_one_or_is_refused(work: AtWork) -> None:
    matter_id = complaint(work, content="邻里因漏水争执")
    for typed in ("没有电话", "12", "3栋1602"):
        with pytest.raises(Refusal, match=r"people\.phone_unreadable") as refused:
            take_step(work.desk, work.clerk, matter_id, 1, "note", {"party_phone": typed})
        assert refused.value.message.values["field"] == "party_phone"
    take_step(work.desk, work.clerk, matter_id, 1, "note", {"party_phone": "（010）6234-5678"})
    assert story(work.desk, matter_id).facts["party_phone"] == "(010)6234-5678"


def test_4_11_a_complaint_is_not_made_minor_to_go_without_its_approval(work: AtWork) -> None:
    matter_id = complaint(work, OpenMatter(importance=Importance.IMPORTANT))
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, work.clerk, matter_id, 1, "note", {"grade": "minor"})
    assert refused.value.message.key == "matters.approves_too_low"
    take_step(work.desk, work.clerk, matter_id, 1, "note", {"grade": "critical"})


def test_4_11_a_major_complaint_is_answered_after_its_approval(
    work: AtWork, proofs: Proofs
) -> None:
    matter_id = complaint(work, OpenMatter(importance=Importance.IMPORTANT))
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED)
    with pytest.raises(Refusal) as refused:
        take_step(work.desk, work.clerk, matter_id, revision, *ANSWERED)
    assert refused.value.message.key == "matters.approval_wanted"
    supervisor = proofs.of(work.staff.supervisor.person)
    made = decide_proposal(
        work.desk, supervisor, matter_id, revision, "同意，限三日", is_approved=True
    )
    walk(work.desk, work.clerk, matter_id, ANSWERED)
    with work.desk.reading() as session:
        (signed,) = people.signatures(session, f"matter:{matter_id}.{made}")
        paper = complaint_paper(session, matter_id)
        (decided,) = session.exec(
            select(JournalRow).where(JournalRow.act == "matters.decided")
        ).all()
    assert verify_signature(signed, enrolled=supervisor.public_key).is_allowed
    assert isinstance(json.loads(decided.body)["signature"], int)
    assert (paper.approval, paper.approved_by) == ("同意，限三日", "周静怡")


def test_4_11_who_decides_signs_as_what_they_are_and_in_words(work: AtWork, proofs: Proofs) -> None:
    matter_id = complaint(work, OpenMatter(importance=Importance.IMPORTANT))
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED)
    director = hire(work.desk, "0001", "高主任", "director", by=work.staff.supervisor).person
    made = decide_proposal(
        work.desk, proofs.of(director), matter_id, revision, "同意", is_approved=True
    )
    with work.desk.reading() as session:
        (signed,) = people.signatures(session, f"matter:{matter_id}.{made}")
    said = json.loads(signed.statement)
    assert said["role"] == "director"
    assert "同意所示投诉处理意见" in said["meaning"] and "settlement" in said["meaning"]


def test_approval_wants_a_signature_of_who_stands_above_and_did_not_propose(
    work: AtWork, proofs: Proofs
) -> None:
    matter_id = complaint(work, OpenMatter(importance=Importance.IMPORTANT))
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED)
    with pytest.raises(Refusal, match=r"matters\.signature_wanted"):
        take_step(work.desk, work.clerk, matter_id, revision, "approve", {"approval": "同意"})
    for person, key in (
        (work.clerk, "matters.own_proposal"),
        (work.staff.other_clerk.person, "matters.approves_too_low"),
    ):
        with pytest.raises(Refusal) as refused:
            decide_proposal(
                work.desk, proofs.of(person), matter_id, revision, "同意", is_approved=True
            )
        assert refused.value.message.key == key


def test_a_proposal_sent_back_is_looked_into_again(work: AtWork, proofs: Proofs) -> None:
    matter_id = complaint(work, OpenMatter(importance=Importance.IMPORTANT))
    revision = walk(work.desk, work.clerk, matter_id, PROPOSED)
    supervisor = proofs.of(work.staff.supervisor.person)
    decide_proposal(work.desk, supervisor, matter_id, revision, "再核实", is_approved=False)
    assert story(work.desk, matter_id).line.stage is Stage.INVESTIGATING


def test_the_first_reply_keeps_its_promise_and_three_working_days_are_left(
    work: AtWork, clock: MovingClock
) -> None:
    matter_id = complaint(work)
    line = story(work.desk, matter_id).line
    assert (line.due_for, line.left) == ("reply", timedelta(hours=24))
    progress(work.desk, work.clerk, matter_id, 1, "已告知正在核实", is_reply=True)
    line = story(work.desk, matter_id).line
    # A Monday, 08:45: three office days of nine hours end on Wednesday at 18:00.
    assert line.due_for == "settled"
    assert line.due_at is not None
    assert f"{line.due_at.astimezone(work.desk.zone):%m-%d %H:%M}" == "03-04 18:00"


def test_a_complainant_who_is_not_content_opens_it_again(work: AtWork) -> None:
    matter_id = complaint(work)
    walk(work.desk, work.clerk, matter_id, PROPOSED, ANSWERED, ("reopen", {"reason": "又施工"}))
    assert story(work.desk, matter_id).line.stage is Stage.INVESTIGATING
