"""Finds the modules of the law by themselves, so that nobody keeps a list that all have to edit."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules(package: str) -> tuple[ModuleType, ...]:
    """The modules of the package of that dotted name, imported, by name. Raises ImportError."""
    path = import_module(package).__path__
    names = sorted(each.name for each in iter_modules(path) if not each.ispkg)
    return tuple(import_module(f"{package}.{name}") for name in names)


def packages(package: str) -> tuple[str, ...]:
    """The dotted names of the packages directly inside. Raises ImportError."""
    path = import_module(package).__path__
    return tuple(f"{package}.{each.name}" for each in iter_modules(path) if each.ispkg)


def declared(package: str, name: str) -> Iterator[Any]:
    """What the modules of `package` hold in their tuples called `name`."""
    for module in modules(package):
        yield from getattr(module, name, ())
