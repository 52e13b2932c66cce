"""Migrations: none missing, one line for each app, each with its way back, and none blind."""

import ast
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from opensenco.access import postgres
from opensenco.access.migrating import RunAsSystem
from opensenco.access.scope import system_scope
from tests.contracts.walk import PACKAGE, each, name, tree

OURS = sorted(c.label for c in apps.get_app_configs() if c.name.startswith("opensenco."))
LOADER = MigrationLoader(None)
MIGRATED = [label for label in OURS if label in LOADER.migrated_apps]
FILES = sorted(PACKAGE.glob("*/migrations/0*.py"))


def test_none_is_missing():
    detector = MigrationAutodetector(LOADER.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=LOADER.graph)
    missing = [str(op) for app in changes.values() for m in app for op in m.operations]
    assert not missing, f"Run makemigrations: {missing}"


@each(MIGRATED, str)
def test_each_app_has_one_line(label: str):
    graph = LOADER.graph
    assert len(graph.root_nodes(label)) == 1, f"several beginnings: {graph.root_nodes(label)}"
    assert len(graph.leaf_nodes(label)) == 1, f"merge these: {graph.leaf_nodes(label)}"
    for key in (key for key in LOADER.graph.nodes if key[0] == label):
        children = [c.key for c in graph.node_map[key].children if c.key[0] == label]
        assert len(children) <= 1, f"{key} is followed by {children}"


@each(MIGRATED, str)
def test_each_has_its_way_back(label: str):
    for (app, which), migration in LOADER.disk_migrations.items():
        if app == label:
            stuck = [str(op) for op in migration.operations if not op.reversible]
            assert not stuck, f"{app} {which} cannot be taken back: {stuck}"


@each(FILES, name)
def test_none_runs_blind(path):
    blind = {"RunPython", "RunSQL", "SeparateDatabaseAndState"}
    found = [
        f"{node.lineno} {node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in blind
    ]
    assert not found, f"{found}: use access.migrating.RunAsSystem, which sees every row"


def counting(seen: list[int]):
    def count(state, editor) -> None:
        pupils = state.get_model("people", "Pupil")
        # SQLite has no wall to be let through; the tests' tripwire in its place wants a reason
        reason = "a data migration of every school"
        with system_scope(reason) if connection.vendor == "sqlite" else nullcontext():
            seen.append(pupils.objects.count())
            pupils.objects.update(home_language="Welsh")

    return count


def migrate_by(operation) -> None:
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        operation.database_forwards("people", editor, state, state)


@pytest.fixture
def as_owner(own_database):
    before = connection.settings_dict["USER"]
    if connection.vendor == "postgresql":
        connection.close()
        connection.settings_dict["USER"] = postgres.OWNER
    yield
    connection.close()
    connection.settings_dict["USER"] = before


def test_a_data_migration_sees_the_rows_of_every_organisation(as_owner):
    seen: list[int] = []
    migrate_by(RunAsSystem(counting(seen), migrations.RunPython.noop))
    assert seen[0] >= 6
    with connection.cursor() as cursor:
        role = "SELECT current_user" if connection.vendor == "postgresql" else "SELECT 'sen_owner'"
        cursor.execute(role)
        assert cursor.fetchone() == ("sen_owner",), "the owner's own role is back"


@pytest.mark.postgres
def test_the_owner_alone_would_see_none_and_say_nothing(as_owner):
    seen: list[int] = []
    migrate_by(migrations.RunPython(counting(seen), migrations.RunPython.noop))
    assert seen == [0]
