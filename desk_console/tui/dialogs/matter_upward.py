"""A matter and those above: what is asked of them, what they answer, what they confirm (9.6)."""

from __future__ import annotations

from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.matters import answers, escalating
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.ladder import rungs
from desk_console.rulebook.records import role_key
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import Label, row
from desk_console.tui.dialogs.matter_acts import MatterAct, T
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import PinField, Words
from desk_console.tui.widgets.person_field import PersonField


class Ask(MatterAct):
    """A question to a rung above (9.6, 2.11)."""

    code = "ask"

    def topics_of(self) -> tuple[Topic, ...]:
        """One rung at a time; of what weighs more, the clause that sends it up."""
        line, duty = self.story.line, self.desk.duty
        return (
            *((Topic.EMERGENCY,) if line.urgency == "life_safety" else ()),
            *((Topic.INCIDENT_REPORT,) if line.form == "incident" else ()),
            *((Topic.MAJOR_MATTER,) if line.importance == "major" else ()),
            *((Topic.DECISION_ABOVE,) if line.kind in duty.decided_above else ()),
            Topic.ESCALATION,
        )

    def fields_of(self) -> ComposeResult:
        """To which rung, what."""
        ladder = rungs(self.desk.duty)
        codes = ("next", *ladder[1:])
        yield row(
            f"{T}.rung",
            Choice(codes, self._rung, value="next", id="act-rung"),
        )
        yield row(f"{T}.question", Words(id="act-question"))

    def _rung(self, code: str) -> str:
        return tr(self, f"{T}.rung_next" if code == "next" else role_key(code))

    async def keep(self, writer: PersonView) -> None:
        """Asked, and reported."""
        question, chosen = self.text_of("act-question"), self.choice_in("act-rung")
        ladder = rungs(self.desk.duty)
        rung = ladder.index(chosen) if chosen in ladder else None
        await self.off_loop(
            lambda desk: escalating.ask(desk, writer, *self.at, question, rung=rung)
        )


class AnswerAbove(MatterAct):
    """What those above answered: their own decision by their PIN, else a note that waits for them
    (9.6).
    """

    code = "answer_above"
    topics = (Topic.ESCALATION,)

    def fields_of(self) -> ComposeResult:
        """Who, what, by which PIN."""
        yield row(f"{T}.superior", PersonField(id="act-superior", lists_all=False))
        yield row(f"{T}.answer", Words(id="act-answer"))
        yield Label(f"{T}.answer_how", classes="said muted")
        yield row(f"{T}.superior_pin", PinField(id="act-pin"))

    async def keep(self, writer: PersonView) -> None:
        """On record."""
        from desk_console.people.pins import prove

        said, pin = self.text_of("act-answer"), self.text_of("act-pin")
        superior = self.person_or("act-superior", writer)

        def answered(desk: Desk) -> int:
            if pin:
                return answers.answer(desk, prove(desk, superior.id, pin), *self.at, said)
            return answers.note_answer(desk, writer, *self.at, said, superior_id=superior.id)

        await self.off_loop(answered)


class ConfirmAnswer(MatterAct):
    """Whether what the desk noted is what was said: by the PIN of who said it, or of a rung above
    (9.6).
    """

    code = "confirm_answer"
    topics = (Topic.ESCALATION,)

    def fields_of(self) -> ComposeResult:
        """What was noted; is it right, what else; who says so."""
        noted = next(
            (one for one in reversed(self.story.events) if one.what == "answer_told"), None
        )
        if noted is not None:
            said = message(
                f"{T}.was_noted",
                by=noted.person_name,
                at=noted.at,
                name=self.story.line.told_by,
                words=noted.words,
            )
            yield Label(said, classes="said")
        yield row(
            f"{T}.is_right",
            Choice(
                ("yes", "no"),
                lambda code: tr(self, f"{T}.noted_{code}"),
                value="yes",
                id="act-right",
            ),
        )
        yield row(f"{T}.words", Words(id="act-words"))
        yield row(f"{T}.superior_self", PersonField(id="act-superior", lists_all=False))
        yield row(f"{T}.superior_pin", PinField(id="act-pin"))

    async def keep(self, writer: PersonView) -> None:
        """Signed."""
        from desk_console.people.pins import prove

        superior = self.person_or("act-superior", writer)
        is_right, said = self.choice_in("act-right") == "yes", self.text_of("act-words")
        pin = self.text_of("act-pin")

        def confirmed(desk: Desk) -> int:
            proof = prove(desk, superior.id, pin)
            return answers.confirm_answer(desk, proof, *self.at, is_right=is_right, words=said)

        await self.off_loop(confirmed)
