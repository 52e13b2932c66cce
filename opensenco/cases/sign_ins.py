"""By which accounts elsewhere somebody signs in, and the first time they do."""

from datetime import datetime

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor, hat_for
from opensenco.access.elsewhere import ties
from opensenco.access.elsewhere.told import Told
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.cases.operations.elsewhere import tie_sign_in
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import NotPossible
from opensenco.people import joining


def ties_of(person: Person) -> list[str]:
    """Give the short names of the providers by which somebody signs in."""
    return ties.of_people([person.pk]).get(person.pk, [])


def tie(person: Person, told: Told, at: datetime) -> None:
    """Tie an account elsewhere to whoever has just given their own password.

    Raises:
        NotPossible: they have no role today, or it is tied already.
    """
    hat = hat_for(person, london_date(at))
    if hat is None:
        raise NotPossible(_("You have no role here today. Nothing was changed."))
    actor = Actor(person, hat, at)
    with scope(actor.scope, write=True):
        tie_sign_in(actor=actor, told=told)


def may_come(offer: joining.Offer, told: Told) -> Person | None:
    """Give whose account an invitation and an account elsewhere open together; None for nobody's.

    Both must be about one address, the provider's proven; and the account must be one that was
    made for this invitation and has no password yet. Whoever has one proves it by that.
    """
    if not told.verified or told.email != offer.email:
        return None
    person, may_choose = joining.first_password(offer)
    return person if may_choose else None


def come(link: joining.Link, person: Person, told: Told, at: datetime) -> None:
    """Take what an invitation offers, and sign in by the account elsewhere from now on.

    Raises:
        NotFound, NotPossible: as `joining.take`; or that account is tied already.
    """
    joining.take(link, person, at, besides=lambda actor: tie_sign_in(actor=actor, told=told))
