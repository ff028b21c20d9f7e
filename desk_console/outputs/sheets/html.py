"""A sheet as one HTML file: nothing is fetched, nothing in it runs, and it prints as it looks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Language
from desk_console.foundation.text import visible
from desk_console.outputs.sheets.model import Printed, Sheet, label

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def html(sheet: Sheet, language: Language, printed: Printed) -> str:
    """The page. Whatever people wrote is text in it, never markup."""
    return (
        _environment()
        .get_template("sheet.html")
        .render(sheet=sheet, language=language, printed=printed, label=label)
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("desk_console.outputs.sheets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.filters["square"] = _square
    return made


def _square(code: str) -> Markup:
    """A receipt code as a square to scan, drawn in the page itself."""
    import segno
    from markupsafe import Markup

    return Markup(segno.make(code, error="m").svg_inline(scale=3, border=2))  # our own
