"""Names of the file back into rows of this installation: organisations, people, and all else."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from opensenco.access.carrying import carry
from opensenco.access.models import KEEPER_EMAIL, Organisation, Person
from opensenco.access.tenancy import Between
from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.archive import Reading
from opensenco.exchange.leaving.comparing import NUMBERS
from opensenco.exchange.leaving.inside import JOINING, Row
from opensenco.exchange.leaving.values import held
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.words import mark, sentence

#: in whose name stands what people did who are not known in a place that came from elsewhere
ELSEWHERE_EMAIL = "elsewhere@localhost"
NOT_EMPTY = mark(
    "This place is here already and has a record. A place is only brought into an installation "
    "in which it has none."
)
NOWHERE = mark("{model} points at a row that is not in the file.")
UNKNOWN_FIELD = mark(
    "This version of OpenSENCO does not know {model}.{field}. Use the version that wrote the file, "
    "or a later one."
)
MISSING_FIELD = mark("{model}.{field} is missing in the file, and a row cannot be without it.")


class Inward:
    """Finds rows of this installation for references of the file.

    Args:
        place: the organisation that is brought in. The whole record is open, for writing.
    """

    nothing = 0

    def __init__(self, place: Organisation, places: dict[str, int], people: dict[str, int]) -> None:
        self.place = place
        self._places = places
        self._people = people

    def person(self, ref: str | None) -> int | None:
        """Give a person's number; whoever is not known in the place has a stand-in."""
        return None if ref is None else self._found(self._people, what.PEOPLE, ref)

    def organisation(self, ref: str | None) -> int | None:
        """Give an organisation's number."""
        return None if ref is None else self._found(self._places, what.PLACES, ref)

    @staticmethod
    def _found(known: dict[str, int], label: str, ref: str) -> int:
        if ref not in known:
            raise NotPossible(sentence(NOWHERE, model=label))
        return known[ref]

    def known(self, label: str, wanted: Iterable[Any]) -> dict[Any, Any]:
        """Give numbers of rows of this place by their references, in their order.

        Raises:
            NotPossible: one is not there.
        """
        refs = [str(ref) for ref in wanted if ref is not None]
        if label == what.PLACES:
            return {ref: self.organisation(ref) for ref in refs}
        if label == what.PEOPLE:
            return {ref: self.person(ref) for ref in refs}
        found = self.there(_model(label), refs)
        if len(found) < len(set(refs)):
            raise NotPossible(sentence(NOWHERE, model=label))
        return {ref: found[ref] for ref in refs}

    def there(self, model: type[models.Model], refs: Iterable[str]) -> dict[str, int]:
        """Give numbers by reference of those rows of this place that are there."""
        here = Q(org_id=self.place.pk)
        if isinstance(model.tenancy, Between):  # type: ignore[attr-defined]
            here |= Q(from_org_id=self.place.pk)
        wanted = list(refs)
        if not wanted:
            return {}
        rows = model._default_manager.filter(here, ref__in=wanted)
        return {str(ref): pk for ref, pk in rows.order_by("pk").values_list("ref", "pk")}

    def goes(self, label: str) -> bool:
        """Tell whether rows of a model stand in the file."""
        return _model(label) in what.carried()

    def up_to(self, label: str, mark: Any) -> Any:
        """Give the number of the row that a mark names, 0 where it counts none."""
        if mark is None:
            return 0
        if label == JOINING and not self.there(_model(label), [str(mark)]):
            # it counts itself, or one that comes after it: see `bringing`
            return str(mark)
        return self.known(label, [mark])[str(mark)]


def _model(label: str) -> type[models.Model]:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        raise NotPossible(sentence(NOWHERE, model=str(label)[:80])) from None


def checked(model: type[models.Model], row: Row) -> Row:
    """Give a row whose fields this version knows, with nothing missing that it needs.

    Raises:
        NotPossible: one is unknown, or missing.
    """
    fields = what.fields_of(model)
    label = what.label_of(model)
    if strange := row.keys() - {field.name for field in fields}:
        raise NotPossible(sentence(UNKNOWN_FIELD, model=label, field=min(strange)[:80]))
    for field in fields:
        if field.name not in row and not field.null and not field.has_default():
            raise NotPossible(sentence(MISSING_FIELD, model=label, field=field.name))
    return row


def place_here(file: Reading) -> Organisation | None:
    """Give the organisation that the file is of, if it is here and has no record yet.

    Raises:
        NotPossible: it has one.
    """
    said = file.manifest["place"]
    known = _same(said)
    if known is not None and _has_a_record(known):
        raise NotPossible(sentence(NOT_EMPTY))
    return known


def _same(row: Row) -> Organisation | None:
    """Give the organisation here that the file names, by a public number or its reference."""
    for name in NUMBERS:
        if number := str(row.get(name) or ""):
            found = Organisation.objects.filter(**{name: number}).first()
            if found is not None:
                return found
    ref = held(Organisation._meta.get_field("ref"), row.get("ref"))
    return Organisation.objects.filter(ref=ref).first()


def _has_a_record(place: Organisation) -> bool:
    """Tell whether anything stands there but entries of the books about the place itself."""
    own = (m for m in what.carried() if any(f.name == "org" for f in m._meta.fields))
    return any(
        model._default_manager.filter(org_id=place.pk).exists()
        for model in own
        if model._meta.label not in ("audit.Entry", "cases.PublishedYear", "exchange.Succession")
        and not isinstance(model.tenancy, Between)  # type: ignore[attr-defined]
    )


def bring_organisations(file: Reading, place: Organisation | None) -> dict[str, int]:
    """Bring the place, its parts and whatever it names; those that are here stay as they are.

    Gives numbers by the references of the file.
    """
    waiting = [checked(Organisation, row) for row in file.rows(what.PLACES)]
    ours = str(file.manifest["place"]["ref"])
    known: dict[str, int] = {}
    while waiting:
        ready = [
            row for row in waiting
            if all(row.get(name) in (None, *known) for name in ("parent", "added_by"))
        ]  # fmt: skip
        if not ready:
            raise NotPossible(sentence(NOWHERE, model=what.PLACES))
        for row in ready:
            here = place if row["ref"] == ours else _same(row)
            if here is not None and row["ref"] == ours:
                Organisation.objects.filter(pk=here.pk).update(**_organisation(row, known))
            known[row["ref"]] = here.pk if here else _made(row, known)
        waiting = [row for row in waiting if row["ref"] not in known]
    return known


def _organisation(row: Row, known: dict[str, int]) -> Row:
    values = {}
    for field in what.fields_of(Organisation):
        if field.name in row:
            value = row[field.name]
            values[field.attname] = known.get(value) if field.is_relation else held(field, value)
    return values


def _made(row: Row, known: dict[str, int]) -> int:
    [made] = carry([Organisation(**_organisation(row, known))])
    return made.pk


def bring_people(file: Reading, keeper: Person) -> dict[str, int]:
    """Bring everybody without a password. Whoever signs in here already stays who they are.

    Gives numbers by the references of the file.
    """
    elsewhere, _new = Person.objects.get_or_create(
        email=ELSEWHERE_EMAIL,
        defaults={"first_name": "Elsewhere", "last_name": "", "is_active": False},
    )
    known = {what.INSTALLATION: keeper.pk, what.ELSEWHERE: elsewhere.pk}
    added: dict[int, str] = {}
    for row in file.rows(what.PEOPLE):
        email = str(checked(Person, row)["email"]).strip().lower()
        here = Person.objects.filter(email=email).first()
        if here is None:
            here = _person(row, email)
            if row.get("added_by"):
                added[here.pk] = row["added_by"]
        known[row["ref"]] = here.pk
    for pk, by in added.items():
        Person.objects.filter(pk=pk).update(added_by=known.get(by))
    return known


def _person(row: Row, email: str) -> Person:
    if email in (KEEPER_EMAIL, ELSEWHERE_EMAIL):
        raise NotPossible(sentence(NOWHERE, model=what.PEOPLE))
    values = {
        field.attname: held(field, row[field.name])
        for field in what.fields_of(Person)
        if field.name in row and not field.is_relation
    }
    if Person.objects.filter(ref=values["ref"]).exists():
        # somebody else has it here: an address says who one is, a reference does not
        del values["ref"]
    person = Person(**{**values, "email": email})
    person.set_unusable_password()
    [made] = carry([person])
    return made


def some(rows: Iterator[Row], most: int) -> Iterator[list[Row]]:
    """Give rows some hundred at a time."""
    page: list[Row] = []
    for row in rows:
        page.append(row)
        if len(page) == most:
            yield page
            page = []
    if page:
        yield page
