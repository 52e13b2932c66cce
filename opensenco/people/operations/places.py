"""Organisations: added, adopted, described, joined to each other."""

from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid


@operation(Action.SETTING_ADOPT)
def add_organisation(
    *,
    actor: Actor,
    kind: str,
    name: str,
    parent: Organisation | None = None,
    urn: str = "",
    la_code: str = "",
    senco_word: str = Organisation.SencoWord.SENCO,
    phase: str = "",
    town: str = "",
    opened_on: date | None = None,
) -> Organisation:
    """Add an organisation of any tier; a setting from the register is adopted through here.

    Args:
        la_code: of an authority, its code in the national register.

    Raises:
        Invalid: this setting is adopted already.
    """
    if urn and Organisation.objects.filter(urn=urn).exists():
        raise Invalid("urn", "This setting has been adopted already.")
    organisation = Organisation(
        kind=kind,
        name=name,
        parent=parent,
        urn=urn,
        la_code=la_code,
        senco_word=senco_word,
        phase=phase,
        town=town,
        opened_on=opened_on,
    )
    organisation.save()
    return organisation


@operation(Action.SETTING_ADOPT)
def affiliate(
    *, actor: Actor, member: Organisation, of: Organisation, starts: date, ends: date | None = None
) -> Affiliation:
    """Put an organisation into another (a school into its family) from a day."""
    row = Affiliation(member=member, of=of, starts=starts, ends=ends)
    row.save()
    return row


@operation(Action.SETTING_EDIT, on="org")
def describe_setting(
    *,
    actor: Actor,
    org: Organisation,
    version: int | None,
    senco_word: str,
    safeguarding_words: str,
) -> Organisation:
    """Change how a setting spells the role, and its own words above the concern form.

    Raises:
        Stale: somebody else changed them in between.
    """
    return change(
        org, version=version, senco_word=senco_word, safeguarding_words=safeguarding_words
    )
