"""Row 20: what the book, the screen and the paper say of a record whose rows were changed."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from desk_console.foundation.refusal import Refusal
from desk_console.handover.adding import add_note
from desk_console.handover.book import BookFilter, book
from desk_console.handover.releasing import release
from desk_console.handover.signed import as_signed, since_the_one_before
from desk_console.handover.signing import sign_witness
from desk_console.handover.versions import BROKEN
from desk_console.matters.acts import OpenMatter
from desk_console.matters.records import Importance
from desk_console.outputs.sheets.making import Wanted, make
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.conftest import DeskMaker
from tests.foundation.desk_file import meddle
from tests.handover.conftest import Evening
from tests.handover.test_closing import CLOSING, NIGHT, closed
from tests.handover.test_presets import advance, people
from tests.handover.walk import Walk, call

BURST = OpenMatter(importance=Importance.IMPORTANT)


def vouched(desk: Desk, handover_id: int) -> bool:
    """Does the book call it good? Not, where it refuses to show it."""
    with desk.reading() as session:
        try:
            return as_signed(session, handover_id).is_good
        except Refusal as refusal:
            assert refusal.message.key == BROKEN
            return False


def answered(look: Callable[[], object]) -> None:
    """Comes to its end, or is refused as what cannot be read any more."""
    with suppress(Refusal):
        look()


@pytest.fixture
def witnessed(evening: Evening, make_desk: DeskMaker) -> tuple[Desk, int]:
    """A handover with a repair in its record, a matter that was released, a witness and a note."""
    desk = make_desk(also=("management-office",), handover_witness=True)
    matter_id = call(desk, evening.clerk.person, opened=BURST).matter_id or 0
    walk = Walk(desk, evening.clerk, evening.night_man)
    walk.through()
    heir = evening.staff.other_night_man.person.id
    release(desk, evening.supervisor, walk.id, matter_id, reason="等配件", new_owner_id=heir)
    walk.acknowledge()
    walk.accept()
    walk.sign_outgoing()
    sign_witness(desk, evening.supervisor, walk.id, shown=walk.sheet.mark)
    walk.sign_incoming()
    add_note(desk, evening.clerk, walk.id, "补一句：师傅十点到")
    assert vouched(desk, walk.id)
    return desk, walk.id


_COPY = "subject, meaning, person_id, public_key, statement, signature, at"


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set content = '改过的话'",
        "update entry set at = (select min(at) from journal)",
        "update entry set category = 'enquiry'",
        "delete from entry",
        "delete from signature where meaning like '监交%'",
        "delete from signature where subject like 'handover_release%'",
        "update signature set subject = 'x' where subject like 'handover_release%'",
        f"update signature set ({_COPY}) = (select {_COPY} from signature where meaning like "
        "'接班%') where meaning like '监交%'",
        f"insert into signature (id, {_COPY}) select 99, {_COPY} from signature "
        "where meaning like '交班%'",
        "delete from handover_note",
        "update handover_note set handover_id = 2",
        "update handover_note set words = '没说过', erased_by = 5",
        "update handover set kind = 'short'",
        "update handover set post_code = 'gate'",
        "update handover set stage = 'dropped'",
        "update journal set body = replace(body, '\"version\":1', '\"version\":2')",
        "update journal set body = '[]' where seq = (select journal_seq from handover_seal)",
        "update handover_version set content = replace(content, '王', char(194857))",
    ],
)
def test_row_20_nothing_else_of_it_is_vouched_for_either(
    witnessed: tuple[Desk, int], statement: str
) -> None:
    desk, number = witnessed
    meddle(desk.store.path, statement)
    assert not vouched(desk, number)


def test_row_20_people_and_day_are_shown_as_they_were_signed(
    witnessed: tuple[Desk, int], evening: Evening
) -> None:
    desk, number = witnessed
    meddle(
        desk.store.path, "update person set name = '张三'", "update shift set day = '2020-01-01'"
    )
    with desk.reading() as session:
        signed = as_signed(session, number)
    names = [one.name for one in signed.versions[-1].signatures]
    assert names == [
        evening.clerk.person.name,
        evening.supervisor.person.name,
        evening.night_man.person.name,
    ]
    assert str(signed.sheet.day) == "2026-03-02"


@pytest.mark.parametrize("which", ["min", "max"])
def test_row_20_of_one_that_was_closed_and_opened_alone_no_signature_may_be_missing(
    make_desk: DeskMaker, which: str
) -> None:
    desk = make_desk("cs-monthly")
    clerk, _ = people(desk, "clerk")
    sign_on(desk, clerk)
    call(desk, clerk.person)
    advance(desk, **CLOSING)
    walk = closed(desk, clerk)
    advance(desk, **NIGHT)
    sign_on(desk, clerk)
    walk.join()
    walk.read()
    walk.acknowledge()
    walk.sign_incoming()
    assert vouched(desk, walk.id)
    meddle(
        desk.store.path,
        f"delete from signature where id = (select {which}(id) from signature "
        "where subject like 'handover_version%')",
    )
    assert not vouched(desk, walk.id)


@pytest.mark.parametrize(
    "statement",
    [
        f"update handover_version set content = '{'[' * 5000}'",
        f"update signature set statement = '{'[' * 5000}'",
        "update signature set statement = cast(x'ff' as text)",
        "update person set name = cast(x'ff' as text)",
        "update handover_seal set sealed_at = 'x'",
        "update handover_seal set sealed_at = '0001-01-01T00:00:00+08:00'",
        "update handover_note set at = '9999-12-31T23:00:00.000000Z'",
        "update handover set opened_at = 'x'",
        "update handover set stage = 'x'",
        "update handover_version set content = replace(content, '\"desk\"', '\"zzz\"')",
        "update entry set particulars = 'x'",
    ],
)
def test_row_20_whatever_was_changed_it_is_shown_or_refused_and_never_a_fault(
    witnessed: tuple[Desk, int], evening: Evening, statement: str
) -> None:
    desk, number = witnessed
    meddle(desk.store.path, statement)
    assert not vouched(desk, number)
    with desk.reading() as session:
        answered(lambda: since_the_one_before(session, number))
        answered(lambda: book(session, BookFilter()))
    wanted, person = Wanted("handover", of=str(number)), evening.clerk.person
    answered(lambda: make(desk, person, wanted, language="zh"))
    answered(lambda: make(desk, person, wanted, language="en"))


@pytest.mark.parametrize("number", ["9" * 20, "1" * 5000])
def test_a_number_that_no_handover_has_is_refused(evening: Evening, number: str) -> None:
    wanted = Wanted("handover", of=number)
    with pytest.raises(Refusal, match=r"handover\.unknown"):
        make(evening.desk, evening.clerk.person, wanted, language="zh")
