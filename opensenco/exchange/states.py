"""Closed lists of exchange, and what may become of each state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.exchange.readers.establishment import Standing


class Status(models.TextChoices):
    """Whether an establishment of the register is open, by its four statuses."""

    OPEN = Standing.OPEN.value, _("open")
    CLOSED = Standing.CLOSED.value, _("closed")
    CLOSING = Standing.CLOSING.value, _("open, and proposed to close")
    PROPOSED = Standing.PROPOSED.value, _("proposed to open")


#: a setting can be adopted while it is open or about to open
ADOPTABLE: dict[Status, bool] = {
    Status.OPEN: True,
    Status.CLOSING: True,
    Status.PROPOSED: True,
    Status.CLOSED: False,
}


class GroupFamily(models.TextChoices):
    """What a group of the register is to its members."""

    TRUST = "trust", _("academy trust")
    FEDERATION = "federation", _("federation")
    SPONSOR = "sponsor", _("sponsor")
    CENTRES = "centres", _("group of children’s centres")
    OTHER = "other", _("other group")


#: an establishment is in one of these at a time: who joins another has left the one before
ONE_AT_A_TIME = frozenset({GroupFamily.TRUST, GroupFamily.FEDERATION})


def family_of(type_name: str) -> GroupFamily:
    """Tell what a group is by the register's name for its type, whose codes have changed."""
    name = type_name.casefold()
    known = {
        "academy trust": GroupFamily.TRUST,
        "federation": GroupFamily.FEDERATION,
        "sponsor": GroupFamily.SPONSOR,
        "children": GroupFamily.CENTRES,
    }
    return next((family for word, family in known.items() if word in name), GroupFamily.OTHER)


class SettingKind(models.TextChoices):
    """What a setting is that the register does not hold."""

    CHILDMINDER = "childminder", _("Childminder")
    NURSERY = "nursery", _("Private or voluntary nursery")
    OTHER = "other", _("Other setting")


class ImportKind(models.TextChoices):
    """What a file was read as."""

    PUPILS = "pupils", _("pupils")
    STAFF = "staff", _("staff")
    CLASSES = "classes", _("classes and groups")
    CONTACTS = "contacts", _("parents and carers")
    TERMS = "terms", _("term dates")
    ATTENDANCE = "attendance", _("attendance")
    ASSESSMENTS = "assessments", _("assessments")
    BEHAVIOUR = "behaviour", _("behaviour")
    PROVISION_MAP = "provision-map", _("provision map")
    PLANS = "plans", _("plans and reports as papers")


class State(models.TextChoices):
    """Where a file stands that was read."""

    READ = "read", _("read, not applied")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    ABANDONED = "abandoned", _("given up")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


#: what may become of a file in each state
MOVES: dict[State, frozenset[State]] = {
    State.READ: frozenset({State.APPLYING, State.APPLIED, State.ABANDONED}),
    State.APPLYING: frozenset({State.APPLIED, State.READ}),
    State.APPLIED: frozenset({State.UNDOING, State.UNDONE}),
    State.UNDOING: frozenset({State.UNDONE, State.APPLIED}),
    State.UNDONE: frozenset(),
    State.ABANDONED: frozenset(),
}


#: a file is with the worker in these states; where the worker does nothing it goes back to these
WITH_WORKER: dict[State, State] = {State.APPLYING: State.READ, State.UNDOING: State.APPLIED}


class CopyState(models.TextChoices):
    """Where a copy of a whole place stands that somebody asked for."""

    WAITS = "waits", _("Being made")
    DONE = "done", _("Ready")
    STOPPED = "stopped", _("Could not be made")


#: what may become of a copy in each state
COPY_MOVES: dict[CopyState, frozenset[CopyState]] = {
    CopyState.WAITS: frozenset({CopyState.DONE, CopyState.STOPPED}),
    CopyState.DONE: frozenset(),
    CopyState.STOPPED: frozenset(),
}


class Match(models.TextChoices):
    """What a row of a file is, beside the record."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    DOUBTFUL = "doubtful", _("doubtful")
    REFUSED = "refused", _("refused")


class Decision(models.TextChoices):
    """What a person decided about a row."""

    NONE = "", _("nothing yet")
    ADD = "add", _("add as a new pupil")
    USE = "use", _("this is that pupil")
    LEAVE = "leave", _("leave this row out")


#: what may be decided about each kind of row; without a decision new and changed rows are taken,
#: doubtful ones are left out
DECISIONS: dict[Match, frozenset[Decision]] = {
    Match.NEW: frozenset({Decision.NONE, Decision.LEAVE}),
    Match.CHANGED: frozenset({Decision.NONE, Decision.LEAVE}),
    Match.UNCHANGED: frozenset({Decision.NONE}),
    Match.DOUBTFUL: frozenset(Decision),
    Match.REFUSED: frozenset({Decision.NONE}),
}


class Outcome(models.TextChoices):
    """What was done with a row."""

    NONE = "", _("nothing yet")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    LEFT = "left", _("left as it was")
    UNDONE = "undone", _("taken back")
    KEPT = "kept", _("kept: changed since")


class Deed(models.TextChoices):
    """What applying a file did to one row of the record."""

    MADE = "made", _("made")
    CHANGED = "changed", _("changed")


class Fate(models.TextChoices):
    """What became of such a deed when its file was taken back."""

    STANDS = "", _("stands")
    UNDONE = "undone", _("taken back")
    KEPT = "kept", _("kept: changed since")


#: what applying does with a row of each kind, by what was decided about it
OUTCOMES: dict[tuple[Match, Decision], Outcome] = {
    (Match.NEW, Decision.NONE): Outcome.ADDED,
    (Match.NEW, Decision.LEAVE): Outcome.LEFT,
    (Match.CHANGED, Decision.NONE): Outcome.CHANGED,
    (Match.CHANGED, Decision.LEAVE): Outcome.LEFT,
    (Match.UNCHANGED, Decision.NONE): Outcome.LEFT,
    (Match.DOUBTFUL, Decision.NONE): Outcome.LEFT,
    (Match.DOUBTFUL, Decision.ADD): Outcome.ADDED,
    (Match.DOUBTFUL, Decision.USE): Outcome.CHANGED,
    (Match.DOUBTFUL, Decision.LEAVE): Outcome.LEFT,
    (Match.REFUSED, Decision.NONE): Outcome.LEFT,
}


class Step(models.TextChoices):
    """A step of the guide from nothing to a working record, or the guide itself."""

    TERMS = "terms", _("Term dates")
    STAFF = "staff", _("Staff")
    PUPILS = "pupils", _("Pupils")
    CLASSES = "classes", _("Classes")
    CONTACTS = "contacts", _("Parents and carers")
    SEN = "sen", _("SEN status and needs")
    TEAM = "team", _("Your team signs in")
    SETTINGS = "settings", _("Schools and settings")
    FIRST = "first", _("Their first people")
    GUIDE = "guide", _("The guide")


#: the steps of a school, nursery or childminder, and of an authority, area, trust or agency
STEPS_HERE = (
    Step.TERMS, Step.STAFF, Step.PUPILS, Step.CLASSES, Step.CONTACTS, Step.SEN, Step.TEAM,
)  # fmt: skip
STEPS_ABOVE = (Step.TERMS, Step.SETTINGS, Step.FIRST)
