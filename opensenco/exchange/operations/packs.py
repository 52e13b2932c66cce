"""Packs that others sent are read in like lists: laid beside the record, decided about, applied."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange import packs as lists
from opensenco.exchange.kinds.kind import Reading
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ReadPack
from opensenco.exchange.operations.imports import stage_file
from opensenco.exchange.operations.papers import stage_papers
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.states import ImportKind
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible
from opensenco.network.models import Pack
from opensenco.network.operations.receiving import open_pack


@operation(Action.IMPORT_PUPILS, on="org")
def read_packs(*, actor: Actor, org: Organisation, packs: Sequence[Pack]) -> list[FileImport]:
    """Read packs in: a list of their pupils, one of the contacts, and the packs as papers.

    Nothing of the record is touched; each of the three is applied and taken back by itself. That
    the packs were opened is told to their senders.

    Returns:
        The lists in the order in which they are applied: the pupils first.

    Raises:
        Invalid: none was chosen, or too many at once.
        NotAllowed: this hat may not do everywhere here what such lists do, or not open the packs.
        NotPossible: a pack is blind, or was sent to somebody else.
        FileRefused: a list as a whole cannot be read.
    """
    if not packs:
        raise Invalid("packs", _("Choose at least one pack."))
    if len(packs) > lists.MOST:
        raise Invalid("packs", _("Choose at most %(most)s packs at once.") % {"most": lists.MOST})
    if any(pack.org_id != org.pk or pack.blind for pack in packs):
        raise NotPossible(_("Only packs with a name that were sent to this place are taken over."))
    for pack in packs:
        open_pack(actor=actor, pack=pack)
    told = [pack for pack in packs if lists.has_facts(pack)]
    found = _lists(actor, org, told)
    if kind_of(ImportKind.PLANS).may(actor):
        level = "confidential" if lists.is_sensitive(packs) else ""
        found.append(stage_papers(actor=actor, org=org, papers=lists.papers(packs), level=level))
    elif not found:
        raise NotAllowed
    ReadPack.objects.bulk_create(
        ReadPack(org=org, file=file, pack_ref=pack.ref, at=actor.at)
        for file in found
        for pack in (packs if file.kind == ImportKind.PLANS else told)
    )
    return found


def _lists(actor: Actor, org: Organisation, told: Sequence[Pack]) -> list[FileImport]:
    """Read the pupils and, where there are any, the contacts of packs in."""
    if not told:
        return []
    name = _named(told)
    reading = Reading(name_order=NameOrder.FORENAME_FIRST)
    contents = [
        (ImportKind.PUPILS, lists.pupil_list(told)),
        (ImportKind.CONTACTS, lists.contact_list(told)),
    ]
    return [
        stage_file(
            actor=actor, org=org, kind=kind, file_name=name, content=content, reading=reading
        )
        for kind, content in contents
        if content
    ]


def _named(packs: Sequence[Pack]) -> str:
    """Say how many packs and from whom; of whom they are stands in the rows."""
    places = ", ".join(sorted({pack.from_org.name for pack in packs}))
    count = ngettext("%(num)s pack", "%(num)s packs", len(packs)) % {"num": len(packs)}
    return _("%(count)s from %(places)s") % {"count": count, "places": places}
