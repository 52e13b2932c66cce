"""What a manager gives is what PostgreSQL would give without it, for every hat and every model."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, models, transaction

from opensenco.access.actor import Actor, hats_of
from opensenco.access.keys import all_models
from opensenco.access.login_rows import LoginRows
from opensenco.access.scope import Scope, scope
from opensenco.access.tenancy import Account, Public
from tests.cast import CAST, NOW, TODAY
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def actors(key: str) -> Iterator[Actor]:
    """Give somebody of the cast once for each of their hats."""
    who = person(key)
    with scope(Scope(person=who.pk)):
        hats = hats_of(who, TODAY)
    for hat in hats:
        yield Actor(who, hat, NOW)


def everything(model) -> set[int] | None:
    """Ask without a manager; None where the role may not read the table at all."""
    try:
        with transaction.atomic():
            return set(models.QuerySet(model).values_list("pk", flat=True))
    except ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return None


def may_read(model, kind: str) -> bool:
    tenancy = model.tenancy
    rights = tenancy.staff_rights() if kind == "staff" else tenancy.guest_rights()
    return isinstance(tenancy, Public) or bool(rights)


@pytest.mark.parametrize("key", [player.key for player in CAST])
def test_managers_give_what_the_wall_lets_through(key: str):
    for actor in actors(key):
        with scope(actor.scope):
            for model in all_models():
                passed = everything(model)
                assert (passed is not None) == may_read(model, actor.scope.kind), model
                for manager in (model._default_manager, model._base_manager):
                    given = set(manager.values_list("pk", flat=True))
                    assert given == (passed or set()), f"{model._meta.label} for {actor.hat.key}"


@pytest.mark.parametrize("key", ["senco", "outsider", "parent", "shared_senco"])
def test_histories_give_what_the_wall_lets_through(key: str):
    for actor in actors(key):
        with scope(actor.scope):
            for model in all_models():
                if hasattr(model, "history"):
                    given = set(model.history.values_list("pk", flat=True))
                    assert given == (everything(model.history.model) or set()), model


def test_each_side_of_the_wall_holds_something_to_hide():
    """Without this the tests above could pass on empty tables."""
    seen: dict[str, dict[str, set[int]]] = {}
    for key in ("senco", "outsider"):
        for actor in actors(key):
            with scope(actor.scope):
                seen[key] = {
                    m._meta.label: everything(m) or set()
                    for m in all_models()
                    if not isinstance(m.tenancy, Public | Account | LoginRows)  # type: ignore[attr-defined]
                }
    one, other = seen["senco"], seen["outsider"]
    # nobody sees those of a colleague either
    own = {"gate.Draft", "gate.Submission", "notices.MailChoice", "notices.NewsRead"}
    own.add("access.TabletPin")
    for label in set(one) - own:
        assert one[label], f"the SENCO of Larkrise sees no {label}"
        assert other[label], f"the SENCO of Outside sees no {label}"
        assert not one[label] & other[label], f"both see the same {label}"
