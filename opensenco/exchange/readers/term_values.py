"""Cells of lists of term dates: what the days are."""

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import sentence
from opensenco.law.calendar.school import DayKind

#: the first that stands in the words is meant: "half term" is no term
_SAID = (
    (DayKind.HALF_TERM, ("half term", "halfterm", "mid term break")),
    (DayKind.INSET, ("inset", "training day", "staff training", "non pupil day", "pd day",
                     "professional development", "teacher training", "baker day")),
    (DayKind.CLOSED, ("closed", "closure", "bank holiday", "occasional day", "polling")),
    (DayKind.TERM, ("term", "autumn", "spring", "summer", "michaelmas", "lent", "trinity")),
)  # fmt: skip


def read_day_kind(text: str) -> str:
    """What days are, by the words that people use: a term, a half-term, a training day, closed."""
    words = folded(text)
    kept = ("half term", "inset", "bank")
    if "holiday" in words and not any(word in words for word in kept):
        raise Unreadable(
            sentence("Holidays between the terms follow from the terms."),
            sentence("Leave this row out."),
        )
    for kind, several in _SAID:
        if any(word in words for word in several):
            return kind.value
    raise Unreadable(
        sentence("We do not know what these days are."),
        sentence("Write Term, Half-term, INSET or Closed."),
    )
