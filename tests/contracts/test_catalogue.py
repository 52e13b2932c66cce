"""What PostgreSQL holds is what the models declare; nobody who serves pages steps over it."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from opensenco.access import postgres, walls
from opensenco.access.keys import all_models

MODELS: list[Any] = list(all_models())
UNDERSTOOD = "SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def rows(sql: str, *values: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_every_walled_table_has_its_policies_forced():
    held = {
        table: (on, forced)
        for table, on, forced in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    }
    names: dict[str, set[str]] = {}
    for table, policy in rows("SELECT tablename, policyname FROM pg_policies"):
        names.setdefault(table, set()).add(policy)
    for model in MODELS:
        table, wanted = model._meta.db_table, {p.name for p in model.tenancy.policies()}
        assert held[table] == ((True, True) if wanted else (False, False)), table
        assert names.get(table, set()) == wanted, table


def test_every_table_with_an_organisation_is_walled():
    tables = {
        t for (t,) in rows(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'org_id'"
        )
    }  # fmt: skip
    walled = {t for (t,) in rows("SELECT DISTINCT tablename FROM pg_policies")}
    assert tables <= walled, f"no wall on {tables - walled}"


@pytest.mark.worker
def test_the_policies_read_as_the_models_compile_them():
    """Compile each policy anew on a scratch table and compare what PostgreSQL understands of it."""
    for model in MODELS:
        if not model.tenancy.policies():
            continue
        table = model._meta.db_table
        held = sorted(rows(f"{UNDERSTOOD} WHERE tablename = %s", table))
        assert held == sorted(understood_of(model)), table


def understood_of(model) -> list[tuple]:
    """Make the policies on a scratch table as the owner, read them, and roll it all back."""
    table, copy = model._meta.db_table, "a_scratch_wall"
    place = connection.settings_dict
    with (
        psycopg.connect(host=place["HOST"], dbname=place["NAME"], user=postgres.OWNER) as owner,
        owner.transaction(force_rollback=True),
    ):
        owner.execute(f'CREATE TABLE "{copy}" (LIKE "{table}")')
        for policy in model.tenancy.policies():
            owner.execute(f'CREATE POLICY "{policy.name}" ON "{copy}" {policy.text}')
        return owner.execute(f"{UNDERSTOOD} WHERE tablename = '{copy}'").fetchall()


def test_no_view_function_or_grant_opens_a_way_round():
    assert not rows("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
    assert not rows("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'")
    assert not rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    granted = "SELECT table_name, grantee FROM information_schema.role_table_grants "
    assert not rows(granted + "WHERE privilege_type = 'TRUNCATE' AND grantee LIKE 'sen_%%' "
                    "AND grantee <> 'sen_owner'")  # fmt: skip
    public = rows(granted + "WHERE grantee = 'PUBLIC' AND table_schema = 'public'")
    assert not public


def test_the_logins_are_ordinary():
    for name, superuser, bypass, inherits in rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolinherit FROM pg_roles "
        "WHERE rolname LIKE 'sen\\_%%'"
    ):
        assert (superuser, bypass) == (False, False), name
        if name in postgres.LOGINS:
            assert not inherits, name
    members = set(
        rows(
            "SELECT g.rolname, m.rolname FROM pg_auth_members a "
            "JOIN pg_roles g ON g.oid = a.roleid "
            "JOIN pg_roles m ON m.oid = a.member WHERE m.rolname LIKE 'sen\\_%%'"
        )
    )
    assert members == {
        (postgres.APP, postgres.WEB),
        (postgres.GUEST, postgres.WEB),
        (postgres.APP, postgres.WORKER),
        (postgres.GUEST, postgres.WORKER),
        (postgres.SYSTEM, postgres.WORKER),
        (postgres.SYSTEM, postgres.OWNER),
    }
    owned = rows("SELECT tablename FROM pg_tables WHERE tableowner IN ('sen_web', 'sen_worker')")
    assert not owned


def test_nobody_may_set_a_scope_in_a_select_or_keep_a_temporary_table():
    assert rows(
        "SELECT has_function_privilege('sen_web', 'set_config(text, text, boolean)', 'EXECUTE')"
    ) == [(False,)]
    assert rows("SELECT has_database_privilege('sen_web', current_database(), 'TEMP')") == [
        (False,)
    ]
    assert rows(
        "SELECT has_function_privilege('sen_web', 'pg_stat_get_activity(int)', 'EXECUTE')"
    ) == [(False,)]


def test_the_web_login_passes_the_check_at_the_start():
    walls.refuse_strong_login()
