"""Lengths of time, in one style wherever they stand."""

from datetime import timedelta

import pytest

from desk_console.foundation.catalogue import Catalogue, Language


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0分钟", "0 min"),
        (43, "43分钟", "43 min"),
        (-43, "43分钟", "43 min"),
        (60, "1小时", "1h"),
        (315, "5小时15分", "5h 15m"),
        (24 * 60 + 5, "1天", "1d"),
        (46 * 60 + 59, "1天22小时", "1d 22h"),
    ],
)
def test_a_length_of_time_reads_alike_in_lists_and_in_sentences(
    minutes: int, zh: str, en: str
) -> None:
    span = timedelta(minutes=minutes)
    spoken: list[tuple[Language, str]] = [("zh", zh), ("en", en)]
    for language, said in spoken:
        words = Catalogue(language)
        assert words.span(span) == said
        assert words.text("tui.live.overdue", span=span).endswith(said)
