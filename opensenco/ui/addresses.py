"""Addresses of named pages, looked up once: a list writes one for each of its rows."""

import uuid
from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

from opensenco.kernel.refs import short

#: stands for any record where an address is taken apart
NOBODY = uuid.UUID(int=2**127 + 1)


def url(name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a named page: url("pupil", ref=pupil.ref)."""
    if kwargs or len(args) > 1:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    where = name, get_urlconf(), get_script_prefix()
    if not args:
        return _looked_for(*where)
    if isinstance(args[0], uuid.UUID) and (around := _around(*where)):
        return f"{around[0]}{short(args[0])}{around[1]}"
    return reverse(name, args=args)


def addresses_of(name: str) -> Callable[[uuid.UUID], str]:
    """Give what writes the address of a page for each row of a list."""
    around = _around(name, get_urlconf(), get_script_prefix())
    if around is None:
        return lambda ref: url(name, ref)
    before, after = around
    return lambda ref: f"{before}{short(ref)}{after}"


@lru_cache(maxsize=1_000)
def _looked_for(name: str, urlconf: str | None, prefix: str) -> str:
    return reverse(name)


@lru_cache(maxsize=1_000)
def _around(name: str, urlconf: str | None, prefix: str) -> tuple[str, str] | None:
    """Give what stands before and after the reference in an address, None where it is not plain.

    A list writes the address of one page for each of its rows.
    """
    before, found, after = reverse(name, args=[NOBODY]).partition(short(NOBODY))
    return (before, after) if found else None
