"""Identity and chance: where new ids and random bytes come from. Handed in, so that a test can
repeat itself.
"""

import random
import secrets
import uuid
from typing import Protocol


class Source(Protocol):
    """Gives ids that nobody else has, and bytes that nobody can guess."""

    def new_id(self) -> str:
        """An id for a form, 32 hexadecimal characters."""

    def random_bytes(self, count: int) -> bytes:
        """That many unguessable bytes."""


class SystemSource:
    """The operating system's own randomness."""

    def new_id(self) -> str:
        """A random UUID in hexadecimal."""
        return uuid.uuid4().hex

    def random_bytes(self, count: int) -> bytes:
        """From the system's generator of secrets."""
        return secrets.token_bytes(count)


class SeededSource:
    """The same ids and bytes at each run: for tests and the sample. Never for a real desk."""

    def __init__(self, seed: int) -> None:
        """Everything follows from `seed`."""
        self._random = random.Random(seed)

    def new_id(self) -> str:
        """The next id of the series."""
        return f"{self._random.getrandbits(128):032x}"

    def random_bytes(self, count: int) -> bytes:
        """The next bytes of the series."""
        return self._random.randbytes(count)
