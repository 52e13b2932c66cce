"""The school's library of provisions (APD-12): brought in, added to, changed, retired."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.library import Entry, starter
from opensenco.provision.models import Provision
from opensenco.provision.states import Area, Layer
from opensenco.support.words import line, paragraph

MOST_TIMES, MOST_MINUTES, MOST_GROUP = 50, 400, 40


@operation(Action.PROVISION_LIBRARY, on="org")
def bring_in_starter(
    *, actor: Actor, org: Organisation, ids: Iterable[str] | None = None
) -> list[Provision]:
    """Bring entries of the starter library in as the school's own. What it has stays as it is.

    Args:
        ids: of the entries; None for all of them.

    Raises:
        Invalid: there is no such entry.
    """
    library = starter()
    wanted = None if ids is None else set(ids)
    if wanted is not None and (strange := wanted - {one.id for one in library.entries}):
        raise Invalid("ids", _("There is no such entry: %(id)s") % {"id": sorted(strange)[0][:60]})
    held = Provision.objects.filter(org=org)
    has = set(held.values_list("starter_id", flat=True)) | set(held.values_list("name", flat=True))
    made = []
    for entry in library.entries:
        if (wanted is None or entry.id in wanted) and not {entry.id, entry.name} & has:
            row = Provision(org=org, **_values(entry, library.who(entry)))
            row.save()
            made.append(row)
    return made


def _values(entry: Entry, who: str) -> dict[str, Any]:
    return {
        "name": entry.name,
        "layer": entry.layer,
        "area": entry.area,
        "group_size": entry.group_usual,
        "times": entry.sessions_per_week,
        "minutes": entry.minutes,
        "weeks": entry.weeks,
        "delivered_by": who[:200],
        "purpose": entry.purpose,
        "how_it_runs": entry.how_it_runs,
        "entry_measure": entry.entry_measure[:300],
        "exit_measure": entry.exit_measure[:300],
        "starter_id": entry.id,
    }


@operation(Action.PROVISION_LIBRARY, on="org")
def add_provision(
    *, actor: Actor, org: Organisation, name: str, layer: str, **values: Any
) -> Provision:
    """Add an item of the school's own to its library.

    Raises:
        Invalid: the name is taken, or a number that cannot be.
    """
    row = Provision(org=org, **_checked(org, {"name": name, "layer": layer, **values}))
    row.save()
    return row


@operation(Action.PROVISION_LIBRARY, on="provision")
def change_provision(
    *, actor: Actor, provision: Provision, version: int | None = None, **values: Any
) -> Provision:
    """Change an item of the library. What was promised under it keeps its words.

    Raises:
        Invalid: the name is taken, or a number that cannot be.
        Stale: somebody else changed it in between.
    """
    return change(provision, version=version, **_checked(provision.org, values, provision))


@operation(Action.PROVISION_LIBRARY, on="provision")
def retire_provision(
    *, actor: Actor, provision: Provision, version: int | None = None
) -> Provision:
    """Take an item off the library's list. What is promised under it goes on.

    Raises:
        NotPossible: it is off the list already.
        Stale: somebody else changed it in between.
    """
    if provision.retired_on:
        raise NotPossible(_("This is off the list already."))
    return change(provision, version=version, retired_on=actor.today)


def _checked(
    org: Organisation, values: dict[str, Any], this: Provision | None = None
) -> dict[str, Any]:
    clean = dict(values)
    for name, most in (("name", 120), ("delivered_by", 200), ("entry_measure", 300),
                       ("exit_measure", 300)):  # fmt: skip
        if name in clean:
            clean[name] = line(name, clean[name], most)
    for name in ("purpose", "how_it_runs"):
        if name in clean:
            clean[name] = paragraph(name, clean[name], 2_000)
    if "name" in clean:
        _check_name(org, clean["name"], this)
    if clean.get("layer", Layer.TARGETED) not in Layer.values:
        raise Invalid("layer", _("Choose universal, targeted or specialist."))
    if clean.get("area", Area.ALL) not in Area.values:
        raise Invalid("area", _("Choose an area from the list."))
    check_number("times", clean.get("times"), MOST_TIMES)
    check_number("minutes", clean.get("minutes"), MOST_MINUTES)
    check_number("group_size", clean.get("group_size"), MOST_GROUP)
    return clean


def _check_name(org: Organisation, name: str, this: Provision | None) -> None:
    if not name:
        raise Invalid("name", _("Give it a name."))
    others = Provision.objects.filter(org=org, name=name, retired_on__isnull=True)
    if (others.exclude(pk=this.pk) if this else others).exists():
        raise Invalid("name", _("The library has an item of this name. Choose another name."))


def check_number(field: str, value: int | None, most: int) -> None:
    """Refuse a number of times, minutes or pupils that cannot be.

    Raises:
        Invalid: below one, or more than `most`.
    """
    if value is not None and not 1 <= value <= most:
        raise Invalid(field, _("Enter a whole number from 1 to %(most)s.") % {"most": most})
