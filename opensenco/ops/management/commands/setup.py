"""Begin on an empty installation: find a school, give it its first person, say what comes next."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from opensenco.access.models import Organisation
from opensenco.exchange.models import Establishment, RegisterReading
from opensenco.exchange.register_queries import Found, found
from opensenco.exchange.states import SettingKind
from opensenco.kernel.dates import say

SHOWN = 15
REGISTER = """\
The national register has not been read. It is not needed to begin; with it a school
brings its number, phase and authority along. Somebody with internet gets it once from
https://get-information-schools.service.gov.uk : Downloads, "Establishment fields",
all establishment data, as CSV. Then: opensenco import gias FILE
"""
NEXT = """\
Next: opensenco serve, then open the address that it prints and sign in as {email}.
The home page leads on from there: term dates, lists, SEN, the team.
"""


class Command(BaseCommand):
    """Asks in a terminal, one thing after the other; `createadmin` does the deed."""

    help = "Begin: find a school, give it its first person, and hear what comes next."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what can be answered without being asked."""
        parser.add_argument("--find", metavar="WORDS", help="only list what the register has")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lead through it.

        Raises:
            CommandError: an answer is missing, or nothing of the register was found.
            DomainError: the domain refuses.
        """
        if options["find"]:
            self._list(self._found(options["find"]))
            return
        self._tell_what_is_here()
        which = self._which()
        email = self._ask("E-mail address of its first person: ")
        first = self._ask("First name: ")
        last = self._ask("Surname: ")
        role = self._role()
        call_command(
            "createadmin", f"--email={email}", f"--first-name={first}", f"--last-name={last}",
            *which, *role, *([] if sys.stdin.isatty() else ["--password-stdin"]),
            stdout=self.stdout,
        )  # fmt: skip
        self.stdout.write(NEXT.format(email=email.strip().lower()))

    def _tell_what_is_here(self) -> None:
        settings = Organisation.objects.filter(kind=Organisation.Kind.SETTING).count()
        self.stdout.write(f"Settings here: {settings}")
        count = Establishment.objects.count()
        if not count:
            self.stdout.write(REGISTER)
            return
        reading = RegisterReading.objects.order_by("-number").first()
        day = say(reading.read_on) if reading else ""
        self.stdout.write(f"Establishments in the register: {count:,}, read on {day}\n")

    def _which(self) -> list[str]:
        """Give the options of `createadmin` that say which setting it is."""
        if Establishment.objects.exists():
            words = self._ask("Which school? Name and town, postcode or URN "
                              "(empty where the register lacks it): ", needed=False)  # fmt: skip
            if words:
                return [f"--urn={self._choose(self._found(words)).row.urn}"]
        kinds = ", ".join(SettingKind.values)
        name = self._ask("Its name: ")
        kind = self._ask(f"What is it ({kinds}; a school is other): ").lower()
        kind = SettingKind.OTHER.value if kind == "school" else kind
        if kind not in SettingKind.values:
            raise CommandError(f"Write one of these: {kinds}. Nothing was done.")
        return [f"--name={name}", f"--kind={kind}"]

    def _found(self, words: str) -> list[Found]:
        rows, _more = found(words)
        if not rows:
            raise CommandError(
                "The register has nothing of the kind. Try fewer words or the postcode. "
                "Nothing was done."
            )
        return rows[:SHOWN]

    def _list(self, rows: list[Found]) -> None:
        for number, one in enumerate(rows, start=1):
            row = one.row
            where = ", ".join(filter(None, (row.town, row.postcode, row.la_name)))
            here = "  (here already)" if one.here is not None else ""
            self.stdout.write(f"{number:>3}  {row.urn:<8}{row.name}, {where}{here}")

    def _choose(self, rows: list[Found]) -> Found:
        self._list(rows)
        answer = self._ask("Which number at the left? " if len(rows) > 1 else "Is it this? 1: ")
        if not answer.isdecimal() or not 1 <= int(answer) <= len(rows):
            raise CommandError("There is no such number in the list. Nothing was done.")
        return rows[int(answer) - 1]

    def _role(self) -> list[str]:
        role = self._ask("Role (empty: SENCO, or by the kind of setting): ", needed=False)
        return [f"--role={role.upper()}"] if role else []

    def _ask(self, words: str, *, needed: bool = True) -> str:
        self.stdout.write(words, ending="")
        self.stdout.flush()
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            self.stdout.write("")
        if not line or (needed and not line.strip()):
            raise CommandError("An answer is missing. Nothing was done.")
        return line.strip()
