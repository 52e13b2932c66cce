"""The commands of a checkout: demo, install, test, check, fix, sbom, lock. Python 3.11 will do.

The environment in `.venv/` is made from the locks in requirements/, every file checked by its
hash, and made again only when a lock changes.
"""

import argparse
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (this line is for those who have an older one)
    sys.exit(
        f"OpenSENCO needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
        "Install a newer one and run this again with it."
    )

from tests.support import binaries

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "opensenco-stamp"
LOCKS = ROOT / "requirements"
KEYWORDS = (
    *("mark", "sentence", "counted:1,2", "gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2"),
    *("npgettext_lazy:1c,2,3", "plural:2,3"),
)
SLOWEST = "20"
# A school's or authority's network often signs with a certificate that only the system knows.
UV = ("uv", "--system-certs", "pip")
NO_TESTS = 5  # pytest's exit code where nothing was chosen


class StopError(Exception):
    """Something this command cannot go on without; its text is the one line to print."""


def say(text: str) -> None:
    """Print at once, so that the order with other programs' lines is kept."""
    print(text, flush=True)


def python(*words: str | Path) -> list[str | Path]:
    """Give the command that runs the environment's Python with these words."""
    return [PYTHON, *words]


def tool(name: str, *words: str | Path) -> list[str | Path]:
    """Give the command that runs a program of the environment with these words."""
    return [BIN / name, *words]


def done(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> bool:
    """Run a program in the checkout and say whether it went well."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


# --- the environment ---------------------------------------------------------------------------


def stamp(level: str) -> str:
    """Give what `.venv/` must have been made from to be used as it is.

    Args:
        level: base (to run) or dev (to test and check too).
    """
    locks = b"".join((LOCKS / f"{name}.lock").read_bytes() for name in ("base", "dev"))
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f"{level} {hashlib.sha256(locks).hexdigest()} {version} {ROOT}\n"


def prepare(level: str) -> int:
    """Make `.venv/` fit its lock; do nothing where it does. Gives 0.

    Raises:
        StopError: Python cannot make an environment, or the packages cannot be had.
    """
    made = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if made.startswith("dev "):
        level = "dev"
    wanted = stamp(level)
    if made == wanted and PYTHON.exists():
        return 0
    say(f"Making the environment in .venv/ from requirements/{level}.lock …")
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists() or made.split(" ")[2:3] != wanted.split(" ")[2:3]:
        make_environment()
    install(LOCKS / f"{level}.lock")
    write_launcher()
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


def make_environment() -> None:
    """Make an empty `.venv/` with pip.

    Raises:
        StopError: this Python was packed without venv, as Debian and Ubuntu do.
    """
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise StopError(
            "This Python cannot make an environment. On Debian or Ubuntu install it with "
            f"`apt-get install python{version}-venv`, then run this again."
        )
    if not done([sys.executable, "-m", "venv", "--clear", VENV]):
        raise StopError("The environment in .venv/ could not be made; the lines above say why.")


def install(lock: Path) -> None:
    """Install exactly what a lock says, by uv or, where uv cannot be had, by pip.

    Raises:
        StopError: neither could; most often there is no internet.
    """
    pip = python("-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    installer = LOCKS / "installer.lock"
    only = ["--only-binary", ":all:", "--require-hashes"]
    by_uv = python("-m", *UV, "sync", "--quiet", "--compile-bytecode", "--python", PYTHON)
    if done([*pip, *only, "-r", installer]) and done([*by_uv, "--require-hashes", lock]):
        return
    say("uv could not do it; trying pip, which takes a minute or two.")
    # The lock is whole, and leaves out what overrides.txt does.
    if not done([*pip, "--no-deps", "--require-hashes", "-r", lock]):
        raise StopError("The packages could not be installed; the lines above say why.")


def write_launcher() -> None:
    """Let `.venv/` find the package where it stands, and put the command `opensenco` in it."""
    where = python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    packages = subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip()
    Path(packages, "opensenco.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        text = '@"%~dp0python.exe" -P -m opensenco.ops.cli %*\r\n'
        (BIN / "opensenco.cmd").write_text(text, encoding="utf-8")
        return
    launcher = BIN / "opensenco"
    launcher.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m opensenco.ops.cli "$@"\n',
        encoding="utf-8",
    )
    launcher.chmod(0o755)


def lock(options: argparse.Namespace) -> int:
    """Write the locks anew from requirements/*.in."""
    if not PYTHON.exists():
        make_environment()
    if not done(python("-m", "pip", "--disable-pip-version-check", "--quiet", "install", "uv")):
        raise StopError("uv could not be installed; the lines above say why.")
    compiler = python("-m", *UV, "compile", "--universal", "--python-version", "3.11")
    compiler += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
    compiler += ["--override", "requirements/overrides.txt"]
    compiler += ["--upgrade"] if options.upgrade else []
    for name in ("installer", "base", "dev", "mutation"):
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        if not done([*compiler, *files]):
            raise StopError(f"requirements/{name}.in could not be locked; see above.")
        if "://" in (LOCKS / f"{name}.lock").read_text(encoding="utf-8"):
            raise StopError(f"requirements/{name}.lock names an address; it must not.")
    return 0


def install_here(_options: argparse.Namespace) -> int:
    """Install what a server runs with, and compile the package: who runs it may not write here."""
    prepare("base")
    return 0 if done(python("-m", "compileall", "-q", "opensenco")) else 1


# --- demo --------------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    """Make the demo world if it is not there, and serve it."""
    prepare("base")
    words = ["demo", "--port", str(options.port)]
    words += ["--size", options.size]
    words += ["--fresh"] * options.fresh + ["--no-worker"] * options.no_worker
    command = [str(PYTHON), "-P", "-m", "opensenco.ops.cli", *words]
    if WINDOWS:
        return subprocess.run(command, check=False).returncode
    # In place of this process, so that a signal reaches the one that can act on it.
    os.execv(command[0], command)  # noqa: S606 (no shell is wanted)


# --- test --------------------------------------------------------------------------------------


def test(options: argparse.Namespace) -> int:
    """Run the tests on both databases, then the browser's; with --fast the quick ones on SQLite."""
    prepare("dev")
    legs = [("SQLite", "sqlite", "fast" if options.fast else "code")]
    if not options.fast:
        ensure("PostgreSQL", binaries.postgres_folder, ["postgresql"], "brew install postgresql")
        ensure("Chromium", binaries.chromium, ["chromium", "fonts-liberation"], "set CHROMIUM")
        legs += [
            ("PostgreSQL", "postgres", "code"),
            ("Browser on PostgreSQL", "postgres", "browser"),
            ("Browser on SQLite", "sqlite", "browser"),
        ]
    begun, worked = time.monotonic(), processor_seconds()
    # Two at a time: while one waits for its database or its last test, the other works on.
    with ThreadPoolExecutor(max_workers=2) as lanes:
        results = list(lanes.map(lambda leg: timed(leg, options.pytest), legs))
    whole, worked = time.monotonic() - begun, processor_seconds() - worked
    say("")
    for name, code, seconds in results:
        say(f"{name:<22} {outcome(code):<16} {seconds:6.0f} s")
    cores = os.cpu_count() or 1
    share = f", {worked / whole / cores:.0%} of {cores} cores" if worked else ""
    say(f"{'Together':<39} {whole:6.0f} s{share}")
    codes = {code for _, code, _ in results}
    # A leg without tests is a failure, unless the person chose tests that it does not have.
    fine = {0, NO_TESTS} if options.pytest and 0 in codes else {0}
    return 0 if codes <= fine else 1


def timed(named: tuple[str, str, str], extra: list[str]) -> tuple[str, int, float]:
    """Run a leg, given by name, database and part; give its name, exit code and seconds."""
    begun = time.monotonic()
    code = run_leg(named, extra)
    say(f"=== {named[0]}: {outcome(code)}")
    return named[0], code, time.monotonic() - begun


def processor_seconds() -> float:
    """Give what the programs that this one started have worked; none on Windows."""
    spent = os.times()
    return spent.children_user + spent.children_system


def outcome(code: int) -> str:
    """Give the word for pytest's exit code."""
    return {0: "passed", NO_TESTS: "no tests chosen"}.get(code, "FAILED")


def run_leg(named: tuple[str, str, str], extra: list[str]) -> int:
    """Run pytest once and give its exit code; each line that it says carries the leg's name."""
    name, database, leg = named
    workers = str(min(os.cpu_count() or 1, 8))
    command = python("-m", "pytest", "-n", workers, "--dist", "loadgroup")
    command += ["--leg", leg, "--durations", SLOWEST, *extra]
    environment = {**os.environ, "OPENSENCO_TEST_DB": database}
    if leg == "fast":
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        for line in running.stdout or ():
            say(f"{name}: {line.decode(errors='replace').rstrip()}")
        return running.wait()


def ensure(name: str, find: Callable[[], object], packages: list[str], elsewhere: str) -> None:
    """See that a program is here; install it from the system's packages where that is possible.

    Raises:
        StopError: it is not here and cannot be installed by this person on this system.
    """
    if find():
        return
    line = f"apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say(f"{name} is not here: {line}")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "--quiet", "--quiet", "--yes", "--no-install-recommends"]
        for words in (["update"], ["install", *packages]):
            subprocess.run([*apt, *words], env=environment, check=False, stdout=subprocess.DEVNULL)
        if find():
            return
        raise StopError(f"The tests need {name}, and `{line}` did not bring it. {elsewhere}?")
    raise StopError(
        f"The tests need {name}. On Debian or Ubuntu: `sudo {line}`; elsewhere: {elsewhere}."
    )


# --- check and fix -----------------------------------------------------------------------------


def check(_options: argparse.Namespace) -> int:
    """Read the code with every tool, all of them even where one complains."""
    prepare("dev")
    with tempfile.TemporaryDirectory(prefix="opensenco-check-") as folder:
        environment = {
            **os.environ,
            "OPENSENCO_DATA": folder,
            "OPENSENCO_SECRET_KEY": "used by checks only",
            "DJANGO_SETTINGS_MODULE": "opensenco.config.settings",
        }
        catalogue = Path(folder, "messages.pot")
        steps = check_steps(catalogue).items()
        failed = [name for name, command in steps if not passes(name, command, environment)]
    say(f"\nTo mend: {', '.join(failed)}" if failed else "\nAll is well.")
    return 1 if failed else 0


def check_steps(catalogue: Path) -> dict[str, list[str | Path]]:
    """Give the tools of `check` by name.

    Args:
        catalogue: where marked texts go; nobody reads it, the templates must only parse.
    """
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    return {
        "Lint": tool("ruff", "check"),
        "Format": tool("ruff", "format", "--check"),
        "Types": tool("mypy"),
        "Imports": tool("lint-imports"),
        "Migrations": python("manage.py", "makemigrations", "--check", "--dry-run"),
        "Marked text": tool(
            "pybabel", "--quiet", "extract", "-F", "pyproject.toml", *keywords, "-o", catalogue, "."
        ),
    }


def passes(name: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run one tool, print what it says and how long it took, and give whether it is content."""
    begun = time.monotonic()
    say(f"\n--- {name}")
    content = done(command, environment)
    say(f"{'passed' if content else 'FAILED'} in {time.monotonic() - begun:.1f} s")
    return content


def fix(_options: argparse.Namespace) -> int:
    """Mend what ruff can mend, and format."""
    prepare("dev")
    return 0 if all([done(tool("ruff", "check", "--fix")), done(tool("ruff", "format"))]) else 1


def sbom(_options: argparse.Namespace) -> int:
    """Print what all of this is made of, as CycloneDX JSON."""
    prepare("dev")
    return 0 if done(python("-m", "tests.support.bill", "--sbom")) else 1


# --- the command line --------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Give the words this command understands."""
    top = argparse.ArgumentParser(
        prog="python3 run.py", description="OpenSENCO from a checkout.", allow_abbrev=False
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("demo", help="a made-up county, served on this machine")
    one.add_argument("--port", type=int, default=8000, help="(default: %(default)s)")
    one.add_argument("--fresh", action="store_true", help="make the demo world anew, for today")
    sizes, said = ["village", "county"], "one school, or the county round it (default: %(default)s)"
    one.add_argument("--size", choices=sizes, default="county", help=said)
    one.add_argument("--no-worker", action="store_true", help="no worker for jobs")
    one.set_defaults(run=demo)
    one = commands.add_parser("install", help="what a server runs with")
    one.set_defaults(run=install_here)
    one = commands.add_parser(
        "test", help="every test; other words go to pytest", allow_abbrev=False
    )
    one.add_argument("--fast", action="store_true", help="SQLite only, no browser, no servers")
    one.set_defaults(run=test)
    commands.add_parser("check", help="lint, types, imports, texts").set_defaults(run=check)
    commands.add_parser("fix", help="mend and format what can be").set_defaults(run=fix)
    commands.add_parser("sbom", help="what it is made of, as CycloneDX").set_defaults(run=sbom)
    one = commands.add_parser("lock", help="lock requirements/*.in anew")
    one.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    one.set_defaults(run=lock)
    return top


def main(words: list[str]) -> int:
    """Run one command and give the exit code."""
    options, others = parser().parse_known_args(words)
    if others and options.command != "test":
        parser().error(f"not understood: {' '.join(others)}")
    options.pytest = others
    # Whatever is started would otherwise compile the whole package, each process for itself.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        result: int = options.run(options)
    except StopError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
