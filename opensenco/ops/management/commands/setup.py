"""Begin on an empty installation: find a school, give it its first person, say what comes next."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from opensenco.access.models import Organisation
from opensenco.exchange.models import Establishment, RegisterReading
from opensenco.exchange.readers.staff_values import read_email
from opensenco.exchange.readers.words import Unreadable
from opensenco.exchange.register_queries import Found, found
from opensenco.exchange.states import SettingKind
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid
from opensenco.ops.management.commands.createadmin import ROLES, PasswordsDiffer

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


NOTHING = " Nothing was done."
T = TypeVar("T")


class Ended(CommandError):
    """There are no more answers."""


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
        said = {
            "email": self._until_right(self._email),
            "first_name": self._ask("First name: "),
            "last_name": self._ask("Surname: "),
            "role": self._until_right(self._role),
        }
        while not self._done(which, said):
            pass
        self.stdout.write(NEXT.format(email=said["email"].strip().lower()))

    def _done(self, which: list[str], said: dict[str, str]) -> bool:
        """Do it, and tell whether it is done. What was refused is asked again, alone; everything
        else that was answered stays as it is.

        Raises:
            CommandError, DomainError: nobody is there to be asked, or no other answer would help.
        """
        given = [f"--{name.replace('_', '-')}={text}" for name, text in said.items() if text]
        read = [] if sys.stdin.isatty() else ["--password-stdin"]
        try:
            call_command("createadmin", *which, *given, *read, stdout=self.stdout)
        except PasswordsDiffer as wrong:
            self._tell_wrong(wrong)
            return False
        except Invalid as wrong:
            if wrong.field not in {*said, "password"}:
                raise
            self._tell_wrong(wrong)
            if wrong.field in said:
                again = {"email": self._email, "role": self._role}
                ask = again.get(wrong.field, partial(self._ask, "Write it again: "))
                said[wrong.field] = self._until_right(ask)
            return False
        return True

    def _until_right(self, ask: Callable[[], T]) -> T:
        """Ask until the answer can be taken. A script is not asked twice: it ends.

        Raises:
            CommandError: the answers end, or a script gave one that cannot be taken.
        """
        while True:
            try:
                return ask()
            except Ended:
                raise
            except CommandError as wrong:
                self._tell_wrong(wrong)

    def _tell_wrong(self, wrong: Exception) -> None:
        """Say what is wrong with an answer to who can give another; a script ends with it.

        Raises:
            Exception: what is wrong, where nobody is there.
        """
        if not sys.stdin.isatty():
            raise wrong
        self.stdout.write(str(wrong).removesuffix(NOTHING))

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
            found = self._until_right(self._search)
            if found:
                return [f"--urn={self._until_right(partial(self._choose, found)).row.urn}"]
        return [f"--name={self._ask('Its name: ')}", f"--kind={self._until_right(self._kind)}"]

    def _search(self) -> list[Found]:
        """Give what the register has; nothing where it is said to lack it."""
        words = self._ask("Which school? Name and town, postcode or URN "
                          "(empty where the register lacks it): ", needed=False)  # fmt: skip
        return self._found(words) if words else []

    def _kind(self) -> str:
        kinds = ", ".join(SettingKind.values)
        kind = self._ask(f"What is it ({kinds}; a school is other): ").lower()
        kind = SettingKind.OTHER.value if kind == "school" else kind
        if kind not in SettingKind.values:
            raise CommandError(f"Write one of these: {kinds}.{NOTHING}")
        return kind

    def _email(self) -> str:
        given = self._ask("Email address of its first person: ")
        try:
            return read_email(given)
        except Unreadable as wrong:
            raise CommandError(f"{wrong.wrong} {wrong.mend}{NOTHING}") from None

    def _found(self, words: str) -> list[Found]:
        rows, _more = found(words)
        if not rows:
            raise CommandError(
                "The register has nothing of the kind. Try fewer words or the postcode." + NOTHING
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
            raise CommandError(f"There is no such number in the list.{NOTHING}")
        return rows[int(answer) - 1]

    def _role(self) -> str:
        role = self._ask("Role (empty: SENCO, or by the kind of setting): ", needed=False).upper()
        if role and role not in ROLES:
            raise CommandError(f"Write one of these: {', '.join(ROLES)}.{NOTHING}")
        return role

    def _ask(self, words: str, *, needed: bool = True) -> str:
        """Give one answer; an empty one is asked again where one is needed.

        Raises:
            Ended: there are no more answers, or a script gave an empty one.
        """
        while True:
            self.stdout.write(words, ending="")
            self.stdout.flush()
            line = sys.stdin.readline()
            if not sys.stdin.isatty():
                self.stdout.write("")
            if line and (line.strip() or not needed):
                return line.strip()
            if not line or not sys.stdin.isatty():
                raise Ended(f"An answer is missing.{NOTHING}")
            self.stdout.write("An answer is needed here.")
