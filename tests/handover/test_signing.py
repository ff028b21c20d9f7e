"""Signing: who signs what, in which order, once; what the last signature brings; what voids one."""

import threading
from datetime import timedelta

import pytest

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.receipts import receipt_code
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.foundation.verify_receipts import bare, receipt
from desk_console.handover import signing, views
from desk_console.handover.adding import add_note
from desk_console.handover.book import BookFilter, book
from desk_console.handover.closing import sign_off
from desk_console.handover.records import HandoverKind, HandoverStage, Side
from desk_console.handover.releasing import release
from desk_console.handover.relief import answer_call, settle, waiting_calls
from desk_console.handover.reporting import acknowledge_report
from desk_console.handover.signed import as_signed, since_the_one_before
from desk_console.handover.signing import sign_incoming, sign_outgoing, sign_witness
from desk_console.matters.acts import OpenMatter
from desk_console.matters.answers import answer
from desk_console.matters.escalating import ask, settle_now
from desk_console.matters.missed import MissedCall, log_missed
from desk_console.matters.records import Importance
from desk_console.matters.views import open_matters
from desk_console.people.pins import prove
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on, take_unheld
from desk_console.shift.departures import leave_post
from desk_console.shift.records import TenureKind
from desk_console.shift.step_out import take_now
from tests.conftest import DeskMaker
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, call, proven
from tests.staff import hire, qualify


def test_9_13_the_outgoing_person_signs_first(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    with pytest.raises(Refusal) as error:
        walk.sign_incoming()
    assert (error.value.message.key, error.value.clause) == ("handover.outgoing_first", "9.13")


def test_row_19_nobody_signs_for_another_or_twice_or_for_both(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    mark = walk.sheet.mark
    for other in (evening.night_man, evening.supervisor):
        with pytest.raises(Refusal, match="not_your_turn"):
            sign_outgoing(evening.desk, other, walk.id, shown=mark)
    with pytest.raises(Refusal, match="pin_wrong"):
        prove(evening.desk, evening.clerk.person.id, "00000000")
    first = walk.sign_outgoing()
    assert walk.sign_outgoing() == first, "saying it again gives the same signature"
    with pytest.raises(Refusal, match="not_your_turn"):
        sign_incoming(evening.desk, evening.clerk, walk.id, shown=walk.sheet.mark)
    last = walk.sign_incoming()
    assert sign_incoming(evening.desk, evening.night_man, walk.id, shown="").receipt == last.receipt
    with pytest.raises(Refusal, match="over_sealed"):
        sign_outgoing(evening.desk, evening.clerk, walk.id, shown=mark)


def test_nobody_signs_what_they_were_not_shown(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    shown = walk.sheet.mark
    walk.summarise("另一份小结")
    with pytest.raises(Refusal, match=r"handover\.changed"):
        sign_outgoing(evening.desk, evening.clerk, walk.id, shown=shown)


def test_row_10_two_consoles_signing_at_once_make_one_signature_a_side(
    evening: Evening, make_desk: DeskMaker
) -> None:
    walk = evening.open()
    walk.through()
    desks = [evening.desk, make_desk(also=("management-office",))]
    mark = walk.sheet.mark
    for act, proof in ((sign_outgoing, evening.clerk), (sign_incoming, evening.night_man)):
        threads = [
            threading.Thread(target=act, args=(desk, proof, walk.id), kwargs={"shown": mark})
            for desk in desks
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with evening.desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert [len(one.signatures) for one in kept.versions] == [2]


def test_row_33_a_change_between_the_signatures_voids_the_first_and_keeps_both(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    assert walk.standing.turn is Side.INCOMING
    call(evening.desk, evening.clerk.person, "正在交接时的来电")
    with pytest.raises(Refusal) as error:
        walk.sign_incoming()
    assert [one.key for one in error.value.message.values["what"]] == [  # type: ignore[attr-defined]  # a list
        "handover.change_entries",
        "handover.change_matter_new",
    ]
    assert walk.standing.turn is Side.INCOMING
    walk.through()
    walk.sign_outgoing()
    walk.sign_incoming()
    with evening.desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert [(one.holds, len(one.signatures)) for one in kept.versions] == [(False, 1), (True, 2)]
    assert kept.is_good
    assert verify(evening.desk.store.path).is_good


def test_row_11_the_clock_may_pass_the_shift_s_end_and_midnight_in_the_middle(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    evening.clock.advance(timedelta(hours=8))
    settle(evening.desk)
    walk.sign_incoming()
    with evening.desk.reading() as session:
        assert (
            tenures.chain_faults(
                session,
                evening.desk,
                "desk",
                evening.desk.now() - timedelta(days=2),
                evening.desk.now(),
            )
            == ()
        )


def test_9_16_who_hands_over_leaves_only_after_both_have_signed(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    with pytest.raises(Refusal) as error:
        sign_off(evening.desk, evening.clerk)
    assert error.value.clause == "9.16"
    walk.sign_incoming()
    sign_off(evening.desk, evening.clerk)


def test_9_16_leaving_without_it_is_a_post_code_and_reported(evening: Evening) -> None:
    evening.open()
    leave_post(evening.desk, evening.clerk, "不等了")
    assert settle(evening.desk) == 1
    assert settle(evening.desk) == 0
    with evening.desk.reading() as session:
        (line,) = views.waiting_reports(session)
    assert line.post_code == "desk"
    acknowledge_report(evening.desk, evening.supervisor.person, line.id)
    with evening.desk.reading() as session:
        assert views.waiting_reports(session) == ()


def test_row_28_the_next_sign_on_finds_the_deserted_minutes(evening: Evening) -> None:
    evening.clock.advance(timedelta(hours=3))
    since = evening.desk.now() - timedelta(hours=1)
    other = proven(evening.desk, evening.staff.other_night_man)
    take_unheld(evening.desk, other, post_code="desk", gone_since=since)
    settle(evening.desk)
    with evening.desk.reading() as session:
        (line,) = views.waiting_reports(session)
    assert line.since == since


def test_3_10_a_sealed_shift_is_reported_until_somebody_in_charge_takes_note(
    evening: Evening,
) -> None:
    walk = evening.open()
    walk.whole()
    with evening.desk.reading() as session:
        (line,) = views.waiting_reports(session)
    assert line.handover_id == walk.id
    with pytest.raises(Refusal, match="no_right"):
        acknowledge_report(evening.desk, evening.clerk.person, line.id)
    acknowledge_report(evening.desk, evening.supervisor.person, line.id)
    with pytest.raises(Refusal, match="report_noted"):
        acknowledge_report(evening.desk, evening.supervisor.person, line.id)


def test_row_27_relief_that_does_not_come_is_called_for_rung_by_rung(evening: Evening) -> None:
    evening.clock.advance(timedelta(minutes=20))
    settle(evening.desk)
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
        (call_row,) = waiting_calls(session)
    assert tenure and tenure.kind is TenureKind.HELD_OVER
    assert (call_row.role, call_row.called_at) == ("supervisor", tenure.began_at)
    evening.clock.advance(timedelta(hours=5))
    settle(evening.desk)
    with evening.desk.reading() as session:
        newest, first = waiting_calls(session)
    assert newest.role == "director"
    assert newest.called_at == first.called_at + timedelta(minutes=10), "from its own minute"
    with pytest.raises(Refusal, match="call_not_yours"):
        answer_call(evening.desk, evening.clerk.person, first.id or 0, "我来")
    answer_call(evening.desk, evening.supervisor.person, first.id or 0, "马师傅八点到")
    with pytest.raises(Refusal, match="call_answered"):
        answer_call(evening.desk, evening.supervisor.person, first.id or 0, "再答")


def test_an_answer_stops_the_ladder(evening: Evening) -> None:
    evening.clock.advance(timedelta(minutes=20))
    settle(evening.desk)
    with evening.desk.reading() as session:
        (first,) = waiting_calls(session)
    answer_call(evening.desk, evening.supervisor.person, first.id or 0, "马师傅八点到")
    evening.clock.advance(timedelta(hours=5))
    assert settle(evening.desk) == 0


def test_a_relief_in_mid_shift_is_short_but_counts_and_tells_all_the_same(
    evening: Evening,
) -> None:
    evening.clock.jump(timedelta(hours=-3))
    other = proven(evening.desk, evening.staff.other_clerk)
    sign_on(evening.desk, other)
    with pytest.raises(Refusal, match="short_reason"):
        Walk(evening.desk, evening.clerk, other, kind=HandoverKind.SHORT)
    walk = Walk(evening.desk, evening.clerk, other, kind=HandoverKind.SHORT, reason="发烧")
    assert [str(step) for step in walk.sheet.steps] == [
        "present", "items", "record", "matters", "blocking", "sign",
    ]  # fmt: skip
    walk.whole()
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
    assert tenure and tenure.person_id == other.person.id
    assert tenure.shift_id == walk_shift(evening)


def walk_shift(evening: Evening) -> int | None:
    with evening.desk.reading() as session:
        shift = tenures.running_shift(session, "desk")
    return shift.id if shift else None


def test_a_supervisor_acts_for_who_is_not_there_in_their_own_name(evening: Evening) -> None:
    boss = evening.supervisor
    with pytest.raises(Refusal, match="no_right"):
        Walk(evening.desk, evening.night_man, boss, kind=HandoverKind.ACTING, reason="送医")
    sign_on(evening.desk, boss)
    walk = Walk(evening.desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="送医")
    walk.through()
    with pytest.raises(Refusal, match="not_your_turn"):
        sign_outgoing(evening.desk, evening.clerk, walk.id, shown=walk.sheet.mark)
    walk.sign_outgoing()
    walk.sign_incoming()
    with evening.desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert kept.sheet.acting is not None
    assert (kept.sheet.acting.name, kept.sheet.outgoing.name) == ("周静怡", "王晓燕")
    assert kept.versions[0].signatures[0].name == "周静怡"
    assert "不在场" in kept.versions[0].signatures[0].meaning


def test_9_13_nobody_acts_for_a_holder_who_is_there(evening: Evening) -> None:
    desk, boss = evening.desk, evening.supervisor
    sign_on(desk, boss)
    call(desk, evening.clerk.person)
    with pytest.raises(Refusal) as refused:
        Walk(desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="送医")
    assert (refused.value.message.key, refused.value.clause) == ("handover.holder_is_here", "9.13")
    evening.clock.advance(timedelta(minutes=11))
    walk = Walk(desk, boss, evening.night_man, kind=HandoverKind.ACTING, reason="送医")
    walk.through()
    call(desk, evening.clerk.person, "又来一通")
    with pytest.raises(Refusal, match="holder_is_here"):
        walk.sign_outgoing()


def test_a_witness_signs_between_the_two_where_the_site_wants_one(
    evening: Evening, make_desk: DeskMaker
) -> None:
    desk = make_desk(also=("management-office",), handover_witness=True)
    walk = Walk(desk, evening.clerk, evening.night_man)
    walk.through()
    walk.sign_outgoing()
    assert walk.standing.turn is Side.WITNESS
    with pytest.raises(Refusal, match="witness_wanted"):
        walk.sign_incoming()
    mark = walk.sheet.mark
    for side in (evening.clerk, evening.night_man):
        with pytest.raises(Refusal, match="witness_is_side"):
            sign_witness(desk, side, walk.id, shown=mark)
    sign_witness(desk, evening.supervisor, walk.id, shown=mark)
    walk.sign_incoming()
    with desk.reading() as session:
        assert len(as_signed(session, walk.id).versions[0].signatures) == 3


def test_a_handover_overtaken_by_an_emergency_counts_no_more(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    take_now(evening.desk, evening.supervisor, post_code="desk")
    with pytest.raises(Refusal, match="overtaken"):
        walk.sign_outgoing()
    again = Walk(evening.desk, evening.supervisor, evening.night_man)
    assert again.id != walk.id
    assert walk.standing.stage is HandoverStage.DROPPED


def test_notes_stand_beside_the_sealed_record_and_never_in_it(evening: Evening) -> None:
    walk = evening.open()
    walk.through()
    with pytest.raises(Refusal, match="note_unsealed"):
        add_note(evening.desk, evening.clerk, walk.id, "早了")
    walk.sign_outgoing()
    walk.sign_incoming()
    before = walk.sheet
    add_note(evening.desk, evening.clerk, walk.id, "补一句")
    add_note(evening.desk, evening.clerk, walk.id, "再补一句")
    with evening.desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert kept.sheet == before
    assert [(one.words, one.signature and one.signature.is_good) for one in kept.notes] == [
        ("补一句", True),
        ("再补一句", True),
    ]


def test_the_book_finds_a_handover_by_words_people_and_receipt(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person)
    walk = evening.open()
    walk.through()
    walk.summarise("水管[red]漏水[/]多发")
    walk.sign_outgoing()
    code = walk.sign_incoming().receipt or ""
    wanted = [
        BookFilter(text="[red]漏水[/]"),
        BookFilter(text=code.lower()),
        BookFilter(person_id=evening.night_man.person.id, stage=HandoverStage.SEALED),
    ]
    with evening.desk.reading() as session:
        for each in wanted:
            assert [line.id for line in book(session, each).lines] == [walk.id]
        for missing in ("%", "' OR 1=1 --", "没有这句"):
            assert book(session, BookFilter(text=missing)).lines == ()
        assert since_the_one_before(session, walk.id) is None, "there is none before it"


def test_what_residents_said_stands_in_no_signed_body(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person, "王女士家暖气漏水")
    walk = evening.open()
    walk.through()
    walk.summarise("王女士家的事要紧")
    walk.sign_outgoing()
    walk.sign_incoming()
    with evening.desk.reading() as session:
        from sqlmodel import select

        from desk_console.foundation.journal import JournalRow
        from desk_console.handover.records import HandoverVersion

        kept = "".join(session.exec(select(HandoverVersion.content)))
        said = "".join(session.exec(select(JournalRow.body)))
    for words in ("王女士", "暖气", "13800001111", "已联系师傅"):
        assert words not in kept
        assert words not in said


def test_a_receipt_is_read_by_verify_as_the_sealing_wrote_it() -> None:
    for digest in ("0" * 64, "f" * 64, "0123456789abcdef" * 4):
        assert bare(receipt_code(digest)) == receipt(digest)


def test_row_34_the_receipt_is_given_again_after_a_crash(evening: Evening) -> None:
    walk = evening.open()
    code = walk.whole().receipt
    with evening.desk.reading() as session:
        assert book(session, BookFilter()).lines[0].receipt == code
    assert signing.sign_incoming(evening.desk, evening.night_man, walk.id, shown="").receipt == code


def test_9_6_9_13_a_rung_that_time_alone_asks_leaves_what_was_signed_standing(
    evening: Evening,
) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    matter_id = call(desk, clerk, opened=OpenMatter(is_urgent=True)).matter_id or 0
    ask(desk, clerk, matter_id, 1, "师傅不接电话，怎么办")
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    evening.clock.advance(timedelta(minutes=desk.duty.limits.urgent_answer_minutes))
    assert settle_now(desk) == 1
    assert walk.standing.void == ()
    assert walk.sign_incoming().receipt


def test_9_6_9_13_what_somebody_answers_between_the_signatures_voids_the_first_one(
    evening: Evening,
) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    matter_id = call(desk, clerk, opened=OpenMatter(is_urgent=True)).matter_id or 0
    revision = ask(desk, clerk, matter_id, 1, "师傅不接电话，怎么办")
    walk = evening.open()
    walk.through()
    walk.sign_outgoing()
    answer(desk, evening.supervisor, matter_id, revision, "换别的师傅")
    with pytest.raises(Refusal, match=r"handover\.changed"):
        walk.sign_incoming()


def test_9_17_a_release_names_the_role_that_gave_the_right(evening: Evening) -> None:
    desk, lead = (
        evening.desk,
        hire(evening.desk, "1009", "陆一鸣", "clerk", "supervisor", by=evening.staff.supervisor),
    )
    qualify(desk, lead, evening.staff.supervisor)
    call(desk, evening.clerk.person, opened=OpenMatter(importance=Importance.IMPORTANT))
    walk = evening.open()
    walk.join()
    walk.state()
    matter_id = walk.sheet.matters[0].matter_id
    release(
        desk,
        proven(desk, lead),
        walk.id,
        matter_id,
        reason="等配件",
        new_owner_id=evening.night_man.person.id,
    )
    assert [one.supervisor.role for one in walk.sheet.releases] == ["supervisor"]


def test_9_11_the_sheet_names_who_has_each_matter_once_both_have_signed(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person)
    walk = evening.open()
    walk.through()
    point = walk.sheet.matters[0]
    assert point.owner.id == evening.clerk.person.id
    assert walk.sheet.taker_of(point).name == evening.night_man.person.name
    walk.sign_outgoing()
    walk.sign_incoming()
    with evening.desk.reading() as session:
        assert open_matters(session, evening.desk.now())[0].owner_id == evening.night_man.person.id


def test_9_7_a_missed_call_is_named_as_one_in_the_handover(evening: Evening) -> None:
    desk, clerk = evening.desk, evening.clerk.person
    log_missed(desk, clerk, [MissedCall(phone="13800001885", at=desk.now())], "未接来电")
    (point,) = evening.open().sheet.matters
    assert Catalogue("zh").text(point.name).startswith("未接来电 138")
