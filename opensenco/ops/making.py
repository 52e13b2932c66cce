"""Making an empty database in one step, in the shape to which all migrations lead.

Nobody's record goes through the migrations of an empty database. To walk them all the same means to
make a table, alter it, and on SQLite write it anew for each constraint. docs/adr/0034 says why the
models can be trusted, and which test holds both ways together.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from opensenco.access.migrating import OnVendor


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether a database has no table at all, not even one that says what was migrated."""
    return not connection.introspection.table_names()


def make_whole(connection: BaseDatabaseWrapper) -> None:
    """Make every table as the models say, what one database alone has, and note all migrations.

    Raises:
        ValueError: a migration does what the models do not tell of.
    """
    executor = MigrationExecutor(connection)
    plan = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    beside = [kept for step in plan for one in step.operations if (kept := _beside_models(one))]
    models = executor.loader.project_state().apps.get_models()
    with connection.schema_editor(atomic=True) as editor:
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for one in beside:
            one.database_forwards("", editor)
        for step in plan:
            executor.recorder.record_applied(step.app_label, step.name)


def _beside_models(operation: Operation) -> OnVendor | None:
    if isinstance(operation, RunSQL):
        # a plain one is refused by a contract test; one of a library has to be looked at
        raise ValueError("A migration has SQL that says nothing of its shape: see docs/adr/0034")
    # Python of a migration changes rows, and there is none
    return operation if isinstance(operation, OnVendor) else None
