"""A health alert is over as of a day: true until then, and kept. A mistake is something else."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import HealthAlert

LONGEST = 300
FARTHEST = timedelta(days=366)


@operation(Action.HEALTH_EDIT, on="health_alert")
def end_health_alert(
    *, actor: Actor, health_alert: HealthAlert, version: int | None, ended_on: date, words: str
) -> HealthAlert:
    """Say from which day on a health alert holds no more. Every adult stops seeing it on that day.

    Args:
        ended_on: past, today, or a day to come, such as the one on which a plaster comes off.
        words: who says so, or why.

    Raises:
        Invalid: no words, or a day more than a year ahead.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _check_stands(health_alert)
    said = " ".join(words.split())
    if not said:
        raise Invalid("words", _("Say who tells you so, or why it is over."))
    if len(said) > LONGEST:
        raise Invalid("words", _("Shorten this to %(most)s characters.") % {"most": LONGEST})
    if ended_on > actor.today + FARTHEST:
        raise Invalid("ended_on", _("Give a day within a year."))
    return change(
        health_alert, version=version, ended_on=ended_on, ended_by=actor.person, ended_words=said
    )


@operation(Action.HEALTH_EDIT, on="health_alert")
def resume_health_alert(
    *, actor: Actor, health_alert: HealthAlert, version: int | None
) -> HealthAlert:
    """Let a health alert that had ended hold again. Every adult is asked to read it again.

    Raises:
        NotPossible: it has not ended, or was made in error.
        Stale: somebody else changed it in between.
    """
    _check_stands(health_alert)
    if health_alert.ended_on is None:
        raise NotPossible(_("This alert holds. Nothing is to be done."))
    return change(health_alert, version=version, ended_on=None, ended_by=None, ended_words="")


def _check_stands(alert: HealthAlert) -> None:
    if alert.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
