"""The gate that is shut while the record is brought to a new shape.

Two files in the data folder say it, so every process of every machine that shares the folder knows
it at once and without the database: `upgrading` while it is under way, `upgraded` with the moment
at which it last ended well. A process that began before that moment runs the code of before: it
stays shut until it is started anew.
"""

from pathlib import Path

SHUT, DONE = "upgrading", "upgraded"


class Watch:
    """What a process knows of upgrades since it began."""

    def __init__(self, data: Path) -> None:
        self._shut, self._done = data / SHUT, data / DONE
        self._began_at = _moment(self._done)

    @property
    def outdated(self) -> bool:
        """Whether the record was brought to another shape since this process began."""
        return _moment(self._done) != self._began_at

    @property
    def shut(self) -> bool:
        """Whether nothing may be read or written by this process now."""
        return self._shut.exists() or self.outdated


def shut(data: Path) -> None:
    """Shut the gate."""
    data.mkdir(parents=True, exist_ok=True)
    (data / SHUT).touch()


def is_shut(data: Path) -> bool:
    """Tell whether it is shut now."""
    return (data / SHUT).exists()


def lift(data: Path, *, upgraded: bool) -> None:
    """Open the gate again.

    Args:
        upgraded: the record has another shape now; False where it is as it was.
    """
    if upgraded:
        # another file, so that even two in one tick of the clock are told apart
        (data / DONE).unlink(missing_ok=True)
        (data / DONE).touch()
    (data / SHUT).unlink(missing_ok=True)


def _moment(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)
