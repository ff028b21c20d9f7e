"""Each regulation hands over under its own rules: leads, posts, and hours that do not overlap."""

from datetime import date, datetime, timedelta

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.verify import verify
from desk_console.handover.closing import sign_off
from desk_console.handover.opening import open_handover, take_back
from desk_console.handover.records import HandoverKind, Side, Step
from desk_console.handover.signed import as_signed
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.people.acts import add_qualification
from desk_console.people.pins import Proof
from desk_console.people.records import QualificationForm
from desk_console.roster.rules import current, following
from desk_console.rulebook.desk import Desk
from desk_console.shift import tenures
from desk_console.shift.arrivals import sign_on
from desk_console.shift.records import TenureKind
from tests.conftest import DeskMaker
from tests.handover.walk import Walk, call, furnish, open_post, proven
from tests.staff import Shown, hire, qualify

CORE = ["present", "record", "matters", "blocking", "sign"]
STEPS = {
    "store-weekly": ["present", "items", "record", "matters", "blocking", "sign"],
    "company-24h": ["present", "tidy", "items", "record", "matters", "blocking", "sign"],
    "cs-monthly": CORE,
    "cs-department": CORE,
    "cs-staff": CORE,
    "property-24h": CORE,
    "property-24h-classic": CORE,
    "courier": ["present", "tidy", "record", "matters", "blocking", "sign"],
    "management-office": [str(step) for step in Step],
}


def people(desk: Desk, *roles: str) -> tuple[Proof, Proof]:
    """Two people with those roles, qualified and trained; the first is in charge as well."""
    boss = hire(desk, "1001", "郑国强", "manager", "department-head", *roles)
    other = hire(desk, "2001", "李思敏", *roles, by=boss)
    for one in (boss, other):
        qualify(desk, one, boss)
        form = QualificationForm(code="onboarding", title="培训", valid_from=date(2025, 2, 10))
        add_qualification(desk, one.person.id, form, by_id=boss.person.id)
    furnish(desk, boss)
    return proven(desk, boss), proven(desk, other)


def advance(desk: Desk, **span: float) -> None:
    """Lets time pass."""
    desk.store.clock.advance(timedelta(**span))  # type: ignore[attr-defined]  # the tests' clock


@pytest.mark.parametrize(("regulation", "steps"), STEPS.items())
def test_each_regulation_has_the_steps_that_its_clauses_ask_for(
    make_desk: DeskMaker, regulation: str, steps: list[str]
) -> None:
    desk = make_desk(regulation)
    post = desk.duty.posts()[0].code
    roles = ["clerk", "maintenance"] if post == "desk" else [post]
    giver, taker = people(desk, *roles)
    sign_on(desk, giver, post_code=post)
    walk = Walk(desk, giver, taker, post=post, kind=HandoverKind.REGULAR, reason="试")
    assert [str(step) for step in walk.sheet.steps] == steps


@pytest.mark.parametrize("regulation", STEPS)
def test_each_regulation_hands_a_shift_over_whole_at_its_own_hour(
    make_desk: DeskMaker, regulation: str
) -> None:
    desk = make_desk(regulation)
    post = desk.duty.posts()[0].code
    giver, taker = people(desk, *(["clerk", "maintenance"] if post == "desk" else [post]))
    sign_on(desk, giver, post_code=post)
    open_post(desk, giver.person, post)
    left_open = call(desk, giver.person).matter_id
    with desk.reading() as session:
        running = tenures.running_shift(session, post)
    assert running is not None and running.due_at is not None
    is_relieved = current(desk.duty, desk.zone, post, running.due_at) is not None
    walk = (_meets if is_relieved else _leaves)(desk, giver, taker, post, running.due_at)
    receipt = walk.sign_incoming().receipt
    assert receipt is not None
    with desk.reading() as session:
        tenure, kept = tenures.open_tenure(session, post), as_signed(session, walk.id)
    assert tenure is not None and tenure.person_id == taker.person.id
    assert kept.is_good and [one.matter_id for one in kept.sheet.matters] == [left_open]
    assert verify(desk.store.path, receipts=[receipt]).is_good


def _meets(desk: Desk, giver: Proof, taker: Proof, post: str, due_at: datetime) -> Walk:
    """The next one comes with the regulation's lead, and both sign before the shift's end."""
    lead = timedelta(minutes=desk.duty.arrive_before_minutes)
    advance(desk, seconds=(due_at - lead - desk.now()).total_seconds())
    sign_on(desk, taker, post_code=post)
    walk = Walk(desk, giver, taker, post=post)
    walk.through()
    assert walk.sheet.arrival is not None and walk.sheet.arrival.late_minutes == 0
    walk.sign_outgoing()
    return walk


def _leaves(desk: Desk, giver: Proof, taker: Proof, post: str, due_at: datetime) -> Walk:
    """The post closes: signed at closing, read and taken on at the next opening."""
    advance(desk, seconds=(due_at - desk.now()).total_seconds())
    walk = Walk(desk, giver, taker, post=post, kind=HandoverKind.APART)
    walk.tidy()
    walk.count(by=giver)
    walk.summarise()
    walk.state()
    walk.sign_outgoing()
    sign_off(desk, giver)
    opens = following(desk.duty, desk.zone, post, desk.now())
    assert opens is not None
    advance(desk, seconds=(opens.begins_at - desk.now()).total_seconds())
    sign_on(desk, taker, post_code=post)
    walk.join()
    walk.feel_fit()
    walk.count()
    walk.read()
    walk.acknowledge()
    walk.look()
    return walk


def test_9_9_the_management_office_hands_over_with_five_minutes_lead(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("management-office")
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    advance(desk, hours=7, minutes=38)
    sign_on(desk, taker)
    walk = Walk(desk, giver, taker)
    walk.join()
    assert walk.sheet.arrival is not None
    assert walk.sheet.arrival.late_minutes == -2
    assert walk.whole().receipt


def test_1_1_each_post_of_a_store_is_handed_over_by_itself(make_desk: DeskMaker) -> None:
    desk = make_desk("store-weekly")
    boss = hire(desk, "1001", "郑国强", "manager")
    furnish(desk, boss)
    posts = [post.code for post in desk.duty.posts()]
    shifts: list[tuple[Shown, Shown]] = [
        (
            hire(desk, f"20{number}", f"早{number}", post, by=boss),
            hire(desk, f"30{number}", f"晚{number}", post, by=boss),
        )
        for number, post in enumerate(posts)
    ]
    pairs = [(proven(desk, early), proven(desk, late)) for early, late in shifts]
    for post, (giver, _) in zip(posts, pairs, strict=True):
        sign_on(desk, giver, post_code=post)
    advance(desk, hours=6)
    for post, (giver, taker) in zip(posts, pairs, strict=True):
        call(desk, giver.person, f"{post}的事")
        sign_on(desk, taker, post_code=post, plan_code="close")
        walk = Walk(desk, giver, taker, post=post)
        walk.through()
        assert len(walk.sheet.matters) == len(walk.sheet.entries) == 1
        assert bool(walk.sheet.items) == (post == posts[0])
        walk.sign_outgoing()
        walk.sign_incoming()
        with desk.reading() as session:
            tenure = tenures.open_tenure(session, post)
        assert tenure and tenure.person_id == taker.person.id
    assert verify(desk.store.path).is_good


def test_office_duty_without_overlap_is_signed_at_closing_and_at_opening(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-staff")
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    call(desk, giver.person)
    advance(desk, hours=9, minutes=16)
    walk = Walk(desk, giver, taker, kind=HandoverKind.APART)
    with pytest.raises(Refusal, match="close_first"):
        sign_off(desk, giver)
    assert walk.left() == ["stated"]
    walk.summarise()
    walk.state()
    walk.sign_outgoing()
    call(desk, giver.person, "关门前的最后一通")
    with pytest.raises(Refusal, match=r"handover\.changed"):
        sign_off(desk, giver)
    walk.state()
    walk.sign_outgoing()
    take_back(desk, giver.person, walk.id)
    walk.sign_outgoing()
    sign_off(desk, giver)
    with desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
    assert tenure and tenure.kind is TenureKind.CLOSED
    advance(desk, hours=14, minutes=45)
    sign_on(desk, taker)
    call(desk, taker.person, "开门后的第一通")
    assert walk.standing.turn is Side.INCOMING
    assert open_handover(desk, taker.person, post_code="desk") == walk.id
    walk.join()
    assert walk.left() == ["read", "acknowledged"]
    walk.read()
    walk.acknowledge()
    receipt = walk.sign_incoming().receipt
    with desk.reading() as session:
        kept = as_signed(session, walk.id)
    assert receipt == kept.line.receipt
    assert kept.is_good
    assert [one.entry_id for one in kept.sheet.entries] == [1, 2]
    assert kept.sheet.left is not None
    assert [len(one.signatures) for one in kept.versions if one.holds] == [1, 1]
    assert verify(desk.store.path, receipts=[receipt]).is_good


def test_what_another_left_at_closing_is_taken_over_before_the_next_closing(
    make_desk: DeskMaker,
) -> None:
    desk = make_desk("cs-staff")
    giver, taker = people(desk, "clerk")
    sign_on(desk, giver)
    advance(desk, hours=9, minutes=16)
    walk = Walk(desk, giver, taker, kind=HandoverKind.APART)
    walk.summarise()
    walk.sign_outgoing()
    sign_off(desk, giver)
    advance(desk, hours=14, minutes=45)
    sign_on(desk, taker)
    advance(desk, hours=9, minutes=15)
    with pytest.raises(Refusal, match="take_over_first"):
        sign_off(desk, taker)
    assert walk.standing.turn is Side.INCOMING, "what was signed at the first closing still holds"
    walk.join()
    walk.read()
    assert walk.sign_incoming().receipt
    with pytest.raises(Refusal, match="close_first"):
        sign_off(desk, taker)


def test_9_17_a_post_is_not_closed_over_important_unfinished_work(make_desk: DeskMaker) -> None:
    desk = make_desk("management-office")
    giver, taker = people(desk, "clerk")
    advance(desk, hours=7, minutes=50)
    sign_on(desk, giver)
    call(desk, giver.person, opened=OpenMatter(importance=Importance.IMPORTANT))
    advance(desk, hours=6, minutes=56)
    walk = Walk(desk, giver, taker, kind=HandoverKind.APART)
    walk.tidy()
    walk.count(by=giver)
    walk.state()
    with pytest.raises(Refusal) as error:
        walk.sign_outgoing()
    assert error.value.clause == "9.17"
    with pytest.raises(Refusal, match="close_first"):
        sign_off(desk, giver)
