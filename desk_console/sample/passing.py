"""How the sample's people hand over: every step, by the acts, in their own names."""

from __future__ import annotations

import random
from datetime import timedelta

from desk_console.foundation.refusal import Refusal
from desk_console.handover import counting, looking, reading, telling, views
from desk_console.handover.converting import convert
from desk_console.handover.counting import Counted
from desk_console.handover.gathered_matters import matters_of
from desk_console.handover.opening import join, open_handover
from desk_console.handover.records import Handover, Severity
from desk_console.handover.releasing import release
from desk_console.handover.reporting import acknowledge_report
from desk_console.handover.sheet import MatterPoint, Sheet
from desk_console.handover.signing import sign_incoming, sign_outgoing
from desk_console.handover.telling import Statement
from desk_console.people.pins import Proof
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DESK, Topic
from desk_console.sample.settling import report_above, settle_matter

_STATES = ("已派单，等师傅上门", "已联系，住户在家等", "已转部门，还没回音", "配件还没到")
_NEXT = ("到点再催一次，办好回住户电话", "上班后问进展，告诉住户", "明早跟进，有结果就回访")
_WHY = ("师傅还在别处", "住户约的时间还没到", "要等部门答复", "配件没到")
_BACK = (
    "我先打电话问师傅，再给住户回话",
    "记下了，到点我来催，办完回访",
    "好，我盯着，有结果就登记",
)
_RELEASED = "配件还在路上，现场已临时处理，由接班人跟到修好"
_FRESH = timedelta(hours=1)
"""What is younger than this nobody can have finished: a supervisor releases it."""

_NIGHT_DEPARTMENTS = {"repair": "maintenance", "complaint": "security"}
"""Who takes on what a night leaves: its complaints are of noise."""


def pass_post(
    desk: Desk,
    outgoing: Proof,
    incoming: Proof,
    supervisor: Proof,
    chance: random.Random,
    *,
    director: Proof,
    summary: str,
    departments: dict[str, int],
) -> None:
    """Hands the post over from one to the other, blocking matters finished or released first."""
    _take_note(desk, supervisor)
    handover_id = open_handover(desk, outgoing.person, post_code=DESK)
    join(desk, incoming.person, handover_id)
    _finish(desk, outgoing, director, handover_id, chance)
    sheet = _sheet(desk, handover_id)
    for line in sheet.tidy:
        if line.is_ok is None:
            looking.tidy(desk, outgoing.person, handover_id, line.item_id, is_ok=True)
    counts = [Counted(line.item_id, line.expected) for line in sheet.items]
    counting.count(desk, incoming.person, handover_id, counts)
    reading.summarise(desk, outgoing.person, handover_id, 1, summary=summary)
    reading.read(desk, incoming.person, handover_id, [one.entry_id for one in sheet.entries])
    for point in sheet.matters:
        _tell(desk, outgoing, incoming, handover_id, point, chance, departments)
    for spot in sheet.area:
        looking.check_area(desk, incoming.person, handover_id, spot.item_id, is_ok=True)
    blocking = [point for point in sheet.matters if point.is_blocking]
    if blocking:
        _is_refused(desk, outgoing, handover_id)
    for point in blocking:
        _release(desk, supervisor, incoming, handover_id, point)
    mark = _sheet(desk, handover_id).mark
    sign_outgoing(desk, outgoing, handover_id, shown=mark)
    sign_incoming(desk, incoming, handover_id, shown=mark)


def _take_note(desk: Desk, supervisor: Proof) -> None:
    """The supervisor has read the reports of the shifts before."""
    with desk.reading() as session:
        waiting = views.waiting_reports(session)
    for report in waiting:
        acknowledge_report(desk, supervisor.person, report.id)


def _sheet(desk: Desk, handover_id: int) -> Sheet:
    with desk.reading() as session:
        return views.sheet(session, desk, handover_id)


def _finish(
    desk: Desk, outgoing: Proof, director: Proof, handover_id: int, chance: random.Random
) -> None:
    """Finishes what must not wait; what has only just begun is reported, and left for a supervisor
    to release.
    """
    with desk.reading() as session:
        row = session.get(Handover, handover_id)
        points = matters_of(session, desk, row) if row is not None else ()
    for point in points:
        if point.is_blocking and desk.now() - point.opened_at < _FRESH:
            report_above(desk, outgoing.person, director.person, point.matter_id)
        elif point.lacks_report or point.is_blocking:
            settle_matter(desk, outgoing, director, point.matter_id, chance)


def _is_refused(desk: Desk, outgoing: Proof, handover_id: int) -> None:
    """They try to sign over important unfinished work, and are told that they may not (9.17)."""
    try:
        sign_outgoing(desk, outgoing, handover_id, shown=_sheet(desk, handover_id).mark)
    except Refusal as refusal:
        if refusal.clause == desk.duty.cite(Topic.BLOCKING_MATTER):
            return
        raise
    raise AssertionError("signed over important unfinished work")


def _tell(
    desk: Desk,
    outgoing: Proof,
    incoming: Proof,
    handover_id: int,
    point: MatterPoint,
    chance: random.Random,
    departments: dict[str, int],
) -> None:
    said = Statement(
        severity=point.least_severity,
        state=chance.choice(_STATES),
        next_step=chance.choice(_NEXT),
        carry_reason=chance.choice(_WHY),
    )
    telling.state(desk, outgoing.person, handover_id, point.matter_id, said)
    if point.is_leftover:
        revision = point.matter_revision
        given = {"department": departments[_NIGHT_DEPARTMENTS.get(point.kind, "security")]}
        convert(desk, incoming.person, handover_id, point.matter_id, revision=revision, given=given)
    if point.least_severity is Severity.NORMAL:
        if not point.is_leftover:
            telling.acknowledge(desk, incoming.person, handover_id, point.matter_id, 1)
        return
    words = chance.choice(_BACK)
    telling.read_back(desk, incoming.person, handover_id, point.matter_id, 1, words)
    telling.accept_read_back(desk, outgoing.person, handover_id, point.matter_id, 1)


def _release(
    desk: Desk, supervisor: Proof, incoming: Proof, handover_id: int, point: MatterPoint
) -> None:
    release(
        desk,
        supervisor,
        handover_id,
        point.matter_id,
        reason=_RELEASED,
        new_owner_id=incoming.person.id,
    )
    matter = next(
        one for one in _sheet(desk, handover_id).matters if one.matter_id == point.matter_id
    )
    if not matter.is_acknowledged:
        telling.acknowledge(
            desk, incoming.person, handover_id, point.matter_id, matter.point_revision
        )
