"""Files that people take away: refused rows, to be mended and read in again."""

from django.utils.translation import gettext

from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.pupil import Refused
from opensenco.exchange.readers.pupils import PupilFile, refused_as_csv
from opensenco.exchange.readers.source import Source
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.sentences import again
from opensenco.exchange.states import Match


def refused_as_file(file: FileImport) -> tuple[bytes, int]:
    """Give the refused rows of a file as CSV, with what is wrong and what to do, and how many."""
    rows = ImportRow.objects.filter(file=file, match=Match.REFUSED).order_by("line")
    refused = tuple(
        Refused(
            row.line,
            tuple(
                Fault(one["column"], again(one["wrong"]), again(one["mend"]), one["given"])
                for one in row.faults
            ),
            tuple(row.cells),
        )
        for row in rows
    )
    # The reader writes its own report; of the file it asks the headings and the refused rows.
    read = PupilFile(
        rows=refused,
        used={},
        unused=(),
        header=tuple(file.header),
        delimiter=",",
        source=Source(b"", 0, file.digest, "utf-8", 0, has_nul=False),
    )
    return refused_as_csv(read, gettext).encode("utf-8-sig"), len(refused)
