"""What the environment may say, read once, and refused with a hint where it is unknown."""

import difflib
import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import cast

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from opensenco.config import elsewhere
from opensenco.documents.files.scanner import check_address

ROOT = Path(__file__).resolve().parent.parent.parent

KNOWN = {
    "OPENSENCO_DATA": "folder for the database and files (default: data/ beside the code)",
    "OPENSENCO_SECRET_KEY": (
        "signs sign-ins and seals the keys of authenticator apps; made and kept in the data "
        "folder if not set"
    ),
    "OPENSENCO_HOSTS": "names this server answers to, with commas between",
    "OPENSENCO_PROXIES": "addresses or networks of proxies that are believed: 127.0.0.1,10.0.0.0/8",
    "OPENSENCO_LOG": "plain (default) or json: how each line of the log is written",
    "OPENSENCO_HTTPS": "1 where people reach the server by https (default), 0 on a laptop",
    "OPENSENCO_DEMO": "1 shows the page 'Walk in as' (made-up people only)",
    "OPENSENCO_TODAY": "a date that the clock is frozen on, for demonstrations and pictures",
    "OPENSENCO_PROCESS": "web, worker or owner: whose database role this process uses",
    "OPENSENCO_MAIL": "how mail leaves: smtp://user:password@host:587, or see docs/guide/mail.md",
    "OPENSENCO_MAIL_FROM": "the sender, 'OpenSENCO <opensenco@school.example>'",
    "OPENSENCO_MAIL_WEBHOOK": "name:password with which a provider tells of mail that came back",
    "OPENSENCO_ADDRESS": "where people open OpenSENCO, https://senco.school.example",
    "OPENSENCO_LARGEST_FILE": "megabytes that one document may have (default: 25)",
    "OPENSENCO_IDLE": "minutes after which a sign-in that nobody uses ends (default: 60)",
    "OPENSENCO_CHILDREN": "children one person opens in ten minutes unasked (default: 60)",
    "OPENSENCO_CLAMAV": "where ClamAV listens, unix:///run/clamav/clamd.ctl or tcp://host:3310",
    "OPENSENCO_OIDC": "short names of the providers by which people sign in: entra google",
    "OPENSENCO_TEST_DB": "sqlite or postgres, set by the tests",
    "OPENSENCO_TEST_SHIFT": "seconds by which the tests move the time of their day",
}

#: whoever watches the server asks it on its own machine
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_MEGABYTES = 1_000
MOST_CHILDREN = 10_000
MOST_IDLE = 600

DATABASE_VARIABLES = {
    "web": "DATABASE_URL",
    "worker": "DATABASE_WORKER_URL",
    "owner": "DATABASE_OWNER_URL",
}


def refuse_unknown(env: Mapping[str, str]) -> None:
    """Stop with a hint where an OPENSENCO_ variable is misspelt.

    Raises:
        ImproperlyConfigured: names the variable and the nearest known one.
    """
    known = {**KNOWN, **elsewhere.known(env)}
    for name in env:
        if name.startswith("OPENSENCO_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" Known: {', '.join(KNOWN)}."
            raise ImproperlyConfigured(f"{name} is not a setting of OpenSENCO.{hint}")


def database(env: Mapping[str, str], data: Path) -> dict[str, object]:
    """Give the one database of this process: SQLite in the data folder, or PostgreSQL by URL.

    The process kind chooses the role: a web process can never become "system"
    (see docs/guide/tenancy.md).
    """
    process = env.get("OPENSENCO_PROCESS", "web")
    if process not in DATABASE_VARIABLES:
        raise ImproperlyConfigured(
            f"OPENSENCO_PROCESS is {process!r}. Use one of: {', '.join(DATABASE_VARIABLES)}."
        )
    url = env.get(DATABASE_VARIABLES[process], "")
    if not url and any(env.get(name) for name in DATABASE_VARIABLES.values()):
        raise ImproperlyConfigured(
            f"This process runs as {process!r} and needs {DATABASE_VARIABLES[process]}. "
            "Each kind of process has its own database role."
        )
    if not url:
        return {
            "ENGINE": "opensenco.access.sqlite",
            # opening the file and its settings costs more than most questions
            "CONN_MAX_AGE": 600,
            "NAME": data / "opensenco.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
                ),
            },
        }
    config: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=600))
    if config["ENGINE"] == "django.db.backends.postgresql":
        config["ENGINE"] = "opensenco.access.postgresql"
    # The address's own options (sslmode, a certificate, a time limit) stay. Server-side binding
    # refuses stacked statements; server-side cursors would outlive a scope.
    own = cast("dict[str, object]", config.get("OPTIONS", {}))
    # A question asked five times over a connection is planned once: planning costs more than most
    # answers. Words stay the same from page to page (access/questions.py).
    config["OPTIONS"] = {"prepare_threshold": 5, **own, "server_side_binding": True}
    config["DISABLE_SERVER_SIDE_CURSORS"] = True
    config["CONN_HEALTH_CHECKS"] = True
    return config


def proxies(env: Mapping[str, str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Give the proxies that are believed when they say who asks; none where nothing is said.

    Raises:
        ImproperlyConfigured: one is no address and no network.
    """
    found = []
    for said in env.get("OPENSENCO_PROXIES", "").split(","):
        if not said.strip():
            continue
        try:
            found.append(ip_network(said.strip()))
        except ValueError:
            raise ImproperlyConfigured(
                f"OPENSENCO_PROXIES names {said.strip()!r}. Use addresses or networks, with commas "
                "between: 127.0.0.1,10.20.0.0/16"
            ) from None
    return tuple(found)


def hosts(env: Mapping[str, str]) -> list[str]:
    """Give the names that the server answers to; on this machine always to its own as well."""
    said = [host.strip() for host in env.get("OPENSENCO_HOSTS", "").split(",")]
    return list(dict.fromkeys([*filter(None, said), *LOOPBACK]))


def origins(names: list[str]) -> list[str]:
    """Give from where a form may be sent: from our own names by https.

    A server that does not hear by which way people come would else refuse its own forms.
    """
    real = [name for name in names if name != "*" and name not in LOOPBACK]
    return [f"https://{f'*{name}' if name.startswith('.') else name}" for name in real]


def log_format(env: Mapping[str, str]) -> str:
    """Give how lines of the log are written.

    Raises:
        ImproperlyConfigured: in no way that we know.
    """
    said = env.get("OPENSENCO_LOG", "") or "plain"
    if said not in ("plain", "json"):
        raise ImproperlyConfigured(f"OPENSENCO_LOG is {said!r}. Use plain or json.")
    return said


def largest_file(env: Mapping[str, str]) -> int:
    """Give the bytes that one document may have.

    Raises:
        ImproperlyConfigured: it is no number of megabytes from 1 to 1,000.
    """
    said = env.get("OPENSENCO_LARGEST_FILE", "") or "25"
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= MOST_MEGABYTES:
        raise ImproperlyConfigured(
            f"OPENSENCO_LARGEST_FILE is {said!r}. Use a number of megabytes, such as 25."
        )
    return int(said) * 1024 * 1024


def idle(env: Mapping[str, str]) -> int:
    """Give the seconds after which a sign-in that nobody uses ends.

    Raises:
        ImproperlyConfigured: it is no number of minutes from 5 to 600.
    """
    return _number(env, "OPENSENCO_IDLE", "minutes", usual=60, least=5, most=MOST_IDLE) * 60


def children(env: Mapping[str, str]) -> int:
    """Give how many children's records one person opens in ten minutes until they are asked again.

    Raises:
        ImproperlyConfigured: it is no number from 10 to 10,000.
    """
    return _number(env, "OPENSENCO_CHILDREN", "children", usual=60, least=10, most=MOST_CHILDREN)


def _number(
    env: Mapping[str, str], name: str, what: str, *, usual: int, least: int, most: int
) -> int:
    said = env.get(name, "") or str(usual)
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
        raise ImproperlyConfigured(f"{name} is {said!r}. Use a number of {what}, such as {usual}.")
    return int(said)


def scanner(env: Mapping[str, str]) -> str:
    """Give the address of the scanner; empty where there is none.

    Raises:
        ImproperlyConfigured: no scanner can have such an address.
    """
    address = env.get("OPENSENCO_CLAMAV", "")
    try:
        if address:
            check_address(address)
    except ValueError as error:
        raise ImproperlyConfigured(f"OPENSENCO_CLAMAV is {address!r}: {error}.") from None
    return address


def secret_key(env: Mapping[str, str], data: Path) -> str:
    """Give the signing secret: from the environment, or made once and kept in the data folder."""
    given = env.get("OPENSENCO_SECRET_KEY", "")
    if given:
        return given
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        import secrets

        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text()
