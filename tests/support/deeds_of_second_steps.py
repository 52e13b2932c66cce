"""What people do about how they sign in, once each."""

from allauth.mfa.models import Authenticator

from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.access.scope import as_login
from opensenco.cases.operations import own_sign_in
from opensenco.cases.operations.covering import arrange_cover
from opensenco.cases.operations.sign_in_help import reset_second_step
from tests.cast import BY_KEY


def about_signing_in(actor: Actor) -> None:
    """One comes from a new browser, changes the second step; a colleague is helped."""
    own_sign_in.tell_of_new_device(actor=actor, device="Firefox on Linux")
    own_sign_in.tell_of_second_step(actor=actor, change=own_sign_in.Change.APP_ADDED)
    own_sign_in.end_own_sign_ins(actor=actor, keep="")
    own_sign_in.ask_everywhere_again(actor=actor)
    row = Membership.objects.get(person__email=BY_KEY["head"].email, org__in=actor.hat.orgs)
    with as_login():
        Authenticator.objects.create(user=row.person, type="totp", data={"secret": "sealed"})
    reset_second_step(actor=actor, membership=row, reason="The phone was lost.")
    away = Membership.objects.get(person__email=BY_KEY["phase_senco"].email)
    other = Membership.objects.get(person__email=BY_KEY["other_teacher"].email)
    arrange_cover(
        actor=actor, org=away.org, away=away, person=other.person, starts=actor.today,
        ends=actor.today,
    )  # fmt: skip
