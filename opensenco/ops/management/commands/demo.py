"""Make the made-up county if it is not there, and serve it on this machine."""

import os
import subprocess
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from opensenco.gate import demo_marker
from opensenco.gate.clock import clock
from opensenco.kernel import dates
from opensenco.ops import serving
from opensenco.ops.demo_size import Size

HOST = "127.0.0.1"
#: of the people as whom one can sign in, how many are printed
MAIN = 12


class Command(BaseCommand):
    """Each step is a process of its own, with the database role that it needs and no other."""

    help = "Make the made-up county if it is not there, and serve it on this machine."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port and whether to begin anew."""
        parser.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")
        parser.add_argument(
            "--fresh", action="store_true", help="throw the demo world away and make it anew"
        )
        parser.add_argument(
            "--size",
            choices=[size.value for size in Size],
            default=Size.COUNTY.value,
            help="how much is made where none is there (default: %(default)s)",
        )
        parser.add_argument("--no-worker", action="store_true", help="no worker for jobs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Get the database ready and serve it until told to stop."""
        port: int = options["port"]
        hint = f"Try another: python3 run.py demo --port {port + 1}"
        serving.refuse_port_in_use(HOST, port, hint)
        marker = self._ready(fresh=options["fresh"], size=options["size"])
        connection.close()
        # another may have begun to listen while this world was made, and both would answer in turn
        serving.refuse_port_in_use(HOST, port, hint)
        address = serving.address(HOST, port)
        # what the worker writes into mail, which is kept in a folder
        os.environ.setdefault("OPENSENCO_ADDRESS", address)
        with serving.Together() as processes:
            processes.start("The web server", serving.server_command(HOST, port), "web")
            if not options["no_worker"]:
                processes.start("The worker", serving.worker_command(), "worker")
            processes.run(address, lambda: self._welcome(address, marker))
        self.stdout.write("Stopped.")

    def _ready(self, *, fresh: bool, size: str = Size.COUNTY.value) -> demo_marker.Marker:
        marker = demo_marker.read_here()
        if marker is not None and (fresh or not marker.built):
            self._forget()
            marker = None
        if marker is None or _behind():
            self._step("migrate", "--verbosity", "0", process="owner")
        if marker is None:
            self.stdout.write("Making the demo world. This takes a minute, the first time only.")
            self.stdout.flush()
            self._step("demoworld", "--size", size, process="worker")
            marker = demo_marker.read_here()
        if marker is None:
            raise CommandError("The demo world was made, and its note is not in the data folder.")
        return marker

    def _forget(self) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "On PostgreSQL the demo begins anew in a new, empty database: "
                "make one and set the DATABASE variables to it."
            )
        connection.close()
        demo_marker.forget(settings.DATA, Path(connection.settings_dict["NAME"]))

    def _step(self, *words: str, process: str) -> None:
        done = subprocess.run(
            serving.own_command(*words), env=serving.environment(process), check=False
        )
        if done.returncode:
            raise CommandError(f"`opensenco {words[0]}` did not go well; it says why above.")

    def _welcome(self, address: str, marker: demo_marker.Marker) -> None:
        lines = ["", f"OpenSENCO's demo: {address}", "", "Everybody in it is made up. Sign in as:"]
        main = marker.sign_ins[:MAIN]
        wide = max((len(person.email) for person in main), default=0)
        for password in dict.fromkeys(person.password for person in main):
            lines += ["", f"  with the password {password}"]
            lines += [
                f"  {person.email:<{wide}}  {person.who}"
                for person in main
                if person.password == password
            ]
        if others := len(marker.sign_ins) - len(main):
            lines += ["", f"{others} more, and what waits for each: {address}/walk-in/"]
        lines += ["", *age(marker.day, clock().today()), "Ctrl-C stops it."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def age(made: date, today: date) -> list[str]:
    """Say that the world's dates have aged, where they have."""
    if made == today:
        return []
    return [
        f"The demo world was made for {dates.say(made)}; its dates are that old.",
        "`python3 run.py demo --fresh` makes it anew for today and forgets what was entered.",
        "",
    ]


def _behind() -> bool:
    """Say whether the code has migrations that the database has not, without loading either."""
    apps = [AppConfig.create(name) for name in settings.INSTALLED_APPS]
    written = {
        (app.label, path.stem)
        for app in apps
        for path in Path(app.path, "migrations").glob("[!_]*.py")
    }
    if "django_migrations" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return not written <= set(cursor.fetchall())
