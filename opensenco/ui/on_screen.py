"""Initials in place of names, for a screen that a class or a meeting can see."""

from contextvars import ContextVar
from typing import Protocol

from opensenco.ui.words import initials

#: what of a session says so: for as long as somebody is signed in there
INITIALS = "initials_only"
_only: ContextVar[bool] = ContextVar("initials_only", default=False)


class Called(Protocol):
    """Whoever has the names by which a school lists them."""

    @property
    def name(self) -> str:
        """First name and surname."""

    @property
    def register_name(self) -> str:
        """Surname first."""


class Named(Called, Protocol):
    """The same, with the names that a paper for the classroom is made of."""

    last_name: str

    @property
    def said(self) -> str:
        """What they are called."""


def show_initials(only: bool) -> None:
    """Say for this request whether lists show initials; the door does, for each request."""
    _only.set(only)


def initials_only() -> bool:
    """Whether lists show initials in place of names now."""
    return _only.get()


def called(name: str) -> str:
    """Give a pupil's name as a list shows it now: whole, or as initials."""
    return initials(name) if name and _only.get() else name


def listed(pupil: Called) -> str:
    """Give a pupil's name as a register shows it now: surname first, or as initials."""
    return initials(pupil.name) if _only.get() else pupil.register_name


def on_paper(pupil: Named) -> str:
    """Give how a paper names a pupil: the first name and an initial, or what lists show now."""
    return called(pupil.name) if _only.get() else f"{pupil.said} {pupil.last_name[:1]}"
