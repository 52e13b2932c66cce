"""Give a setting, authority or trust its first person; what is not here yet is adopted."""

import getpass
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange import queries
from opensenco.exchange.operations import settings
from opensenco.exchange.operations.first_people import FIRST_ROLES
from opensenco.exchange.states import SettingKind
from opensenco.gate.clock import clock
from opensenco.ops.management.commands import _above as above

ROLES = (*FIRST_ROLES, "SEN_OFFICER", "TRUST_LEAD")
#: the role given where none is named
USUAL = {
    SettingKind.CHILDMINDER: "CHILDMINDER",
    SettingKind.NURSERY: "MANAGER",
    SettingKind.OTHER: "SENCO",
}


class PasswordsDiffer(CommandError):
    """A password was typed twice, and not the same."""


class Command(BaseCommand):
    """Adopts, adds the person, gives the role and sets the password: all of it or nothing."""

    help = "Give a setting, authority or trust its first person; it is adopted if need be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which setting and who; never the password."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--urn", help="the setting's number in the national register")
        which.add_argument("--name", help="a setting that the register does not hold")
        which.add_argument("--authority", metavar="CODE", help="an authority’s three figures")
        which.add_argument("--trust", metavar="UID", help="a trust’s number among the groups")
        parser.add_argument(
            "--ofsted", metavar="NUMBER", default="", help="its Ofsted number, with --name"
        )
        parser.add_argument(
            "--kind",
            choices=SettingKind.values,
            help="what a setting outside the register is, with --name",
        )
        parser.add_argument("--email", required=True, help="what the person signs in with")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        parser.add_argument("--role", choices=ROLES, help="(default: SENCO, by --kind otherwise)")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input instead of asking for it",
        )
        parser.add_argument("--json", action="store_true", help="print what was done for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in one transaction.

        Raises:
            CommandError: the register does not have the setting, or there is no way to ask for
                the password.
            DomainError: the domain refuses.
        """
        if options["name"] and not options["kind"]:
            raise CommandError(f"With --name say --kind: {', '.join(SettingKind.values)}.")
        if options["urn"] and options["kind"]:
            raise CommandError("--kind goes with --name. A setting of the register has its own.")
        with system_scope("see whether this person signs in already", write=False):
            known = queries.known_person(options["email"]) is not None
        password = "" if known else self._password(from_stdin=options["password_stdin"])
        with system_scope("give a setting its first person"):
            actor = installation_actor(clock().now())
            org, adopted = _setting(actor, options)
            role = options["role"] or _usual_role(org, options)
            _give(actor, org, role, password, options)
        self._tell(org, role, adopted=adopted, known=known, as_json=options["json"])

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError("There is nobody to ask for a password. Use --password-stdin.")
        first = getpass.getpass("Password (at least 12 characters): ")
        if getpass.getpass("The same again: ") != first:
            raise PasswordsDiffer("The two passwords differ. Nothing was done.")
        return first

    def _tell(
        self, org: Organisation, role: str, *, adopted: bool, known: bool, as_json: bool
    ) -> None:
        if as_json:
            facts = {"setting": org.name, "urn": org.urn, "adopted": adopted, "role": role}
            self.stdout.write(json.dumps({**facts, "new_person": not known}) + "\n")
            return
        how = "Adopted from the register" if org.urn or org.la_code or org.group_uid else "Added"
        if adopted:
            self.stdout.write(f"{how}: {org.name}")
        if known:
            self.stdout.write(f"This person signs in as before, now also with the role {role}.")
        else:
            self.stdout.write(f"The person can sign in at {org.name} with the role {role}.")


def _setting(actor: Actor, options: dict[str, Any]) -> tuple[Organisation, bool]:
    """Give the setting, and whether it was made just now."""
    if options["name"]:
        here = queries.settings_called(options["name"], options["ofsted"])
        if len(here) > 1:
            raise CommandError("Several settings have this name. Say which one with --ofsted.")
        if here:
            return here[0], False
        kind = SettingKind(options["kind"])
        made = settings.add_setting(
            actor=actor, name=options["name"], kind=kind, ofsted_urn=options["ofsted"]
        )
        return made, True
    if options["authority"]:
        return above.authority(actor, options["authority"])
    if options["trust"]:
        return above.trust(actor, options["trust"])
    urn = options["urn"].strip()
    known = queries.setting_of(urn)
    if known is not None:
        return known, False
    establishment = queries.establishment(urn)
    if establishment is None:
        raise CommandError(
            f"The register has no establishment with the URN {urn}. Check the number, "
            "or read the register first: opensenco import gias FILE"
        )
    return settings.adopt_setting(actor=actor, establishment=establishment), True


def _usual_role(org: Organisation, options: dict[str, Any]) -> str:
    above_a_school = {"authority": "SEN_OFFICER", "trust": "TRUST_LEAD"}
    return above_a_school.get(org.kind) or USUAL.get(options["kind"], "SENCO")


def _give(
    actor: Actor, org: Organisation, role: str, password: str, options: dict[str, Any]
) -> None:
    person = queries.known_person(options["email"])
    if person is not None:
        settings.add_role_to_known_person(actor=actor, org=org, person=person, role=role)
        return
    settings.add_first_person(
        actor=actor,
        org=org,
        email=options["email"],
        first_name=options["first_name"],
        last_name=options["last_name"],
        role=role,
        password=password,
    )
