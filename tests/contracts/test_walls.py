"""The wall between organisations holds, on both databases, for every hat."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from opensenco.access.actions import Action
from opensenco.access.keys import all_models
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.access.scope import NoScope
from opensenco.access.tenancy import Account, Public
from opensenco.gate.operation import Pen, Refused
from opensenco.people.models import Pupil
from tests.contracts.walk import operations
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def test_outside_a_scope_there_are_no_pupils():
    with pytest.raises(NoScope):
        list(Pupil.objects.all())


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("senco", {"Idris", "Grace", "Poppy"}),
        ("head", {"Idris", "Grace", "Poppy"}),
        ("phase_senco", {"Idris", "Grace"}),
        ("teacher", {"Idris", "Grace"}),
        ("other_teacher", {"Poppy"}),
        ("ta", {"Idris"}),
        ("governor", set()),
        ("parent", {"Idris"}),
        ("professional", {"Idris"}),
        ("outsider", {"Zebedee"}),
        ("shared_senco", {"Milly", "Walter"}),
        ("family", set()),
        ("authority", set()),
    ],
)
@pytest.mark.rule("GOV-08")
def test_each_sees_the_pupils_their_hat_reaches(who: str, sees: set[str]):
    with acting_as(who, write=False) as actor:
        found = visible(actor, Action.PUPIL_VIEW, Pupil).values_list("first_name", flat=True)
        assert set(found) == sees


def test_a_list_is_not_read_after_its_scope_has_closed():
    with acting_as("senco", write=False) as actor:
        rows = visible(actor, Action.PUPIL_VIEW, Pupil)
    with pytest.raises(NoScope):
        list(rows)


def test_reading_cannot_write():
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), acting_as("senco", write=False):
        Pupil.objects.filter(first_name="Idris").update(version=7)


def row_for(pen: Pen, by_model: dict[Any, Any]) -> Any:
    """Give a row of the other school for what an operation is done to, as one or as a list."""
    hint = get_type_hints(pen.function)[pen.on]
    kinds = [kind for kind in get_args(hint) or (hint,) if kind in by_model]
    rows = [by_model[kind] for kind in kinds]
    return rows if get_origin(hint) in (list, Sequence) else next(iter(rows), None)


@pytest.mark.thorough
@pytest.mark.parametrize("key", ["senco", "head", "ta", "parent", "shared_senco", "authority"])
def test_no_operation_reaches_another_schools_row(key: str) -> None:
    """Every operation over a row is called on one of theirs: refused before its first line."""
    with acting_as("outsider", write=False):
        theirs = {
            model: row
            for model in all_models()
            if not isinstance(model.tenancy, Public | Account)  # type: ignore[attr-defined]
            and (row := model._default_manager.order_by("pk").first())
        }
        theirs[Organisation] = Organisation.objects.get(name="Outside Academy")
    tried = 0
    for name, pen in operations().items():
        row = row_for(pen, theirs) if pen.on else None
        if row is None or row == []:
            continue
        called = getattr(import_module(pen.function.__module__), pen.function.__name__, None)
        assert called is not None, name
        with acting_as(key) as actor, pytest.raises(Refused):
            called(actor=actor, **{pen.on: row})
        tried += 1
    assert tried > 40
