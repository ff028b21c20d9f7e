"""How deep tests dig: `HYPOTHESIS_PROFILE=deep` tries for minutes what is tried for seconds."""

import os

IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


def examples(quick: int, deep: int) -> int:
    """How many examples a test takes."""
    return deep if IS_DEEP else quick
