"""The keys: every action has a function key or a Ctrl chord, since an input method takes the
letters.

The table gives each action its id and default key; a site remaps them by id in its config. What a
binding says is a catalogue key until it is shown: `tui.keys.<id>`, and `tui.keys.<id>_tip` for the
long form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from desk_console.foundation.catalogue import Message, message

DEFAULT_KEYS: dict[str, str] = {
    "help": "f1",
    "call": "f2",
    "live": "f3",
    "handover": "f4",
    "roster": "f5",
    "matters": "f6",
    "search": "f7",
    "attendance": "f8",
    "setup": "f9",
    "language": "f12",
    "palette": "ctrl+p",
    "lock": "ctrl+l",
    "quit": "ctrl+q",
    "save": "ctrl+s",
    "cancel": "escape",
    "sign_on": "ctrl+n",
    "sign_off": "ctrl+o",
    "step_out": "ctrl+t",
    "take_post": "ctrl+g",
    "drafts": "ctrl+r",
    "kind": "ctrl+k",
    "phrases": "ctrl+f",
    "discard": "ctrl+d",
    "new": "insert",
    "reveal": "ctrl+b",
    "theme": "ctrl+y",
    "reminder": "ctrl+e",
    "print": "ctrl+u",
    "requests": "ctrl+a",
    "cannot_come": "ctrl+x",
    "pin_cell": "ctrl+z",
    "wish": "ctrl+w",
    "explain": "alt+e",
    "score": "alt+q",
    "why_gaps": "alt+w",
    "mend": "alt+x",
}
"""Action id to key. F10, F11, Ctrl+Space, Ctrl+Enter and Ctrl+Shift chords are left to the
terminal."""

FIRST_HINTS = ("help", "quit")
"""The hints that stand first in the key line, however narrow it is."""

PRIORITY = {"quit", "palette"}
"""Actions that Textual's own app binds with priority: ours must not stand behind."""

SWALLOWED = {"f10", "f11", "ctrl+enter", "alt+enter", "ctrl+space", "ctrl+at", "ctrl+c"}
"""Keys that terminals, tmux or desktops keep, and Ctrl+C, which must do nothing surprising."""

_FIXED = {
    "enter",
    "tab",
    "shift+tab",
    "up",
    "down",
    "left",
    "right",
    "backspace",
    "delete",
    "home",
    "end",
}
_MODIFIERS = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt"}
_NAMES = {"escape": "Esc", "enter": "Enter", "pageup": "PgUp", "pagedown": "PgDn", "insert": "Ins"}


def binding(
    name: str,
    action: str | None = None,
    *,
    show: bool = True,
    priority: bool | None = None,
    words: str | None = None,
    tip: str | None = None,
) -> Binding:
    """The binding of a table's action; `action` where the method has another name than the id.

    `words` is the catalogue key of its label where the screen calls it by another name (`save` as
    "sign"), `tip` that of its long form there.
    """
    label = words or f"tui.keys.{name}"
    return Binding(
        DEFAULT_KEYS[name],
        action or name,
        label,
        show=show,
        priority=name in PRIORITY if priority is None else priority,
        tooltip=tip or (f"{label}_tip" if words is None else label),
        id=name,
    )


def bindings(*names: str, show: bool = True) -> list[BindingType]:
    """The bindings of several actions whose methods are named like their ids."""
    return [binding(name, show=show) for name in names]


def key_words(key: str) -> str:
    """A key as it is printed on the keyboard: `ctrl+s` is Ctrl+S, `f1` is F1."""
    *modifiers, last = key.split("+")
    shown = _NAMES.get(last) or (last.upper() if len(last) <= 3 else last.capitalize())
    return "+".join([_MODIFIERS.get(one, one.capitalize()) for one in modifiers] + [shown])


@dataclass(frozen=True, slots=True)
class Keymap:
    """What a config's key table comes to: ids to keys for `App.set_keymap`, and what was left out
    and why."""

    keys: Mapping[str, str]
    problems: tuple[Message, ...]

    @property
    def names(self) -> dict[str, str]:
        """What the texts call each of these keys, and what it is now."""
        return {key_words(DEFAULT_KEYS[name]): key_words(key) for name, key in self.keys.items()}


def remapped(wanted: Mapping[str, str]) -> Keymap:
    """Check a config's keys (action id to key). What cannot work is left at its default, with the
    reason."""
    chosen: dict[str, str] = {}
    problems: list[Message] = []
    for name, key in wanted.items():
        plain = key.strip().lower().replace(" ", "")
        if name not in DEFAULT_KEYS:
            problems.append(message("tui.keys.unknown_action", name=name))
        elif plain in SWALLOWED or plain in _FIXED or not _is_chord(plain):
            problems.append(message("tui.keys.unfit_key", name=name, key=key))
        else:
            chosen[name] = plain
    for name in _clashing(chosen):
        problems.append(message("tui.keys.key_taken", name=name, key=key_words(chosen.pop(name))))
    return Keymap(chosen, tuple(problems))


def _clashing(chosen: Mapping[str, str]) -> Iterable[str]:
    """The remapped actions whose key another action has."""
    whole = {**DEFAULT_KEYS, **chosen}
    taken = list(whole.values())
    return [name for name in chosen if taken.count(whole[name]) > 1]


def _is_chord(key: str) -> bool:
    """A function key, a chord with Ctrl or Alt, or a key that no input method takes."""
    if key in ("escape", "insert", "pageup", "pagedown"):
        return True
    if key[:1] == "f" and key[1:].isdigit():
        return 1 <= int(key[1:]) <= 12
    modifier, plus, letter = key.partition("+")
    return bool(plus) and modifier in ("ctrl", "alt") and len(letter) == 1 and letter.isalnum()
