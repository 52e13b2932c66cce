"""Closed lists of documents: who may open one, what the scanner said, what is known inside."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.documents.files.scanner import Verdict


class Level(models.TextChoices):
    """Who may know of a document."""

    ORDINARY = "ordinary", _("Ordinary: staff who teach the pupil, and who co-ordinates support")
    CONFIDENTIAL = "confidential", _("Confidential: you, and who co-ordinates support")
    SAFEGUARDING = "safeguarding", _("Safeguarding: the safeguarding lead alone, not even you")


#: the same in one word, for lists and tables
SHORT: dict[Level, Promise] = {
    Level.ORDINARY: _("Ordinary"),
    Level.CONFIDENTIAL: _("Confidential"),
    Level.SAFEGUARDING: _("Safeguarding"),
}

#: what a document may become without being filed anew: the safeguarding lead's stay theirs
LEVELS: dict[Level, frozenset[Level]] = {
    Level.ORDINARY: frozenset({Level.CONFIDENTIAL}),
    Level.CONFIDENTIAL: frozenset({Level.ORDINARY}),
    Level.SAFEGUARDING: frozenset(),
}


class Scan(models.TextChoices):
    """What a scanner has said of a file."""

    NONE = Verdict.NONE.value, _("not scanned: there is no scanner here")
    WAITS = Verdict.WAITS.value, _("waits for the scanner")
    CLEAN = Verdict.CLEAN.value, _("scanned, nothing found")
    FOUND = Verdict.FOUND.value, _("the scanner found something")


#: what may follow what: a file is scanned again when the scanner has learnt
SCANS: dict[Scan, frozenset[Scan]] = {
    Scan.NONE: frozenset({Scan.WAITS, Scan.CLEAN, Scan.FOUND}),
    Scan.WAITS: frozenset({Scan.WAITS, Scan.CLEAN, Scan.FOUND}),
    Scan.CLEAN: frozenset({Scan.CLEAN, Scan.FOUND}),
    Scan.FOUND: frozenset({Scan.CLEAN, Scan.FOUND}),
}
#: a file in one of these can be opened
OPENED = frozenset({Scan.NONE, Scan.CLEAN})


class Inside(models.TextChoices):
    """What is known of the words inside a paper."""

    WAITS = "waits", _("Not read yet. It is found by its title.")
    READ = "read", _("Can be searched")
    NONE = "none", _("None that can be read. It is found by its title.")
    BROKEN = "broken", _("Its text could not be read. It is found by its title.")


#: what may follow what: a newer version is read anew
INSIDES: dict[Inside, frozenset[Inside]] = {
    Inside.WAITS: frozenset({Inside.WAITS, Inside.READ, Inside.NONE, Inside.BROKEN}),
    Inside.READ: frozenset({Inside.WAITS}),
    Inside.NONE: frozenset({Inside.WAITS}),
    Inside.BROKEN: frozenset({Inside.WAITS}),
}


class Form(models.TextChoices):
    """As what something of the record is set on paper."""

    PDF = "pdf", _("PDF")
    WORD = "word", _("Word")


class Setting(models.TextChoices):
    """Where the setting of a paper stands."""

    WAITS = "waits", _("Being made")
    DONE = "done", _("Ready")
    STOPPED = "stopped", _("Could not be made")


#: the moves of a paper that is set
SETTINGS: dict[Setting, frozenset[Setting]] = {
    Setting.WAITS: frozenset({Setting.DONE, Setting.STOPPED}),
    Setting.DONE: frozenset(),
    Setting.STOPPED: frozenset(),
}


class Yes(models.TextChoices):
    """How somebody said yes to a photo."""

    WRITTEN = "written", _("In writing: on a form, in a letter or an email")
    TALK = "talk", _("In a talk or a call")
    ONLINE = "online", _("In another system of the school")


class PhotoFor(models.TextChoices):
    """What a photo may be used for. Each is said yes to by itself."""

    PROFILE = "profile", _("The one-page profile, for adults who work with the pupil")
    SHEET = "sheet", _("The sheet of their class or group")
    COVER = "cover", _("The card for whoever covers their class")


class PhotoEnd(models.TextChoices):
    """Why a photo was taken down."""

    WITHDRAWN = "withdrawn", _("Whoever said yes, or the pupil, does not want it any more")
    NEEDLESS = "needless", _("It is not needed any more")
    WRONG = "wrong", _("It is not of this pupil, or should not have been put up")
    REPLACED = "replaced", _("A newer photo took its place")
