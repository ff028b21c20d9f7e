"""Items of the post: hand-outs draw down what is there, nothing falls below nought."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.loader import site_rules
from desk_console.shift import items
from desk_console.shift.items import ItemForm, stock_verdict
from desk_console.shift.records import ItemMovement
from tests.conftest import DeskMaker
from tests.staff import Shown, Staff, hire


def stocked(make_desk: DeskMaker) -> tuple[Desk, Shown, int]:
    desk = make_desk("cs-staff")
    boss = hire(desk, "1001", "周静怡", "supervisor", "clerk")
    form = ItemForm(code="leaflet", name="宣传资料", unit="份", opening=10)
    return desk, boss, items.add_item(desk, boss.person.id, form)


def give(desk: Desk, boss: Shown, item_id: int, quantity: int) -> int:
    with desk.transaction() as work:
        return items.hand_out(work, desk, item_id, quantity, subject="entry:1", by=boss.person.id)


def left(desk: Desk, item_id: int) -> int:
    with desk.reading() as session:
        assert items.balance(session, item_id) == items.items(session)[0].balance
        return items.balance(session, item_id)


def test_5_3_a_hand_out_draws_down_the_stock(make_desk: DeskMaker) -> None:
    desk, boss, item_id = stocked(make_desk)
    assert give(desk, boss, item_id, 4) == 6
    assert left(desk, item_id) == 6


def test_5_3_no_more_is_handed_out_than_there_is(make_desk: DeskMaker) -> None:
    desk, boss, item_id = stocked(make_desk)
    with pytest.raises(Refusal) as refused:
        give(desk, boss, item_id, 11)
    assert refused.value.clause == "5.3"
    assert left(desk, item_id) == 10


def test_what_is_delivered_or_given_back_is_added(make_desk: DeskMaker) -> None:
    desk, boss, item_id = stocked(make_desk)
    give(desk, boss, item_id, 3)
    items.bring_in(desk, boss.person.id, item_id, 2, is_return=True)
    items.bring_in(desk, boss.person.id, item_id, 20, is_return=False)
    assert left(desk, item_id) == 29
    with desk.reading() as session:
        causes = session.exec(select(ItemMovement.cause).order_by("id")).all()
    assert list(causes) == ["opening", "hand_out", "return", "receipt"]


@pytest.mark.parametrize("quantity", [0, -3])
def test_nothing_or_less_is_neither_handed_out_nor_brought_in(
    make_desk: DeskMaker, quantity: int
) -> None:
    desk, boss, item_id = stocked(make_desk)
    with pytest.raises(Refusal):
        give(desk, boss, item_id, quantity)
    with pytest.raises(Refusal):
        items.bring_in(desk, boss.person.id, item_id, quantity, is_return=False)


@given(st.integers(0, 1000), st.integers(-1000, 1000))
def test_5_3_the_balance_is_never_below_nought(balance: int, change: int) -> None:
    verdict = stock_verdict(balance, change, "宣传资料", site_rules("cs-staff"))
    assert verdict.is_allowed == (balance + change >= 0)


def test_items_come_in_from_a_file_all_or_none(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    by_id = staff.supervisor.person.id
    path = tmp_path / "items.csv"
    path.write_text("编号,名称,位置,单位,数量\nk1,大门钥匙,钥匙板,把,３\nr1,对讲机,柜,部,x\n")
    report = items.import_items(desk, by_id, path)
    assert [problem.line for problem in report.problems] == [3]
    path.write_text("编号,名称,位置,单位,数量\nk1,大门钥匙,钥匙板,把,３\nr1,对讲机,柜,部,4\n")
    assert items.import_items(desk, by_id, path, is_dry_run=True).problems == ()
    with desk.reading() as session:
        assert items.items(session) == ()
    assert items.import_items(desk, by_id, path).added == 2
    with desk.reading() as session:
        assert [(one.code, one.balance) for one in items.items(session)] == [("r1", 4), ("k1", 3)]
    assert len(items.import_items(desk, by_id, path).problems) == 2
