"""Whether a setting that is to be added is here already, or stands in the national register."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.models import Organisation
from opensenco.exchange.models import Establishment
from opensenco.exchange.readers.settings import SettingRow
from opensenco.exchange.states import SettingKind, Status
from opensenco.kernel.text import search_key


class Verdict(StrEnum):
    """What a setting of a list is, beside those that are here."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """A row, what it is, the setting that it is about, and why it is refused."""

    row: SettingRow
    verdict: Verdict
    setting: Organisation | None = None
    why: str = ""


def judged(row: SettingRow) -> Judged:
    """Hold one setting beside those that are here and beside the register.

    The same Ofsted number is the same setting. Without one it is the same name at the same
    postcode. The same name where one of the two has no postcode is a double for a person to settle.
    """
    settings = Organisation.objects.filter(kind=Organisation.Kind.SETTING, urn="")
    if row.ofsted_urn:
        same = settings.filter(ofsted_urn=row.ofsted_urn).first()
        if same is not None:
            return _beside(row, same)
        if Organisation.objects.filter(ofsted_urn=row.ofsted_urn).exists():
            return Judged(row, Verdict.REFUSED, None, _("This Ofsted number is a school’s here."))
    for other in settings.filter(name__iexact=row.name).order_by("id"):
        if row.ofsted_urn and other.ofsted_urn:
            continue
        if row.postcode == other.postcode:
            return _beside(row, other)
        if not row.postcode or not other.postcode:
            why = _("A setting of this name is here already. Give the postcodes of both.")
            return Judged(row, Verdict.REFUSED, other, why)
    return _beside_register(row)


def _beside(row: SettingRow, other: Organisation) -> Judged:
    same = all(getattr(other, name) == value for name, value in values_of(row).items())
    return Judged(row, Verdict.UNCHANGED if same else Verdict.CHANGED, other)


def values_of(row: SettingRow) -> dict[str, str]:
    """Give what a row says of a setting that is here; what it leaves empty stays as it is."""
    values = {
        "name": row.name,
        "phase": str(SettingKind(row.kind).label),
        "ofsted_urn": row.ofsted_urn,
        "postcode": row.postcode,
        "town": row.town,
    }
    return {name: value for name, value in values.items() if value}


def _beside_register(row: SettingRow) -> Judged:
    # A list may give the register's number where Ofsted's belongs: both are called URN.
    same = Q(postcode=row.postcode) & ~Q(postcode="") | Q(urn=row.ofsted_urn)
    for one in Establishment.objects.filter(same).exclude(status=Status.CLOSED):
        if search_key(one.name) == search_key(row.name):
            why = _(
                "The national register has this setting, with the URN %(urn)s. Adopt it from there."
            ) % {"urn": one.urn}
            return Judged(row, Verdict.REFUSED, None, why)
    return Judged(row, Verdict.NEW)
