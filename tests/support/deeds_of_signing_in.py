"""What people do about signing in: accounts elsewhere, links, tablets, leaving, one's address."""

from opensenco.access.actor import Actor
from opensenco.access.elsewhere.told import Told
from opensenco.access.models import Invitation, Membership, Organisation, Tablet
from opensenco.cases.operations import elsewhere, inviting, own_address, tablets
from opensenco.notices.models import BadAddress
from opensenco.notices.operations import settle_address
from opensenco.notices.states import CameBack
from opensenco.people.operations import joining, places, staff
from tests.cast import NOW, TODAY


def do(actor: Actor, org: Organisation) -> None:
    """Tie an account, ask for it, send a link, cut a tablet off, and let somebody go at once."""
    told = Told("near", "0" * 64, actor.person.email, verified=True, second_step=False)
    elsewhere.tie_sign_in(actor=actor, told=told)
    actor.person.set_password("three words that have nothing")
    elsewhere.untie_sign_in(actor=actor, provider="near")
    places.require_sign_in(actor=actor, org=org, version=None, provider="near")
    places.require_sign_in(actor=actor, org=org, version=None, provider="")
    added = joining.add_colleague(
        actor=actor, org=org, first_name="Una", last_name="Wells", email="una@wells.example",
        role="TA", starts=TODAY,
    )  # fmt: skip
    row = Invitation.objects.get(pk=added.invitation.pk if added.invitation else 0)
    inviting.send_invitation(actor=actor, invitation=row)
    membership = Membership.objects.get(person__email="una@wells.example")
    staff.end_role_at_once(actor=actor, membership=membership, version=None)
    tablet = Tablet.objects.get(org=org)
    tablets.renew_tablet_code(actor=actor, tablet=tablet, code="87654321")
    tablets.cut_off_tablet(actor=actor, tablet=tablet, version=None)


def about_mail(actor: Actor, org: Organisation) -> None:
    """An address comes back and is put right; one changes one's own, and back."""
    mine, other = actor.person.email, "another@larkrise.example"
    own_address.send_code_to_new_address(actor=actor, to=other, nonce="a1")
    own_address.change_own_address(actor=actor, to=other)
    own_address.change_own_address(actor=actor, to=mine)
    back = BadAddress.objects.create(
        org=org, address="other@larkrise.example", why=CameBack.REFUSED, at=NOW
    )  # fmt: skip
    settle_address(actor=actor, bad=back)
