"""Organisations: added, adopted, described, joined to each other."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible

#: kinds of which an organisation is in one at a time: who joins another has left the one before
ONE_AT_A_TIME = frozenset(
    {Organisation.Kind.AUTHORITY, Organisation.Kind.GROUP, Organisation.Kind.TRUST}
)


@operation(Action.REGISTER_TAKE)
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
    postcode: str = "",
    group_uid: str = "",
    ofsted_urn: str = "",
) -> Organisation:
    """Add an organisation of any tier; a setting from the register is adopted through here.

    Args:
        la_code: of an authority, its code in the national register.
        group_uid: of a trust or federation, its number among the register's groups.
        ofsted_urn: of a nursery or childminder, Ofsted's number.

    Raises:
        Invalid: this setting or trust is adopted already, or the Ofsted number is another's.
    """
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
        postcode=postcode,
        group_uid=group_uid,
        ofsted_urn=ofsted_urn,
    )
    return keep(organisation)


def keep(row: Organisation) -> Organisation:
    """Save a new organisation. No verb of its own: the verbs that add one say who may.

    Raises:
        Invalid: its number is another's here.
    """
    known = Organisation.objects
    if row.urn and known.filter(urn=row.urn).exists():
        raise Invalid("urn", _("This setting has been adopted already."))
    if row.group_uid and known.filter(group_uid=row.group_uid).exists():
        raise Invalid("group_uid", _("This group has been adopted already."))
    if row.ofsted_urn and known.filter(ofsted_urn=row.ofsted_urn).exists():
        raise Invalid("ofsted_urn", _("A setting with this Ofsted number is here already."))
    row.save()
    return row


@operation(Action.REGISTER_TAKE)
def affiliate(
    *, actor: Actor, member: Organisation, of: Organisation, starts: date, ends: date | None = None
) -> Affiliation:
    """Put an organisation into another (a school into its family) from a day.

    It may leave and come back: each time is a span of its own.

    Raises:
        NotPossible: it is in this one, or in another of the kind, on some of these days.
    """
    return join(member, of, starts, ends)


def join(member: Organisation, of: Organisation, starts: date, ends: date | None) -> Affiliation:
    """Save that one belongs to another. No verb of its own: the verbs that do it say who may.

    Raises:
        NotPossible: it is in this one, or in another of the kind, on some of these days.
    """
    known = Affiliation.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), member=member)
    if ends is not None:
        known = known.filter(starts__lte=ends)
    same = Q(of__kind=of.kind) if of.kind in ONE_AT_A_TIME else Q(of=of)
    other = known.filter(same).select_related("of").first()
    if other is not None:
        raise NotPossible(
            _("%(member)s belongs to %(other)s on some of these days. End that first.")
            % {"member": member.name, "other": other.of.name}
        )
    row = Affiliation(member=member, of=of, starts=starts, ends=ends)
    row.save()
    return row


@operation(Action.REGISTER_TAKE)
def end_affiliation(*, actor: Actor, affiliation: Affiliation, ends: date | None) -> Affiliation:
    """Say until which day an organisation belongs to another, or that no end is known.

    Raises:
        NotPossible: the last day stands before the first.
    """
    if ends is not None and ends < affiliation.starts:
        raise NotPossible(_("The last day stands before the first day."))
    affiliation.ends = ends
    affiliation.save(update_fields=["ends"])
    return affiliation


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


@operation(Action.PEOPLE_MANAGE, on="org")
def require_sign_in(
    *, actor: Actor, org: Organisation, version: int | None, provider: str
) -> Organisation:
    """Say by which provider the staff of a place sign in; empty for any way that is theirs.

    Guests come as they do elsewhere, and a shared tablet is used by its own numbers.

    Raises:
        Stale: somebody else changed it in between.
    """
    return change(org, version=version, sign_in_by=provider)
