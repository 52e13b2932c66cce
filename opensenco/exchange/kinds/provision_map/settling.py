"""What a map does not say of its provisions, asked once for each of them and for the whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opensenco.access.models import Organisation
from opensenco.exchange.kinds.provision_map.library_here import Entry, LibraryHere
from opensenco.exchange.kinds.provision_map.promise import (
    NEW,
    SAID,
    Asks,
    Means,
    Promised,
    key_of,
    promised,
)
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import Values
from opensenco.exchange.readers.map_columns import PROVISION
from opensenco.exchange.states import Match
from opensenco.kernel.errors import Invalid
from opensenco.provision.models import MOST_MINUTES, MOST_TIMES
from opensenco.provision.states import Layer

__all__ = ["MOST_MINUTES", "MOST_TIMES", "Provision", "checked", "provisions_of", "unsettled"]
#: a provision that nobody says more of than this is still listed
MOST_LISTED = 300


@dataclass
class Provision:
    """One provision of a file, as a person is asked about it.

    Attributes:
        key: its name as answers are kept under it.
        entry: what it is taken for; None for a new entry of the library.
        alike: what it could be, where it is only alike.
        asks: what the file leaves open, for some row of it.
        ever: what could be said at all: what is asked without an answer.
        pupils: how many rows give it.
        written: some of its cells that say a number or a length alone, as examples.
    """

    key: str
    name: str
    entry: Entry | None
    alike: tuple[Entry, ...]
    layer: int
    said: Mapping[str, Any]
    asks: set[Asks] = field(default_factory=set)
    ever: set[Asks] = field(default_factory=set)
    pupils: int = 0
    written: list[str] = field(default_factory=list)
    lengths: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody has to say something before all of it can be given."""
        return bool(self.asks)

    @property
    def usual(self) -> Mapping[str, int | None]:
        """How often and how long it usually is, by the library in which it was found."""
        one = self.entry or (self.alike[0] if self.alike else None)
        return {"times": one.times, "minutes": one.minutes} if one else {}


def provisions_of(file: FileImport) -> list[Provision]:
    """Give the provisions of a file, those first of which something is asked."""
    library = LibraryHere(file.org)
    answers = file.answers.get("provisions") or {}
    found: dict[str, Provision] = {}
    rows = ImportRow.objects.filter(file=file).exclude(match=Match.REFUSED).order_by("line", "part")
    for values in rows.values_list("values", flat=True):
        key = key_of(values[PROVISION])
        said = answers.get(key) or {}
        now = promised({**values, SAID: said}, library)
        one = found.get(key) or _new(key, values[PROVISION], now, said, library)
        found[key] = one
        one.pupils += 1
        one.asks |= now.asks
        one.ever |= promised(values, library).asks
        _example(one, values)
    several = sorted(found.values(), key=lambda one: (not one.open, one.name.casefold()))
    return several[:MOST_LISTED]


def _new(
    key: str, name: str, now: Promised, said: Mapping[str, Any], library: LibraryHere
) -> Provision:
    return Provision(key, name, now.entry, library.find(name).alike, now.layer, said)


def _example(one: Provision, values: Values) -> None:
    number, length = values.get("number", ""), values.get("length")
    text = number or (f"{length / 60:g} h" if length else "")
    one.lengths = one.lengths or bool(length)
    if text and text not in one.written and len(one.written) < 3:
        one.written.append(text)


def unsettled(file: FileImport) -> int:
    """Give how many provisions of a file something is asked of."""
    return sum(one.open for one in provisions_of(file))


def checked(org: Organisation, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give an answer about one provision as it is kept.

    Args:
        given: "as" (`NEW` or the key of an entry), "layer", "times", "minutes", "means"; what is
            left out or None is not said.

    Raises:
        Invalid: what cannot be; the field is the name in `given`.
    """
    said: dict[str, Any] = {}
    if what := given.get("as"):
        if what != NEW and what not in LibraryHere(org).by_key:
            raise Invalid("as", "Choose one of the answers shown.")
        said["as"] = what
    if layer := given.get("layer"):
        if int(layer) not in Layer.values:
            raise Invalid("layer", "Choose universal, targeted or specialist.")
        said["layer"] = int(layer)
    for name, most in (("times", MOST_TIMES), ("minutes", MOST_MINUTES)):
        if (number := given.get(name)) is not None:
            if not 1 <= number <= most:
                raise Invalid(name, f"Give a whole number between 1 and {most}.")
            said[name] = number
    if means := given.get("means"):
        said["means"] = Means(means).value
    return said
