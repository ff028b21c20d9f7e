"""A resident's data erased by order: the words are nowhere any more, and nothing sealed breaks."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import Verification, verify
from desk_console.handover.erasing import Erased, erase_resident, would_erase
from desk_console.handover.findable import HANDOVERS
from desk_console.handover.signed import as_signed
from desk_console.log.additions import add_fact, correct
from desk_console.log.departments import reply
from desk_console.log.entry_source import ENTRIES
from desk_console.log.forms import CallForm, CustodyForm, NoticeForm
from desk_console.log.people_source import RESIDENTS
from desk_console.log.records import AdditionKind, Category, Channel, ReplyKind
from desk_console.log.resident_files import add_resident, change_resident, reveal
from desk_console.log.resident_records import ErasureReason, LookReason
from desk_console.log.residents import ResidentForm, match
from desk_console.log.search import search
from desk_console.log.search_terms import asked
from desk_console.log.search_upkeep import mend
from desk_console.log.views import entry_story
from desk_console.matters.acts import log_entry, progress, take_step
from desk_console.matters.findable import MATTERS
from desk_console.matters.views import line_of
from desk_console.people.pins import Proof, choose_pin
from desk_console.rulebook.desk import Desk
from tests.foundation.desk_file import meddle
from tests.handover.conftest import Evening
from tests.handover.walk import call
from tests.log.conftest import work
from tests.log.desk_at_work import AtWork

__all__ = ["work"]

PIN = "73910482"
NAME, FORMER, PHONE, SAID = "欧阳小满", "欧阳晓曼", "13866668888", "卧室的钢琴太吵"
SOURCES = (ENTRIES, MATTERS, HANDOVERS, RESIDENTS)


@pytest.fixture
def chief(work: AtWork) -> Proof:
    return choose_pin(work.desk, work.staff.supervisor.person.id, PIN)


@pytest.fixture
def known(work: AtWork, clock: MovingClock) -> int:
    """A resident of whom there are a call with everything beside it, a closed matter, a mail, and
    a second call that somebody typed the number of.
    """
    desk, clerk = work.desk, work.clerk
    form = ResidentForm(building="3", entrance="2", room="1502", name=FORMER, phones=(PHONE,))
    person = add_resident(desk, clerk, form)
    change_resident(desk, clerk, person, 1, name=NAME, phones=(PHONE,), kind="owner")
    with desk.transaction() as unit:
        unit.session.connection().execute(text("update department set mail = 'wx@example.org'"))
    notice = NoticeForm(department_id=work.maintenance, how=Channel.MAIL)
    call = work.call(
        resident_id=person, caller=NAME, phone=PHONE, content=SAID, category=Category.COMPLAINT,
        unit_text="3-2-1502", notices=(notice,),
    )  # fmt: skip
    logged = log_entry(desk, clerk, call)
    correct(desk, clerk, logged.entry_id, "caller", f"{NAME}女士", "听清了")
    reply(desk, clerk, 1, ReplyKind.RESULT, who="李工", words=f"已找{NAME}谈过")
    clock.advance(timedelta(minutes=5))
    add_fact(desk, clerk, logged.entry_id, AdditionKind.ACTION, f"已回电 {PHONE}")
    log_entry(desk, clerk, work.call(phone="138-6666-8888", content="又来问", action="已答复"))
    log_entry(desk, clerk, work.call(caller="别人", content="问装修时间", action="已答复"))
    return person


def settled_of(work: AtWork, matter_id: int = 1) -> None:
    """Ends the complaint."""
    desk, clerk = work.desk, work.clerk
    revision = progress(desk, clerk, matter_id, 1, f"{NAME}同意晚上九点后不弹")
    for code, facts in (
        ("answer", {"result": "已约定", "answered": f"告诉{NAME}了"}),
        ("follow_up", {"satisfaction": "satisfied", "follow_result": f"{NAME}满意"}),
    ):
        revision = take_step(desk, clerk, matter_id, revision, code, facts)


def erased(work: AtWork, by: Proof, person: int, order: str = "翠湖〔2026〕7号") -> Erased:
    return erase_resident(
        work.desk, by, person, 2, order=order, reason=ErasureReason.REQUEST
    )  # fmt: skip


def on_disk(desk: Desk) -> bytes:
    """All that stands in the file and beside it, once nobody holds it."""
    desk.store.close()
    return b"".join(each.read_bytes() for each in desk.store.path.parent.glob("desk.db*"))


def forms_of(word: str) -> tuple[bytes, bytes]:
    """How a word may stand in the file: as it is, and as JSON writes it."""
    return word.encode(), json.dumps(word)[1:-1].encode()


def verified(desk: Desk) -> Verification:
    return verify(desk.store.path)


def test_4_9_a_correction_whose_words_are_erased_is_no_newest_one(
    work: AtWork, chief: Proof, known: int
) -> None:
    with work.desk.reading() as session:
        assert entry_story(session, 1).corrected == {"caller": f"{NAME}女士"}
    settled_of(work)
    erased(work, chief, known)
    with work.desk.reading() as session:
        assert entry_story(session, 1).corrected == {}


def test_4_9_what_is_erased_is_in_no_table_no_index_and_not_on_the_disk(
    work: AtWork, chief: Proof, known: int
) -> None:
    settled_of(work)
    reveal(work.desk, work.clerk, known, LookReason.MATTER)
    words = (NAME, FORMER, PHONE, SAID)
    kept = on_disk(work.desk)
    assert all(any(each in kept for each in forms_of(word)) for word in words)
    assert erased(work, chief, known) == Erased(entries=2, matters=1, handovers=0)
    with work.desk.reading() as session:
        assert len(search(session, asked("装修"), sources=SOURCES).hits) == 1, "found at once"
        assert search(session, asked(SAID), sources=SOURCES).hits == ()
    assert mend(work.desk, SOURCES)
    for typed in (NAME, SAID, "8888", "oyxm"):
        with work.desk.reading() as session:
            assert search(session, asked(typed), sources=SOURCES).hits == ()
            assert match(session, typed) == ()
    with work.desk.reading() as session:
        assert len(search(session, asked("装修"), sources=SOURCES).hits) == 1
    kept = on_disk(work.desk)
    assert not [word for word in words if any(each in kept for each in forms_of(word))]


def test_4_9_nothing_sealed_breaks_and_verify_names_the_order(
    work: AtWork, chief: Proof, known: int
) -> None:
    settled_of(work)
    erased(work, chief, known)
    found = verified(work.desk)
    assert found.is_good
    places = {each.place.partition(":")[0] for each in found.erased}
    assert places >= {"entry", "addition", "notice_reply", "matter_event", "resident_change"}
    assert "outbox" in places
    assert {each.order for each in found.erased} == {"翠湖〔2026〕7号"}
    with work.desk.reading() as session:
        row = session.connection().execute(
            text("select clause, body, seq from journal where act = 'log.resident_erased'")
        )
        ((clause, body, seq),) = row
    assert (clause, {each.row for each in found.erased}) == (None, {seq})
    assert NAME not in body and PHONE not in body


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set content = '', salt = '', erased_by = (select max(seq) from journal where "
        "act = 'log.resident_erased') where id = 3",
        "update entry set content = '', salt = '', erased_by = 2 where id = 3",
    ],
)
def test_row_20_words_taken_out_without_an_order_of_their_own_are_found(
    work: AtWork, chief: Proof, known: int, statement: str
) -> None:
    settled_of(work)
    erased(work, chief, known)
    work.desk.store.close()
    meddle(work.desk.store.path, statement)
    found = verified(work.desk).findings
    assert [(each.place, each.message.key) for each in found] == [
        ("entry:3", "foundation.verify_erased_without_order")
    ]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("entry", "content = '没说过的话'"),
        ("entry", "salt = 'ab'"),
        ("entry", "particulars = '{\"x\":1}'"),
        ("addition", "words = '没说过的话'"),
        ("notice_reply", "who = '李工'"),
        ("matter_event", "words = '没说过的话'"),
        ("resident_change", 'becomes = \'{"name":"x"}\''),
    ],
)
def test_row_20_words_put_where_an_order_took_them_are_found(
    work: AtWork, chief: Proof, known: int, table: str, change: str
) -> None:
    settled_of(work)
    erased(work, chief, known)
    work.desk.store.close()
    assert verified(work.desk).is_good
    meddle(work.desk.store.path, f"update {table} set {change} where erased_by is not null")
    found = verified(work.desk).findings
    assert found and {each.message.key for each in found} == {"foundation.verify_words_changed"}
    assert all(each.place.startswith(f"{table}:") for each in found)


def test_4_9_it_is_refused_without_order_right_or_while_something_is_open(
    work: AtWork, chief: Proof, known: int
) -> None:
    with pytest.raises(Refusal, match=r"matters\.erase_open"):
        erased(work, chief, known)
    settled_of(work)
    with pytest.raises(Refusal, match=r"log\.erase_order_wanted"):
        erased(work, chief, known, order=" ")
    clerk = choose_pin(work.desk, work.clerk.id, PIN)
    with pytest.raises(Refusal, match=r"people\.") as refused:
        erased(work, clerk, known)
    assert "right" in refused.value.message.key
    with pytest.raises(Refusal, match=r"log\.resident_stale"):
        erase_resident(
            work.desk, chief, known, 1, order="7", reason=ErasureReason.REQUEST
        )  # fmt: skip
    left = CustodyForm(
        form_id="c1", at=work.at(), left_by=NAME, for_whom="快递", what="钥匙", resident_id=known
    )
    log_entry(work.desk, work.clerk, left)
    with pytest.raises(Refusal, match=r"log\.erase_awaited"):
        erased(work, chief, known)
    assert verified(work.desk).erased == ()


def test_4_9_what_goes_is_said_before_and_nothing_more_is_done_to_who_is_gone(
    work: AtWork, chief: Proof, known: int
) -> None:
    settled_of(work)
    with work.desk.reading() as session:
        outlook = would_erase(session, work.desk, known, 2)
    assert erased(work, chief, known) == outlook
    with pytest.raises(Refusal, match=r"log\.resident_erased"):
        reveal(work.desk, work.clerk, known, LookReason.MATTER)
    with pytest.raises(Refusal, match=r"log\.resident_erased"):
        change_resident(work.desk, work.clerk, known, 3, name="x", phones=(), kind="owner")


def test_4_9_a_call_of_another_resident_from_the_same_telephone_stays(
    work: AtWork, chief: Proof, known: int
) -> None:
    settled_of(work)
    form = ResidentForm(building="3", entrance="2", room="1502", name="欧阳明", phones=(PHONE,))
    other = add_resident(work.desk, work.clerk, form)
    call: CallForm = work.call(resident_id=other, phone=PHONE, content="借手推车", action="已借")
    entry_id = log_entry(work.desk, work.clerk, call).entry_id
    erased(work, chief, known)
    assert f"entry:{entry_id}" not in {each.place for each in verified(work.desk).erased}


def test_4_9_a_signed_handover_loses_the_words_and_its_signatures_hold(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    form = ResidentForm(building="3", entrance="2", room="1502", name=NAME, phones=(PHONE,))
    person = add_resident(desk, clerk, form)
    logged = call(desk, clerk, SAID, caller=NAME, phone=PHONE, resident_id=person)
    walk = evening.open()
    walk.through()
    walk.summarise(f"{NAME}很着急")
    walk.sign_outgoing()
    signed = walk.sign_incoming()
    with desk.reading() as session:
        assert logged.matter_id is not None
        revision = line_of(session, logged.matter_id, desk.now()).revision
    take_step(
        desk, evening.night_man.person, logged.matter_id, revision, "withdraw",
        {"reason": "自己修好了", "answered": "知道了"},
    )  # fmt: skip
    found = erase_resident(
        desk, evening.supervisor, person, 1, order="7", reason=ErasureReason.RETENTION
    )
    assert found == Erased(entries=1, matters=1, handovers=1)
    with desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert kept.sheet.summary == "" and kept.sheet.matters[0].title == ""
    assert {"summary", "matters.0.title", "matters.0.state"} <= set(kept.erased)
    assert kept.is_good, kept.altered
    assert verify(desk.store.path, receipts=[signed.receipt or ""]).is_good
    written = on_disk(desk)
    assert not [word for word in (NAME, SAID) if any(each in written for each in forms_of(word))]
    meddle(
        desk.store.path, "update handover_words set words = '没说过' where erased_by is not null"
    )
    assert {each.message.key for each in verified(desk).findings} == {
        "foundation.verify_words_changed"
    }
