"""The refusals of the domain, each with one sentence that a person can read.

A sentence never holds a name, a date of birth or anything else about a person: it may end in a log,
in an email to the maintainers, or on a screen that somebody else is looking at.
"""

from opensenco.kernel.words import Sentence, mark


class DomainError(Exception):
    """Something the domain refuses.

    `words` is what the person who asked is told, as a page can translate it; `sentence` is the same
    in English, and `code` a stable word for programs. A plain string is taken as it is.
    """

    code = "refused"
    usual = mark("This cannot be done.")
    #: whether the books keep that it was tried, as with a program sent as a paper
    noted = False

    def __init__(self, words: Sentence | str = "") -> None:
        told = words or self.usual
        self.words = told if isinstance(told, Sentence) else Sentence(told)
        super().__init__(self.words)

    @property
    def sentence(self) -> str:
        return str(self.words)

    def __str__(self) -> str:
        return self.sentence


class NotAllowed(DomainError):
    """May you? No: the acting person has no right to do this, in whatever state the record is."""

    code = "not-allowed"
    usual = mark("Your role does not allow this.")


class NotNow(NotAllowed):
    """May you? Not at this stage: until it is passed on, the record is its writers' alone.

    The sentence is told to whoever asked; it says when they can come back.
    """

    code = "not-now"


class NotPossible(DomainError):
    """May it? No: the record is not in a state in which anybody could do this."""

    code = "not-possible"
    usual = mark("This cannot be done at this stage.")


class NotFound(DomainError):
    """There is nothing here for this person: either it is not, or they may not know that it is."""

    code = "not-found"
    usual = mark("We cannot find what you asked for.")


class Stale(DomainError):
    """Somebody else changed the record after this person opened it."""

    code = "stale"
    usual = mark(
        "Someone else changed this while you had it open. Check both versions, then save again."
    )


class Invalid(DomainError):
    """One field holds something that cannot be. `field` is the name of that field."""

    code = "invalid"
    usual = mark("Check what you entered.")

    def __init__(self, field: str, words: Sentence | str = "") -> None:
        super().__init__(words)
        self.field = field
        # Both are kept as arguments, so that a copy made by pickle or copy has them too.
        self.args = (field, self.words)
