"""The one command, `opensenco`: its list, whose database role each part uses, and how it fails.

A command is a module of `opensenco/ops/management/commands`, or one of DIRECT beside this module;
the first line of the module's docstring is its line in the list.
"""

import ast
import difflib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

COMMANDS = Path(__file__).parent / "management" / "commands"
# Commands that need neither Django nor a database: a module beside this one with its own `main`.
DIRECT = ("law",)
# Whose database role a command has. Everything else reads and writes records: the worker's.
PROCESSES = {
    "serve": "web",
    "demo": "web",
    "migrate": "owner",
    "backup": "owner",
    "restore": "owner",
    "upgrade": "owner",
    "postgres": "owner",
}
# Commands that only start and watch others, each of which loads what it needs for itself. The
# web server's process checks what Django would have checked here.
STARTERS = {"serve", "demo"}
# What a command's processes are told besides.
TOLD = {"demo": {"OPENSENCO_DEMO": "1", "OPENSENCO_HTTPS": "0"}}
# Django's options that work and that nobody needs to read of.
NOT_SHOWN = {
    "--version",
    "--settings",
    "--pythonpath",
    "--no-color",
    "--force-color",
    "--skip-checks",
}
HELP = {"", "help", "-h", "--help"}


def commands() -> dict[str, str]:
    """Give every command with its one line of help."""
    found = {}
    for path in _files():
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found[path.stem] = docstring.partition("\n")[0]
    return found


def _files() -> list[Path]:
    direct = (Path(__file__).parent / f"{name}.py" for name in DIRECT)
    return sorted([*COMMANDS.glob("[!_]*.py"), *direct], key=lambda path: path.stem)


def overview() -> str:
    """Give the text of `opensenco help`."""
    lines = [f"  {name:<17}{text}" for name, text in commands().items()]
    return "\n".join(
        [
            "opensenco COMMAND [--help]",
            "",
            *lines,
            "",
            "Settings come from the environment; README.md lists them.",
        ]
    )


def unknown(name: str) -> str:
    """Give the line for a command that is not there."""
    near = difflib.get_close_matches(name, [path.stem for path in _files()], n=1)
    hint = f"Did you mean {near[0]}?" if near else "`opensenco help` lists them."
    return f"opensenco: there is no command {name!r}. {hint}"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give the exit code: 0 done, 1 refused, 2 not understood, 130 stopped."""
    given = list(sys.argv[1:] if words is None else words)
    name = given[0] if given else ""
    if name in HELP:
        print(overview())  # noqa: T201 (the answer of a command)
        return 0
    if name not in {path.stem for path in _files()}:
        return _refuse(unknown(name), 2)
    if name in DIRECT:
        code: int = import_module(f"opensenco.ops.{name}").main(given[1:])
        return code
    os.environ.setdefault("OPENSENCO_PROCESS", PROCESSES.get(name, "worker"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opensenco.config.settings")
    os.environ.update(TOLD.get(name, {}))
    return _run(name, given[1:])


def _run(name: str, options: list[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError, SystemCheckError
    from django.db import OperationalError

    from opensenco.kernel.errors import DomainError
    from opensenco.kernel.logs import kind_of

    try:
        _execute(name, options)
    except SystemCheckError as error:
        return _refuse(str(error), 1)
    except CommandError as error:
        return _refuse(f"opensenco {name}: {error}", error.returncode)
    except (ImproperlyConfigured, DomainError) as error:
        return _refuse(f"opensenco {name}: {error}", 1)
    except OperationalError as error:
        reason = str(error).partition("\n")[0]
        return _refuse(
            f"opensenco {name}: the database refused: {reason}. "
            "Does it run, and has `opensenco migrate` been run?",
            1,
        )
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        # Python's own way would print its text, which can hold a name.
        return _refuse(f"opensenco {name}: it failed, and this is no fault of yours.\n"
                       f"{kind_of(fault)}", 1)  # fmt: skip
    return 0


def _execute(name: str, options: list[str]) -> None:
    import django
    from django.apps import apps
    from django.core.management import load_command_class
    from django.db import connections

    # What is made while the code loads stays: nothing of it is looked through, now or later.
    gc.disable()
    try:
        if name in STARTERS:
            apps.populate(())
        else:
            django.setup()
        command = load_command_class("opensenco.ops", name)
    finally:
        gc.freeze()
        # A command that makes much keeps most of it; looking through it was a tenth of its work.
        gc.set_threshold(50_000, 20, 50)
        gc.enable()
    command.suppressed_base_arguments = NOT_SHOWN
    # So that argparse speaks to a person instead of raising.
    command._called_from_command_line = True  # type: ignore[attr-defined]
    parsed = vars(command.create_parser("opensenco", name).parse_args(options))
    try:
        command.execute(*parsed.pop("args", ()), **parsed)
    finally:
        connections.close_all()


def _refuse(line: str, code: int) -> int:
    print(line, file=sys.stderr)  # noqa: T201 (the answer of a command)
    return code


if __name__ == "__main__":
    sys.exit(main())
