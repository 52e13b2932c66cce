"""Closed lists of provision: layers, how a session went for a pupil, why one was not held."""

from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Layer(models.IntegerChoices):
    """How far a provision goes beyond what every pupil gets."""

    UNIVERSAL = 1, _("Universal: for every pupil")
    TARGETED = 2, _("Targeted: a short extra, usually in a group")
    SPECIALIST = 3, _("Specialist: planned for one pupil")


#: the same in one word, for tables
LAYER_NAMES: dict[int, Promise] = {
    Layer.UNIVERSAL: _("Universal"),
    Layer.TARGETED: _("Targeted"),
    Layer.SPECIALIST: _("Specialist"),
}


class Went(models.TextChoices):
    """How one session went for one pupil."""

    DELIVERED = "delivered", _("Here")
    AWAY = "away", _("Away")
    CHOSE_NOT = "chose_not", _("Chose not to")
    NOT_HELD = "not_held", _("Not held")
    #: only ever a correction: there was no such session
    MISTAKE = "mistake", _("Logged by mistake")


#: what is asked of each pupil when a session was held
MARKS: tuple[Went, ...] = (Went.DELIVERED, Went.AWAY, Went.CHOSE_NOT)


class WhyNot(models.TextChoices):
    """Why a session was not held."""

    STAFF_ABSENT = "staff-absent", _("The adult was absent and there was no cover")
    STAFF_COVER = "staff-cover", _("The adult was moved to cover elsewhere")
    STAFF_TRAINING = "staff-training", _("The adult was at training or a meeting")
    STAFF_VACANCY = "staff-vacancy", _("Nobody holds the post at present")
    ROOM = "room", _("No suitable room")
    TIMETABLE = "timetable", _("Assembly, event or timetable change")
    TRIP = "trip", _("School trip or visit")
    EXAM = "exam", _("Tests or exams")
    CLOSURE = "closure", _("School closed")
    OUTSIDE = "specialist-absent", _("The outside professional did not come")
    EQUIPMENT = "equipment", _("Equipment was missing or broken")
    OTHER = "other", _("Another reason, said in the note")


#: the same as it follows a number: "13 staff absent"
MISSED_WORDS: dict[str, Promise] = {
    Went.AWAY: _("pupil away"),
    Went.CHOSE_NOT: _("pupil chose not to"),
    WhyNot.STAFF_ABSENT: _("staff absent"),
    WhyNot.STAFF_COVER: _("staff moved to cover"),
    WhyNot.STAFF_TRAINING: _("staff at training"),
    WhyNot.STAFF_VACANCY: _("post empty"),
    WhyNot.ROOM: _("no room"),
    WhyNot.TIMETABLE: _("assembly or event"),
    WhyNot.TRIP: _("trip"),
    WhyNot.EXAM: _("tests or exams"),
    WhyNot.CLOSURE: _("school closed"),
    WhyNot.OUTSIDE: _("professional did not come"),
    WhyNot.EQUIPMENT: _("equipment"),
    WhyNot.OTHER: _("another reason"),
}


class Seen(models.TextChoices):
    """Who can be seen in a photo or piece of work."""

    NOBODY = "nobody", _("No child can be seen")
    PUPIL = "pupil", _("This pupil can be seen, and no other")


class Verdict(models.TextChoices):
    """What is decided about a provision after looking at what came of it."""

    KEEP = "keep", _("Keep it as it is")
    CHANGE = "change", _("Change how it runs")
    GROW = "grow", _("Give it to more pupils")
    STOP = "stop", _("Stop it")


class UsualKind(models.TextChoices):
    """What progress is usual for a measure."""

    SAME = "same", _("Staying the same: standardised scores and centiles allow for age already")
    MONTHS = "months", _("As many months as have passed: ages in months, as a reading age")
    TERM = "term", _("So much in a term, as we or the test’s makers have found")
    UNSAID = "unsaid", _("Nobody can say what is usual")


class Turn(models.TextChoices):
    """In which weeks something is, where the weeks of a school take turns."""

    EVERY = "", _("Every week")
    A = "a", _("Week A")
    B = "b", _("Week B")


class ClashOf(models.TextChoices):
    """What is needed twice at one hour."""

    PUPIL = "pupil", _("Pupil")
    PERSON = "person", _("Adult")
    ROOM = "room", _("Room")


class Strength(models.TextChoices):
    """How strong the evidence is that something helps, in the words of the starter library."""

    STRONG = "strong", _("Strong: several good trials or reviews agree")
    MODERATE = "moderate", _("Moderate: fair support, with gaps")
    EMERGING = "emerging", _("Emerging: small studies")
    MIXED = "mixed", _("Mixed: good studies disagree")
    WEAK = "weak", _("Weak: little research")
    EXPERT = "expert", _("Expert: agreed by a specialist profession, or by rule")


class Standing(models.TextChoices):
    """Where an allocation stands on a day: a reading of its dates, never stored."""

    PLANNED = "planned", _("begins later")
    RUNNING = "running", _("runs")
    ENDED = "ended", _("has ended")
    IN_ERROR = "error", _("made in error")


def standing(*, starts: date, ends: date | None, in_error: bool, day: date) -> Standing:
    """Tell where an allocation with these dates stands on a day; both dates are counted."""
    if in_error:
        return Standing.IN_ERROR
    if day < starts:
        return Standing.PLANNED
    return Standing.ENDED if ends is not None and day > ends else Standing.RUNNING
