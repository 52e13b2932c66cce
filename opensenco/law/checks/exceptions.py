"""What excuses the authority from its limits of 6, 16 and 20 weeks (EHC-08).

See docs/law/needs-assessment.md. An exception never gives a new date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.dates import Span
from opensenco.kernel.words import mark, sentence
from opensenco.law.due import Excuse, unverified
from opensenco.law.registry import answers
from opensenco.law.rulebook.assessment import EHC_08
from opensenco.law.strength import SEND_REGULATIONS, Provision

FOUR_WEEKS = timedelta(weeks=4)
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """What the authority relies on, as facts with dates.

    `advice_asked`: days on which advice was asked of a school or provider, and `closed` the days on
    which it was closed. `circumstances`: the days on which exceptional personal circumstances
    affected the child or family; `absent`: the days on which they were away from the area.
    """

    advice_asked: tuple[date, ...] = ()
    closed: Span | None = None
    circumstances: Span | None = None
    absent: Span | None = None


NO_EXCEPTIONS = Exceptions()


def relied_on(
    *,
    advice_asked: tuple[date, ...],
    closed: Span | None,
    circumstances: Span | None,
    absent: Span | None,
) -> Exceptions:
    """The exceptions of these facts; NO_EXCEPTIONS itself where there are none. Raises nothing."""
    if not (advice_asked or closed or circumstances or absent):
        return NO_EXCEPTIONS
    return Exceptions(
        advice_asked=advice_asked, closed=closed, circumstances=circumstances, absent=absent
    )


@answers(EHC_08)
def closure_window(*, closed: Span) -> Span | None:
    """The days of asking for advice that a closure excuses; None where it was shorter than four
    weeks.

    `closed` holds the first and the last day closed. The window begins one week before the first
    and ends one week before the day it opens again.
    """
    reopens = closed.end
    if reopens is None or reopens - closed.first < FOUR_WEEKS:
        return None
    return Span(closed.first - ONE_WEEK, reopens - ONE_WEEK)


@answers(EHC_08)
def excuses(*, exceptions: Exceptions, period: Span) -> tuple[Excuse, ...]:
    """The exceptions that hold for a limit that runs over `period`, in the order of regulation 5.

    Circumstances must touch the period; an absence must last four weeks within it.
    """
    if exceptions is NO_EXCEPTIONS:
        return ()
    found: list[Excuse] = []
    window = closure_window(closed=exceptions.closed) if exceptions.closed else None
    if window and any(day in window and day in period for day in exceptions.advice_asked):
        found.append(closure_excuse(window))
    if exceptions.circumstances and exceptions.circumstances.overlap(period):
        words = mark("Exceptional personal circumstances in this time, from {first}.")
        found.append(
            Excuse(_LIMBS["circumstances"], sentence(words, first=exceptions.circumstances.first))
        )
    away = exceptions.absent.overlap(period) if exceptions.absent else None
    if away and away.last and away.length() >= FOUR_WEEKS.days:
        words = mark("Away from the area for {days} days on end in this time. {doubt}")
        doubt = str(unverified(EHC_08)[0])
        found.append(Excuse(_LIMBS["absent"], sentence(words, days=away.length(), doubt=doubt)))
    return tuple(found)


def closure_excuse(window: Span) -> Excuse:
    """The excuse of a closure, whose `window` is closed at both ends."""
    words = mark(
        "The advice was asked for between {first} and {last}. The school or provider was closed "
        "for four weeks or more; these days run from a week before it closed to a week before "
        "it opened again."
    )
    return Excuse(
        _LIMBS["closure"], sentence(words, first=window.first, last=window.last or window.first)
    )


_ADDRESS = EHC_08.provision.address
_LIMBS = {
    "closure": Provision(SEND_REGULATIONS, "regulation 5(4)(a) and (b)", _ADDRESS),
    "circumstances": Provision(SEND_REGULATIONS, "regulation 5(4)(c)", _ADDRESS),
    "absent": Provision(SEND_REGULATIONS, "regulation 5(4)(d)", _ADDRESS),
}
