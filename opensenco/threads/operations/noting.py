"""Noting something of a class or of a pupil in it, putting it right, passing it on."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Group, Pupil
from opensenco.threads.models import ClassNote
from opensenco.threads.note_models import Passed

LONGEST = 1_000


@operation(Action.THREAD_JOIN, on="pupil")
def note_of_pupil(
    *, actor: Actor, pupil: Pupil, group: Group, words: str, on: date, passed: str = ""
) -> ClassNote:
    """Note something of a pupil whom one teaches. It is one's own until it is passed on.

    Args:
        group: the class or group in which it was noted.
        passed: a value of Passed. Whoever co-ordinates is told of what is passed on.

    Raises:
        Invalid: nothing is said, more than 1,000 characters, or a day to come.
    """
    return _noted(actor, group, pupil, words, on, passed)


@operation(Action.THREAD_JOIN, on="group")
def note_of_class(
    *, actor: Actor, group: Group, words: str, on: date, passed: str = ""
) -> ClassNote:
    """Note something of a class as a whole.

    Raises:
        Invalid: nothing is said, more than 1,000 characters, a day to come, or it is passed on as
            evidence, which only a note of one pupil is.
    """
    return _noted(actor, group, None, words, on, passed)


@operation(Action.THREAD_MEND, on="class_note")
def change_note(
    *,
    actor: Actor,
    class_note: ClassNote,
    version: int | None,
    words: str,
    on: date,
    passed: str,
) -> ClassNote:
    """Put a note in other words, or pass it on. What was passed on once stays so.

    Raises:
        Invalid: nothing is said, too much, a day to come, or it cannot be passed on so.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _check_stands(class_note)
    before = class_note.passed
    if before and passed != before and (before, passed) != (Passed.SENCO, Passed.PLAN):
        raise Invalid("passed", _("Others have read it. It cannot be taken back to yourself."))
    values = _checked(actor, class_note.pupil, words, on, passed)
    change(class_note, version=version, **values)
    if passed and not before:
        _tell(actor, class_note)
    return class_note


@operation(Action.THREAD_MEND, on="class_note")
def note_in_error(
    *, actor: Actor, class_note: ClassNote, version: int | None, reason: str
) -> ClassNote:
    """Mark a note as made in error, with a reason; it is shown to nobody from then on.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _check_stands(class_note)
    return change(
        class_note, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip


def _noted(
    actor: Actor, group: Group, pupil: Pupil | None, words: str, on: date, passed: str
) -> ClassNote:
    row = ClassNote(
        org_id=group.org_id, pupil=pupil, group=group, by=actor.person, at=actor.next_moment(),
        **_checked(actor, pupil, words, on, passed),
    )  # fmt: skip
    row.save()
    if passed:
        _tell(actor, row)
    return row


def _checked(
    actor: Actor, pupil: Pupil | None, words: str, on: date, passed: str
) -> dict[str, object]:
    said = words.strip()
    if not said:
        raise Invalid("words", _("Write your note."))
    if len(said) > LONGEST:
        raise Invalid("words", _("Keep a note to 1,000 characters."))
    if on > actor.today:
        raise Invalid("on", _("This is a day to come."))
    if passed not in Passed.values or (passed == Passed.PLAN and pupil is None):
        raise Invalid("passed", _("Only a note of one pupil can be evidence for a plan."))
    return {"words": said, "on": on, "passed": passed}


def _check_stands(row: ClassNote) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as made in error already."))


def _tell(actor: Actor, row: ClassNote) -> None:
    spine.tell(
        actor=actor, org=row.org, pupil=row.pupil, role_action=Action.CONCERN_TRIAGE, source=row,
        words=_("%(who)s passed on a note from their class.") % {"who": actor.person.name},
    )  # fmt: skip
