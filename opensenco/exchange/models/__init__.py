"""The national register as it was read, and files that were read to be imported."""

from opensenco.exchange.models.aside import SetAside
from opensenco.exchange.models.copies import PlaceCopy
from opensenco.exchange.models.groups import EstablishmentLink, RegisterGroup, RegisterSpan
from opensenco.exchange.models.imports import FileImport, ImportRow, KeptFile, Mapping, Trace
from opensenco.exchange.models.packs import ReadPack
from opensenco.exchange.models.register import Establishment, EstablishmentPast, RegisterReading
from opensenco.exchange.models.succession import Succession

__all__ = [
    "Establishment",
    "EstablishmentLink",
    "EstablishmentPast",
    "FileImport",
    "ImportRow",
    "KeptFile",
    "Mapping",
    "PlaceCopy",
    "ReadPack",
    "RegisterGroup",
    "RegisterReading",
    "RegisterSpan",
    "SetAside",
    "Succession",
    "Trace",
]
