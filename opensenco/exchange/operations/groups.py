"""Trusts and federations of the register become organisations; schools join and leave them.

What the register says of membership is brought to the organisations that are here, each time a file
is taken over or something is adopted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.exchange.models import RegisterGroup, RegisterSpan
from opensenco.exchange.states import GroupFamily
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.people.operations import places

#: what a group becomes here; sponsors and groups of centres bring nobody together over pupils
BECOMES: dict[GroupFamily, Organisation.Kind] = {
    GroupFamily.TRUST: Organisation.Kind.TRUST,
    GroupFamily.FEDERATION: Organisation.Kind.GROUP,
}


@dataclass(frozen=True)
class Brought:
    """How many spans of belonging were made and changed, and of whom it could not be done."""

    made: int
    changed: int
    left: tuple[str, ...] = ()


@operation(Action.REGISTER_TAKE)
def adopt_group(*, actor: Actor, group: RegisterGroup) -> Organisation:
    """Make a trust or federation of the register an organisation, with its members that are here.

    Members that are adopted later join it when they are.

    Raises:
        Invalid: it is adopted already.
        NotPossible: it has closed, or is of a kind that is nobody's organisation.
    """
    kind = BECOMES.get(GroupFamily(group.family))
    if kind is None:
        raise NotPossible(_("Only trusts and federations are adopted."))
    if group.closed_on is not None and group.closed_on <= actor.today:
        raise NotPossible(_("The register says that this group has closed."))
    row = places.add_organisation(
        actor=actor,
        kind=kind,
        name=group.name,
        group_uid=group.uid,
        town=group.town,
        postcode=group.postcode,
        opened_on=group.opened_on,
    )
    bring_memberships(actor=actor)
    return row


@operation(Action.REGISTER_TAKE)
def bring_memberships(*, actor: Actor) -> Brought:
    """Bring what the register says of membership to the settings and groups that are here.

    A setting that people have put into another family for some of the days stays where it is, and
    is told.
    """
    groups = {row.group_uid: row for row in Organisation.objects.exclude(group_uid="")}
    settings = {row.urn: row for row in Organisation.objects.exclude(urn="")}
    spans = RegisterSpan.objects.filter(uid__in=list(groups), urn__in=list(settings))
    begun = dict(RegisterGroup.objects.filter(uid__in=list(groups)).values_list("uid", "opened_on"))
    wanted = [
        _Wanted(
            settings[span.urn],
            groups[span.uid],
            span.joined_on or begun.get(span.uid) or actor.today,
            span.left_on,
            dated=span.joined_on is not None,
        )
        for span in spans.order_by("urn", "joined_on", "pk")
    ]
    return _bring(actor, wanted)


@dataclass(frozen=True)
class _Wanted:
    member: Organisation
    of: Organisation
    starts: date
    ends: date | None
    dated: bool


def _bring(actor: Actor, wanted: Iterable[_Wanted]) -> Brought:
    held: dict[tuple[int, int], list[Affiliation]] = {}
    of_groups = Affiliation.objects.exclude(of__group_uid="").select_related("of", "member")
    for row in of_groups.order_by("starts", "id"):
        held.setdefault((row.member_id, row.of_id), []).append(row)
    missing, changed = [], 0
    for one in wanted:
        known = _known(one, held.get((one.member.pk, one.of.pk), []))
        if known is None:
            missing.append(one)
        elif known.ends != one.ends and (one.ends is None or one.ends >= known.starts):
            places.end_affiliation(actor=actor, affiliation=known, ends=one.ends)
            changed += 1
    # What ends is written before what begins: the same school in the next trust.
    left = [one.member.name for one in missing if not _joined(actor, one)]
    return Brought(len(missing) - len(left), changed, tuple(left))


def _known(one: _Wanted, rows: list[Affiliation]) -> Affiliation | None:
    for row in rows:
        if row.starts == one.starts or (not one.dated and row.ends is None):
            return row
    return None


def _joined(actor: Actor, one: _Wanted) -> bool:
    if one.ends is not None and one.ends < one.starts:
        return True
    try:
        places.affiliate(
            actor=actor, member=one.member, of=one.of, starts=one.starts, ends=one.ends
        )
    except NotPossible:
        return False
    return True
