"""The rows of a place, some hundred at a time, as they stand in its file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from opensenco.access.models import KEEPER_EMAIL, Organisation, Person
from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.inside import INSIDE, Row
from opensenco.exchange.leaving.values import plain

#: rows that are read at once: what is in memory is never more
AT_ONCE = 500


class Outward:
    """Names rows to the world outside: by references in place of numbers.

    Args:
        place: the organisation. Its own staff scope is open, and no wider one.
    """

    nothing = None

    def __init__(self, place: Organisation) -> None:
        self.place = place
        self._people: dict[int, str] = {}
        #: organisations that a row named, by number; the place and what stands above it first
        self._places: dict[int, str] = {}
        for pk, ref, email in Person.objects.order_by("pk").values_list("pk", "ref", "email"):
            self._people[pk] = what.INSTALLATION if email == KEEPER_EMAIL else str(ref)

    def person(self, pk: int | None) -> str | None:
        """Give a person who is known in this place; of others only that they are elsewhere."""
        return None if pk is None else self._people.get(pk, what.ELSEWHERE)

    def organisation(self, pk: int | None) -> str | None:
        """Give an organisation, which then goes as well: its name and public numbers."""
        if pk is None:
            return None
        if pk not in self._places:
            columns = ("ref", "parent_id", "added_by_id")
            ref, above, added_by = Organisation.objects.values_list(*columns).get(pk=pk)
            self._places[pk] = str(ref)
            self.organisation(above)
            self.organisation(added_by)
        return self._places[pk]

    def named_places(self) -> list[int]:
        """Give the numbers of all organisations that were named."""
        return sorted(self._places)

    def known(self, label: str, wanted: Iterable[Any]) -> dict[Any, Any]:
        """Give references of rows by their numbers, in their order."""
        if label == what.PLACES:
            return {pk: self.organisation(pk) for pk in wanted}
        if label == what.PEOPLE:
            return {pk: self.person(pk) for pk in wanted}
        if not self.goes(label):
            return {}
        rows = what.rows_of(apps.get_model(label), self.place.pk).filter(pk__in=list(wanted))
        return {pk: str(ref) for pk, ref in rows.order_by("pk").values_list("pk", "ref")}

    def up_to(self, label: str, mark: Any) -> Any:
        """Give the reference of the last row of this place up to a number."""
        rows = what.rows_of(apps.get_model(label), self.place.pk).filter(pk__lte=mark)
        last = rows.order_by("-pk").values_list("ref", flat=True).first()
        return str(last) if last else None

    def goes(self, label: str) -> bool:
        """Tell whether rows of a model stand in the file."""
        return apps.get_model(label) in what.carried()


def columns_of(model: type[models.Model]) -> dict[str, str]:
    """Give by field the column to ask for: of a key the reference of what it points at."""
    found = {}
    for field in what.fields_of(model):
        column = field.attname
        if field.is_relation and not _is_shared(field):
            column = f"{field.name}__ref"
        found[field.name] = column
    return found


def pages(model: type[models.Model], names: Outward) -> Iterator[list[Row]]:
    """Give the rows of a model that go, some hundred at a time, in the order of their making."""
    rows, columns = what.rows_of(model, names.place.pk), columns_of(model)
    if model is Organisation:
        rows = rows.filter(pk__in=names.named_places())
    elif model is Person:
        rows = rows.exclude(email=KEEPER_EMAIL)
    inside = INSIDE.get(what.label_of(model))
    shared = {field.name: field for field in what.fields_of(model) if _is_shared(field)}
    last = 0
    while some := list(
        rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE].values_list("pk", *columns.values())
    ):
        last = some[-1][0]
        page = [dict(zip(columns, values[1:], strict=True)) for values in some]
        for row in page:
            for name, field in shared.items():
                row[name] = _shared(names, field, row[name])
        if inside:
            inside(names, page)
        yield [{name: plain(value) for name, value in row.items()} for row in page]


def _is_shared(field: Any) -> bool:
    """Tell whether a field points at people or organisations, which are nobody's own rows."""
    return bool(field.is_relation) and field.related_model in (Person, Organisation)


def _shared(names: Outward, field: Any, pk: int | None) -> str | None:
    return names.person(pk) if field.related_model is Person else names.organisation(pk)
