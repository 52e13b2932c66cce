"""The doctor says what is well and what is not, and tries every wall."""

from collections.abc import Iterable
from ipaddress import ip_network

import pytest

from opensenco.access import postgres, walls
from opensenco.access.keys import all_models
from opensenco.ops import doctor
from opensenco.ops.doctor import Finding, Level, deploy, isolation
from tests.ops.places import at
from tests.ops.test_upgrade import opened
from tests.support.databases import Copy, kind


def wrong(findings: Iterable[Finding]) -> dict[str, str]:
    return {one.about: one.says for one in findings if one.level is Level.WRONG}


def test_a_place_that_is_well_is_told_so_and_faults_are_named(own_database: Copy, settings) -> None:
    with opened(own_database) as connection:
        connection.execute("DELETE FROM django_tasks_database_dbtaskresult")
        connection.commit()
    with at(own_database, settings, postgres.WORKER):
        findings = doctor.examine(every_file=True)
        assert wrong(findings) == {}
        abouts = {"database", "migrations", "roles", "files", "worker", "mail", "scanner", "disk"}
        assert abouts <= {one.about for one in findings}
        [file, *_rest] = sorted(own_database.data.glob("files/*/[0-9a-f][0-9a-f]/*"))
        whole = file.read_bytes()
        file.chmod(0o600)
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        (own_database.data / "upgrading").touch()
        with opened(own_database) as connection:
            connection.execute(
                "DELETE FROM django_migrations WHERE app = 'cases' AND name LIKE '0005%'"
            )
            connection.commit()
        said = wrong(doctor.examine(every_file=True))
        assert file.name in said["files"]
        assert "cases.0005" in said["migrations"]
        assert "broken off" in said["gate"]
    done = own_database.command("doctor", check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("things are wrong.\n")
    assert "Traceback" not in done.stdout + done.stderr


def test_every_wall_holds_and_one_that_leaks_is_named(own_database: Copy, settings) -> None:
    with at(own_database, settings, postgres.WORKER):
        tried = {one.table: one for one in isolation.tables()}
        models = [m for m in all_models() if walls.tenancy_of(m).policies()]
        assert {m._meta.db_table for m in models} <= set(tried)
        assert [one for one in tried.values() if not one.holds] == []
        assert tried["people_pupil"].rows > 5
        if kind() == "sqlite":
            return
        with opened(own_database) as administrator:
            for statement in (
                "ALTER TABLE concerns_concern DISABLE ROW LEVEL SECURITY",
                "CREATE POLICY oh ON support_cycle FOR UPDATE TO sen_app USING (true)",
                "CREATE POLICY ah ON support_cycle FOR SELECT TO sen_app USING (true)",
                "CREATE POLICY eh ON people_pupil FOR INSERT TO sen_app WITH CHECK (true)",
                "GRANT SELECT ON django_session TO sen_app",
            ):
                administrator.execute(statement)
        leaks = {one.table: set(one.leaks) for one in isolation.tables() if not one.holds}
    assert set(leaks) == {"concerns_concern", "support_cycle", "people_pupil", "django_session"}
    assert {"read with next door", "added with next door"} <= leaks["concerns_concern"]
    assert leaks["support_cycle"] == {"read with next door", "changed with next door"}
    assert leaks["people_pupil"] == {"added with next door"}


def test_the_walls_are_tried_by_one_command_that_says_what_stands_in_their_place(
    own_database: Copy,
) -> None:
    done = own_database.command("doctor", "--isolation")
    assert "people_pupil" in done.stdout
    assert ("SQLite has no row-level security" in done.stdout) is (kind() == "sqlite")
    if kind() == "postgres":
        without = Copy(own_database.name, dict(own_database.environment))
        del without.environment["DATABASE_URL"]
        refused = without.command("doctor", "--isolation", check=False)
        assert refused.returncode == 1
        assert "give its address in DATABASE_URL" in refused.stderr


@pytest.mark.django_db
def test_the_settings_of_a_server_are_read_in_plain_words(settings) -> None:
    def levels(*names: str) -> dict[str, Level]:
        worst: dict[str, Level] = {}
        order = list(Level)
        for one in deploy.deployment({}):
            before = worst.get(one.about, Level.WELL)
            worst[one.about] = max(before, one.level, key=order.index)
        return {name: worst[name] for name in names}

    settings.HTTPS, settings.PROXIES = True, (ip_network("127.0.0.1"),)
    settings.ALLOWED_HOSTS, settings.FROZEN_TODAY = ["senco.example"], ""
    settings.ADDRESS = "https://senco.example"
    well = dict.fromkeys(("https", "proxies", "hosts", "secret"), Level.WELL)
    assert levels(*well) == well
    settings.HTTPS, settings.PROXIES = False, ()
    settings.ALLOWED_HOSTS, settings.DEMO = ["127.0.0.1"], True
    settings.SECRET_KEY = "short"
    bad = dict.fromkeys(("https", "proxies", "hosts", "secret", "demo"), Level.WRONG)
    assert levels(*bad) == bad
    settings.PROXIES = (ip_network("0.0.0.0/0"),)
    assert levels("proxies") == {"proxies": Level.WRONG}
