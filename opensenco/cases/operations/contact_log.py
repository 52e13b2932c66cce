"""Writing into the contact log, putting it right, and saying that something was followed up."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import contact_log as log
from opensenco.cases import spine
from opensenco.cases.contact_log import Said
from opensenco.cases.models import Fact, LoggedContact
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.ui.words import day as written

MOST_REASON = 500


@operation(Action.CONTACT_LOG, on="pupil")
def log_contact(*, actor: Actor, pupil: Pupil, said: Said, knowing: bool = False) -> LoggedContact:
    """Record a call, talk, message, letter or visit about a pupil.

    Args:
        knowing: the writer has read what the record says of speaking with this person.

    Raises:
        Invalid: it cannot be; or the record says not to contact them and `knowing` is not said.
    """
    _weighed(actor, pupil, said, knowing)
    row = log.write_down(actor=actor, pupil=pupil, said=said)
    if log.warned_of(pupil, said):
        _tell(actor, row)
    return row


@operation(Action.CONTACT_LOG, on="logged")
def correct_contact(
    *,
    actor: Actor,
    logged: LoggedContact,
    said: Said,
    version: int | None,
    knowing: bool = False,
) -> LoggedContact:
    """Put right what was written down of a contact; what stood before stays in its history.

    Raises:
        Invalid: see `log_contact`.
        NotPossible: it was recorded in error.
        Stale: somebody else put it right in between.
    """
    if logged.in_error:
        raise NotPossible(_("This contact is marked as recorded in error."))
    same = said.contact == logged.contact and (said.contact or said.with_whom == logged.with_whom)
    against = "" if same else _weighed(actor, logged.pupil, said, knowing)
    stood = _on_the_timeline(logged)
    waited = logged.follow_up_by
    change(logged, version=version, **log.checked(actor, logged.pupil, said))
    log.tell_timeline(actor, logged, corrects=stood)
    if logged.follow_up_by != waited or log.waits(logged):
        log.keep_follow_up(actor, logged)
    if against:
        _tell(actor, logged)
    return logged


@operation(Action.CONTACT_LOG, on="logged")
def say_followed_up(*, actor: Actor, logged: LoggedContact) -> LoggedContact:
    """Say that what was to follow a contact is done.

    Raises:
        NotPossible: nothing waits.
    """
    if not spine.settle_task(actor=actor, source=logged, kind=log.FOLLOW_UP):
        raise NotPossible(_("Nothing waits for this contact any more."))
    return logged


@operation(Action.CONTACT_LOG, on="logged")
def contact_in_error(
    *, actor: Actor, logged: LoggedContact, reason: str, version: int | None
) -> LoggedContact:
    """Mark a contact as recorded in error; it stays, and counts nowhere.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = reason.strip()
    if not why or len(why) > MOST_REASON:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if logged.in_error:
        raise NotPossible(_("This contact is marked as recorded in error."))
    change(
        logged, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=why,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=logged, kind=log.FOLLOW_UP)
    spine.withdraw_facts(
        actor=actor, pupil=logged.pupil, source=logged, reader=Action.CONTACT_VIEW,
        confidential=logged.confidential,
        words=_("A contact of %(day)s was recorded in error.")
        % {"day": written(logged.on)},
    )  # fmt: skip
    return logged


def _weighed(actor: Actor, pupil: Pupil, said: Said, knowing: bool) -> str:
    """Refuse a contact that the record warns of, unless its writer knows.

    Raises:
        Invalid: with what the record says.
    """
    against = log.caution(actor, pupil, said)
    if against and not knowing:
        raise Invalid(
            "knowing",
            _("The record says of this person: %(words)s. If you were in touch all the same, tick "
              "that you know.") % {"words": against.rstrip(".")},
        )  # fmt: skip
    return against


def _tell(actor: Actor, row: LoggedContact) -> None:
    spine.tell(
        actor=actor, org=row.pupil.org, pupil=row.pupil, source=row,
        role_action=Action.PLAN_WRITE,
        words=_("%(who)s recorded a contact of which the record warns.")
        % {"who": actor.person.name},
    )  # fmt: skip


def _on_the_timeline(row: LoggedContact) -> Fact | None:
    return Fact.objects.filter(source_ref=row.ref, kind=log.KIND).order_by("-id").first()
