"""To whom a notice can be sent besides a person by name, and what becomes of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action

#: whoever has one of these verbs over the pupil; each has a rule over pupils
ADDRESSED: tuple[Action, ...] = (
    Action.CONCERN_TRIAGE,
    Action.SAFEGUARDING_VIEW,
    Action.STATUS_SET,
    Action.PLAN_WRITE,
    Action.REVIEW_WRITE,
    Action.PROVISION_ALLOCATE,
    Action.SESSION_LOG,
    Action.ACCESS_LOG_VIEW,
    Action.REPORT_APPROVE,
)
#: notices to whoever has one of these are mailed at once, at any hour, unless somebody chose less
URGENT: tuple[Action, ...] = (Action.SAFEGUARDING_VIEW,)


class MailState(models.TextChoices):
    """What became of one mail."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped: mail to this address comes back")
    GIVEN_UP = "given_up", _("given up")


#: from what to what a mail goes; what was sent may still come back, and then it is told elsewhere
MAIL_MOVES: dict[MailState, tuple[MailState, ...]] = {
    MailState.WAITING: (MailState.SENT, MailState.STOPPED, MailState.GIVEN_UP),
    MailState.STOPPED: (MailState.WAITING, MailState.GIVEN_UP),
    MailState.SENT: (),
    MailState.GIVEN_UP: (),
}
#: in these nothing of it is kept but that it was
OVER = (MailState.SENT, MailState.GIVEN_UP)


class CameBack(models.TextChoices):
    """Why nothing more is sent to an address."""

    REFUSED = "refused", _("the mail server refused it")
    RETURNED = "returned", _("mail to it was returned")
    COMPLAINED = "complained", _("it was reported as unwanted")


class How(models.TextChoices):
    """How something reaches a person besides in the application."""

    APP = "app", _("In OpenSENCO only")
    DIGEST = "digest", _("In one email a day")
    ONCE = "once", _("By email at once")
