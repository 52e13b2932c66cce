"""Row-level security on PostgreSQL, compiled from the models' tenancy after each migration.

The text is raised anew each time by the owner of the schema, in one transaction. Until it has been
raised a new table has no grants, so a forgotten wall answers "permission denied" and not with rows.
A contract test compares what the catalogue holds with what the models declare.
"""

from django.apps import apps
from django.db import connection, models, transaction

from opensenco.access import postgres
from opensenco.access.keys import all_models
from opensenco.access.tenancy import Tenancy

#: tables of Django and libraries that a page needs before any scope is open
FRAMEWORK_APPS = (
    "sessions", "account", "socialaccount", "mfa", "contenttypes", "auth", "django_tasks_database",
)  # fmt: skip
FRAMEWORK_TABLES = ("opensenco_cache",)


def tenancy_of(model: type[models.Model]) -> Tenancy:
    """Give what a model declares.

    Raises:
        TypeError: it declares nothing.
    """
    tenancy = getattr(model, "tenancy", None)
    if not isinstance(tenancy, Tenancy):
        raise TypeError(f"{model._meta.label} does not say whose its rows are: give it a `tenancy`")
    return tenancy


def wall_statements(model: type[models.Model], existing: list[str]) -> list[str]:
    """Give the statements that put one model's policies and grants in place.

    Args:
        existing: names of the policies that the table has now.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    tenancy = tenancy_of(model)
    everyone = ", ".join((postgres.WEB, postgres.WORKER, *postgres.GROUPS))
    statements = [f"REVOKE ALL ON {table} FROM {everyone}"]
    statements += [f'DROP POLICY "{name}" ON {table}' for name in existing]
    policies = tenancy.policies()
    switch = "ENABLE" if policies else "DISABLE"
    force = "FORCE" if policies else "NO FORCE"
    statements += [
        f"ALTER TABLE {table} {switch} ROW LEVEL SECURITY",
        f"ALTER TABLE {table} {force} ROW LEVEL SECURITY",
    ]
    statements += [f'CREATE POLICY "{p.name}" ON {table} {p.text}' for p in policies]
    statements += [f"GRANT {rights} ON {table} TO {role}" for rights, role in tenancy.grants()]
    return statements


def framework_statements(there: set[str]) -> list[str]:
    """Give the grants on framework tables: to the logins, never to the roles inside a scope.

    Args:
        there: the tables that the database has.
    """
    tables = [
        model._meta.db_table
        for label in FRAMEWORK_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    quoted = [connection.ops.quote_name(t) for t in (*tables, *FRAMEWORK_TABLES) if t in there]
    logins = f"{postgres.WEB}, {postgres.WORKER}"
    return [
        *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {logins}" for table in quoted),
        f"GRANT SELECT ON django_migrations TO {logins}",
    ]


def raise_walls() -> int:
    """Put every wall in place, as the owner on PostgreSQL, and give how many tables have one."""
    walled = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
        existing: dict[str, list[str]] = {}
        for table, name in cursor.fetchall():
            existing.setdefault(table, []).append(name)
        # Going back to an earlier version takes tables away.
        there = set(connection.introspection.table_names(cursor))
        for model in all_models():
            if model._meta.proxy or not model._meta.managed or model._meta.db_table not in there:
                continue
            for statement in wall_statements(model, existing.get(model._meta.db_table, [])):
                cursor.execute(statement)
            walled += bool(tenancy_of(model).policies())
        for statement in framework_statements(there):
            cursor.execute(statement)
    return walled


def refuse_strong_login(*, serves_pages: bool = True) -> None:
    """Stop where the serving login could step over the walls. On SQLite there are no logins.

    Args:
        serves_pages: the web server's process, which may not become the system role either.

    Raises:
        RuntimeError: it is a superuser, bypasses row-level security, inherits, owns a table, or
            could become "system" while it serves pages.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolinherit, EXISTS ("
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = rolname), "
            "pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = session_user",
            [postgres.SYSTEM],
        )
        strong, owner, system = cursor.fetchone()
    if strong or owner or (system and serves_pages):
        raise RuntimeError(
            "The database login is too strong for this: it is a superuser, passes row-level "
            "security, inherits rights, owns tables, or may become the system role. "
            f"Use the login {postgres.WEB if serves_pages else postgres.WORKER}."
        )
