"""Reading what exchange keeps: the register, settings, files that were read."""

from opensenco.access.models import Organisation, Person
from opensenco.exchange.models import Establishment


def establishment(urn: str) -> Establishment | None:
    """Give the establishment that the register has under a number."""
    return Establishment.objects.filter(urn=urn.strip()).first()


def setting_of(urn: str) -> Organisation | None:
    """Give the setting here that was adopted under a number of the register."""
    return Organisation.objects.filter(urn=urn.strip()).exclude(urn="").first()


def settings_called(name: str) -> list[Organisation]:
    """Give the settings outside the register that have this name, whatever its case."""
    return list(
        Organisation.objects.filter(
            kind=Organisation.Kind.SETTING, urn="", name__iexact=" ".join(name.split())
        ).order_by("id")
    )


def known_person(email: str) -> Person | None:
    """Give who signs in with this address, whatever its case. Their scope must be open."""
    return Person.objects.filter(email=email.strip().lower()).first()
