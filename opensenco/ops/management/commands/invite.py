"""Let the people of a place that was brought in come by one-time links: none has a password."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Invitation, Organisation
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.ops.management.commands._places import place_of
from opensenco.people.operations.joining import invite_anew, renew_link


class Command(BaseCommand):
    """`opensenco invite NUMBER [--first ADDRESS]`."""

    help = "Let the people of a place that was brought in come by one-time links."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the place, and who comes first."""
        parser.add_argument("number", metavar="NUMBER", help="a number of the place, or its name")
        parser.add_argument("--first", metavar="ADDRESS", default="",
                            help="print the one-time link of whoever has this address")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print the facts for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite everybody who has a role and no password.

        Raises:
            CommandError: there is no such place, or nobody waits with that address.
        """
        org = place_of(options["number"])
        with system_scope("invite the people of a place that was brought in"):
            actor = installation_actor(clock().now(), frozenset({org.pk}))
            invited = invite_anew(actor=actor, org=org)
            first = _first(org, options["first"])
            key = renew_link(actor=actor, invitation=first) if first else ""
        link = ""
        if first:
            link = f"{settings.ADDRESS}{reverse('school:join', args=[org.ref, first.ref, key])}"
        if options["json"]:
            self.stdout.write(json.dumps({"invited": len(invited), "link": link}))
            return
        self.stdout.write(f"{len(invited):,} people can be given a link, at Staff and roles.")
        if link:
            self.stdout.write(f"For the first of them, for 14 days and shown this once: {link}")


def _first(org: Organisation, address: str) -> Invitation | None:
    if not address:
        return None
    rows = Invitation.objects.filter(
        org=org, email=address.strip().lower(), taken_at__isnull=True, withdrawn_at__isnull=True
    )
    found = rows.order_by("id").first()
    if found is None:
        raise CommandError("Nobody with this address waits for a link at this place.")
    return found
