"""How long something may take, by a clock that only runs: it knows no day and no hour."""

import time


class Patience:
    """A number of seconds that runs out."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; zero or less when there are none."""
        return self._until - time.monotonic()
