"""Both schools hold a row of every kind, so that a wall always has something to hide."""

import pytest

from opensenco.access.keys import all_models
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.access.tenancy import Between, Org, PersonRows
from tests.contracts.walk import each

OWNED = [
    model
    for model in all_models()
    if isinstance(model.tenancy, Org | PersonRows | Between)  # type: ignore[attr-defined]
]


@pytest.mark.worker
@pytest.mark.django_db
@each(OWNED, lambda model: str(model._meta.label))
def test_each_school_has_a_row_of_each_kind(model):
    with system_scope("looking for sentinel rows", write=False):
        for school in ("Larkrise Primary School", "Outside Academy"):
            org = Organisation.objects.get(name=school)
            assert model._default_manager.filter(org=org).exists(), (
                f"{school} has none: let tests/world.py make one"
            )
