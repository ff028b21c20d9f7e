"""How people at the sample desk take a matter to its end: step by step, as its form goes."""

from __future__ import annotations

import random
from datetime import timedelta

from desk_console.matters import acts, answers, escalating, missed, tasks
from desk_console.matters.records import Form, Stage
from desk_console.matters.tasks import TaskForm
from desk_console.matters.views import MatterLine, line_of
from desk_console.people.pins import Proof
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk

_RESULTS = ("已上门处理完毕", "已处理，现场恢复正常", "已核实并处理")
_TOLD = ("已电话告知住户", "已当面告知住户")
_DONE = ("更换角阀，试水不漏", "更换灯头，试亮正常", "疏通地漏并清洗", "紧固接头，观察无渗漏")
_ORDER = {
    Stage.OPEN: "dispatch",
    Stage.RETURNED: "dispatch",
    Stage.DISPATCHED: "accept",
    Stage.TRANSFERRED: "accept",
    Stage.ACCEPTED: "arrive",
    Stage.ON_SITE: "finish",
    Stage.DONE: "follow_up",
    Stage.CONFIRMED: "follow_up",
}
_COMPLAINT = {
    Stage.RECEIVED: "propose",
    Stage.INVESTIGATING: "propose",
    Stage.PROPOSED: "answer",
    Stage.APPROVED: "answer",
    Stage.ANSWERED: "follow_up",
}
_PLAIN = {Stage.OPEN: "close", Stage.NEXT_DAY: "close"}
_WAYS = {
    Form.WORK_ORDER: _ORDER,
    Form.COMPLAINT: _COMPLAINT,
    Form.INCIDENT: {Stage.OPEN: "settle"},
    Form.TASK: {Stage.ASSIGNED: "report_back", Stage.UNDERWAY: "report_back"},
}
_LONGEST = 8
_TASK, _MISSED = 0.08, 0.08
"""How likely each is at a look."""

_TASKS = (
    ("清点雨具和手电", 4),
    ("张贴停水通知", 2),
    ("回访上周投诉住户", 6),
    ("核对装修登记表", 5),
)
"""Jobs of a day, and hours that they may take."""


def settle_matter(
    desk: Desk, holder: Proof, director: Proof, matter_id: int, chance: random.Random
) -> None:
    """Takes a matter to its end by the steps of its form; what needs those above is asked first,
    and the director decides.
    """
    person = holder.person
    line = report_above(desk, person, director.person, matter_id)
    if line.told_rung is not None:
        answers.confirm_answer(desk, director, line.id, line.revision, is_right=True)
        line = _line(desk, matter_id)
    for _ in range(_LONGEST):
        if line.closed_at is not None:
            return
        code = _next(line)
        given = _facts(code, line, chance)
        acts.take_step(desk, person, line.id, line.revision, code, given)
        line = _line(desk, matter_id)


def report_above(
    desk: Desk, person: PersonView, director: PersonView, matter_id: int
) -> MatterLine:
    """Asks the director by telephone where the regulation wants the top told, and notes the answer;
    gives the matter as it is then.
    """
    line = _line(desk, matter_id)
    if not line.is_unreported(desk.duty):
        return line
    rung = len(desk.duty.escalation) - 1
    question, said = "现场情况已上报，请示处理", "同意现场处理，办完回报"
    revision = escalating.ask(desk, person, line.id, line.revision, question, rung=rung)
    answers.note_answer(desk, person, line.id, revision, said, superior_id=director.id)
    return _line(desk, line.id)


def move_on(desk: Desk, person: PersonView, line: MatterLine) -> None:
    """The technician takes the next step of an order: accepts it, or is there."""
    code = {Stage.DISPATCHED: "accept", Stage.ACCEPTED: "arrive"}.get(line.stage)
    if code is not None and line.form is Form.WORK_ORDER:
        acts.take_step(desk, person, line.id, line.revision, code, {})


def besides(desk: Desk, person: PersonView, chance: random.Random) -> None:
    """What no caller leaves: now and then a task for the day, now and then a missed call."""
    if chance.random() < _TASK:
        title, hours = chance.choice(_TASKS)
        due = desk.now() + timedelta(hours=hours)
        tasks.assign_task(desk, person, TaskForm(title=title, assignee_id=person.id, due=due))
    if chance.random() < _MISSED:
        phone = f"1380{chance.randrange(10_000_000):07}"
        call = missed.MissedCall(phone=phone, at=desk.now() - timedelta(minutes=8))
        missed.log_missed(desk, person, [call], "未接来电")


def _next(line: MatterLine) -> str:
    if line.form is None and line.kind == "repair" and line.stage in _PLAIN:
        return "issue"
    return (_WAYS[line.form] if line.form else _PLAIN)[line.stage]


def _facts(code: str, line: MatterLine, chance: random.Random) -> dict[str, object]:
    told = chance.choice(_TOLD)
    match code:
        case "finish":
            return {"work_done": chance.choice(_DONE), "chargeable": "free"}
        case "follow_up":
            satisfied = chance.choices(("satisfied", "fair"), (6, 1))[0]
            return {"satisfaction": satisfied, "follow_result": told}
        case "propose":
            return {"findings": "已到现场核实", "proposal": "请责任方整改并回访"}
        case "close" | "answer" | "settle" | "report_back":
            return {"result": chance.choice(_RESULTS), "answered": told}
        case _:
            return {}


def _line(desk: Desk, matter_id: int) -> MatterLine:
    with desk.reading() as session:
        return line_of(session, matter_id, desk.now())
