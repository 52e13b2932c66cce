"""Bring settings, trusts and federations of the national register here."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange.models import Establishment, RegisterGroup, RegisterSpan
from opensenco.exchange.operations.following import go_on_as
from opensenco.exchange.operations.groups import adopt_group, bring_memberships
from opensenco.exchange.operations.settings import adopt_setting
from opensenco.exchange.queries import establishment, setting_of
from opensenco.exchange.states import ADOPTABLE
from opensenco.gate.clock import clock


class Command(BaseCommand):
    """`opensenco adopt --urn URN… [--in-place-of URN]`, `--group UID [--with-members]`.

    All of it is done or nothing.
    """

    help = "Bring settings, trusts and federations of the national register here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which ones."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--urn", nargs="+", default=[], help="numbers of settings")
        which.add_argument("--group", metavar="UID", help="the number of a trust or federation")
        parser.add_argument(
            "--with-members",
            action="store_true",
            help="with --group: bring its open schools that are not here yet, too",
        )
        parser.add_argument(
            "--in-place-of",
            metavar="URN",
            help="with one --urn: the closed setting here whose record goes on under it",
        )
        parser.add_argument("--json", action="store_true", help="print what was done for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in one transaction.

        Raises:
            CommandError: the register has no such setting or group.
            DomainError: the domain refuses.
        """
        if options["with_members"] and not options["group"]:
            raise CommandError("--with-members goes with --group.")
        if options["in_place_of"] and len(options["urn"]) != 1:
            raise CommandError("--in-place-of goes with one --urn.")
        with system_scope("bring settings of the register here"):
            actor = installation_actor(clock().now())
            if options["group"]:
                made = _group(actor, options["group"], members=options["with_members"])
            elif options["in_place_of"]:
                made = [_following(actor, options["in_place_of"], options["urn"][0])]
            else:
                made = [_setting(actor, urn) for urn in dict.fromkeys(options["urn"])]
        self._tell(made, as_json=options["json"])

    def _tell(self, made: list[Organisation], *, as_json: bool) -> None:
        if as_json:
            rows = [
                {"name": row.name, "kind": row.kind, "urn": row.urn, "group": row.group_uid}
                for row in made
            ]
            self.stdout.write(json.dumps({"adopted": rows}) + "\n")
            return
        for row in made:
            self.stdout.write(f"Adopted from the register: {row.name}")


def _setting(actor: Actor, urn: str) -> Organisation:
    row = establishment(urn)
    if row is None:
        raise CommandError(
            f"The register has no establishment with the URN {urn}. Check the number, "
            "or read the register first: opensenco import gias FILE"
        )
    return adopt_setting(actor=actor, establishment=row)


def _following(actor: Actor, old: str, urn: str) -> Organisation:
    org = setting_of(old)
    if org is None:
        raise CommandError(f"No setting here has the URN {old}.")
    go_on_as(actor=actor, org=org, version=None, urn=urn)
    bring_memberships(actor=actor)
    return org


def _group(actor: Actor, uid: str, *, members: bool) -> list[Organisation]:
    group = RegisterGroup.objects.filter(uid=uid.strip()).first()
    if group is None:
        raise CommandError(
            f"The register has no group with the UID {uid}. Check the number, "
            "or read the groups first: opensenco import gias FILE --groups FILE --members FILE"
        )
    made = [adopt_group(actor=actor, group=group)]
    if members:
        here = Organisation.objects.exclude(urn="").values("urn")
        inside = RegisterSpan.objects.filter(uid=group.uid, left_on__isnull=True).values("urn")
        open_ones = [status for status, adoptable in ADOPTABLE.items() if adoptable]
        wanted = Establishment.objects.filter(urn__in=inside, status__in=open_ones)
        made += [
            adopt_setting(actor=actor, establishment=row)
            for row in wanted.exclude(urn__in=here).order_by("name", "id")
        ]
    return made
