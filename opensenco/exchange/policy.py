"""Who may read files in: whoever may do to all pupils of a setting what a file can do."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import KEEPER
from opensenco.access.reach import Reach
from opensenco.access.registry import rules
from opensenco.exchange.models import FileImport, ImportRow

#: a file adds and changes pupils and puts them into classes, so its reader must be able to
NEEDED = (Action.IMPORT_PUPILS, Action.PUPIL_ADD, Action.PUPIL_EDIT, Action.CLASS_EDIT)
#: and this besides, where it brings SEN status and needs
NEEDED_FOR_SEN = (Action.STATUS_SET, Action.NEEDS_SET)


def _all(actor: Actor, actions: tuple[Action, ...]) -> bool:
    return all(actor.hat.reach(action) is Reach.ALL for action in actions)


def may_import(actor: Actor) -> bool:
    """Tell whether this hat may take over a file of pupils: all that it does, over all of them."""
    return _all(actor, NEEDED)


def may_bring_sen(actor: Actor) -> bool:
    """Tell whether this hat may also take SEN status and needs from a file."""
    return _all(actor, NEEDED_FOR_SEN)


@rules(FileImport, Action.IMPORT_PUPILS)
@rules(ImportRow, Action.IMPORT_PUPILS)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Files of the organisations of one's hat; the installation's commands reach all.

    A school's own role may have the verb and lack what a file does; such a role sees none.
    """
    if not may_import(actor):
        return Q(pk__in=[])
    return Q() if actor.hat.role is KEEPER else Q(org__in=actor.hat.orgs)
