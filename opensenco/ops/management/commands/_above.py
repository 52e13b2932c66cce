"""Authorities and trusts of the register, for the command that gives one its first person."""

from django.core.management.base import CommandError

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange import queries
from opensenco.exchange.models import Establishment, RegisterGroup
from opensenco.exchange.operations import groups, settings

READ = "Check it, or read the register first: opensenco import gias FILE"


def authority(actor: Actor, code: str) -> tuple[Organisation, bool]:
    """Give the authority of a code, and whether it was made just now.

    Raises:
        CommandError: the register has no setting of that authority.
    """
    known = queries.authority_of(code)
    if known is not None:
        return known, False
    row = Establishment.objects.filter(la_code=code.strip()).order_by("id").first()
    if row is None:
        raise CommandError(f"The register has no authority with the code {code}. {READ}")
    return settings.adopt_authority(actor=actor, establishment=row), True


def trust(actor: Actor, uid: str) -> tuple[Organisation, bool]:
    """Give the trust of a number among the register's groups, and whether it was made just now.

    Raises:
        CommandError: the register has no such group.
        DomainError: it has closed, or is no trust or federation.
    """
    known = Organisation.objects.filter(group_uid=uid.strip()).exclude(group_uid="").first()
    if known is not None:
        return known, False
    row = RegisterGroup.objects.filter(uid=uid.strip()).first()
    if row is None:
        raise CommandError(
            f"The register has no group with the UID {uid}. {READ} --groups FILE --members FILE"
        )
    return groups.adopt_group(actor=actor, group=row), True
