"""A site's sentences from a CSV file (5.8, 5.2): every problem named by its line, all added or
none.
"""

from __future__ import annotations

from pathlib import Path

from desk_console.foundation.catalogue import message, pair
from desk_console.foundation.csv_in import Column, Findings, ImportReport, read_rows
from desk_console.foundation.refusal import Refusal
from desk_console.log.own_phrases import PhraseForm, keep_new, listed
from desk_console.log.records import Category, PhraseUse
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk

CATEGORY = Column("category", ("类别",))
USE = Column("use", ("用途",))
ZH = Column("zh", ("中文", "内容", "用语"), is_required=True)
EN = Column("en", ("英文", "english"))

COLUMNS = (CATEGORY, USE, ZH, EN)


def import_phrases(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool = False) -> ImportReport:
    """Adds the sentences of a file behind those that there are. Without a category one suits all;
    without a use it is an answer.
    """
    findings = Findings()
    rows = read_rows(path, COLUMNS, findings)
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        known = {(one.use, one.category, one.zh) for one in listed(work.session)}
        forms = []
        for row in rows:
            use = findings.read(row, USE, _use)
            category = findings.read(row, CATEGORY, _category)
            form = PhraseForm(
                use=use or PhraseUse.ANSWER, category=category, zh=row["zh"], en=row["en"]
            )
            if (place := (form.use, form.category, form.zh)) in known:
                findings.add(row.line, ZH.title, message("log.phrase_twice"))
            known.add(place)
            forms.append(form)
        if findings.is_clean and not is_dry_run:
            for form in forms:
                keep_new(work, form, by_id=by_id)
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(forms) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _use(cell: str) -> PhraseUse:
    named = {
        name.casefold(): use for use in PhraseUse for name in (use, *pair(f"log.phrase_use_{use}"))
    }
    if cell and cell.casefold() not in named:
        raise Refusal("log.phrase_use")
    return named.get(cell.casefold(), PhraseUse.ANSWER)


def _category(cell: str) -> Category | None:
    named: dict[str, Category | None] = {
        name.casefold(): one for one in Category for name in (one, *pair(f"log.category_{one}"))
    }
    named |= {name.casefold(): None for name in ("", "all", *pair("log.phrase_for_all"))}
    if cell.casefold() not in named:
        raise Refusal("log.phrase_category", category=cell)
    return named[cell.casefold()]
