"""The first person of a setting is invited by the authority, area, trust or agency that brought it.

Until somebody there has come through a link, the setting holds nothing that could be looked into.
From then on its own people add each other, and whoever brought it has no say and no sight.
"""

from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Invitation, Membership, Organisation
from opensenco.access.reach import Reach
from opensenco.access.scope import Scope, scope
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.people.operations import joining
from opensenco.people.operations.joining import Added
from opensenco.people.policy import come

#: whoever begins at a setting, so that they can add all others
FIRST_ROLES = ("SENCO", "HEAD", "EY_SENCO", "MANAGER", "CHILDMINDER")


def peopled(actor: Actor, settings: Collection[int]) -> frozenset[int]:
    """Tell in which of these settings somebody has a role and has come. No name is read."""
    if not settings:
        return frozenset()
    with scope(Scope(orgs=frozenset(settings), person=actor.person.pk)):
        rows = Membership.objects.filter(come(), org__in=list(settings), withdrawn=False)
        return frozenset(rows.values_list("org_id", flat=True).distinct())


@operation(Action.SETTING_ADOPT, on="org")
def invite_first(
    *,
    actor: Actor,
    org: Organisation,
    setting: Organisation,
    first_name: str,
    last_name: str,
    email: str,
    role: str,
) -> Added:
    """Invite the first person of a setting that one's own organisation brought here.

    Whoever was invited before and has not come is put aside: their link no longer works.

    Raises:
        Invalid: a role that nobody begins with, or that this setting does not have.
        NotPossible: others brought it here, somebody is at work there already, or its record has
            been begun; one would invite oneself.
    """
    if setting.added_by_id != org.pk:
        raise NotPossible(_("This setting was brought here by others. They invite its people."))
    if role not in FIRST_ROLES:
        raise Invalid("role", _("Choose one of the roles shown."))
    if peopled(actor, [setting.pk]):
        raise NotPossible(_("Somebody is at work there already. They add their colleagues."))
    if email.strip().casefold() == actor.person.email.casefold():
        raise NotPossible(_("Invite somebody who works there. You cannot give yourself a role."))
    deputy = _deputy(actor, setting)
    with scope(deputy.scope, write=True):
        if Pupil.objects.filter(org=setting).exists():
            raise NotPossible(
                _("Pupils are on its record already. Ask whoever runs this server to invite.")
            )
        before = Invitation.objects.filter(
            org=setting, taken_at__isnull=True, withdrawn_at__isnull=True
        )
        for row in list(before.select_related("membership").order_by("id")):
            joining.take_back(actor=deputy, invitation=row, version=None)
        return joining.add_colleague(
            actor=deputy, org=setting, first_name=first_name, last_name=last_name, email=email,
            role=role, starts=actor.today,
        )  # fmt: skip


def _deputy(actor: Actor, setting: Organisation) -> Actor:
    """Give this person the one verb that a setting without people needs, for this one deed."""
    hat = replace(
        actor.hat,
        key=f"first:{setting.pk}",
        places=(setting.name,),
        orgs=frozenset({setting.pk}),
        grants={Action.PEOPLE_MANAGE: Reach.ALL},
        parts=frozenset(),
        memberships=(),
    )
    return Actor(actor.person, hat, actor.at)
