"""Small pieces from which parts of a record are written down."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.network.content import Block, Kind
from opensenco.ui.words import day as said_day


def block(kind: Kind, rows: Sequence[tuple[str, ...]], heading: str = "") -> Block:
    """Give a block without rows that say nothing."""
    return Block(kind, tuple(row for row in rows if row[-1].strip()), heading)


def on(day: date | None) -> str:
    """Say a day, or nothing."""
    return said_day(day) if day else ""


def since_then() -> str:
    """Give the label of what became known of something after the day that is shown."""
    return _("Since then")


def sentences(*texts: str) -> str:
    """Put what was said one after another, each closed with a full stop; empty ones are left out.

    What somebody wrote ends as they ended it.
    """
    closed = (text.strip() for text in texts)
    return " ".join(text if text[-1] in ".!?…" else f"{text}." for text in closed if text)
