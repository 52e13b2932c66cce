"""Read reports of mail that was never delivered, from a mailbox, and mark the addresses."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.notices import reports
from opensenco.ops.posting import mark_returned

STDIN = "-"


class Command(BaseCommand):
    """Take a Maildir, a mailbox in one file, one mail, or one mail from the standard input."""

    help = (
        "Read reports of mail that was never delivered, from the mailbox of the sender, and mark "
        "their addresses. The mailbox stays as it is; the same report twice is as once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the mails are."""
        parser.add_argument(
            "place", help="a Maildir, a file in mbox format, one mail in a file, or - for one mail"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read.

        Raises:
            CommandError: it cannot be read.
        """
        place = options["place"]
        try:
            if place == STDIN:
                mails = [sys.stdin.buffer.read(reports.LARGEST)]
            else:
                mails = list(reports.mails_in(Path(place)))
        except OSError as error:
            raise CommandError(f"{place}: {(error.strerror or str(error)).lower()}.") from None
        refs = [ref for mail in mails if (ref := reports.returned(mail)) is not None]
        marked = mark_returned(refs)
        self.stdout.write(
            f"mails       {len(mails):>8,}\nreports     {len(refs):>8,}\nmarked      {marked:>8,}\n"
        )
