"""How a refusal is worded on the screen: whose PIN it was, what is wrong, where its clause stands.

Several people give their PINs at one screen, so a refused PIN is named by its person. Below the
screen it is not: somebody unknown and a wrong PIN look the same there.
"""

from __future__ import annotations

from desk_console.foundation.catalogue import Catalogue, Message, message
from desk_console.foundation.refusal import Refusal

WRONG = "people.pin_wrong"
_OF_A_PERSON = frozenset({"people.pin_empty", "people.pin_wait", "people.pin_disabled"})


def of_whom(refusal: Refusal, said: Message | None = None) -> Message:
    """What the refusal says, or `said` in its stead, with the name of whose PIN it is about."""
    key, name = refusal.message.key, refusal.message.values.get("name")
    if said is None and key == WRONG and name:
        return message("tui.app.pin_wrong_of", name=name)
    said = said or refusal.message
    if key in _OF_A_PERSON and name:
        return message("tui.app.of_whom", name=name, said=said)
    return said


def refusal_words(refusal: Refusal, words: Catalogue) -> str:
    """What a refusal says, and where its clause can be read."""
    said = words.text(of_whom(refusal))
    if refusal.clause is None:
        return said
    return f"{said}\n{words.text('tui.app.clause_below', clause=refusal.clause)}"
