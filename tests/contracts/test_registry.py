"""A list, a single row, a button and an operation's question agree, for each rule and each hat."""

from collections import Counter

import pytest
from django.db.models import Model

from opensenco.access.actions import Action
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import RULES, condition, flag, may, may_each, visible
from tests.cast import CAST, WITHOUT_A_ROLE
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HATS = [player.key for player in CAST if player.key not in WITHOUT_A_ROLE]
#: one worker asks all of a hat: most of the work is to put its questions together, which it keeps
EACH = pytest.mark.parametrize(
    "key", [pytest.param(key, marks=pytest.mark.xdist_group(f"registry {key}")) for key in HATS]
)


@EACH
def test_lists_rows_and_buttons_agree(key: str):
    with acting_as(key, write=False) as actor:
        for action, model in RULES:
            rows = list(model._default_manager.order_by("pk")[:40])
            listed = list(visible(actor, action, model).values_list("pk", flat=True))
            assert len(listed) == len(set(listed)), f"{action}: a row of {model} is listed twice"
            by_button = set(
                model._default_manager.annotate(may_do=flag(actor, action, model))
                .filter(may_do=True)
                .values_list("pk", flat=True)
            )
            assert by_button == set(listed), f"{action} over {model.__name__}: the button disagrees"
            these = visible(actor, action, model).filter(pk__in=[row.pk for row in rows])
            found = Counter(these.values_list("pk", flat=True))
            for row in rows:
                one = found[row.pk]
                assert one == (row.pk in by_button), f"{action} over {model.__name__} {row.pk}"
                assert may(actor, action, row) == bool(one), f"{action} over {model.__name__}"


@EACH
def test_all_verbs_asked_at_once_are_answered_as_each_by_itself(key: str):
    verbs: dict[type[Model], list[Action]] = {}
    for action, model in RULES:
        verbs.setdefault(model, []).append(action)
    with acting_as(key, write=False) as actor:
        for model, actions in verbs.items():
            row = model._default_manager.order_by("pk").first()
            if row is not None:
                each = {action: may(actor, action, row) for action in actions}
                assert may_each(actor, actions, row) == each, model


@EACH
def test_a_verb_that_a_hat_has_not_reaches_no_row(key: str):
    with acting_as(key, write=False) as actor:
        for action, model in RULES:
            if actor.hat.reach(action) is None:
                assert not visible(actor, action, model).exists(), f"{action} over {model.__name__}"


@EACH
def test_every_verb_of_a_hat_over_everything_reaches_no_further_than_its_scope(key: str):
    with acting_as(key, write=False) as actor:
        for action, model in RULES:
            if model is Organisation and actor.hat.reach(action) is not None:
                reached = set(visible(actor, action, model).values_list("pk", flat=True))
                assert reached <= set(actor.hat.orgs), action


def test_a_verb_without_a_rule_is_a_fault_and_no_refusal():
    with acting_as("senco", write=False) as actor, pytest.raises(LookupError, match="no rule"):
        condition(actor, Action.PUPIL_VIEW, Organisation)


def test_the_reaches_are_in_the_world():
    """The agreement above means nothing for a reach that nobody of the cast has."""
    worn: set[Reach] = set()
    for key in HATS:
        with acting_as(key, write=False) as actor:
            worn |= {reach for action in Action if (reach := actor.hat.reach(action)) is not None}
    assert worn == set(Reach)
