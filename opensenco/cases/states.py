"""Closed lists of the spine: who may read a row, and in whose hands a task can lie."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action

#: kinds of tasks that nobody else can do, or take over: who leads reads of them elsewhere
FOR_ONESELF: tuple[str, ...] = ("staffing.approach",)
#: verbs over a pupil that can be asked of the reader of a fact, a date or a task
READERS: tuple[Action, ...] = (
    Action.PUPIL_VIEW,
    Action.CONCERN_VIEW,
    Action.CONCERN_TRIAGE,
    Action.SAFEGUARDING_VIEW,
    Action.REGISTER_VIEW,
    Action.PROFILE_VIEW,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.PROVISION_VIEW,
    Action.PROVISION_ALLOCATE,
    Action.CONTACT_VIEW,
    Action.CARE_VIEW,
    Action.HEALTH_VIEW,
    Action.DOCUMENT_VIEW,
    Action.DOCUMENT_CONFIDENTIAL,
)
#: facts that nobody reads any more once they were taken back, also not as the record stood: who can
#: be seen in a photo need not say twice that they do not want it told
GONE_WHEN_TAKEN_BACK = ("provision.work",)
#: reads confidential rows of other people as well
CONFIDANT = Action.PLAN_WRITE

#: who is meant where a task waits for whoever has a verb; all others are the SENCO
NOT_THE_SENCO: dict[Action, Promise] = {
    Action.SAFEGUARDING_VIEW: _("Safeguarding lead"),
    Action.REVIEW_WRITE: _("Teacher"),
    Action.SESSION_LOG: _("Who runs it"),
}


class How(models.TextChoices):
    """How people were in touch."""

    PHONE = "phone", _("Phone")
    GATE = "gate", _("Talk at the gate")
    MAIL = "mail", _("Email")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Home visit")
    VIDEO = "video", _("Video call")
    MEETING = "meeting", _("Talk in school")
    TEXT = "text", _("Text message")
    OTHER = "other", _("Another way")


class Direction(models.TextChoices):
    """Who began it."""

    OUT = "out", _("We did")
    IN = "in", _("They did")


#: how a contact is told of on the timeline, by how and by who began it
TOLD: dict[tuple[How, Direction], Promise] = {
    (How.PHONE, Direction.OUT): _("We rang %(who)s"),
    (How.PHONE, Direction.IN): _("%(who)s rang"),
    (How.GATE, Direction.OUT): _("Talk at the gate with %(who)s"),
    (How.GATE, Direction.IN): _("Talk at the gate with %(who)s"),
    (How.MAIL, Direction.OUT): _("Email to %(who)s"),
    (How.MAIL, Direction.IN): _("Email from %(who)s"),
    (How.LETTER, Direction.OUT): _("Letter to %(who)s"),
    (How.LETTER, Direction.IN): _("Letter from %(who)s"),
    (How.VISIT, Direction.OUT): _("Home visit to %(who)s"),
    (How.VISIT, Direction.IN): _("Home visit to %(who)s"),
    (How.VIDEO, Direction.OUT): _("Video call with %(who)s"),
    (How.VIDEO, Direction.IN): _("Video call with %(who)s"),
    (How.MEETING, Direction.OUT): _("Talk in school with %(who)s"),
    (How.MEETING, Direction.IN): _("Talk in school with %(who)s"),
    (How.TEXT, Direction.OUT): _("Text message to %(who)s"),
    (How.TEXT, Direction.IN): _("Text message from %(who)s"),
    (How.OTHER, Direction.OUT): _("In touch with %(who)s"),
    (How.OTHER, Direction.IN): _("%(who)s was in touch"),
}


class Work(models.TextChoices):
    """Kinds of work that time goes into."""

    CONTACT = "contact", _("Families")
    REVIEW = "review", _("Plans and reviews")
    SESSION = "session", _("Sessions with pupils")
    MEETING = "meeting", _("Meetings")
    LOOK = "look", _("Observing and assessing")
    STAFF = "staff", _("Working with staff")
    SERVICES = "services", _("Services outside")
    PAPERS = "papers", _("Paperwork")
    MONEY = "money", _("Bids and money")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Something else")


#: minutes that one tap records
TAPS = (10, 30, 60)
MOST_MINUTES = 600
