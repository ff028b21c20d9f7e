"""Those above, on the screen of a matter: an answer by PIN decides, a noted one waits (9.6)."""

from __future__ import annotations

from desk_console.foundation.clock import MovingClock
from desk_console.matters.answers import note_answer
from desk_console.matters.escalating import ask
from desk_console.people.records import PersonView
from desk_console.people.views import by_staff_no
from desk_console.rulebook.desk import Desk
from desk_console.tui.dialogs.matter_upward import AnswerAbove, ConfirmAnswer
from desk_console.tui.screens.matter import MatterScreen
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import PinField, Words
from desk_console.tui.widgets.person_field import PersonField
from tests.matters.sites import story
from tests.tui.call_site import at_desk, seen, settle, settled
from tests.tui.handover_site import until
from tests.tui.live_site import PIN
from tests.tui.test_matters import call, press


def asked(desk: Desk, clock: MovingClock) -> tuple[PersonView, PersonView, int]:
    """The clerk, the supervisor, and the matter about which she was asked."""
    clerk = settled(desk, clock)
    matter_id = call(desk, clerk, 1, content="厨房水管漏水")
    ask(desk, clerk, matter_id, 1, "可否换管")
    with desk.reading() as session:
        chief = by_staff_no(session, "1001")
    assert chief is not None
    return clerk, chief, matter_id


async def test_9_6_without_the_superior_s_pin_an_answer_is_a_note_that_waits(
    desk: Desk, clock: MovingClock
) -> None:
    clerk, chief, matter_id = asked(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        app.push_screen(AnswerAbove(story(desk, matter_id)))
        await settle(app, pilot)
        assert "确认前不能办结" in seen(app)
        app.screen.query_one("#act-superior", PersonField).take(chief)
        app.screen.query_one("#act-answer", Words).insert("可以换")
        await press(app, pilot, "ctrl+s")
        assert (story(desk, matter_id).line.told_by, app.screen.is_modal) == ("周静怡", False)
        app.clear_notifications()
        await until(app, pilot, "的电话答复")
        row = next(line for line in seen(app).splitlines() if "电话答复" in line)
        assert "待周静怡本人确认" in row and "9.6" in row
        app.screen.query_one("#live-due").focus()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, MatterScreen)
        assert "待周静怡确认" in seen(app) and "确认答复" in seen(app)


async def test_9_6_a_name_that_was_typed_and_not_chosen_is_never_taken_for_the_writer(
    desk: Desk, clock: MovingClock
) -> None:
    clerk, chief, matter_id = asked(desk, clock)
    note_answer(desk, clerk, matter_id, 2, "可以换", superior_id=chief.id)
    async with at_desk(desk, clerk) as (app, pilot):
        app.push_screen(ConfirmAnswer(story(desk, matter_id)))
        await settle(app, pilot)
        dialog = app.screen
        field = dialog.query_one("#act-superior", PersonField)
        field.line.value = "周大"
        dialog.query_one("#act-pin", PinField).value = PIN
        await settle(app, pilot)
        await press(app, pilot, "ctrl+s")
        assert app.screen is dialog and "请先选姓名" in seen(app)
        assert field.line.has_focus
        field.line.value = "周静"
        await settle(app, pilot)
        dialog.query_one("#act-pin", PinField).value = PIN
        await press(app, pilot, "ctrl+s")
        assert app.screen is not dialog, "the only one whom it can mean"
    assert story(desk, matter_id).events[-1].person_name == "周静怡"


async def test_9_6_the_superior_confirms_or_denies_by_pin(desk: Desk, clock: MovingClock) -> None:
    clerk, chief, matter_id = asked(desk, clock)
    note_answer(desk, clerk, matter_id, 2, "可以换", superior_id=chief.id)
    async with at_desk(desk, clerk) as (app, pilot):
        app.push_screen(ConfirmAnswer(story(desk, matter_id)))
        await settle(app, pilot)
        assert "王晓燕" in seen(app) and "周静怡电话答复“可以换”" in seen(app)
        dialog = app.screen
        await press(app, pilot, "f12")
        assert "by telephone 周静怡 answered “可以换”" in seen(app)
        await press(app, pilot, "f12")
        dialog.query_one("#act-pin", PinField).value = PIN
        await press(app, pilot, "ctrl+s")
        assert app.screen is dialog and "要由其本人或更上一级确认" in seen(app), "the clerk's PIN"
        dialog.query_one("#act-superior", PersonField).take(chief)
        dialog.query_one("#act-pin", PinField).value = PIN
        dialog.query_one("#act-right", Choice).value = "no"
        dialog.query_one("#act-words", Words).insert("没有说过")
        await press(app, pilot, "ctrl+s")
        assert app.screen is not dialog
    found = story(desk, matter_id)
    assert (found.events[-1].what, found.line.told_by) == ("answer_denied", "")


async def test_9_6_the_superior_answers_at_the_desk_by_pin(desk: Desk, clock: MovingClock) -> None:
    clerk, chief, matter_id = asked(desk, clock)
    async with at_desk(desk, clerk) as (app, pilot):
        app.push_screen(AnswerAbove(story(desk, matter_id)))
        await settle(app, pilot)
        app.screen.query_one("#act-superior", PersonField).take(chief)
        app.screen.query_one("#act-answer", Words).insert("可以换")
        app.screen.query_one("#act-pin", PinField).value = PIN
        await press(app, pilot, "ctrl+s")
        assert not app.screen.is_modal
    assert story(desk, matter_id).events[-1].what == "answer_above"
