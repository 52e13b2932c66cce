"""Who is in a session of a group on one day: those expected, less who is not, and who came too."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.provision import queries

ALSO, WITHOUT = "also", "without"
#: words of the address that stay with one from link to link
STAYS = ("earlier", "again")


def there(
    actor: Actor, row: Any, unit: Any, asked: Mapping[str, str]
) -> tuple[list[Any], list[tuple[str, str]]]:
    """Give the promises of a session, and links that take somebody in or leave somebody out.

    Args:
        asked: the address's own words: `also` and `without` hold references with commas between.
    """
    expected = [pupil.allocation for pupil in unit.pupils]
    if row.group_id is None:
        return expected, []
    also, without = (_refs(asked.get(name, "")) for name in (ALSO, WITHOUT))
    ids = {one.pk for one in expected}
    others = [one for one in queries.given_as_well(actor, row, unit.on) if one.pk not in ids]
    came = [one for one in others if short(one.ref) in also]
    here = [one for one in expected if short(one.ref) not in without] + came
    if not here:
        here, without = expected, []
    links = [
        (_("%(name)s was there too") % {"name": one.pupil.name},
         _address(asked, [*also, short(one.ref)], without))
        for one in others
        if one not in came
    ]  # fmt: skip
    if len(here) > 1:
        links += [
            (_("%(name)s is not in the group that day") % {"name": one.pupil.name},
             _address(asked, [ref for ref in also if ref != short(one.ref)],
                      without if one in came else [*without, short(one.ref)]))
            for one in here
        ]  # fmt: skip
    return here, links


def _refs(text: str) -> list[str]:
    return [ref for ref in text.split(",") if ref]


def _address(asked: Mapping[str, str], also: list[str], without: list[str]) -> str:
    words = {name: asked[name] for name in STAYS if name in asked}
    words |= {name: ",".join(refs) for name, refs in ((ALSO, also), (WITHOUT, without)) if refs}
    return f"?{urlencode(words)}"
