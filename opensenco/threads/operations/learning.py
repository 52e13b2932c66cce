"""Writing down what one learned, saying what came of it, putting it right, taking it back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.threads.learning_models import MOST_MINUTES, LearnedBy
from opensenco.threads.models import Learning

LONGEST, SHORT = 3_000, 200
NAMES = ("on", "how", "title", "provider", "minutes", "learned", "used")


@operation(Action.SENCO_ASK, on="org")
def note_learning(*, actor: Actor, org: Organisation, given: Mapping[str, Any]) -> Learning:
    """Write down something that one did to learn.

    Args:
        given: on, how, title, provider, minutes, learned, used.

    Raises:
        Invalid: nothing is said of what or of what was learned, no time, or a day to come.
    """
    row = Learning(org=org, person=actor.person, at=actor.next_moment(), **_checked(actor, given))
    row.save()
    return row


@operation(Action.SENCO_ASK, on="learning")
def change_learning(
    *, actor: Actor, learning: Learning, given: Mapping[str, Any], version: int | None
) -> Learning:
    """Say what came of it, or put it right; what stood before stays in its history.

    Raises:
        Invalid: nothing is said of what or of what was learned, no time, or a day to come.
        NotPossible: it was made in error.
        Stale: it was changed in between.
    """
    _check_stands(learning)
    return change(learning, version=version, **_checked(actor, given))


@operation(Action.SENCO_ASK, on="learning")
def learning_in_error(
    *, actor: Actor, learning: Learning, reason: str, version: int | None
) -> Learning:
    """Mark it as made in error, with a reason; its hours count no more.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: it was changed in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _check_stands(learning)
    return change(
        learning, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip


def _check_stands(row: Learning) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as made in error already."))


def _checked(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        name: given[name].strip() if isinstance(given[name], str) else given[name] for name in NAMES
    }
    if values["how"] not in LearnedBy.values:
        raise Invalid("how", _("Choose how you learned."))
    if not values["title"]:
        raise Invalid("title", _("Say what it was."))
    if not values["learned"]:
        raise Invalid("learned", _("Say what you learned."))
    for name, most in (("title", SHORT), ("provider", SHORT), ("learned", LONGEST),
                       ("used", LONGEST)):  # fmt: skip
        if len(values[name]) > most:
            raise Invalid(name, _("Use at most %(most)s characters.") % {"most": most})
    if not values["minutes"] or not 1 <= values["minutes"] <= MOST_MINUTES:
        raise Invalid("minutes", _("Say how long it took, in minutes."))
    if values["on"] is None or values["on"] > actor.today:
        raise Invalid("on", _("This is a day to come. Write it down once it has happened."))
    return values
