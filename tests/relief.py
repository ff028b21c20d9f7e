"""Steps of the handover for tests of what lies below it: the post passes, nothing is counted or
signed.
"""

from desk_console.rulebook.desk import Desk
from desk_console.shift import departures, tenures
from desk_console.shift.presence import Proven


def relieve(desk: Desk, outgoing: Proven, incoming: Proven) -> int:
    """Passes a post from its holder to somebody signed on for it; gives the running shift."""
    with desk.transaction() as work:
        tenures.settle(work, desk)
        return departures.hand_over(work, desk, outgoing.person, incoming.person).id or 0


def sign_off(desk: Desk, proof: Proven) -> int:
    """Signs off, closing a post whose hours are over."""
    with desk.transaction() as work:
        tenures.settle(work, desk)
        return departures.sign_off_step(work, desk, proof.person)
