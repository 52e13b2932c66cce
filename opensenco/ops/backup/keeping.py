"""Which backups stay: the newest of each of the last days, weeks and months that have one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.management.base import CommandError

STAMP = "%Y-%m-%dT%H-%M-%SZ"
_RULE = re.compile(r"(\d{1,4})(?:/(\d{1,4})(?:/(\d{1,4}))?)?")


def stamp(moment: datetime) -> str:
    """Give the name of a backup made at a moment."""
    return moment.astimezone(UTC).strftime(STAMP)


def moment_of(name: str) -> datetime | None:
    """Give the moment of a backup by its name; None where it is no name of one."""
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


@dataclass(frozen=True)
class Rule:
    """How many days, weeks and months keep their newest backup."""

    days: int
    weeks: int = 0
    months: int = 0

    @classmethod
    def read(cls, said: str) -> "Rule":
        """Read "14", "14/8" or "14/8/12".

        Raises:
            CommandError: it is none of these, or keeps nothing.
        """
        found = _RULE.fullmatch(said.strip())
        numbers = [int(number or 0) for number in found.groups()] if found else []
        if not any(numbers):
            raise CommandError(
                f"--keep {said!r} is not understood. Say days, or days/weeks/months: 14 or 14/8/12."
            )
        return cls(*numbers)

    def stay(self, names: list[str]) -> set[str]:
        """Give which of these backups stay. The newest of all always does."""
        moments = {name: moment for name in names if (moment := moment_of(name))}
        newest_first = sorted(moments, key=lambda name: moments[name], reverse=True)
        stay = set(newest_first[:1])
        spans: list[tuple[int, Callable[[datetime], object]]] = [
            (self.days, lambda moment: moment.date()),
            (self.weeks, lambda moment: moment.isocalendar()[:2]),
            (self.months, lambda moment: (moment.year, moment.month)),
        ]
        for most, span in spans:
            seen: dict[object, str] = {}
            for name in newest_first:
                seen.setdefault(span(moments[name]), name)
            stay |= set(list(seen.values())[:most])
        return stay
