"""Closed lists of documents: who may open one, and what the scanner said."""

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
