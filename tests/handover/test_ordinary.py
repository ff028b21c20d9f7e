"""The ordinary handover: every step, both signatures, and what the last one brings about."""

from desk_console.matters.views import open_matters
from desk_console.people.views import signatures
from desk_console.shift import tenures
from tests.handover.conftest import Evening
from tests.handover.walk import call


def test_9_13_with_the_second_signature_the_incoming_person_s_duty_begins(evening: Evening) -> None:
    call(evening.desk, evening.clerk.person)
    walk = evening.open()
    assert walk.left() == [
        "incoming", "tidy", "counts", "read", "stated", "area",
    ]  # fmt: skip
    walk.through()
    assert walk.left() == []
    first = walk.sign_outgoing()
    assert first.receipt is None
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
        assert tenure and tenure.person_id == evening.clerk.person.id
    last = walk.sign_incoming()
    assert last.receipt and len(last.receipt) == 19
    with evening.desk.reading() as session:
        tenure = tenures.open_tenure(session, "desk")
        assert tenure and tenure.person_id == evening.night_man.person.id
        signed = signatures(session, f"handover_version:{last.version_id}")
        assert [one.person_id for one in signed] == [
            evening.clerk.person.id,
            evening.night_man.person.id,
        ]
        assert [one.owner_id for one in open_matters(session, evening.desk.now())] == [
            evening.night_man.person.id
        ]
