"""A diagnosis is kept as a dated fact with its source; a child is set aside for a while."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine, statements
from opensenco.concerns.models import Diagnosis, OwnSign, SetAside
from opensenco.concerns.said import needed
from opensenco.concerns.signs import RANGES
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

PART = "what"
FURTHEST = 366


@operation(Action.HEALTH_EDIT, on="pupil")
def record_diagnosis(
    *,
    actor: Actor,
    pupil: Pupil,
    what: str,
    on: date,
    given_by: str,
    known_from: str,
    document: Model | None = None,
) -> Diagnosis:
    """Keep a diagnosis that somebody gave, as the family wants it known. Nothing waits for one.

    Args:
        given_by: who gave it. known_from: how the school knows: a letter, a talk with the mother.
        document: the paper that says it, one of this pupil's.

    Raises:
        Invalid: a source is missing, or a day to come.
        NotPossible: the paper is another pupil's, or cannot be opened.
    """
    row = Diagnosis(
        org_id=pupil.org_id, pupil=pupil, by=actor.person, written_on=actor.today,
        **_checked(actor, what, on, given_by, known_from),
    )  # fmt: skip
    row.save()
    if document is not None:
        statements.attach(
            actor=actor, host=row, pupil=pupil, part=PART, text=row.what, quote=row.what,
            reader=Action.HEALTH_VIEW, source=document,
        )  # fmt: skip
    _note(actor, row)
    return row


@operation(Action.HEALTH_EDIT, on="diagnosis")
def correct_diagnosis(
    *,
    actor: Actor,
    diagnosis: Diagnosis,
    version: int | None,
    what: str,
    on: date,
    given_by: str,
    known_from: str,
) -> Diagnosis:
    """Put right what is kept of a diagnosis; the history has what it said before.

    Raises:
        Invalid: a source is missing, or a day to come.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if diagnosis.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
    change(diagnosis, version=version, **_checked(actor, what, on, given_by, known_from))
    spine.withdraw_facts(
        actor=actor, pupil=diagnosis.pupil, source=diagnosis,
        words=_("A diagnosis was put right"), reader=Action.HEALTH_VIEW,
    )  # fmt: skip
    _note(actor, diagnosis)
    return diagnosis


@operation(Action.RECORD_INVALIDATE, on="diagnosis")
def mark_diagnosis_in_error(
    *, actor: Actor, diagnosis: Diagnosis, version: int | None, reason: str
) -> Diagnosis:
    """Mark a diagnosis as recorded in error, with a reason. It stays in the history.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if diagnosis.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    change(
        diagnosis,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )
    spine.withdraw_facts(
        actor=actor, pupil=diagnosis.pupil, source=diagnosis,
        words=_("A diagnosis was recorded here in error"), reader=Action.HEALTH_VIEW,
    )  # fmt: skip
    return diagnosis


@operation(Action.CONCERN_TRIAGE, on="pupil")
def set_aside(
    *, actor: Actor, pupil: Pupil, reason: str, until: date | None, signs: str
) -> SetAside:
    """Say that one looked at the signs of a pupil and does nothing about them until a day.

    Args:
        signs: which stood there, in words; kept, because the record goes on.

    Raises:
        Invalid: no reason, or a day that cannot be.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words why nothing is done now."))
    if until is None or not 0 < (until - actor.today).days <= FURTHEST:
        raise Invalid("until", _("Choose a day after today, within a year."))
    row = SetAside(
        org_id=pupil.org_id, pupil=pupil, reason=reason.strip(), until=until, signs=signs,
        on=actor.today, person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.SETTING_EDIT, on="org")
def set_own_sign(
    *, actor: Actor, org: Organisation, which: str, number: int, first: date, because: str
) -> OwnSign:
    """Set by which number this place is told of a sign, from a day on.

    Args:
        which: a key of `signs.RANGES`.
        because: where it is decided, such as a policy and its date.

    Raises:
        Invalid: no such number, one that cannot be, or no source.
    """
    if which not in RANGES:
        raise Invalid("which", _("Choose one of the list."))
    least, most = RANGES[which]
    if not least <= number <= most:
        words = _("Between %(least)s and %(most)s.")
        raise Invalid("number", words % {"least": least, "most": most})
    why = " ".join(because.split())[:200]
    if len(why.split()) < 2:
        raise Invalid("because", _("Say in a few words where it is decided."))
    row = OwnSign(
        org=org, which=which, number=number, first=first, because=why, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row


def _checked(
    actor: Actor, what: str, on: date, given_by: str, known_from: str
) -> dict[str, object]:
    if on > actor.today:
        raise Invalid("on", _("This day is still to come."))
    return {
        "what": needed("what", what, _("Write what was diagnosed, in their words.")),
        "on": on,
        "given_by": needed("given_by", given_by, _("Say who gave it.")),
        "known_from": needed("known_from", known_from, _("Say how the school knows.")),
    }


def _note(actor: Actor, row: Diagnosis) -> None:
    spine.add_fact(
        actor=actor,
        pupil=row.pupil,
        kind="diagnosis.recorded",
        on=row.on,
        words=_("Diagnosis: %(what)s, by %(who)s") % {"what": row.what, "who": row.given_by},
        source=row,
        reader=Action.HEALTH_VIEW,
    )
