"""What the stylesheets say of a widget is worked out once, and remembered.

Textual works it out anew for each widget, and for each of the dozen component classes of a field:
a third of the time in which a screen opens. It depends on the rules, and of each node on the way
from the app down to the widget on its type, id, classes and those of its states that the rules ask
for: what is remembered is told apart by all of these. The rules are kept, so that each is itself.

A part of a widget (what Textual calls a component: the cursor of a field, its hint) is given its
style when it is first asked for: most never are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from desk_console.tui.terminal.overlays import KNOWN_VERSIONS, textual_version

Key = tuple[object, ...]

MOST_REMEMBERED = 4096
"""Widgets that differ in what the rules can tell apart: all screens have a quarter of that. Each
notice has an id of its own, so that they would grow for ever.
"""

_MARKS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What Textual notes at a node of the rules that may be meant for it."""


class _Asked(NamedTuple):
    """What the rules that may be meant for a node ask of it and of those above it."""

    states: tuple[str, ...]
    marks: tuple[bool, ...]


_sheets: dict[tuple[RuleSet, ...], int] = {}
_asked: dict[Key, _Asked] = {}
_said: dict[Key, Any] = {}
"""The style rules of a node; None where the stylesheets say nothing of it."""
_parts: dict[Key, Mapping[str, Any]] = {}
"""The style rules of each of a node's parts."""
_fresh: dict[int, Any] = {}
"""What Textual is just working out, by the node."""

_work_out = Stylesheet.apply
_put_on = Stylesheet.replace_rules


def mend_stylesheet() -> bool:
    """Have the stylesheets of a known version remember. False, and nothing done, under any other
    version.
    """
    if textual_version() not in KNOWN_VERSIONS:
        return False
    Stylesheet.apply = _apply  # type: ignore[assignment,method-assign] # the mend
    Stylesheet.replace_rules = classmethod(_noted)  # type: ignore[assignment,method-assign] # the mend
    Stylesheet._process_component_classes = _give_parts  # type: ignore[assignment,method-assign] # the mend
    return True


def _apply(
    stylesheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: object = None
) -> None:
    """Give the node the style rules that are meant for it, once it has its place: where it stands
    decides which these are.
    """
    if node._parent is None and not isinstance(node, App):
        return
    sheet = _sheet(stylesheet)
    about = (sheet, type(node), node._id, node.classes)
    asked = _asked.get(about)
    key = (sheet, *_way_down(node, asked.states)) if asked else None
    if asked is None or key not in _said:
        _fresh.pop(id(node), None)
        _work_out(stylesheet, node, animate=animate)
        if asked is None:
            marks = tuple(getattr(node, name) for name in _MARKS)
            asked = _asked[about] = _Asked(_states(stylesheet, node), marks)
            key = (sheet, *_way_down(node, asked.states))
        assert key is not None
        _remember(key, _fresh.pop(id(node), None))
        return
    for name, is_so in zip(_MARKS, asked.marks, strict=True):
        setattr(node, name, is_so)
    if (rules := _said[key]) is not None:
        _put(node, rules, animate=animate)
    _give_parts(stylesheet, node)


def _remember(key: Key, rules: Any) -> None:
    if len(_said) >= MOST_REMEMBERED:
        _said.clear()
        _asked.clear()
        _parts.clear()
    _said[key] = rules


def _put(node: DOMNode, rules: Any, *, animate: bool) -> None:
    if getattr(node, "_wears", None) is not rules:
        node._wears = rules  # type: ignore[attr-defined] # what the node was given last
        _put_on(node, rules, animate=animate)
    elif not animate:
        node.notify_style_update()


class _Parts(dict[str, RenderStyles]):
    """The styles of a node's parts, each made when it is asked for."""

    def __init__(self, node: DOMNode, rules: Mapping[str, Any]) -> None:
        """`rules` by the part's name."""
        super().__init__()
        self.rules = rules
        self._node = node

    def __contains__(self, name: object) -> bool:
        return name in self.rules

    def __missing__(self, name: str) -> RenderStyles:
        part = _part(self._node, name)
        _put_on(part, self.rules[name])
        self[name] = styles = part.styles
        return styles

    def clear(self) -> None:
        """The node is removed."""
        super().clear()
        self.rules = {}


def _give_parts(stylesheet: Stylesheet, node: DOMNode) -> None:
    """Give the node's parts the style rules that are meant for them."""
    names = _names(type(node))
    if not names:
        return
    sheet = _sheet(stylesheet)
    about = (sheet, names)
    if (asked := _asked.get(about)) is None:
        states = {state for name in names for state in _states(stylesheet, _part(node, name))}
        asked = _asked[about] = _Asked(tuple(sorted(states)), ())
    key = (sheet, *_way_down(node, asked.states))
    if (rules := _parts.get(key)) is None:
        rules = _parts[key] = {name: _worked_out(stylesheet, _part(node, name)) for name in names}
    known = node._component_styles
    if not (isinstance(known, _Parts) and known.rules == rules):
        node._component_styles = _Parts(node, rules)
        node.refresh()


@cache
def _names(kind: type[DOMNode]) -> tuple[str, ...]:
    return tuple(sorted(kind._get_component_classes()))


def _part(node: DOMNode, name: str) -> DOMNode:
    part = DOMNode(classes=name)
    part._attach(node)
    return part


def _worked_out(stylesheet: Stylesheet, node: DOMNode) -> Any:
    _work_out(stylesheet, node)
    return _fresh.pop(id(node), {})


def _noted(_: type[Stylesheet], node: DOMNode, rules: Any, animate: bool = False) -> None:
    _fresh[id(node)] = rules
    _put(node, rules, animate=animate)


def _sheet(stylesheet: Stylesheet) -> int:
    """A number for exactly these rules in this order."""
    found: tuple[object, int] = getattr(stylesheet, "_known", (None, 0))
    if found[0] is not stylesheet.rules_map:
        number = _sheets.setdefault(tuple(stylesheet.rules), len(_sheets))
        found = (stylesheet.rules_map, number)
        stylesheet._known = found  # type: ignore[attr-defined] # for as long as its rules stay
    return found[1]


def _states(stylesheet: Stylesheet, node: DOMNode) -> tuple[str, ...]:
    """The states that those rules ask for which may be meant for the node."""
    names = stylesheet.rules_map.keys() & node._selector_names
    rules = [rule for name in names for rule in stylesheet.rules_map[name]]
    return tuple(sorted(set().union(*(rule.pseudo_classes for rule in rules))))


def _way_down(node: DOMNode, states: tuple[str, ...]) -> list[Key]:
    """Each node from the app to this one, as rules can tell it from others."""
    return [(type(one), one._id, one.classes, *_is_in(one, states)) for one in node.css_path_nodes]


def _is_in(node: DOMNode, states: tuple[str, ...]) -> list[bool]:
    known: dict[str, Any] = node._PSEUDO_CLASSES
    return [known[state](node) for state in states if state in known]
