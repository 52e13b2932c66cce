"""Who may read files in: whoever may do to a whole setting what a file of that kind does."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import KEEPER
from opensenco.access.models import Organisation
from opensenco.access.registry import NONE, rules
from opensenco.exchange.kinds.known import kinds_for
from opensenco.exchange.models import FileImport, ImportRow, PlaceCopy


def _of_own_place(actor: Actor, field: str) -> Q:
    kinds = [kind.code.value for kind in kinds_for(actor)]
    if not kinds:
        return NONE
    own = Q(**{f"{field}__in": kinds})
    return own if actor.hat.role is KEEPER else own & Q(org__in=actor.hat.orgs)


@rules(FileImport, Action.IMPORT_PUPILS)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Files of the organisations of one's hat; the installation's commands reach all.

    A school's own role may have the verb and lack what a file does; such a role sees none.
    """
    return _of_own_place(actor, "kind")


@rules(ImportRow, Action.IMPORT_PUPILS)
def rows_of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of such files."""
    return _of_own_place(actor, "file__kind")


@rules(Organisation, Action.PLACE_COPY)
def of_whole_place(actor: Actor, action: Action) -> Q:
    """The place of one's hat; the installation's commands reach the place that they name."""
    return Q(pk__in=actor.hat.orgs)


@rules(PlaceCopy, Action.PLACE_COPY)
def copies_of_own_place(actor: Actor, action: Action) -> Q:
    """Copies of one's own place, whoever asked for them."""
    return Q(org__in=actor.hat.orgs)
