"""Closed lists of requests about personal data, of what is held back, and of disposal."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.law.rulebook.sources import DATA_PROTECTION_ACT


class Asks(models.TextChoices):
    """What somebody asks for."""

    ACCESS = "access", _("A copy of what is held (access)")
    CORRECTION = "correction", _("To put something right (rectification)")
    ERASURE = "erasure", _("To erase something (erasure)")
    RESTRICTION = "restriction", _("To stop using something for now (restriction)")
    OBJECTION = "objection", _("To stop, because they object (objection)")


class Asker(models.TextChoices):
    """Who asks, as they stand to the child."""

    PARENT = "parent", _("A parent or carer")
    PUPIL = "pupil", _("The child or young person")
    LAWYER = "lawyer", _("A solicitor or adviser for them")
    OTHER = "other", _("Somebody else")


class Came(models.TextChoices):
    """How the request came. Any way counts."""

    SPOKEN = "spoken", _("Spoken")
    EMAIL = "email", _("Email")
    LETTER = "letter", _("Letter or form")
    OTHER = "other", _("Another way")


class Known(models.TextChoices):
    """How it is known that they are who they say."""

    WAITS = "waits", _("Not known yet: proof was asked for")
    KNOWN = "known", _("Known to the school")
    PAPER = "paper", _("A document was seen")
    ACCOUNT = "account", _("They asked from their own address on file")


class State(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", _("open")
    GATHERING = "gathering", _("being gathered")
    REVIEW = "review", _("being looked through")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: what may follow what; ended requests stay as they are
NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.GATHERING, State.ANSWERED, State.REFUSED, State.WITHDRAWN}),
    State.GATHERING: frozenset({State.REVIEW, State.OPEN}),
    State.REVIEW: frozenset({State.GATHERING, State.ANSWERED, State.REFUSED, State.WITHDRAWN}),
    State.ANSWERED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
ENDED = tuple(state for state, after in NEXT.items() if not after)


class Outcome(models.TextChoices):
    """How a request that asks for no copy was decided."""

    DONE = "done", _("Done as they asked")
    PARTLY = "partly", _("Done in part")
    NOTED = "noted", _("Not done; what they say is kept beside it")


class Decision(models.TextChoices):
    """What becomes of one piece of what was gathered."""

    GIVE = "give", _("Give it")
    WITHOUT = "without", _("Give it with some words blacked out")
    WITHHOLD = "withhold", _("Keep it back")


class Mark(models.TextChoices):
    """Why a piece must be looked at by a person before it is given."""

    PUPILS = "pupils", _("names another pupil")
    FAMILY = "family", _("names or tells of the family")
    STAFF = "staff", _("names staff")
    CONFIDENTIAL = "confidential", _("confidential")
    ADVICE = "advice", _("professional advice")
    BY_NAME = "by_name", _("found by name")
    FILE = "file", _("a file: open it and read it")


#: marks that alone stop nobody from giving many pieces at once: who works for the school is named
USUAL_MARKS = frozenset({Mark.STAFF})


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which something is kept back (GOV-06).

    Args:
        source: the part of the Act; our reading, not verified against it.
    """

    code: str
    words: Promise
    source: str = ""


GROUNDS: dict[str, Ground] = {
    one.code: one
    for one in (
        Ground("others", _("It tells of another person, who has not agreed"),
               f"{DATA_PROTECTION_ACT}, Schedule 2, Part 3"),
        Ground("harm", _("It would be likely to do serious harm to somebody’s health"),
               f"{DATA_PROTECTION_ACT}, Schedule 3, Parts 2 to 4"),
        Ground("abuse", _("It says that the child may be or was abused, and to give it is not in "
                          "their interest"), f"{DATA_PROTECTION_ACT}, Schedule 3, Part 5"),
        Ground("social", _("It belongs to the work of social services or to a court"),
               f"{DATA_PROTECTION_ACT}, Schedule 3, Parts 3 and 4"),
        Ground("exams", _("It is an exam script, or a mark that is not out yet"),
               f"{DATA_PROTECTION_ACT}, Schedule 2, Part 4"),
        Ground("privilege", _("It is under legal privilege"),
               f"{DATA_PROTECTION_ACT}, Schedule 2, Part 4"),
        Ground("reference", _("It is a reference given in confidence"),
               f"{DATA_PROTECTION_ACT}, Schedule 2, Part 4"),
        Ground("not_theirs", _("It is not about this child")),
        Ground("twice", _("The same stands elsewhere in what is given")),
    )
}  # fmt: skip
GROUND_CHOICES = [(one.code, one.words) for one in GROUNDS.values()]


class Making(models.TextChoices):
    """How far a package is made."""

    WAITS = "waits", _("being made")
    DONE = "done", _("made")
    STOPPED = "stopped", _("could not be made")


class Disposing(models.TextChoices):
    """How far a disposal has come."""

    DECIDED = "decided", _("decided")
    CALLED_OFF = "called_off", _("called off")
    GOING = "going", _("being carried out")
    DONE = "done", _("carried out")


UNDER_WAY = (Disposing.DECIDED, Disposing.GOING)
DISPOSAL_NEXT: dict[Disposing, frozenset[Disposing]] = {
    Disposing.DECIDED: frozenset({Disposing.CALLED_OFF, Disposing.GOING}),
    Disposing.GOING: frozenset({Disposing.DONE}),
    Disposing.CALLED_OFF: frozenset(),
    Disposing.DONE: frozenset(),
}
