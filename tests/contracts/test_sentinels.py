"""Both schools hold a row of every kind, so that a wall always has something to hide."""

import pytest

from opensenco.access.keys import all_models
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.access.tenancy import Between, Org, PersonRows

OWNED = [
    pytest.param(model, id=model._meta.label)
    for model in all_models()
    if isinstance(model.tenancy, Org | PersonRows | Between)  # type: ignore[attr-defined]
]


@pytest.mark.worker
@pytest.mark.django_db
@pytest.mark.parametrize("school", ["Larkrise Primary School", "Outside Academy"])
@pytest.mark.parametrize("model", OWNED)
def test_each_school_has_a_row_of_each_kind(model, school: str):
    with system_scope("looking for sentinel rows", write=False):
        org = Organisation.objects.get(name=school)
        assert model._default_manager.filter(org=org).exists(), (
            f"{school} has no {model._meta.label}: let tests/world.py make one"
        )
