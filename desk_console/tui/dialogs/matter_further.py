"""What can be done about a matter besides its form's steps, by its code."""

from __future__ import annotations

from desk_console.matters.story import MatterStory
from desk_console.tui.dialogs.matter_acts import (
    ChangeImportance,
    ChangeOwner,
    DepartmentReply,
    MatterAct,
    Progress,
    Reply,
)
from desk_console.tui.dialogs.matter_upward import AnswerAbove, Ask, ConfirmAnswer

FURTHER: dict[str, type[MatterAct]] = {
    one.code: one
    for one in (
        Progress,
        Reply,
        Ask,
        AnswerAbove,
        ConfirmAnswer,
        DepartmentReply,
        ChangeOwner,
        ChangeImportance,
    )
}
"""What can be done at any stage, by its code."""


def further(story: MatterStory) -> tuple[str, ...]:
    """The codes of what can be done besides the steps, as the matter stands."""
    if story.line.closed_at is not None:
        return ("department",) if story.notices else ()
    codes = ["progress"]
    if story.line.due_for == "reply" and story.line.form != "work_order":
        codes.append("reply")
    if story.line.told_rung is not None:
        codes.append("confirm_answer")
    codes.append("answer_above" if story.line.asked_rung is not None else "ask")
    if story.notices:
        codes.append("department")
    return (*codes, "owner", "importance")
