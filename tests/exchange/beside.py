"""Small files of links, groups and members for tests."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

LINKS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
GROUPS = (
    "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)",
    "Group Type", "Closed Date", "Open date", "Incorporated on (open date)",
    "Group Status (code)", "Group Status", "Group Street", "Group Town", "Group Postcode",
    "Head of Group First Name", "Head of Group Last Name", "UKPRN",
)  # fmt: skip
MEMBERS = (
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)",
    "Group Type", "Closed Date", "Open date", "Incorporated on (open date)",
    "Group Status (code)", "Group Status", "Joined date", "EstablishmentName",
)  # fmt: skip
TRUST = ("06", "Multi-academy trust")
FEDERATION = ("01", "Federation")


def written(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Path:
    """Write a file as the register's service does: cp1252, CRLF, quoted."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    path.write_bytes(out.getvalue().encode("cp1252"))
    return path


def links(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    """Write links: the one, the other, what the other is to it, since when."""
    cells = [(urn, other, "Zoë’s School", kind, since) for urn, other, kind, since in rows]
    return written(folder / "links.csv", LINKS, cells)


def groups(folder: Path, *rows: tuple[str, str, tuple[str, str], str]) -> Path:
    """Write groups: UID, name, type, closing date."""
    cells = [
        (uid, f"TR{uid:0>5}", name, "1234567", *kind, closed, "01-09-2011", "", "1",
         "Closed" if closed else "Open", "1 The Street", "Exampleton", "ng11aa", "Ada",
         "Inparticular", "10012345")
        for uid, name, kind, closed in rows
    ]  # fmt: skip
    return written(folder / "groups.csv", GROUPS, cells)


def members(folder: Path, *rows: tuple[str, str, tuple[str, str], str]) -> Path:
    """Write members: URN, UID, type, the day of joining."""
    cells = [
        (urn, uid, f"TR{uid:0>5}", f"Group {uid}", "01234567", *kind, "", "01-09-2011", "", "1",
         "Open", joined, "A school")
        for urn, uid, kind, joined in rows
    ]  # fmt: skip
    return written(folder / "members.csv", MEMBERS, cells)
