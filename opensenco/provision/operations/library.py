"""The school's own library of what it gives."""

from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import (
    MOST_MINUTES,
    MOST_TIMES,
    MOST_WEEKS,
    Allocation,
    Provision,
)
from opensenco.provision.starter import library
from opensenco.provision.states import Layer, Strength
from opensenco.support.words import differing, line, paragraph

MOST_GROUP = 60
#: what the library says of an entry
PARTS = (
    "name", "layer", "purpose", "how_it_runs", "group_usual", "minutes", "times_a_week", "weeks",
    "delivered_by", "training", "entry_measure", "exit_measure", "evidence", "strength",
    "evidence_from",
)  # fmt: skip


@operation(Action.PROVISION_ALLOCATE, on="org")
def add_provision(
    *,
    actor: Actor,
    org: Organisation,
    name: str,
    layer: int,
    purpose: str = "",
    how_it_runs: str = "",
    group_usual: int = 1,
    minutes: int | None = None,
    times_a_week: int | None = None,
    weeks: int | None = None,
    delivered_by: str = "",
    training: str = "",
    entry_measure: str = "",
    exit_measure: str = "",
    evidence: str = "",
    strength: str = "",
    evidence_from: str = "",
) -> Provision:
    """Add something to the school's library. Its numbers are what is usual, never a rule.

    Raises:
        Invalid: no name, a name that is taken, a layer or number that cannot be.
    """
    values = check_values(
        name=name, layer=layer, purpose=purpose, how_it_runs=how_it_runs, group_usual=group_usual,
        minutes=minutes, times_a_week=times_a_week, weeks=weeks, delivered_by=delivered_by,
        training=training, entry_measure=entry_measure, exit_measure=exit_measure,
        evidence=evidence, strength=strength, evidence_from=evidence_from,
    )  # fmt: skip
    check_free(org.pk, str(values["name"]))
    row = Provision(org=org, **values)
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="org")
def add_from_starter(*, actor: Actor, org: Organisation, starter: str) -> Provision:
    """Copy an entry of the starter library into the school's own, where it can be changed.

    Added already, the school's own is given and nothing is written.

    Raises:
        Invalid: there is no such entry.
    """
    entry = library().entries.get(starter)
    if entry is None:
        raise Invalid("starter", _("Choose one of the library."))
    own = Provision.objects.filter(org=org, ended_on__isnull=True)
    have = own.filter(starter=entry.id).first() or own.filter(name=entry.name).first()
    if have:
        return have
    row = Provision(
        org=org, name=entry.name, layer=entry.layer, purpose=entry.purpose,
        how_it_runs=entry.how_it_runs, group_usual=entry.group[1], minutes=entry.minutes,
        times_a_week=entry.times_a_week, weeks=entry.weeks,
        delivered_by=line("delivered_by", ", ".join(entry.delivered_by)),
        entry_measure=entry.entry_measure, exit_measure=entry.exit_measure, starter=entry.id,
        evidence=entry.evidence, strength=entry.strength if entry.evidence else "",
    )  # fmt: skip
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="provision")
def change_provision(
    *, actor: Actor, provision: Provision, version: int | None = None, **values: Any
) -> Provision:
    """Change what the library says of a provision. Promises made before keep their own numbers.

    Args:
        values: as of `add_provision`; what is left out stays.

    Raises:
        Invalid: as `add_provision`.
        Stale: somebody else changed it in between.
    """
    given = check_values(**{part: values.get(part, getattr(provision, part)) for part in PARTS})
    if given["name"] != provision.name:
        check_free(provision.org_id, str(given["name"]))
    return change(provision, version=version, **differing(provision, given.items()))


@operation(Action.PROVISION_ALLOCATE, on="provision")
def end_provision(*, actor: Actor, provision: Provision, version: int | None = None) -> Provision:
    """Take a provision out of the library: it is given no more. What was given stays.

    Raises:
        NotPossible: somebody still gets it, or it is out already.
        Stale: somebody else changed it in between.
    """
    if provision.ended_on is not None:
        raise NotPossible(_("This is out of the library already."))
    running = Allocation.objects.filter(provision=provision, in_error_at__isnull=True)
    if running.exclude(ends__lt=actor.today).exists():
        raise NotPossible(_("Pupils still get this. End what they get first."))
    return change(provision, version=version, ended_on=actor.today)


def check_free(org_id: int, name: str) -> None:
    if Provision.objects.filter(org_id=org_id, name=name, ended_on__isnull=True).exists():
        raise Invalid("name", _("The library has one of this name. Choose another name."))


def check_values(**values: Any) -> dict[str, Any]:
    """Refuse what cannot be said of an entry, and give the values as they are stored.

    Raises:
        Invalid: as `add_provision`.
    """
    clean = {
        **values,
        "name": line("name", values["name"], 120),
        "delivered_by": line("delivered_by", values["delivered_by"]),
        "training": line("training", values["training"]),
        "entry_measure": line("entry_measure", values["entry_measure"]),
        "exit_measure": line("exit_measure", values["exit_measure"]),
        "purpose": paragraph("purpose", values["purpose"], 2_000),
        "how_it_runs": paragraph("how_it_runs", values["how_it_runs"], 5_000),
        "evidence": paragraph("evidence", values["evidence"], 2_000),
        "evidence_from": line("evidence_from", values["evidence_from"], 300),
    }
    if clean["strength"] and clean["strength"] not in Strength.values:
        raise Invalid("strength", _("Choose one of the answers shown."))
    if (clean["strength"] or clean["evidence_from"]) and not clean["evidence"]:
        raise Invalid("evidence", _("Say what is known of whether it helps."))
    if not clean["name"]:
        raise Invalid("name", _("Give it a name that staff will know it by."))
    if clean["layer"] not in Layer.values:
        raise Invalid("layer", _("Choose universal, targeted or specialist."))
    if clean["group_usual"] is None:
        clean["group_usual"] = 1
    for part, most in (("group_usual", MOST_GROUP), ("minutes", MOST_MINUTES),
                       ("times_a_week", MOST_TIMES), ("weeks", MOST_WEEKS)):  # fmt: skip
        check_number(part, clean[part], most)
    return clean


def check_number(field: str, value: int | None, most: int) -> None:
    """Refuse a number that is not between 1 and the most; None is no number.

    Raises:
        Invalid: it is not.
    """
    if value is not None and not 1 <= value <= most:
        raise Invalid(field, _("Give a whole number between 1 and %(most)s.") % {"most": most})
