"""A school releases its figures of a term to whoever stands above it, once."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.network import figures
from opensenco.network.models import Release


@operation(Action.FIGURES_RELEASE, on="org")
def release_figures(*, actor: Actor, org: Organisation, to: Organisation, seen: str) -> Release:
    """Release a school's figures as they stand today, protected, for this term. They never change.

    Args:
        seen: the mark of the figures that were looked at (`figures.seen`).

    Raises:
        Invalid: the receiver is not the school's authority or trust.
        NotPossible: those of this term were released to it already; they are others by now.
        NotAllowed: the role sees no figures of the whole place.
    """
    if to not in figures.audiences(actor, org):
        raise Invalid("to", _("Choose the authority or trust of this school."))
    term = figures.term_of(actor.today)
    if Release.objects.filter(org=to, from_org=org, term=term).exists():
        raise NotPossible(
            _("The figures of this term have been released to %(place)s. They do not change.")
            % {"place": to.name}
        )
    counted = figures.figures_of(actor, org)
    if figures.seen(counted) != seen:
        raise NotPossible(_("The figures have changed since you looked. Look at them again."))
    row = Release(
        org=to, from_org=org, term=term, as_of=actor.today, at=actor.at, figures=counted,
        by_name=actor.person.name[:170], by_role=actor.hat.name[:120],
    )  # fmt: skip
    row.save()
    return row
