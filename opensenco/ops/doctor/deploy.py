"""The doctor reads the settings of a deployment, and says in plain words what they mean."""

import os
import stat
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import connection

from opensenco.ops.doctor import Finding, look, well, wrong

LOCAL = {"127.0.0.1", "localhost", "::1", "[::1]"}
SHORTEST_SECRET = 32


def deployment(env: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Say of each setting that matters whether it is right for a server that people use."""
    yield from _made_up()
    yield from _https()
    yield from _names()
    yield from _secret(env)
    yield from _database(env)
    yield from _folder()
    yield from _outside()


def _made_up() -> Iterator[Finding]:
    if settings.DEMO:
        yield wrong("demo", "OPENSENCO_DEMO lets anybody in without a password. Take it away.")
    if settings.FROZEN_TODAY:
        yield wrong("clock", "OPENSENCO_TODAY stops the clock: every date is wrong. Take it away.")
    if settings.DEBUG:
        yield wrong("debug", "Faults are shown with what was typed. DEBUG must be off.")


def _https() -> Iterator[Finding]:
    if not settings.HTTPS:
        yield wrong("https", "OPENSENCO_HTTPS is 0: sign-ins travel where others can read them.")
    else:
        yield well("https", "Cookies travel by https alone, and browsers are told to stay with it.")
    if not settings.PROXIES:
        yield wrong(
            "proxies",
            "OPENSENCO_PROXIES is empty. Behind a proxy everybody would count as one address, "
            "so that one person's wrong passwords lock out all. Name the proxy: 127.0.0.1",
        )
    elif any(network.prefixlen == 0 for network in settings.PROXIES):
        yield wrong("proxies", "OPENSENCO_PROXIES believes the whole world. Name the proxy alone.")
    else:
        shown = ", ".join(map(str, settings.PROXIES))
        yield well("proxies", f"Only {shown} is believed when it says who asks.")


def _names() -> Iterator[Finding]:
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield wrong("hosts", "OPENSENCO_HOSTS takes any name. Name those that people open.")
    elif not hosts - LOCAL:
        yield wrong("hosts", "OPENSENCO_HOSTS names this machine alone; nobody else is answered.")
    else:
        yield well("hosts", f"The server answers to {', '.join(sorted(hosts))}.")
    if not settings.ADDRESS:
        yield look("address", "OPENSENCO_ADDRESS is not set: no mail can say where to read.")
    elif settings.HTTPS and not settings.ADDRESS.startswith("https://"):
        yield wrong("address", "OPENSENCO_ADDRESS does not begin with https://.")


def _secret(env: Mapping[str, str]) -> Iterator[Finding]:
    kept = settings.DATA / "secret-key"
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield wrong("secret", "OPENSENCO_SECRET_KEY is too short. Use 50 characters by chance.")
    elif not env.get("OPENSENCO_SECRET_KEY") and _others_may_read(kept):
        yield wrong("secret", f"Others on this machine can read {kept}: chmod 600.")
    else:
        yield well("secret", "What signs sign-ins is long, and its file is nobody else's.")


def _database(env: Mapping[str, str]) -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        yield look("database", "SQLite: right for one school. For several use PostgreSQL.")
        return
    if env.get("DATABASE_OWNER_URL") and env.get("DATABASE_URL"):
        yield look(
            "database",
            "This process is told the owner's address and the web's. The settings of the web "
            "server need DATABASE_URL alone.",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit')")
        if cursor.fetchone() == ("on",):
            yield look(
                "database",
                "PostgreSQL compiles questions, which makes pages slow. Run what `opensenco "
                "postgres` prints again, as the guide to deploying says.",
            )
    host = str(connection.settings_dict.get("HOST", ""))
    options = connection.settings_dict.get("OPTIONS", {})
    safe = ("require", "verify-ca", "verify-full")
    local = not host or host.startswith("/") or host in LOCAL
    if not local and options.get("sslmode") not in safe:
        yield wrong(
            "database", "The way to the database is not encrypted: add ?sslmode=verify-full"
        )
    else:
        yield well("database", "PostgreSQL, by a way that nobody listens on.")


def _folder() -> Iterator[Finding]:
    open_ones = [
        place.name
        for place in (settings.DATA, settings.DATA / "opensenco.sqlite3", settings.FILES)
        if _others_may_read(place)
    ]
    if open_ones:
        yield wrong("folder", f"Other users of this machine can read {', '.join(open_ones)}.")
    else:
        yield well("folder", "The data folder is nobody else's on this machine.")


def _outside() -> Iterator[Finding]:
    if not settings.MAIL.kind:
        yield look("mail", "No mail leaves: links, codes and reminders reach nobody.")
    if not settings.SCANNER:
        yield look("scanner", "Papers that people bring are not scanned for viruses.")


def _others_may_read(place: os.PathLike[str]) -> bool:
    try:
        return bool(os.stat(place).st_mode & stat.S_IRWXO)
    except OSError:
        return False
