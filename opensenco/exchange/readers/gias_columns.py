"""The headings of the national register that we read, and the files it is mistaken for.

Layouts change without notice (120 columns in 2017, 140 in 2023, 135 since 2025), so columns are
found by name (rule IMP-01). Columns with heads' names are not among those we look for.
"""

from collections.abc import Mapping, Sequence

from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import mark, sentence

URN = "URN"
NAME = "EstablishmentName"
STATUS = "EstablishmentStatus (name)"
LA_CODE = "LA (code)"
NEEDED = (URN, NAME, STATUS, LA_CODE)
SEN_TYPES = tuple(f"SEN{number} (name)" for number in range(1, 14))
READ = (
    *NEEDED,
    "LA (name)",
    "EstablishmentNumber",
    "UKPRN",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "Gender (code)",
    "Gender (name)",
    "OpenDate",
    "CloseDate",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NurseryProvision (name)",
    "OfficialSixthForm (name)",
    "SchoolCapacity",
    "NumberOfPupils",
    "PercentageFSM",
    "Trusts (code)",
    "Trusts (name)",
    "Federations (code)",
    "Federations (name)",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    *SEN_TYPES,
    "Section41Approved (name)",
    "TypeOfResourcedProvision (name)",
    "ResourcedProvisionOnRoll",
    "ResourcedProvisionCapacity",
    "SenUnitOnRoll",
    "SenUnitCapacity",
    "DistrictAdministrative (code)",
    "DistrictAdministrative (name)",
    "Easting",
    "Northing",
    "LastChangedDate",
)

# What other file it is, told by headings that only that file has.
_MISTAKEN = (
    (
        {"local authority (code)", "establishment name"},
        mark(
            "This is the 31-column “EduBase public” form of the register, which lacks the codes we "
            "need. Download all establishment data as CSV from Get Information About Schools."
        ),
    ),
    (
        {"urn", "linkurn"},
        mark(
            "This is the file of links between establishments. "
            "Download all establishment data as CSV from Get Information About Schools."
        ),
    ),
    (
        {"group uid", "group name"},
        mark(
            "This is a file of groups, such as trusts and federations. "
            "Download all establishment data as CSV from Get Information About Schools."
        ),
    ),
)


def key(heading: str) -> str:
    """A heading for comparing: trimmed, in small letters."""
    return tidy(heading).casefold()


_KEYS = frozenset(map(key, READ)) | frozenset().union(*(names for names, _ in _MISTAKEN))


def known_headings(cells: Sequence[str]) -> int:
    """How many of the cells are headings of the register, or of a file it is mistaken for."""
    return sum(key(cell) in _KEYS for cell in cells)


def columns(header: Sequence[str]) -> Mapping[str, int]:
    """The place of each heading that we read and that the file has.

    Raises FileRefused for another file, for a needed heading that is missing, and for a heading
    that stands twice.
    """
    keys = [key(heading) for heading in header]
    for names, words in _MISTAKEN:
        if names <= set(keys):
            raise FileRefused(sentence(words))
    missing = [heading for heading in NEEDED if key(heading) not in keys]
    if missing:
        raise not_the_register(", ".join(missing))
    for heading in READ:
        if keys.count(key(heading)) > 1:
            raise FileRefused(
                sentence(
                    "Two columns are called “{heading}”. Download the file again.",
                    heading=heading,
                )
            )
    return {heading: keys.index(key(heading)) for heading in READ if key(heading) in keys}


def not_the_register(missing: str) -> FileRefused:
    """The refusal of a file that lacks headings, named in `missing`."""
    return FileRefused(
        sentence(
            "This is not the national register: it has no column {missing}. "
            "Download all establishment data as CSV from Get Information About Schools.",
            missing=missing,
        )
    )
