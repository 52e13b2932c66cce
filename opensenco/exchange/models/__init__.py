"""The national register as it was read, and files that were read to be imported."""

from opensenco.exchange.models.imports import FileImport, ImportRow
from opensenco.exchange.models.register import Establishment, EstablishmentPast, RegisterReading

__all__ = ["Establishment", "EstablishmentPast", "FileImport", "ImportRow", "RegisterReading"]
