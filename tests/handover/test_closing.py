"""A post that closes for the night: who opens it again, when its shift is reported, and who is owed
relief there.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from desk_console.foundation.outbox import OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.handover.closing import sign_off
from desk_console.handover.glance import Awaited, awaited, left_posts
from desk_console.handover.opening import open_handover, take_back
from desk_console.handover.records import HandoverKind, ReliefCall, Side
from desk_console.handover.relief import settle
from desk_console.handover.signed import as_signed
from desk_console.outputs.mail.letters import words_of
from desk_console.people.pins import Proof
from desk_console.rulebook.desk import Desk, MailRoute
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on
from desk_console.shift.attendance import attendance
from desk_console.shift.board import board
from desk_console.shift.departures import early_minutes
from desk_console.shift.records import TenureKind
from desk_console.shift.step_out import come_back, step_out
from tests.conftest import DeskMaker
from tests.handover.test_presets import advance, people
from tests.handover.walk import Walk, call

CLOSING = {"hours": 9, "minutes": 16}
"""From a quarter to nine, when everybody comes, to a minute after six."""
TOLD = ("shift.alarm_not_closed", "shift.alarm_closed", "handover.awaits_b", "handover.awaits_l")
NIGHT = {"hours": 14, "minutes": 45}
"""From then on to a quarter to nine."""


def closed(desk: Desk, giver: Proof) -> Walk:
    """The clerk signs her part at six and goes home."""
    walk = Walk(desk, giver, giver, kind=HandoverKind.APART)
    walk.summarise()
    walk.state()
    walk.sign_outgoing()
    sign_off(desk, giver)
    return walk


def reports(desk: Desk) -> list[Awaited]:
    """What those in charge are to take note of."""
    at = desk.now()
    with desk.reading() as session:
        found = awaited(session, desk, board(session, desk, at).posts, at)
    return [one for one in found if one.kind == "report"]


def kind_of(desk: Desk) -> TenureKind | None:
    """As what the desk is held."""
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
    return tenure.kind if tenure else None


@pytest.mark.parametrize("regulation", ["cs-staff", "cs-monthly"])
def test_3_4_who_closed_the_post_herself_opens_it_alone_and_on_record_as_that(
    make_desk: DeskMaker, regulation: str
) -> None:
    desk = make_desk(regulation)
    clerk, _ = people(desk, "clerk")
    sign_on(desk, clerk)
    call(desk, clerk.person)
    advance(desk, **CLOSING)
    walk = closed(desk, clerk)
    advance(desk, **NIGHT)
    sign_on(desk, clerk)
    call(desk, clerk.person, "开门后的第一通")
    with pytest.raises(Refusal, match="not_signed"):
        take_back(desk, clerk.person, walk.id)
    with pytest.raises(Refusal, match="take_over_first"):
        advance(desk, hours=9, minutes=20)
        sign_off(desk, clerk)
    assert open_handover(desk, clerk.person, post_code="desk") == walk.id
    walk.join()
    assert walk.standing.turn is Side.INCOMING
    walk.read()
    walk.acknowledge()
    receipt = walk.sign_incoming().receipt
    with desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert kept.is_good
    assert kept.sheet.is_alone
    assert [one.meaning.split("：")[0] for one in kept.versions[-1].signatures] == ["自行接班"]
    assert verify(desk.store.path, receipts=[str(receipt)]).is_good
    assert closed(desk, clerk).id != walk.id


def test_9_13_before_the_post_is_closed_nobody_takes_over_from_herself(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-staff")
    clerk, _ = people(desk, "clerk")
    sign_on(desk, clerk)
    advance(desk, **CLOSING)
    walk = Walk(desk, clerk, clerk, kind=HandoverKind.APART)
    walk.summarise()
    walk.sign_outgoing()
    with pytest.raises(Refusal, match="same_person"):
        walk.join()


def test_3_10_the_shift_is_reported_as_it_closes_and_in_the_morning_only_its_receipt(
    make_desk: DeskMaker,
) -> None:
    mail = MailRoute(shift_report_to=("jingli@example.com",))
    desk = replace(make_desk("cs-monthly"), mail=mail)
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    call(desk, giver.person)
    advance(desk, **CLOSING)
    walk = closed(desk, giver)
    assert [one.what.key for one in reports(desk)] == ["handover.awaits_closed"]
    with desk.reading() as session:
        (queued,) = session.exec(select(OutgoingMail)).all()
    assert (queued.template, queued.address) == ("handover.closed_report", "jingli@example.com")
    assert queued.created_at == desk.now()
    advance(desk, **NIGHT)
    sign_on(desk, taker)
    walk.incoming = taker
    walk.join()
    walk.read()
    walk.acknowledge()
    receipt = walk.sign_incoming().receipt
    assert len(reports(desk)) == 1
    with desk.reading() as session:
        _, later = session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id))).all()
    assert (later.template, later.address) == ("handover.sealed_later", "jingli@example.com")
    subject, body = words_of(later, desk)
    assert "2026-03-02 客服班" in subject
    assert "李思敏接班" in body and str(receipt) in body
    later.language = "en"
    subject, body = words_of(later, desk)
    assert not any("一" <= sign <= "鿿" for sign in subject.partition(": ")[2])
    assert "taken over by 李思敏" in body and str(receipt) in body


def test_3_10_the_mail_says_which_shift_who_handed_over_and_how_much(
    make_desk: DeskMaker,
) -> None:
    mail = MailRoute(shift_report_to=("jingli@example.com", "zhuren@example.com"))
    desk = replace(make_desk("cs-monthly"), mail=mail)
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    call(desk, giver.person)
    advance(desk, hours=2)
    sign_on(desk, taker)
    receipt = Walk(desk, giver, taker, kind=HandoverKind.SHORT, reason="发烧").whole().receipt
    with desk.reading() as session:
        queued = session.exec(select(OutgoingMail)).all()
    assert {one.address for one in queued} == set(mail.shift_report_to)
    subject, body = words_of(queued[0], desk)
    assert "2026-03-02 客服班" in subject
    assert "郑国强交班，李思敏接班" in body
    assert "记录 1 条，其中报修 1 条" in body
    assert str(receipt) in body


def test_9_6_no_relief_is_owed_where_the_post_closes(make_desk: DeskMaker) -> None:
    desk = make_desk("management-office")
    _, giver = people(desk, "clerk")
    advance(desk, hours=7, minutes=40)
    sign_on(desk, giver)
    advance(desk, hours=8)  # 00:25, the hours ended at half past eleven
    settle(desk)
    assert kind_of(desk) is TenureKind.UNROSTERED
    with desk.reading() as session:
        assert not session.exec(select(ReliefCall)).all()
        alarms = board(session, desk, desk.now()).alarms
    assert [(one.what.key, one.clause) for one in alarms] == [("shift.alarm_not_closed", "9.16")]
    advance(desk, hours=8, minutes=10)  # five past half past eight: the next shift has begun
    settle(desk)
    assert kind_of(desk) is TenureKind.HELD_OVER
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
        calls = session.exec(select(ReliefCall)).all()
    assert tenure is not None
    assert desk.now() - tenure.began_at == timedelta(minutes=5)
    assert [one.since for one in calls] == [tenure.began_at]


def test_9_16_who_signed_the_closing_is_told_to_sign_off_and_no_longer_to_hand_over(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-monthly")
    giver, _ = people(desk, "clerk")
    sign_on(desk, giver)
    advance(desk, **CLOSING)
    assert told(desk) == ["shift.alarm_not_closed", "handover.awaits_begin"]
    walk = Walk(desk, giver, giver, kind=HandoverKind.APART)
    walk.summarise()
    walk.sign_outgoing()
    assert told(desk) == ["shift.alarm_closed", "handover.awaits_left"]
    with desk.reading() as session:
        assert early_minutes(session, desk, giver.person.id) == 0
    sign_off(desk, giver)
    assert told(desk) == ["handover.awaits_left"]


def told(desk: Desk) -> list[str]:
    """What the live shift warns of and has waiting of the handover."""
    with desk.reading() as session:
        found = board(session, desk, desk.now(), signed=left_posts(session))
        waits = awaited(session, desk, found.posts, desk.now())
    keys = [*(one.what.key for one in found.alarms), *(one.what.key for one in waits)]
    return [key for key in keys if key.startswith(TOLD)]


def test_7_3_early_is_who_goes_before_the_shift_ends(make_desk: DeskMaker) -> None:
    desk = make_desk("courier")
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    sign_on(desk, taker)
    advance(desk, hours=1)
    with desk.reading() as session:
        assert early_minutes(session, desk, giver.person.id) > 0


def test_4_3_who_comes_back_to_the_post_after_closing_time_is_not_held_over(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-department")
    boss, giver = people(desk, "clerk")
    sign_on(desk, giver)
    advance(desk, hours=8, minutes=55)
    back = desk.now() + timedelta(minutes=15)
    step_out(desk, giver, boss, reason="送业主", back_at=back)
    advance(desk, hours=1)
    come_back(desk, giver)
    settle(desk)
    assert kind_of(desk) is TenureKind.UNROSTERED
    with desk.reading() as session:
        alarms = board(session, desk, desk.now()).alarms
    assert [one.what.key for one in alarms] == ["shift.alarm_not_closed"]
    advance(desk, hours=1)
    closed(desk, giver)
    day = desk.now().astimezone(desk.zone).date()
    with desk.reading() as session:
        lines = attendance(session, desk, day, day, desk.now())
    marks = {line.person.name: [str(mark) for mark in line.marks] for line in lines}
    assert marks["李思敏"] == ["unapproved"]


def test_4_3_who_stays_beyond_closing_time_is_not_held_over(make_desk: DeskMaker) -> None:
    desk = make_desk("cs-staff")
    giver, _ = people(desk, "clerk")
    sign_on(desk, giver)
    advance(desk, hours=10)
    closed(desk, giver)
    day = desk.now().astimezone(desk.zone).date()
    with desk.reading() as session:
        (line,) = attendance(session, desk, day, day, desk.now())
    assert [str(mark) for mark in line.marks] == ["unapproved"]
