"""Sites for journeys; every console that a test leaves open is killed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import JourneySite, found_site


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Callable[..., JourneySite]]:
    """Founds a site, as `found_site` does, in a folder of the test's own."""
    made: list[JourneySite] = []

    def one(**how: Any) -> JourneySite:
        site = found_site(tmp_path, **how)
        made.append(site)
        return site

    yield one
    for site in made:
        site.close()
