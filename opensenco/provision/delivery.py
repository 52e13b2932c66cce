"""Promised against delivered, as it is said: the numbers of one promise and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.kernel.words import Sentence
from opensenco.provision.states import MISSED_WORDS
from opensenco.provision.timetable import Hour

SHORT_OF_DUE = 0.75


@dataclass(frozen=True)
class Delivery:
    """What was promised to one pupil, what is due by a day and what was delivered.

    All lengths are minutes. `missed` counts sessions by what stood in the way (a value of `Went` or
    `WhyNot`). `made_up` is the part of what was delivered in sessions that say which missed one
    they make up. The macro `pd` takes `promised`, `delivered`, `made_up` and `due`.
    """

    allocation: Any
    promised: int
    due: int
    delivered: int
    due_sessions: int
    held: int
    missed: Mapping[str, int]
    remarks: tuple[Sentence, ...] = ()
    #: when it is, on the day by which it is measured or from its first day on
    hours: tuple[Hour, ...] = ()
    made_up: int = 0

    @property
    def name(self) -> str:
        """The name of the provision."""
        return str(self.allocation.provision.name)

    @property
    def often(self) -> str:
        """How often and how long: "3 × 20 minutes a week"."""
        return _("%(times)s × %(minutes)s minutes a week") % {
            "times": self.allocation.times_a_week,
            "minutes": self.allocation.minutes,
        }

    @property
    def by(self) -> str:
        """Who delivers it and in which group, or that nobody does yet."""
        given = (self.allocation.person, self.allocation.group)
        return ", ".join(str(one.name) for one in given if one) or _("nobody yet")

    @property
    def percent(self) -> int | None:
        """Delivered of due, in whole per cent; None where nothing is due yet."""
        return round(100 * self.delivered / self.due) if self.due else None

    @property
    def short(self) -> bool:
        """Whether less than three quarters of what is due was delivered."""
        return self.due > 0 and self.delivered < SHORT_OF_DUE * self.due

    @property
    def missed_sessions(self) -> int:
        """How many sessions were logged as missed, for whatever reason."""
        return sum(self.missed.values())

    @property
    def words(self) -> str:
        """The numbers in words: "560 of 600 min due, 93%"."""
        numbers = {"delivered": self.delivered, "due": self.due, "promised": self.promised}
        if self.percent is None:
            return _("%(delivered)s of %(promised)s min promised, none due yet") % numbers
        return _("%(delivered)s of %(due)s min due, %(percent)s%%") % {
            **numbers,
            "percent": self.percent,
        }

    @property
    def missed_words(self) -> str:
        """What stood in the way, most often first: "21 sessions missed: 13 staff absent"."""
        count = self.missed_sessions
        if not count:
            return ""
        often = sorted(self.missed.items(), key=lambda pair: (-pair[1], pair[0]))
        reasons = ", ".join(f"{number} {MISSED_WORDS[why]}" for why, number in often)
        head = ngettext("%(count)s session missed", "%(count)s sessions missed", count)
        return f"{head % {'count': count}}: {reasons}"


@dataclass(frozen=True)
class Total:
    """Several promises together; it equals the sum of its parts."""

    promised: int
    due: int
    delivered: int
    pupils: int
    made_up: int = 0

    @classmethod
    def of(cls, parts: "list[Delivery]") -> "Total":
        """Add up."""
        promised = due = delivered = made_up = 0
        for part in parts:
            promised += part.promised
            due += part.due
            delivered += part.delivered
            made_up += part.made_up
        pupils = {part.allocation.pupil_id for part in parts}
        return cls(promised, due, delivered, len(pupils), made_up)
