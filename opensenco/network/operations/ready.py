"""A ready-made pack by one tap: for an inspection, for a meeting; of one child or of a sample."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.states import Form
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.network.models import PackEdition
from opensenco.network.operations.papers import Wanted, ask_for_pack_file, put_on_paper
from opensenco.network.ready_made import MADE, MOST_SAMPLED, Ready
from opensenco.network.seeing import seen_parts
from opensenco.people.models import Pupil


@operation(Action.PACK_SEND, on="pupil")
def put_ready_pack(*, actor: Actor, pupil: Pupil, ready: str) -> PackEdition:
    """Put a ready-made pack together of what this actor may see, and ask for its PDF.

    A part that they may not see is left out, and the last page says so.

    Raises:
        Invalid: there is no such pack, or nothing in it is for this actor.
    """
    if ready not in MADE:
        raise Invalid("ready", _("Choose one of the packs shown."))
    made = MADE[Ready(ready)]
    seen = seen_parts(actor, pupil)
    wanted = Wanted(
        audience=made.audience, for_whom=str(made.for_whom), why=str(made.why),
        parts=tuple(part for part in made.parts if part in seen),
    )  # fmt: skip
    edition = put_on_paper(actor=actor, pupil=pupil, wanted=wanted)
    ask_for_pack_file(actor=actor, edition=edition, form=Form.PDF)
    return edition


@operation(Action.PACK_SEND, on="pupils")
def put_sample_together(*, actor: Actor, pupils: Sequence[Pupil]) -> list[PackEdition]:
    """Put an inspection pack together of each sampled child, all or none.

    Raises:
        Invalid: nobody was chosen, or more than can be read in one go.
    """
    rows = list({row.pk: row for row in pupils}.values())
    if not rows:
        raise Invalid("pupils", _("Choose at least one pupil."))
    if len(rows) > MOST_SAMPLED:
        words = _("Choose at most %(most)s pupils at once.") % {"most": MOST_SAMPLED}
        raise Invalid("pupils", words)
    return [put_ready_pack(actor=actor, pupil=row, ready=Ready.INSPECTION.value) for row in rows]
