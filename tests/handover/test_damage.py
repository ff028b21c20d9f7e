"""Some of an item are damaged: said, never more than there are, carried on, put in words (9.10)."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from desk_console.foundation.canonical import canonical_text
from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.handover import counting
from desk_console.handover.comparing import differences
from desk_console.handover.counting import Counted, Explanation
from desk_console.handover.found import ALL, GOOD, Found
from desk_console.handover.records import Condition, HandoverVersion
from desk_console.handover.sheet import ItemLine, Sheet
from desk_console.handover.signed import as_signed
from desk_console.log.records import Entry
from desk_console.matters.records import Matter
from desk_console.shift.arrivals import sign_on
from desk_console.shift.departures import sign_off
from tests.handover.conftest import Evening
from tests.handover.walk import Walk, proven

ONE = Found(Condition.DAMAGED, 1)
TWO = Found(Condition.DAMAGED, 2)


def counted(evening: Evening, walk: Walk, figure: int, found: Found | None) -> ItemLine:
    """The third item, of which there are three, as it stands after that count."""
    item = evening.items[2]
    revision = next(one.revision for one in walk.sheet.items if one.item_id == item)
    count = Counted(item, figure, found, revision)
    counting.count(evening.desk, walk.incoming.person, walk.id, [count])
    return next(one for one in walk.sheet.items if one.item_id == item)


def explained(evening: Evening, walk: Walk, what: str) -> int:
    """The outgoing person says what it is; gives the matter."""
    said = Explanation(what, "摔落", "", evening.supervisor.person.id)
    return counting.explain(evening.desk, walk.outgoing.person, walk.id, evening.items[2], said)


def joined(evening: Evening) -> Walk:
    walk = evening.open()
    walk.join()
    return walk


def test_9_10_so_many_of_those_counted_are_damaged(evening: Evening) -> None:
    walk = joined(evening)
    line = counted(evening, walk, 3, ONE)
    assert (line.condition, line.damaged, line.difference) == (Condition.DAMAGED, 1, 0)
    assert line.wants_explaining
    assert line.found is not None
    assert Catalogue("zh").text(line.found.words) == "坏 1"
    assert Catalogue("en").text(line.found.words) == "1 bad"
    line = counted(evening, walk, 3, Found(Condition.DAMAGED, 3))
    assert line.found == ALL
    assert counted(evening, walk, 3, Found(Condition.DAMAGED, 0)).found == GOOD


def test_9_10_not_more_are_damaged_than_were_counted(evening: Evening) -> None:
    walk = joined(evening)
    with pytest.raises(Refusal) as error:
        counted(evening, walk, 1, TWO)
    assert (error.value.message.key, error.value.clause) == ("handover.more_damaged", "9.10")
    assert walk.sheet.items[2].counted is None


def test_9_10_another_number_of_damaged_ones_is_explained_anew(evening: Evening) -> None:
    walk = joined(evening)
    counted(evening, walk, 3, ONE)
    explained(evening, walk, "天线断")
    assert not counted(evening, walk, 3, TWO).is_explained


def test_9_10_the_matter_says_how_many_are_damaged(evening: Evening) -> None:
    walk = joined(evening)
    counted(evening, walk, 3, ONE)
    matter_id = explained(evening, walk, "天线断")
    with evening.desk.reading() as session:
        matter = session.get(Matter, matter_id)
        assert matter is not None
        assert matter.title == "钥匙2，坏 1：天线断"


def test_9_10_a_damage_is_carried_from_count_to_count_until_it_grows(evening: Evening) -> None:
    desk = evening.desk
    walk = joined(evening)
    counted(evening, walk, 3, ONE)
    matter_id = explained(evening, walk, "天线断")
    walk.whole()
    evening.clock.advance(timedelta(hours=15, minutes=20))
    clerk = proven(desk, evening.staff.other_clerk)
    sign_on(desk, clerk)
    morning = Walk(desk, evening.night_man, clerk)
    morning.join()
    assert morning.sheet.items[2].found_before == ONE
    line = counted(evening, morning, 3, None)
    assert (line.found, line.is_known, line.matter_id) == (ONE, True, matter_id)
    assert counted(evening, morning, 1, None).found == ALL, "of one that is there, one is damaged"
    assert counted(evening, morning, 0, None).found == GOOD, "of none that is there, none is"
    assert counted(evening, morning, 3, TWO).wants_explaining
    assert counted(evening, morning, 3, ONE).is_known
    morning.whole()
    evening.clock.advance(timedelta(hours=8, minutes=35))
    sign_off(desk, evening.night_man)
    sign_on(desk, evening.night_man)
    night = Walk(desk, clerk, evening.night_man)
    night.join()
    line = counted(evening, night, 3, None)
    assert (line.is_known, line.matter_id) == (True, matter_id), "at the third count as well"


def test_9_10_the_book_says_how_many_are_damaged_since_the_one_before(evening: Evening) -> None:
    walk = joined(evening)
    counted(evening, walk, 3, GOOD)
    before = walk.sheet
    counted(evening, walk, 3, ONE)
    (differs,) = differences(before, walk.sheet)
    assert Catalogue("zh").text(differs) == "钥匙2：上次 3，这次 3，坏 1。"


def test_9_13_what_was_signed_before_numbers_of_damaged_ones_were_known_holds(
    evening: Evening,
) -> None:
    walk = joined(evening)
    walk.through()
    signed = walk.sign_outgoing()
    with evening.desk.reading() as session:
        version = session.get(HandoverVersion, signed.version_id)
        assert version is not None
        body = json.loads(version.content)
    assert all({"damaged", "was_damaged"}.isdisjoint(line) for line in body["items"])
    old = canonical_text({**body, "summary": ""})
    assert canonical_text(Sheet.model_validate_json(old).model_dump()) == old
    assert walk.sign_incoming().receipt


def test_9_10_the_signed_record_keeps_how_many_were_damaged(evening: Evening) -> None:
    walk = joined(evening)
    counted(evening, walk, 3, ONE)
    explained(evening, walk, "天线断")
    walk.whole()
    with evening.desk.reading() as session:
        assert session.exec(select(HandoverVersion)).one().content.count('"damaged":1,') == 1
        signed = as_signed(session, walk.id)
    assert signed.sheet.items[2].found == ONE


def test_9_10_a_damage_of_what_is_all_there_asks_not_where_it_went(evening: Evening) -> None:
    walk = joined(evening)
    counted(evening, walk, 3, ALL)
    assert "told" in walk.left()
    with pytest.raises(Refusal) as refused:
        explained(evening, walk, "")
    said = refused.value.message
    assert (said.key, refused.value.clause) == ("handover.explanation_wanted", "9.10")
    assert "去向" not in Catalogue("zh").text(said)
    explained(evening, walk, "屏裂")
    with evening.desk.reading() as session:
        assert session.exec(select(Entry.content)).all()[-1] == "钥匙2，损坏：屏裂"
