"""The installation itself as an actor: what a command does before any school has a person."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat
from opensenco.access.models import KEEPER_EMAIL, Person
from opensenco.access.reach import Reach, Role

KEEPER = Role(
    "INSTALLATION",
    _("Installation"),
    _("The commands of whoever runs this server: adopting settings, the first person, imports."),
    dict.fromkeys(
        (
            Action.PEOPLE_MANAGE,
            Action.SIGN_IN_HELP,
            Action.SETTING_EDIT,
            Action.SETTING_GO_ON,
            Action.REGISTER_TAKE,
            Action.PLACE_COPY,
            Action.PLACE_BRING,
            Action.ROLE_NARROW,
            Action.CLASS_EDIT,
            Action.PUPIL_ADD,
            Action.PUPIL_EDIT,
            Action.STATUS_SET,
            Action.NEEDS_SET,
            Action.IMPORT_PUPILS,
        ),
        Reach.ALL,
    ),
)


def installation_actor(at: datetime, orgs: frozenset[int] = frozenset()) -> Actor:
    """Give the installation as an actor. Its system scope must be open, for writing.

    Args:
        orgs: the organisations this command is about, for the audit.
    """
    person, _made = Person.objects.get_or_create(
        email=KEEPER_EMAIL,
        defaults={"first_name": "OpenSENCO", "last_name": "", "is_active": False},
    )
    hat = Hat(
        key="installation",
        role=KEEPER,
        name=str(KEEPER.name),
        places=("OpenSENCO",),
        orgs=orgs,
        grants=dict(KEEPER.grants),
    )
    return Actor(person, hat, at)
