"""`opensenco postgres`: what an administrator is given to run."""

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from opensenco.access import postgres
from tests.conftest import DATABASES


def sql(*words: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Give the lines that the command prints."""
    call_command("postgres", *words)
    return capsys.readouterr().out.splitlines()


def test_roles_come_before_what_is_granted_to_them(capsys: pytest.CaptureFixture[str]) -> None:
    lines = sql("opensenco", "--server", "15", capsys=capsys)
    assert all(line.endswith(";") for line in lines)
    first = next(place for place, line in enumerate(lines) if line.startswith("GRANT"))
    made = [line for line in lines[:first] if "CREATE ROLE" in line]
    assert len(made) == len(postgres.LOGINS) + len(postgres.GROUPS)


def test_from_version_16_inheritance_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "INHERIT FALSE" not in "".join(sql("opensenco", "--server", "15", capsys=capsys))
    for version in ("16", "160004"):
        assert "INHERIT FALSE" in "".join(sql("opensenco", "--server", version, capsys=capsys))


def test_a_name_that_is_no_name_is_refused() -> None:
    with pytest.raises(CommandError, match="letters, digits and underscores"):
        call_command("postgres", "x; DROP TABLE people", "--server", "15")


@pytest.mark.postgres
def test_a_server_takes_it_twice(capsys: pytest.CaptureFixture[str]) -> None:
    lines = sql("administered", "--server", "15", capsys=capsys)
    DATABASES.server.create("administered")
    try:
        with DATABASES.server.connect("administered") as connection:
            for line in lines:
                connection.execute(line)
        role = f"host={DATABASES.server.socket} dbname=administered user={postgres.WEB}"
        with psycopg.connect(role) as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("CREATE TABLE own (id int)")
    finally:
        DATABASES.server.drop("administered")
