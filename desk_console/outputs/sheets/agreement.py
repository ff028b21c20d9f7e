"""The agreement that staff sign on paper (电子签名与个人信息约定书): what makes their PIN their
signature (电子签名法 art. 13 and 14), and what they keep to themselves (4.9).
"""

from __future__ import annotations

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.outputs.sheets.model import (
    Fields,
    Prose,
    Sheet,
    Signatures,
    Signed,
    given,
    label,
)
from desk_console.people.views import by_staff_no
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import role_key

TERMS = ("signature", "own", "lost", "data", "record", "end")
"""The terms, in their order: each is worded as `term_…`."""


def agreement(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """The agreement of one person, by staff number."""
    person = by_staff_no(session, number)
    if person is None:
        raise Refusal("people.unknown_person")
    title = label("agreement")
    roles = words.value([words.text(role_key(role)) for role in sorted(person.roles)])
    return Sheet(
        title=title,
        site=desk.site.name,
        file=f"{title.first(words.language)}-{person.staff_no}",
        blocks=(
            Fields(
                (
                    given("name", person.name),
                    given("staff_no", person.staff_no),
                    given("role", roles),
                )
            ),
            *(Prose(label(f"about_{term}"), _both(term, words), lines=1) for term in TERMS),
            Signatures((Signed(label("staff_signature")), Signed(label("site_signature")))),
        ),
    )


def _both(term: str, words: Catalogue) -> str:
    given = label(f"term_{term}")
    return f"{given.first(words.language)}\n{given.second(words.language)}"
