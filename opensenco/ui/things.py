"""Small things that pages hand to the macros."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

EVENT_KINDS = ("", "law", "next", "struck")


@dataclass(frozen=True, slots=True)
class Event:
    """One fact on a timeline.

    `kind` is "" for an ordinary fact, "law" where a clock runs from it, "next" where it is
    planned, "struck" where the record was made in error.

    Raises:
        ValueError: another kind.
    """

    on: dt.date
    text: str | Markup
    by: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.kind not in EVENT_KINDS:
            raise ValueError(f"{self.kind!r} is no kind of event. Use one of {EVENT_KINDS}.")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to check before sending. With `url` it can be changed; `change` says what."""

    key: str
    value: str | Markup
    url: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that was typed and could not be saved, with the label of its field."""

    label: str
    text: str
