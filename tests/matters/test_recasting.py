"""A corrected category and the matter that the entry left: it follows, or says why not (5.1)."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.log.records import Category, Entry, Notice
from desk_console.log.resident_files import add_resident
from desk_console.log.residents import ResidentForm
from desk_console.matters.acts import OpenMatter, log_entry
from desk_console.matters.escalating import ask
from desk_console.matters.recasting import Corrected, correct
from desk_console.matters.records import Form, Importance, Matter, Stage
from desk_console.matters.views import of_entries, unit_matters
from tests.conftest import DeskMaker
from tests.log.desk_at_work import AtWork
from tests.matters.sites import DONE, complaint, repair, site, story, walk


def recast(work: AtWork, entry_id: int, becomes: Category, why: str = "听错了") -> Corrected:
    """Corrects the category of an entry."""
    return correct(work.desk, work.clerk, entry_id, "category", becomes.value, why)


def logged(work: AtWork, category: Category, **fields: object) -> tuple[int, int | None]:
    """Logs a call of a category, nothing done yet; returns entry and matter."""
    form = work.call(category=category, caller="张建国", unit_text="3-1502", **fields)
    made = log_entry(work.desk, work.clerk, form)
    return made.entry_id, made.matter_id


def entry_of(work: AtWork, matter_id: int) -> int:
    """The entry that left a matter."""
    entry_id = story(work.desk, matter_id).line.entry_id
    assert entry_id is not None
    return entry_id


def matters(work: AtWork) -> list[Matter]:
    """All of them, the oldest first."""
    with work.desk.reading() as session:
        return list(session.exec(select(Matter).order_by(col(Matter.id))))


def said(work: AtWork, done: Corrected) -> str:
    """What whoever corrects is told."""
    assert done.follows is not None
    return Catalogue("zh", work.desk.zone).text(done.follows)


def test_5_1_6_4_an_enquiry_that_was_a_repair_has_its_work_order(work: AtWork) -> None:
    entry_id, matter_id = logged(work, Category.ENQUIRY)
    done = recast(work, entry_id, Category.REPAIR)
    (matter,) = matters(work)
    assert (matter.id, matter.kind, matter.form) == (matter_id, "repair", Form.WORK_ORDER)
    assert (matter.stage, matter.department_id) == (Stage.DISPATCHED, work.maintenance)
    assert said(work, done) == f"待办随之改为报修，已开{matter.number}。"
    events = story(work.desk, matter_id or 0).events
    assert [one.what for one in events] == ["opened", "recast", "issue"]
    assert events[1].facts == {"kind_was": "enquiry", "kind_now": "repair"}
    with work.desk.reading() as session:
        assert session.exec(select(Notice.department_id)).all() == [work.maintenance]
    assert verify(work.desk.store.path).is_good


def test_5_1_between_plain_kinds_only_the_kind_changes(work: AtWork) -> None:
    entry_id, matter_id = logged(work, Category.ENQUIRY)
    done = recast(work, entry_id, Category.HELP)
    assert story(work.desk, matter_id or 0).line.kind == "help"
    assert said(work, done) == "待办随之改为求助。"


def test_5_1_4_11_an_order_made_out_by_mistake_is_withdrawn_and_the_record_carries_on(
    work: AtWork,
) -> None:
    matter_id = repair(work, OpenMatter(importance=Importance.IMPORTANT, is_urgent=True))
    entry_id = entry_of(work, matter_id)
    done = recast(work, entry_id, Category.COMPLAINT)
    old, new = matters(work)
    assert (old.stage, old.number, old.result) == (Stage.CLOSED, "WX2026-0001", "听错了")
    assert (new.kind, new.form, new.stage) == ("complaint", Form.COMPLAINT, Stage.RECEIVED)
    assert (new.importance, new.is_urgent, new.owner_id) == (
        old.importance,
        old.is_urgent,
        old.owner_id,
    )
    assert said(work, done) == "WX2026-0001 已撤销，改开 TS2026-0001（投诉）。"
    with work.desk.reading() as session:
        assert of_entries(session, [entry_id], work.at())[entry_id].id == new.id
    assert verify(work.desk.store.path).is_good


def test_5_1_what_is_done_already_stays_of_its_kind(work: AtWork) -> None:
    matter_id = repair(work)
    walk(work.desk, work.clerk, matter_id, ("accept", {}), DONE)
    done = recast(work, entry_of(work, matter_id), Category.COMPLAINT)
    (matter,) = matters(work)
    assert (matter.kind, matter.stage) == ("repair", Stage.DONE)
    assert "照原类别办完" in said(work, done)


def test_9_6_what_those_above_have_stays_of_its_kind(work: AtWork) -> None:
    matter_id = complaint(work)
    ask(work.desk, work.clerk, matter_id, 1, "如何赔偿")
    done = recast(work, entry_of(work, matter_id), Category.ENQUIRY)
    (matter,) = matters(work)
    assert (matter.kind, matter.closed_at) == ("complaint", None)
    assert "已请示上级" in said(work, done)


def test_1_11_no_correction_is_a_way_past_whoever_decides(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    store = site(make_desk, clock, "store-weekly", on_duty="staff")
    assert Category.COMPLAINT in store.desk.duty.decided_above
    matter_id = store.call(category=Category.COMPLAINT)
    entry_id = story(store.desk, matter_id).line.entry_id or 0
    correct(store.desk, store.writer, entry_id, "category", "enquiry", "只是问问")
    assert story(store.desk, matter_id).line.kind == "complaint"


def test_6_4_a_settled_enquiry_that_was_a_repair_has_its_order_too(work: AtWork) -> None:
    entry_id, matter_id = logged(work, Category.ENQUIRY, result="已换灯泡", action="上门")
    assert matter_id is None
    done = recast(work, entry_id, Category.REPAIR)
    (matter,) = matters(work)
    assert (matter.form, matter.stage) == (Form.WORK_ORDER, Stage.DONE)
    assert said(work, done) == "已补开WX2026-0001。"


def test_said_again_by_the_same_form_it_follows_once(work: AtWork) -> None:
    entry_id, _ = logged(work, Category.ENQUIRY)
    first = correct(work.desk, work.clerk, entry_id, "category", "repair", "听错了", form_id="f1")
    again = correct(work.desk, work.clerk, entry_id, "category", "repair", "听错了", form_id="f1")
    assert again == Corrected(first.addition_id)
    assert len(matters(work)) == 1
    with pytest.raises(Refusal, match="correction_same"):
        recast(work, entry_id, Category.REPAIR)


def test_a_unit_s_list_pages_through_two_matters_of_one_entry(work: AtWork) -> None:
    home = ResidentForm(building="3", room="1502", name="张建国")
    add_resident(work.desk, work.staff.supervisor.person, home)
    entry_id = entry_of(work, repair(work))
    recast(work, entry_id, Category.COMPLAINT)
    with work.desk.reading() as session:
        unit_id = session.exec(select(Entry.unit_id).where(Entry.id == entry_id)).one() or 0
        first = unit_matters(session, unit_id, work.at(), limit=1)
        rest = unit_matters(session, unit_id, work.at(), before=first.next, limit=1)
    assert [one.number for one in first.lines + rest.lines] == ["TS2026-0001", "WX2026-0001"]
    assert rest.next is None
