"""`opensenco resetsignin`: help somebody back in whom nobody else can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.models import Membership, Person
from opensenco.access.scope import system_scope
from opensenco.cases.operations.sign_in_help import reset_second_step
from opensenco.gate.clock import clock
from opensenco.kernel.errors import DomainError


class Command(BaseCommand):
    """Take away a second step that was lost. Its owner sets up a new one and is told."""

    help = "take away the second step of somebody who lost theirs; they are told"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom and why."""
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--reason", required=True, help="why; they read it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in the name of the installation."""
        now = clock().now()
        with system_scope("take away a second step that was lost"):
            person = Person.objects.filter(email=options["email"].strip().lower()).first()
            held = Membership.objects.filter(person=person).order_by("-starts", "id")
            row = held.select_related("org", "person").first() if person else None
            if row is None:
                raise CommandError("Nobody with a role signs in with this address.")
            actor = installation_actor(now, frozenset({row.org_id}))
            try:
                reset_second_step(actor=actor, membership=row, reason=options["reason"])
            except DomainError as refused:
                raise CommandError(refused.sentence) from None
        self.stdout.write("Reset. They were told, and set up a new one at the next sign-in.")
