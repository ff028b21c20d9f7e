"""What can be done about a matter besides its form's steps: notes, replies, owners, weight."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import reply
from desk_console.log.records import ReplyKind
from desk_console.matters import acts
from desk_console.matters.records import Importance
from desk_console.matters.story import MatterStory
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.matter_head import MatterHead
from desk_console.tui.widgets.person_field import PersonField

T = "tui.matters"


class MatterAct(ActDialog[bool]):
    """The base: what it is about stands above its fields. Say `fields_of` and `keep`."""

    is_wide: ClassVar[bool] = True
    code: ClassVar[str] = ""
    topics: ClassVar[tuple[Topic, ...]] = ()
    """What rules on it."""

    def __init__(self, story: MatterStory) -> None:
        """From how the matter stood when it was read."""
        super().__init__()
        self.story = story

    def fields(self) -> ComposeResult:
        """The matter, then the fields."""
        yield MatterHead(self.story.line)
        yield from self.fields_of()

    def heading(self) -> Message:
        """What is done, with the clauses that rule on it."""
        what = message(f"{T}.heading", what=message(f"{T}.do_{self.code}"))
        return cited(what, self.desk.duty, *self.topics_of())

    def topics_of(self) -> tuple[Topic, ...]:
        """What rules on it, as the matter stands."""
        return self.topics

    def fields_of(self) -> ComposeResult:
        """The fields, in order."""
        yield from ()

    def on_mount(self) -> None:
        """The cursor in the first field."""
        if self.focus_chain:
            self.focus_chain[0].focus()

    async def act(self) -> None:
        """Keep it, off the loop."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        await self.keep(writer)
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.done_said", what=message(f"{T}.do_{self.code}"))

    async def keep(self, writer: PersonView) -> None:
        """The act itself. Refusals come out of it."""
        raise NotImplementedError

    @property
    def at(self) -> tuple[int, int]:
        """The matter and the revision that was read."""
        return self.story.line.id, self.story.line.revision

    def person_in(self, id: str) -> PersonView | None:
        """Who was taken in a person's field."""
        return self.query_one(f"#{id}", PersonField).person

    def person_or(self, id: str, writer: PersonView) -> PersonView:
        """Who was named in a person's field; the writer where nobody was."""
        return self.query_one(f"#{id}", PersonField).person_or(writer)

    def choice_in(self, id: str) -> str:
        """What is chosen; empty for nothing."""
        return self.query_one(f"#{id}", Choice).value or ""


class Progress(MatterAct):
    """What was done, and what comes next."""

    code = "progress"
    is_reply: ClassVar[bool] = False

    def fields_of(self) -> ComposeResult:
        """The words, the next step."""
        yield row(f"{T}.words", Words(id="act-words"))
        yield row(f"{T}.next_step", Line(self.story.line.next_step, id="act-next"))

    async def keep(self, writer: PersonView) -> None:
        """On record."""
        said, following, is_reply = (
            self.text_of("act-words"),
            self.text_of("act-next"),
            self.is_reply,
        )
        await self.off_loop(
            lambda desk: acts.progress(
                desk, writer, *self.at, said, next_step=following, is_reply=is_reply
            )
        )


class Reply(Progress):
    """The caller was told where it stands: the promise of a first reply is kept."""

    code = "reply"
    is_reply = True
    topics = (Topic.ANSWER_IN_TIME,)


class ChangeOwner(MatterAct):
    """Somebody else has it from now on."""

    code = "owner"

    def fields_of(self) -> ComposeResult:
        """Who, why."""
        yield row(f"{T}.new_owner", PersonField(id="act-owner"))
        yield row("matters.field_reason", Line(id="act-reason"))

    async def keep(self, writer: PersonView) -> None:
        """Passed on."""
        owner, why = self.person_in("act-owner"), self.text_of("act-reason")
        if owner is None:
            raise Refusal(f"{T}.owner_wanted", field="act-owner")
        await self.off_loop(
            lambda desk: acts.change_owner(desk, writer, *self.at, owner.id, words=why)
        )


class ChangeImportance(MatterAct):
    """How much hangs on it, and whether it is urgent."""

    code = "importance"
    topics = (Topic.BLOCKING_MATTER, Topic.MAJOR_MATTER)

    def fields_of(self) -> ComposeResult:
        """Importance, urgency, why."""
        line = self.story.line
        yield row(
            f"{T}.importance",
            Choice(
                tuple(one.value for one in Importance),
                lambda code: tr(self, f"matters.importance_{code}"),
                value=line.importance.value,
                id="act-importance",
            ),
        )
        yield row(
            f"{T}.urgent",
            Choice(
                ("yes", "no"),
                lambda code: tr(self, f"{T}.{code}"),
                value="yes" if line.is_urgent else "no",
                id="act-urgent",
            ),
        )
        yield row("matters.field_reason", Line(id="act-reason"))
        if line.importance is not Importance.NORMAL:
            yield Label(f"{T}.less_how", classes="said muted")
            yield row(f"{T}.judge", PersonField(id="act-judge", lists_all=False))
            yield row(f"{T}.pin", PinField(id="act-pin"))

    async def keep(self, writer: PersonView) -> None:
        """On record; with a PIN, signed by whoever makes less of it."""
        from desk_console.handover.weighing import set_importance
        from desk_console.people.pins import prove

        importance = Importance(self.choice_in("act-importance"))
        is_urgent, why = self.choice_in("act-urgent") == "yes", self.text_of("act-reason")
        pin = self.text_of("act-pin") if self.query("#act-pin") else ""
        judge = self.person_or("act-judge", writer) if pin else writer

        def weigh(desk: Desk) -> int:
            return set_importance(
                desk,
                writer,
                *self.at,
                importance,
                is_urgent=is_urgent,
                words=why,
                proof=prove(desk, judge.id, pin) if pin else None,
            )

        await self.off_loop(weigh)


class DepartmentReply(MatterAct):
    """What a department said to what it was told (4.8)."""

    code = "department"
    topics = (Topic.NOTIFY_DEPARTMENT,)

    def fields_of(self) -> ComposeResult:
        """To which notice, what it is, who, the words."""
        notices = {str(one.id): one for one in self.story.notices}
        waiting = [one for one in self.story.notices if not one.replies] or self.story.notices
        yield row(
            f"{T}.reply_notice",
            Choice(
                tuple(notices),
                lambda code: self.catalogue.either(notices[code].zh, notices[code].en),
                value=str(waiting[-1].id) if waiting else None,
                id="act-notice",
            ),
        )
        yield row(
            f"{T}.reply_kind",
            Choice(
                tuple(one.value for one in ReplyKind),
                lambda code: tr(self, f"log.reply_{code}"),
                value=ReplyKind.ACKNOWLEDGED.value,
                id="act-reply",
            ),
        )
        yield row(f"{T}.reply_who", Line(id="act-who"))
        yield row(f"{T}.words", Words(id="act-words"))

    async def keep(self, writer: PersonView) -> None:
        """Beside the notice."""
        notice = self.choice_in("act-notice")
        if not notice:
            raise Refusal("log.no_notice")
        kind = ReplyKind(self.choice_in("act-reply"))
        who, said = self.text_of("act-who"), self.text_of("act-words")

        def keep(desk: Desk) -> int:
            return reply(desk, writer, int(notice), kind, who=who, words=said)

        await self.off_loop(keep)
