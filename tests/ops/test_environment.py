"""What the environment may say, and how it is refused."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from opensenco.config import environment

URLS = {
    "DATABASE_URL": "postgres://sen_web@db.example/opensenco",
    "DATABASE_WORKER_URL": "postgres://sen_worker@db.example/opensenco",
    "DATABASE_OWNER_URL": "postgres://sen_owner@db.example/opensenco",
}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("OPENSENCO_DATUM", "Did you mean OPENSENCO_DATA?"),
        ("OPENSENCO_HTTP", "Did you mean OPENSENCO_HTTPS?"),
        ("OPENSENCO_ZZZZZZZZZZZZZZZ", "Known: OPENSENCO_DATA, "),
    ],
)
def test_an_unknown_variable_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.refuse_unknown({name: "1"})
    assert str(refused.value).startswith(f"{name} is not a setting of OpenSENCO. ")
    assert hint in str(refused.value)


def test_known_variables_and_those_of_others_pass() -> None:
    environment.refuse_unknown(dict.fromkeys(environment.KNOWN, "1") | {"OPENSENCO_OIDC": "near"})
    environment.refuse_unknown({"PATH": "/bin", "OPENSENCE": "a candle"})


def test_without_addresses_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    given = environment.database({}, tmp_path)
    assert given["ENGINE"] == "opensenco.access.sqlite"
    assert given["NAME"] == tmp_path / "opensenco.sqlite3"


@pytest.mark.parametrize(
    ("process", "role"), [("web", "sen_web"), ("worker", "sen_worker"), ("owner", "sen_owner")]
)
def test_a_process_takes_its_own_address(process: str, role: str, tmp_path: Path) -> None:
    given = environment.database({**URLS, "OPENSENCO_PROCESS": process}, tmp_path)
    assert given["USER"] == role
    assert given["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_the_options_of_an_address_are_kept_and_ours_count(tmp_path: Path) -> None:
    url = f"{URLS['DATABASE_URL']}?sslmode=require&connect_timeout=5&server_side_binding=false"
    given = environment.database({"DATABASE_URL": url}, tmp_path)
    assert given["OPTIONS"] == {
        "prepare_threshold": 5,
        "sslmode": "require",
        "connect_timeout": 5,
        "server_side_binding": True,
    }


@pytest.mark.parametrize("process", ["web", "worker", "owner"])
def test_a_process_never_takes_the_address_of_another(process: str, tmp_path: Path) -> None:
    own = environment.DATABASE_VARIABLES[process]
    others = {name: url for name, url in URLS.items() if name != own}
    with pytest.raises(ImproperlyConfigured, match=f"needs {own}"):
        environment.database({**others, "OPENSENCO_PROCESS": process}, tmp_path)


def test_an_unknown_kind_of_process_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Use one of: web, worker, owner"):
        environment.database({"OPENSENCO_PROCESS": "root"}, tmp_path)


def test_the_signing_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    made = environment.secret_key({}, tmp_path)
    assert len(made) >= 48
    assert environment.secret_key({}, tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_signing_secret_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    assert environment.secret_key({"OPENSENCO_SECRET_KEY": "given"}, tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_readme_lists_every_variable() -> None:
    readme = (environment.ROOT / "README.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")}
    assert listed == {*environment.KNOWN, *URLS}


@pytest.mark.parametrize(("said", "seconds"), [("", 3600), ("5", 300), ("600", 36000)])
def test_a_sign_in_that_nobody_uses_ends_after_the_minutes_that_are_set(
    said: str, seconds: int
) -> None:
    assert environment.idle({"OPENSENCO_IDLE": said}) == seconds


@pytest.mark.parametrize("said", ["4", "601", "an hour", "-60", "0"])
def test_minutes_that_cannot_be_are_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OPENSENCO_IDLE"):
        environment.idle({"OPENSENCO_IDLE": said})


@pytest.mark.parametrize(("said", "children"), [("", 60), ("10", 10), ("10000", 10_000)])
def test_whoever_opens_so_many_children_is_asked_again(said: str, children: int) -> None:
    assert environment.children({"OPENSENCO_CHILDREN": said}) == children


@pytest.mark.parametrize("said", ["9", "10001", "many"])
def test_children_that_cannot_be_counted_are_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OPENSENCO_CHILDREN"):
        environment.children({"OPENSENCO_CHILDREN": said})
