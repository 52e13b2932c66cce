"""Serve the pages, with one worker beside them."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from opensenco.gate import counting
from opensenco.ops import serving


class Command(BaseCommand):
    """The web server and its worker, ended together."""

    help = "Serve the pages, with one worker beside them. Ctrl-C or SIGTERM stops both."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen and how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="address (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")
        parser.add_argument(
            "--workers",
            type=int,
            default=serving.WORKERS,
            help="web processes (default: %(default)s)",
        )
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="no worker for jobs; run `opensenco worker` elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        host, port = options["host"], options["port"]
        serving.refuse_port_in_use(host, port, "Choose another with --port.")
        address = serving.address(host, port)
        counting.forget(settings.DATA)
        with serving.Together() as processes:
            command = serving.server_command(host, port, options["workers"])
            processes.start("The web server", command, "web")
            if not options["no_worker"]:
                processes.start("The worker", serving.worker_command(), "worker")
            processes.run(address, lambda: self._say(f"OpenSENCO serves at {address}"))
        self.stdout.write("Stopped.")

    def _say(self, line: str) -> None:
        """Print now: what reads this may be a log that waits for the line."""
        self.stdout.write(line)
        self.stdout.flush()
