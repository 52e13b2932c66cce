"""Views of the register: kept by a name, shared, renamed, opened with, taken away."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible
from opensenco.support.models import SavedView
from opensenco.support.models.views import MOST_NAME, MOST_QUERY
from opensenco.support.words import line

#: views of one person; more is a list nobody reads
MOST = 20


@dataclass(frozen=True)
class Keep:
    """How a view is kept.

    Args:
        shared: all who see the register here have it too.
        is_default: the register opens with it, for its owner alone.
    """

    name: str
    shared: bool = False
    is_default: bool = False


@operation(Action.REGISTER_VIEW, on="org")
def save_view(*, actor: Actor, org: Organisation, query: str, keep: Keep) -> SavedView:
    """Keep what somebody chose on the register, by a name.

    Args:
        org: where it is kept; of several places, the first.
        query: filters and order, as they stand in the address.

    Raises:
        Invalid: no name, or one that they have already.
        NotPossible: nothing is chosen, or they have very many views.
    """
    if not query or len(query) > MOST_QUERY:
        raise NotPossible(_("Choose something on the register first, then keep it as a view."))
    mine = _of(actor, org)
    if mine.count() >= MOST:
        raise NotPossible(_("You have 20 views. Take one away before you keep another."))
    name = _named(actor, org, keep.name, None)
    if keep.is_default:
        _no_other_default(actor, org)
    row = SavedView(
        org=org, owner=actor.person, name=name, query=query, shared=keep.shared,
        is_default=keep.is_default,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.REGISTER_VIEW, on="view")
def change_view(*, actor: Actor, view: SavedView, keep: Keep, version: int | None) -> SavedView:
    """Rename one's own view, share it or no more, open the register with it or no more.

    Raises:
        Invalid: no name, or one that they have already.
        NotAllowed: it is somebody else's.
        NotPossible: it was taken away.
        Stale: it was changed in between.
    """
    _check_own(actor, view)
    name = _named(actor, view.org, keep.name, view)
    if keep.is_default and not view.is_default:
        _no_other_default(actor, view.org)
    return change(
        view, version=version, name=name, shared=keep.shared, is_default=keep.is_default
    )  # fmt: skip


@operation(Action.REGISTER_VIEW, on="view")
def remove_view(*, actor: Actor, view: SavedView) -> SavedView:
    """Take one's own view away; whom it was shared with loses it too.

    Raises:
        NotAllowed: it is somebody else's.
        NotPossible: it was taken away already.
    """
    _check_own(actor, view)
    return change(view, version=None, ended_on=actor.today, is_default=False, shared=False)


def _check_own(actor: Actor, view: SavedView) -> None:
    if view.owner_id != actor.person.pk:
        raise NotAllowed
    if view.ended_on is not None:
        raise NotPossible(_("This view was taken away."))


def _of(actor: Actor, org: Organisation) -> QuerySet[SavedView]:
    return SavedView.objects.filter(org=org, owner=actor.person, ended_on__isnull=True)


def _named(actor: Actor, org: Organisation, given: str, view: SavedView | None) -> str:
    name = line("name", given, MOST_NAME)
    if not name:
        raise Invalid("name", _("Give the view a name."))
    others = _of(actor, org).filter(name=name)
    if view is not None:
        others = others.exclude(pk=view.pk)
    if others.exists():
        raise Invalid("name", _("You have a view of this name already. Choose another."))
    return name


def _no_other_default(actor: Actor, org: Organisation) -> None:
    for other in _of(actor, org).filter(is_default=True):
        change(other, version=None, is_default=False)
