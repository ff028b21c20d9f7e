"""What the tests of matters may ask for."""

from tests.log.conftest import work

__all__ = ["work"]
