"""Raw SQL as the web login: what somebody who could slip a statement in would get.

Each attack runs on a connection of its own, past Django and every manager, in a transaction that is
rolled back. Whoever can run free SQL as this login can open any scope (SECURITY.md says so); these
tests are about all that a scope must hold, and about what not even free SQL may do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
import pytest
from django.db import DatabaseError, connection, models, transaction
from psycopg import errors, sql
from psycopg.types.json import Jsonb

from opensenco.access import postgres
from opensenco.access.keys import SameOrg, all_models
from opensenco.access.scope import LinkKey, Scope
from opensenco.access.tenancy import Org, PersonRows, Public
from opensenco.people.models import Pupil
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
Session: TypeAlias = psycopg.Connection[Any]

WALLED: list[Any] = [m for m in all_models() if isinstance(m.tenancy, Org | PersonRows)]  # type: ignore[attr-defined]
#: attempts on the wall itself, and on what lies beside it; none needs a scope
FORBIDDEN = {
    "to become the system role": "SET ROLE sen_system",
    "to become the owner": "SET ROLE sen_owner",
    "to become the worker": "SET ROLE sen_worker",
    "to become the administrator": "SET SESSION AUTHORIZATION postgres",
    "to be given a role": "GRANT sen_system TO sen_web",
    "to give itself rights": "ALTER ROLE sen_web BYPASSRLS",
    "to pull a wall down": "ALTER TABLE people_pupil DISABLE ROW LEVEL SECURITY",
    "to open a wall": "CREATE POLICY hole ON people_pupil USING (true)",
    "to take a table over": "ALTER TABLE people_pupil OWNER TO sen_web",
    "to empty a table": "TRUNCATE people_pupil CASCADE",
    "to drop a table": "DROP TABLE people_pupil CASCADE",
    "to set a scope in a select": "SELECT set_config('app.org_ids', '{1,2,3}', true)",
    "to make a function": "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "to make a temporary function": "CREATE FUNCTION pg_temp.f() RETURNS int "
    "LANGUAGE sql AS 'SELECT 1'",
    "to keep a temporary table": "CREATE TEMP TABLE kept (words text)",
    "to keep a view": "CREATE VIEW seen AS SELECT 1",
    "to keep a table": "CREATE TABLE kept (words text)",
    "to make a trigger": "CREATE TRIGGER t BEFORE INSERT ON people_pupil "
    "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "to switch the audit's triggers off": "SET session_replication_role = replica",
    "to read other people's queries": "SELECT query FROM pg_stat_activity",
    "to read one other's query": "SELECT pg_stat_get_backend_activity(1)",
    "to read what the planner has counted": "SELECT * FROM pg_statistic",
    "to read passwords": "SELECT * FROM pg_authid",
    "to read a file of the server": "SELECT pg_read_file('PG_VERSION')",
    "to list the server's files": "SELECT pg_ls_dir('.')",
    "to run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "to write a file": "COPY (SELECT 1) TO '/tmp/sen-out'",
    "to keep words in a large object": "SELECT lo_create(0)",
    "to keep words in a large object of old": "SELECT lo_creat(-1)",
    "to keep words in a large object at once": "SELECT lo_from_bytea(0, 'words')",
    "to take a file in as a large object": "SELECT lo_import('/etc/passwd')",
    "to read all large objects": "SELECT * FROM pg_largeobject",
    "to load a language": "CREATE EXTENSION dblink",
}


def opened(orgs: set[int]) -> str:
    """Give the product's own statements for a scope of staff."""
    return Scope(frozenset(orgs)).statements(read_only=False)


def say(text: str, **parts: str | int | sql.Composable) -> sql.Composed:
    """Write a statement: names of tables and columns are quoted, numbers are values."""

    def part(one: str | int | sql.Composable) -> sql.Composable:
        if isinstance(one, sql.Composable):
            return one
        return sql.Literal(one) if isinstance(one, int) else sql.Identifier(one)

    return sql.SQL(text).format(**{name: part(one) for name, one in parts.items()})


def columns(model: type[models.Model]) -> sql.Composed:
    """Give the columns that a row is made with; what the database works out is not among them."""
    names: list[sql.Composable] = [
        sql.Identifier(str(field.column)) for field in model._meta.concrete_fields
    ]
    return sql.SQL(", ").join(names)


@contextmanager
def session(user: str = postgres.WEB, scope_sql: str = "") -> Iterator[Session]:
    """Open a connection of one's own to the test's database; roll back whatever was done."""
    place = connection.settings_dict
    with psycopg.connect(host=place["HOST"], dbname=place["NAME"], user=user) as opened_one:
        if scope_sql:
            opened_one.execute(scope_sql)
        yield opened_one
        opened_one.rollback()


@pytest.fixture(scope="module")
def schools(django_db_setup: None, django_db_blocker: Any) -> dict[str, int]:
    """Give the ids of our school and of the school outside."""
    with session() as web:
        rows = web.execute("SELECT name, id FROM access_organisation").fetchall()
    names = {"Larkrise Primary School": "ours", "Outside Academy": "theirs"}
    return {names[name]: pk for name, pk in rows if name in names}


@contextmanager
def refused(web: Session, *kinds: type[Exception]) -> Iterator[None]:
    """Expect a refusal, and go on after it in the same scope."""
    web.execute("SAVEPOINT tried")
    with pytest.raises(kinds or (errors.InsufficientPrivilege,)):
        yield
    web.execute("ROLLBACK TO tried")


def attempted(web: Session, text: str, **parts: str | int) -> str:
    """Try a statement; give what the database said to refuse it, empty where it did not."""
    web.execute("SAVEPOINT tried")
    try:
        web.execute(say(text, **parts) if parts else text)
    except psycopg.Error as error:
        web.execute("ROLLBACK TO tried")
        return type(error).__name__
    return ""


@pytest.mark.parametrize("inside", [False, True], ids=["outside a scope", "in a scope"])
def test_nobody_steps_over_the_wall_or_round_it(schools: dict[str, int], inside: bool) -> None:
    with session(scope_sql=opened({schools["ours"]}) if inside else "") as web:
        done = [what for what, text in FORBIDDEN.items() if not attempted(web, text)]
    assert not done, f"the web login is able {done}"


def test_outside_a_scope_no_table_of_an_organisation_is_readable() -> None:
    with session() as web:
        for model in WALLED:
            told = attempted(web, "SELECT 1 FROM {t}", t=model._meta.db_table)
            assert told == "InsufficientPrivilege", model


@pytest.mark.parametrize("value", ["{}", "", "{999999}"])
def test_an_empty_or_unknown_scope_shows_nothing(value: str) -> None:
    with session(scope_sql=opened(set())) as web:
        web.execute(sql.SQL("SET LOCAL app.org_ids = {}").format(value))
        for model in WALLED:
            seen = web.execute(say("SELECT count(*) FROM {t}", t=model._meta.db_table)).fetchone()
            assert seen == (0,), model


@pytest.mark.parametrize("value", ["{1,", "1", "{a}", "{1}; SELECT 1", "{NULL"])
def test_a_scope_that_does_not_parse_is_an_error_and_no_answer(value: str) -> None:
    with session(scope_sql=opened(set())) as web:
        web.execute(sql.SQL("SET LOCAL app.org_ids = {}").format(value))
        with refused(web, errors.DataError):
            web.execute("SELECT * FROM people_pupil")


@pytest.mark.parametrize(
    "condition",
    [
        "true",
        "true OR org_id <> 0",
        "org_id = ANY (SELECT id FROM access_organisation)",
        "1 / (CASE WHEN org_id = {theirs} THEN 0 ELSE 1 END) = 1",
        "(CASE WHEN org_id = {theirs} THEN 'x' ELSE '1' END)::int = 1",
    ],
)
def test_no_condition_reaches_another_schools_rows(schools: dict[str, int], condition: str) -> None:
    text = " WHERE ".join(("SELECT DISTINCT org_id FROM {t}", condition))
    with session(scope_sql=opened({schools["ours"]})) as web:
        for model in WALLED:
            found = web.execute(say(text, t=model._meta.db_table, **schools)).fetchall()
            assert (schools["theirs"],) not in found, model


def test_whatever_form_a_question_takes_it_stays_within_the_scope(
    schools: dict[str, int],
) -> None:
    with session(scope_sql=opened({schools["ours"]})) as web:
        every = web.execute("SELECT count(*) FROM people_pupil").fetchone()
        assert every is not None
        for other in (
            "SELECT count(*) FROM (TABLE people_pupil) t",
            "SELECT count(*) FROM ONLY people_pupil",
            "WITH t AS (SELECT * FROM people_pupil) SELECT count(*) FROM t",
            "SELECT count(*) FROM people_pupil TABLESAMPLE BERNOULLI (100)",
            "SELECT count(*) FROM people_pupil a, LATERAL (SELECT 1) b",
            (
                "SELECT count(*) FROM json_populate_recordset(NULL::people_pupil, "
                "(SELECT json_agg(p) FROM people_pupil p))"
            ),
            (
                "SELECT count(*) FROM xmltable('//row' PASSING "
                "query_to_xml('SELECT id FROM people_pupil', true, false, '') COLUMNS id int)"
            ),
        ):
            if attempted(web, other) != "FeatureNotSupported":
                assert web.execute(other).fetchone() == every, other
        with web.cursor().copy("COPY people_pupil (org_id) TO STDOUT") as out:
            assert {bytes(line) for line in out} == {f"{schools['ours']}\n".encode()}
        with refused(web, errors.FeatureNotSupported):
            web.execute("COPY people_pupil FROM STDIN")
        web.execute("SET LOCAL row_security = off")
        with refused(web):
            web.execute("SELECT * FROM people_pupil")


def test_nothing_is_written_taken_or_moved_across(schools: dict[str, int]) -> None:
    """Over every walled table: an update, a move and a removal of theirs do nothing or fail."""
    with session(scope_sql=opened({schools["ours"]})) as web:
        for model in WALLED:
            parts = {**schools, "t": model._meta.db_table}
            for text in (
                "UPDATE {t} SET org_id = {ours} WHERE org_id = {theirs}",
                "DELETE FROM {t} WHERE org_id = {theirs}",
                "SELECT 1 FROM {t} WHERE org_id = {theirs} FOR UPDATE",
            ):
                if not attempted(web, text, **parts):
                    assert web.execute(say(text, **parts)).rowcount == 0, text
            if isinstance(model.tenancy, Org):
                move = "UPDATE {t} SET org_id = {theirs} WHERE org_id = {ours}"
                assert attempted(web, move, **parts) == "InsufficientPrivilege", model


def test_no_row_is_made_for_another_school(schools: dict[str, int]) -> None:
    """A whole row of theirs, offered again by us, is refused by the wall before any key looks."""
    take = "SELECT to_jsonb(x) FROM {t} x WHERE org_id = {theirs} LIMIT 1"
    make = "INSERT INTO {t} ({given}) SELECT {given} FROM jsonb_populate_record(NULL::{t}, %s)"
    with session("postgres") as admin, session(scope_sql=opened({schools["ours"]})) as web:
        for model in WALLED:
            table = model._meta.db_table
            row = admin.execute(say(take, t=table, theirs=schools["theirs"])).fetchone()
            assert row is not None, table
            with refused(web, errors.InsufficientPrivilege):
                web.execute(say(make, t=table, given=columns(model)), [Jsonb(row[0])])


def test_what_is_never_changed_is_not_changed_by_sql_either(schools: dict[str, int]) -> None:
    """Ledgers and histories are neither changed nor removed; nothing else is removed but drafts."""
    with session(scope_sql=opened({schools["ours"]})) as web:
        for model in WALLED:
            table, tenancy = model._meta.db_table, model.tenancy
            if tenancy.append_only:
                told = attempted(web, "UPDATE {t} SET org_id = org_id", t=table)
                assert told == "InsufficientPrivilege", f"{table} can be changed"
            if not tenancy.deletable:
                told = attempted(web, "DELETE FROM {t}", t=table)
                assert told == "InsufficientPrivilege", f"{table} can be removed"
    ledgers = {m._meta.label for m in WALLED if m.tenancy.append_only}
    assert {"audit.Entry", "audit.Opening", "people.HistoricalPupil"} <= ledgers


def test_a_conflict_tells_nothing_of_another_school(schools: dict[str, int]) -> None:
    """The same UPN as a child elsewhere simply goes in: a unique key begins with the school."""
    with session("postgres") as admin, session(scope_sql=opened({schools["ours"]})) as web:
        found = admin.execute(
            "SELECT to_jsonb(p) FROM people_pupil p WHERE org_id = %s LIMIT 1", [schools["theirs"]]
        ).fetchone()
        assert found is not None
        mine = {**found[0], "org_id": schools["ours"], "id": 987654321, "ref": None}
        made = web.execute(
            "INSERT INTO people_pupil SELECT (jsonb_populate_record(NULL::people_pupil, "
            "%s || jsonb_build_object('ref', gen_random_uuid()))).* "
            "ON CONFLICT DO NOTHING",
            [Jsonb(mine)],
        )
        assert made.rowcount == 1


KEYS = [
    (model, constraint)
    for model in all_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, SameOrg)
]


def test_no_key_crosses_from_one_school_to_another(schools: dict[str, int]) -> None:
    """Even past every policy, a row of ours cannot point at one of theirs: the key is composite."""
    assert len(KEYS) > 30
    ours, theirs = schools["ours"], schools["theirs"]
    one = "SELECT id FROM {t} WHERE {org} = {place} ORDER BY id LIMIT 1"
    with session("postgres") as admin:
        for model, key in KEYS:
            table = model._meta.db_table
            parent = model._meta.get_field(key.field).related_model._meta.db_table  # type: ignore[union-attr]
            foreign = admin.execute(say(one, t=parent, org="org_id", place=theirs)).fetchone()
            row = admin.execute(say(one, t=table, org=key.org, place=ours)).fetchone()
            assert foreign, parent
            assert row, table
            point = say(
                "UPDATE {t} SET {column} = {foreign} WHERE id = {row}",
                t=table, column=f"{key.field}_id", foreign=foreign[0], row=row[0],
            )  # fmt: skip
            # A check may speak before the key does; either way it is refused.
            with refused(admin, errors.IntegrityError):
                admin.execute(point)
                admin.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_missing_and_a_foreign_child_are_refused_in_the_same_words(
    schools: dict[str, int],
) -> None:
    with acting_as("outsider"):
        zebedee = Pupil.objects.get(first_name="Zebedee").pk
    said = []
    with session(scope_sql=opened({schools["ours"]})) as web:
        web.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for pupil in (zebedee, 987654321):
            web.execute("SAVEPOINT tried")
            with pytest.raises(errors.ForeignKeyViolation) as told:
                web.execute("UPDATE people_contact SET pupil_id = %s", [pupil])
            web.execute("ROLLBACK TO tried")
            said.append(str(told.value).replace(str(pupil), "?"))
    assert said[0] == said[1]


def test_a_guest_is_held_by_the_database_alone() -> None:
    """Were every rule of the registry to fail, a parent would still reach their own child only."""
    with acting_as("parent", write=False) as actor:
        (child,) = actor.scope.pupils
        mine = actor.scope
    with acting_as("senco", write=False):
        other = Pupil.objects.exclude(pk=child).order_by("id")[0].pk
    with session(scope_sql=mine.statements(read_only=False)) as web:
        assert web.execute("SELECT id FROM people_pupil").fetchall() == [(child,)]
        for model in WALLED:
            tenancy, table = model.tenancy, model._meta.db_table
            told = attempted(web, "SELECT * FROM {t}", t=table)
            if not tenancy.guest_rights():
                assert told == "InsufficientPrivilege", f"a guest reads {table}"
            elif isinstance(tenancy, Org) and tenancy.pupil:
                about = web.execute(
                    say("SELECT DISTINCT {c} FROM {t}", c=tenancy.pupil, t=table)
                ).fetchall()
                assert set(about) <= {(child,)}, table
            if isinstance(tenancy, Org):
                assert attempted(web, "UPDATE {t} SET org_id = org_id", t=table), table
        web.execute(f"SET LOCAL app.pupil_ids = '{{{other}}}'")
        assert web.execute("SELECT id FROM people_pupil").fetchall() == [(other,)], (
            "the scope alone says which child, so the test above is about something"
        )


def _of_link(org: int, key: str) -> str:
    return Scope(kind="guest", link=LinkKey(org, key)).statements(read_only=False)


def test_a_link_shows_its_one_request_and_nothing_else() -> None:
    """Raw SQL in the scope of one link: four rows are read, and nothing is written."""
    shown = ("participation_asked", "participation_askround", "participation_questionversion")
    chain = (
        "SELECT l.id, a.id, r.id, r.questions_id, l.org_id, l.key FROM participation_asklink l "
        "JOIN participation_asked a ON a.id = l.asked_id "
        "JOIN participation_askround r ON r.id = a.ask_round_id ORDER BY l.id"
    )
    with session("postgres") as admin:
        every = admin.execute(chain).fetchall()
    assert len({one[4] for one in every}) >= 2, "a link in each school"
    for link, *rows, org, key in every:
        with session(scope_sql=_of_link(org, key)) as web:
            found = web.execute("SELECT id FROM participation_asklink").fetchall()
            assert found == [(link,)]
            for table, row in zip(shown, rows, strict=True):
                assert web.execute(say("SELECT id FROM {t}", t=table)).fetchall() == [(row,)]
                for write in ("UPDATE {t} SET org_id = org_id", "DELETE FROM {t}"):
                    assert attempted(web, write, t=table) == "InsufficientPrivilege"
            assert attempted(web, "UPDATE participation_asklink SET tries = 0")
            for model in WALLED:
                table = model._meta.db_table
                if table in (*shown, "participation_asklink"):
                    continue
                told = attempted(web, "SELECT * FROM {t}", t=table)
                assert told or not web.execute(say("SELECT 1 FROM {t}", t=table)).fetchall(), table
            # another secret; the secret with another place; with none
            for wrong in ("link = 'x'", f"link = '{key}'; SET LOCAL app.link_org = 0", "link = ''"):
                web.execute(f"SET LOCAL app.{wrong}")
                for table in ("participation_asklink", *shown):
                    assert not web.execute(say("SELECT id FROM {t}", t=table)).fetchall()
    # taken back, the request is gone for the database too, whatever the page does
    with session("postgres") as admin:
        admin.execute("UPDATE participation_asklink SET revoked_at = now()")
        admin.execute(_of_link(*every[0][4:]))
        assert len(admin.execute("SELECT id FROM participation_asklink").fetchall()) == 1
        for table in shown:
            assert not admin.execute(say("SELECT id FROM {t}", t=table)).fetchall()


def test_sessions_and_accounts_keys_are_not_read_in_a_scope(schools: dict[str, int]) -> None:
    """What signing in needs belongs to the login, never to the role that pages act under."""
    secret = (
        *("access_websession", "access_knowndevice", "mfa_authenticator"),
        *("account_emailaddress", "opensenco_cache"),
    )
    with session(scope_sql=opened({schools["ours"]})) as web:
        for table in secret:
            assert attempted(web, "SELECT * FROM {t}", t=table) == "InsufficientPrivilege", table
        # Going back to the login gives the sessions, and takes the record away.
        web.execute("RESET ROLE")
        web.execute("SELECT count(*) FROM access_websession")
        assert attempted(web, "SELECT * FROM people_pupil") == "InsufficientPrivilege"


def test_public_rows_are_changed_by_their_own_school_alone(schools: dict[str, int]) -> None:
    public = [m for m in all_models() if isinstance(m.tenancy, Public)]  # type: ignore[attr-defined]
    with session(scope_sql=opened({schools["ours"]})) as web:
        for model in public:
            table, own = model._meta.db_table, model.tenancy.own  # type: ignore[attr-defined]
            told = attempted(web, "UPDATE {t} SET {c} = {c}", t=table, c=own or "id")
            assert bool(told) == (not own), table
        named = "UPDATE access_organisation SET name = 'Ours now' WHERE id = %s"
        assert web.execute(named, [schools["theirs"]]).rowcount == 0
        assert web.execute(named, [schools["ours"]]).rowcount == 1


def test_stacked_statements_do_not_pass_with_a_parameter() -> None:
    with acting_as("senco"):
        before = Pupil.objects.count()
        with (
            pytest.raises(DatabaseError, match="multiple commands"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT %s; SET LOCAL app.org_ids = '{1,2,3,4}'", ["x"])
        assert Pupil.objects.count() == before
