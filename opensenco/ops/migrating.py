"""Migrating without making every model anew for each change of one.

Between two steps Django holds the models as they were then. When one changes, it makes all others
anew that are related to it: here nearly all of them, some hundred and fifty times over. A change of
schema asks the changed model alone, so that one is made and the state is marked as delayed, which
is Django's own word for it: before Python code of a migration runs, Django makes the models whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def quickly() -> Iterator[None]:
    """Let what migrates inside make anew the one model that changes. docs/adr/0025."""
    django: Any = ProjectState
    kept = django.add_model, django.reload_model
    django.add_model, django.reload_model = _add_model, _reload_model
    try:
        yield
    finally:
        django.add_model, django.reload_model = kept


def _add_model(state: Any, model: Any) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in vars(state):
        state.is_delayed = True
        state.apps.render_multiple([model])


def _reload_model(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in vars(state):
        state.is_delayed = True
        state._reload({(app_label, model_name)})
