"""The doctor looks at the database: reachable, in our shape, with ordinary roles behind walls."""

from collections.abc import Iterator

from django.db import DatabaseError, connection

from opensenco.access import postgres
from opensenco.access.keys import all_models
from opensenco.access.walls import tenancy_of
from opensenco.gate import standing
from opensenco.ops.doctor import Finding, look, well, wrong

#: name, too strong, inherits, owns a table, may become the system role
LOGINS = """SELECT rolname, rolsuper OR rolbypassrls, rolinherit,
    EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = rolname),
    pg_has_role(oid, %s, 'MEMBER')
    FROM pg_roles WHERE rolname = ANY (%s) ORDER BY 1"""
MAY = "SELECT has_function_privilege(%s, 'pg_catalog.set_config(text, text, boolean)', 'EXECUTE')"
HELD = """SELECT relname, relrowsecurity AND relforcerowsecurity,
    ARRAY (SELECT policyname::text FROM pg_policies WHERE tablename = relname ORDER BY 1)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"""


def database() -> Iterator[Finding]:
    """Say whether the database answers, and of a file whether it is whole."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check")
                [(said,)] = cursor.fetchall()
                if said != "ok":
                    yield wrong("database", f"The file is damaged: {said}. Restore a backup.")
                    return
                cursor.execute("SELECT sqlite_version()")
            else:
                cursor.execute("SHOW server_version")
            [(version,)] = cursor.fetchall()
    except DatabaseError as error:
        yield wrong("database", f"It does not answer: {type(error).__name__}. Does it run?")
        return
    kind = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    yield well("database", f"{kind} {version} answers.")


def migrations() -> Iterator[Finding]:
    """Say whether the database has the shape of this version."""
    if missing := standing.missing_steps():
        app, name = missing[0]
        more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        yield wrong("migrations", f"{app}.{name} is missing{more}. Run `opensenco upgrade`.")
    else:
        yield well("migrations", "The database has the shape of this version.")


def roles() -> Iterator[Finding]:
    """Say whether the logins are ordinary ones."""
    if connection.vendor != "postgresql":
        yield look(
            "roles",
            "SQLite has no logins: whoever can read the file can read the record. "
            "Let it belong to one user, on an encrypted disk.",
        )
        return
    faults = [*_logins(), *_functions()]
    yield from faults
    if not faults:
        yield well("roles", "The logins are ordinary; the web's may not become the system role.")


def _logins() -> Iterator[Finding]:
    again = "Let the administrator run once more what `opensenco postgres` prints."
    with connection.cursor() as cursor:
        cursor.execute(LOGINS, [postgres.SYSTEM, [*postgres.LOGINS, *postgres.GROUPS]])
        found = {name: rest for name, *rest in cursor.fetchall()}
    for name in (*postgres.LOGINS, *postgres.GROUPS):
        if name not in found:
            yield wrong("roles", f"The role {name} is not there. {again}")
            continue
        strong, inherits, owns, system = found[name]
        if strong:
            yield wrong("roles", f"{name} is a superuser or passes row-level security.")
        if inherits and name in postgres.LOGINS:
            yield wrong("roles", f"{name} inherits rights. {again}")
        if owns and name != postgres.OWNER:
            yield wrong("roles", f"{name} owns tables, and could take their walls down.")
        if system and name in (postgres.WEB, postgres.APP, postgres.GUEST):
            yield wrong("roles", f"{name} may become the system role.")


def _functions() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for name, wanted in ((postgres.WEB, False), (postgres.OWNER, True)):
            cursor.execute(MAY, [name])
            [(may,)] = cursor.fetchall()
            if may is not wanted:
                yield wrong(
                    "roles",
                    f"{name} {'may' if may else 'may not'} call set_config. Let the administrator "
                    "run once more what `opensenco postgres` prints.",
                )


def walls() -> Iterator[Finding]:
    """Say whether each table has the walls that its model declares."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        held = {table: (forced, names) for table, forced, names in cursor.fetchall()}
    walled = 0
    for model in all_models():
        wanted = sorted(policy.name for policy in tenancy_of(model).policies())
        forced, names = held.get(model._meta.db_table, (False, []))
        if names != wanted or forced is not bool(wanted):
            yield wrong(
                "walls",
                f"{model._meta.db_table} has not the wall that this version gives it. "
                "Run `opensenco migrate`.",
            )
        walled += bool(wanted)
    yield well("walls", f"{walled} tables were looked at; `doctor --isolation` tries each of them.")
