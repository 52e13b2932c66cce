"""What is marked for the safeguarding lead: written by anybody, read by that lead alone."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.concerns.models import SafeguardingNote, SafeguardingRead
from opensenco.concerns.policy import safeguarding_leads
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

READ = "safeguarding.read"


@operation(Action.SAFEGUARDING_NOTE, on="pupil")
def note_for_safeguarding(*, actor: Actor, pupil: Pupil, words: str) -> SafeguardingNote:
    """Mark something for the safeguarding lead. It stands on no timeline and in nobody's count.

    Raises:
        Invalid: nothing is written.
        NotPossible: nobody here is safeguarding lead today, so nobody would read it.
    """
    if not words.strip():
        raise Invalid("words", _("Write what you saw or heard."))
    if not safeguarding_leads(pupil.org_id, actor.today):
        raise NotPossible(
            _(
                "Nobody here has the role of safeguarding lead, so nobody would read this. "
                "Nothing is saved. Speak to your safeguarding lead or head teacher now."
            )
        )
    note = SafeguardingNote(
        org_id=pupil.org_id,
        pupil=pupil,
        words=words.strip(),
        writer=actor.person,
        written_at=actor.at,
    )
    note.save()
    spine.open_task(
        actor=actor,
        org=pupil.org,
        kind=READ,
        words=_("Read what %(who)s marked for you.") % {"who": actor.person.name},
        source=note,
        pupil=pupil,
        role_action=Action.SAFEGUARDING_VIEW,
        reader=Action.SAFEGUARDING_VIEW,
        due=actor.today,
    )
    return note


@operation(Action.SAFEGUARDING_VIEW, on="note")
def take_note_in_hand(*, actor: Actor, note: SafeguardingNote) -> SafeguardingNote:
    """Say that one has read a note and has it in hand; its writer sees when, and no more.

    Raises:
        NotPossible: one has said so already.
    """
    if SafeguardingRead.objects.filter(note=note, person=actor.person).exists():
        raise NotPossible(_("You have this in hand already."))
    SafeguardingRead(org_id=note.org_id, note=note, person=actor.person, at=actor.at).save()
    spine.settle_task(actor=actor, source=note, kind=READ)
    return note
