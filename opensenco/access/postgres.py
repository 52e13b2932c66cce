"""The roles of the PostgreSQL server, made once by its administrator.

`sen_owner` owns the schema and migrates; `sen_web` serves pages; `sen_worker` runs jobs and
commands. None of them inherits: outside a scope a tenant table answers "permission denied".
Inside a scope a process is one of `sen_app` (staff), `sen_guest` (parents, pupils, visiting
professionals) or, for the worker and the owner alone, `sen_system`.
"""

OWNER = "sen_owner"
WEB = "sen_web"
WORKER = "sen_worker"
APP = "sen_app"
GUEST = "sen_guest"
SYSTEM = "sen_system"
#: what the owner says while it reads every row for a backup
KEEP = "app.keep"
#: how long a page waits for what somebody else is writing, and for one answer: then it says so
PAGES_WAIT = {"lock_timeout": "20s", "statement_timeout": "60s"}
LOGINS = (OWNER, WEB, WORKER)
GROUPS = (APP, GUEST, SYSTEM)


def role_statements(server_version: int) -> list[str]:
    """Give the statements that make the roles of a whole server, safe to run again.

    Args:
        server_version: as PostgreSQL counts it, 150018 for 15.18.
    """
    statements = [
        f"DO $$ BEGIN CREATE ROLE {name} {kind} NOINHERIT; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        for name, kind in [(n, "LOGIN") for n in LOGINS] + [(n, "NOLOGIN") for n in GROUPS]
    ]
    # From version 16 a membership carries its own inheritance; the role's is its default.
    how = " WITH INHERIT FALSE, SET TRUE" if server_version >= 160000 else ""
    statements += [
        f"GRANT {APP} TO {WEB}{how}",
        f"GRANT {GUEST} TO {WEB}{how}",
        f"GRANT {APP} TO {WORKER}{how}",
        f"GRANT {GUEST} TO {WORKER}{how}",
        f"GRANT {SYSTEM} TO {WORKER}{how}",
        f"GRANT {SYSTEM} TO {OWNER}{how}",
    ]
    # Then Django never has to call set_config itself, and nobody else may.
    statements += [f"ALTER ROLE {name} SET timezone = 'UTC'" for name in LOGINS]
    # Else a page would wait for ever, and with it all who come after to the same process.
    statements += [f"ALTER ROLE {WEB} SET {name} = '{most}'" for name, most in PAGES_WAIT.items()]
    # Each question may be asked of thousands of rows and is about few. PostgreSQL expects the worst
    # of its many conditions, and compiled for a second what took a millisecond to answer.
    statements += [f"ALTER ROLE {name} SET jit = 'off'" for name in (WEB, WORKER)]
    return statements


def database_statements(database: str) -> list[str]:
    """Give the statements for one new database, run in it by the administrator.

    Args:
        database: a plain name of letters, digits and underscores.
    """
    if not database.replace("_", "").isalnum():
        raise ValueError("a database name has letters, digits and underscores only")
    return [
        f"ALTER DATABASE {database} OWNER TO {OWNER}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        f"REVOKE TEMP ON DATABASE {database} FROM PUBLIC",
        "REVOKE EXECUTE ON FUNCTION set_config(text, text, boolean) FROM PUBLIC",
        # pg_dump and psql begin with it; the owner serves no pages and opens no scopes
        f"GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO {OWNER}",
        # other people's queries, names included, by two ways
        "REVOKE EXECUTE ON FUNCTION pg_stat_get_activity(int) FROM PUBLIC",
        "REVOKE EXECUTE ON FUNCTION pg_stat_get_backend_activity(int) FROM PUBLIC",
        # words kept in a large object would lie outside every table and its wall
        "REVOKE EXECUTE ON FUNCTION lo_creat(int) FROM PUBLIC",
        "REVOKE EXECUTE ON FUNCTION lo_create(oid) FROM PUBLIC",
        "REVOKE EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) FROM PUBLIC",
        # from version 15 nobody may anyway
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {', '.join((WEB, WORKER, *GROUPS))}",
    ]
