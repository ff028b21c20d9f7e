"""A site that runs by another regulation from now on: what was open before stays in a handover."""

from dataclasses import replace

from desk_console.handover.gathered_matters import matters_of
from desk_console.handover.records import Handover, HandoverKind, HandoverStage
from desk_console.rulebook.loader import site_rules
from tests.handover.conftest import Evening
from tests.handover.walk import call


def test_a_matter_of_a_post_that_is_no_more_is_handed_over_at_the_first_post(
    evening: Evening,
) -> None:
    matter_id = call(evening.desk, evening.clerk.person).matter_id
    store = replace(evening.desk, duty=site_rules("store-weekly"))
    found = {}
    for post in store.duty.posts():
        row = Handover(
            id=1,
            post_code=post.code,
            kind=HandoverKind.REGULAR,
            stage=HandoverStage.OPEN,
            outgoing_id=evening.clerk.person.id,
            opened_at=store.now(),
            opened_by=evening.clerk.person.id,
            after_entry_id=0,
        )
        with store.reading() as session:
            found[post.code] = [one.matter_id for one in matters_of(session, store, row)]
    first, *others = found.values()
    assert first == [matter_id]
    assert others == [[], []]
