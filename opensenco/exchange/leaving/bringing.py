"""Bringing a place in from its file: the same record, on whichever database, in one transaction."""

import re
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models

from opensenco.access.carrying import carry
from opensenco.access.models import Organisation, Person
from opensenco.documents.keeping import store_of
from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.archive import Reading
from opensenco.exchange.leaving.inside import INSIDE, JOINING, LAST, Row
from opensenco.exchange.leaving.inward import (
    Inward,
    bring_organisations,
    bring_people,
    checked,
    place_here,
    some,
)
from opensenco.exchange.leaving.rows import AT_ONCE
from opensenco.exchange.leaving.values import held
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.words import mark, sentence
from opensenco.people.models import Joining

_DIGEST = re.compile(r"files/([0-9a-f]{64})")
UNKNOWN_MODEL = mark(
    "This version of OpenSENCO does not know {model}. Use the version that wrote the file, or a "
    "later one."
)
OTHERS = mark("{model} holds a row of another place. Nothing was brought in.")
CLASH = mark("A row of {model} cannot stand beside the others. Nothing was brought in.")
NOWHERE = mark("{model} points at a row that is not in the file.")


def _random(_row: Row) -> str:
    """A link whose secret nobody ever had."""
    return secrets.token_hex(20)


#: what stands in a field that stayed out and cannot be empty
FILLED: dict[tuple[str, str], Callable[[Row], Any]] = {
    ("access.Invitation", "key"): _random,
    ("participation.AskLink", "key"): _random,
    ("participation.AskLink", "nonce"): _random,
    ("exchange.ImportRow", "subject"): lambda row: row["pupil_id"] or 0,
}


def bring(file: Reading, keeper: Person) -> tuple[Organisation, Counter[str]]:
    """Bring in everything that a file holds. The whole record is open, for writing.

    Rows keep their references and their order, and get numbers of this installation. What points at
    a row that comes later waits for it. In memory are some hundred rows, and the references of
    people and organisations.

    Raises:
        NotPossible: the place has a record here, or the file holds what cannot be.
    """
    strange = set(file.models()) - {what.label_of(model) for model in what.carried()}
    if strange:
        raise NotPossible(sentence(UNKNOWN_MODEL, model=min(strange)[:80]))
    places = bring_organisations(file, place_here(file))
    place = Organisation.objects.get(pk=places[str(file.manifest["place"]["ref"])])
    names = Inward(place, places, bring_people(file, keeper))
    counts: Counter[str] = Counter()
    for model in in_order():
        counts[what.label_of(model)] = _Table(model, names).bring(file)
    _settle_marks(names)
    _files(file, place)
    return place, counts


def _settle_marks(names: Inward) -> None:
    """Number what two records made one count of their own kind, now that all of those are here."""
    for row in Joining.objects.filter(org=names.place).order_by("pk").iterator(AT_ONCE):
        said = row.marks.get(JOINING)
        if isinstance(said, str):
            marks = row.marks | {JOINING: names.known(JOINING, [said])[said]}
            Joining.objects.filter(pk=row.pk).update(marks=marks)


def in_order() -> list[type[models.Model]]:
    """Give the tables in the order in which they come in, without those that are nobody's own."""
    tables = [m for m in what.carried() if m not in (Organisation, Person)]
    last = {label: place for place, label in enumerate(LAST, start=1)}
    return sorted(tables, key=lambda m: (what.is_history(m), last.get(m._meta.label, 0)))


class _Table:
    """One table on its way in."""

    def __init__(self, model: type[models.Model], names: Inward) -> None:
        self._model, self._names = model, names
        self._label = what.label_of(model)
        self._past = what.is_history(model)
        self._base: Any = model.instance_type if self._past else model  # type: ignore[attr-defined]
        fields = what.fields_of(model)
        self._own = [f for f in fields if f.is_relation and f.related_model is model]
        self._keys = [
            f for f in fields
            if f.is_relation and f.related_model not in (Organisation, Person, model)
        ]  # fmt: skip
        self._rest = [f for f in fields if f not in self._own and f not in self._keys]
        #: rows that point at one of their own table that has not come yet
        self._waiting: list[Row] = []
        self._brought = 0

    def bring(self, file: Reading) -> int:
        """Bring all rows in and give how many there were."""
        for page in some(file.rows(self._label), AT_ONCE):
            self._page([checked(self._model, row) for row in page])
        while self._waiting:
            before, self._waiting = self._waiting, []
            self._page(before)
            if len(self._waiting) == len(before):
                raise NotPossible(sentence(NOWHERE, model=self._label))
        return self._brought

    def _page(self, rows: list[Row]) -> None:
        """Bring some rows in, in their order; one that must come after another begins anew."""
        rows = self._fresh(rows)
        for row in rows:
            self._refuse_others(row)
        if (inside := INSIDE.get(self._label)) and not self._past:
            inside(self._names, rows)
        keys = {f.name: self._found(f.related_model, f.name, rows) for f in self._keys}
        own = {str(row[f.name]) for f in self._own for row in rows if row.get(f.name)}
        known = self._names.there(self._model, own) if own else {}
        numbers = self._numbers(rows)
        run: list[Any] = []
        written_soon: set[str] = set()
        for row in rows:
            wanted = {str(row[f.name]) for f in self._own if row.get(f.name)}
            if wanted & written_soon:
                known |= self._write(run)
                run, written_soon = [], set()
            if wanted - known.keys():
                self._waiting.append(row)
                continue
            run.append(self._made(row, keys, known, numbers))
            written_soon.add(row["ref"])
        self._write(run)

    def _fresh(self, rows: list[Row]) -> list[Row]:
        """Leave out what came with the other of two places."""
        if what.owner(self._model) not in ("two", "of"):
            return rows
        refs = [row["ref"] for row in rows]
        here = self._model._default_manager.filter(ref__in=refs).values_list("ref", flat=True)
        known = {str(ref) for ref in here}
        return [row for row in rows if row["ref"] not in known]

    def _refuse_others(self, row: Row) -> None:
        """Refuse a row that would be another place's: a file speaks for one place alone."""
        names = {"org": ("org",), "two": ("org", "from_org"), "of": ("member", "of")}
        sides = [row.get(name) for name in names[what.owner(self._model)]]
        if self._names.place.pk not in [self._names.organisation(ref) for ref in sides]:
            raise NotPossible(sentence(OTHERS, model=self._label))

    def _found(self, model: Any, name: str, rows: list[Row]) -> dict[str, int]:
        wanted = {str(row[name]) for row in rows if row.get(name) is not None}
        found = self._names.there(model, wanted)
        if wanted - found.keys():
            raise NotPossible(sentence(NOWHERE, model=f"{self._label}.{name}"))
        return found

    def _numbers(self, rows: list[Row]) -> dict[str, int]:
        """Give the numbers of the rows that versions are of."""
        if not self._past:
            return {}
        return self._found(self._base, "ref", rows)

    def _made(
        self, row: Row, keys: dict[str, dict[str, int]], known: dict[str, int],
        numbers: dict[str, int],
    ) -> Any:  # fmt: skip
        values: Row = {}
        for field in self._keys:
            values[field.attname] = keys[field.name].get(str(row.get(field.name)))
        for field in self._own:
            values[field.attname] = known.get(str(row.get(field.name)))
        for field in self._rest:
            if field.name in row:
                values[field.attname] = self._value(field, row[field.name])
        for (label, name), fill in FILLED.items():
            if label == self._base._meta.label:
                values[name] = fill(values)
        if self._past:
            values["id"] = numbers[str(row["ref"])]
        return self._model(**values)

    def _value(self, field: Any, value: Any) -> Any:
        if field.is_relation and field.related_model is Person:
            return self._names.person(value)
        if field.is_relation:
            return self._names.organisation(value)
        return held(field, value)

    def _write(self, run: list[Any]) -> dict[str, int]:
        try:
            made = carry(run)
        except IntegrityError:
            # never the database's own text: it holds values
            raise NotPossible(sentence(CLASH, model=self._label)) from None
        self._brought += len(made)
        return {} if self._past else {str(one.ref): one.pk for one in made}


def _files(file: Reading, place: Organisation) -> None:
    """Put the papers to their names. A failure later leaves files that no row knows, and no harm.

    Raises:
        NotPossible: one is another than its name says.
        FileNotTaken: there is no room.
    """
    store = store_of(place)
    for path in file.paths():
        if path.startswith("files/"):
            named = _DIGEST.fullmatch(path)
            taken = store.take(file.pieces(path), file.size(path))
            if named is None or taken.digest != named[1]:
                store.drop(taken)
                raise NotPossible(sentence(CLASH, model="files"))
            store.keep(taken)
