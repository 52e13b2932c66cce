"""What the record holds of the pupils of a setting, all at once, in the terms of a pupil list."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds.pupils.values import DATES, DETAILS, GROUP
from opensenco.kernel.text import search_key
from opensenco.people.models import GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind, Sex
from opensenco.support.models import Need, SenStatus

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of the record: its row, what a list could say of it, and its names for finding."""

    pupil: Pupil = field(repr=False)
    values: dict[str, Any] = field(repr=False)
    names: frozenset[Name] = field(repr=False)

    @property
    def pk(self) -> int:
        """The pupil's id."""
        return self.pupil.pk

    def has_left(self, today: date) -> bool:
        """Whether the pupil was taken off the roll before today."""
        return self.pupil.left_on is not None and self.pupil.left_on < today


def roll_of(actor: Actor, org: Organisation, *, sen: bool) -> list[Known]:
    """Give every pupil of a setting, those who left too, in a few queries however many there are.

    Args:
        sen: give SEN status and needs too.
    """
    pupils = list(Pupil.objects.filter(org=org, in_error_at__isnull=True).order_by("id"))
    classes = _classes(org, actor.today)
    statuses = _statuses(org, actor.today) if sen else {}
    needs = _needs(org) if sen else {}
    known = []
    for pupil in pupils:
        values = {name: _plain(name, getattr(pupil, name)) for name in DETAILS}
        values["year_group"] = pupil.year_on(actor.today)
        values[GROUP] = classes.get(pupil.pk, "")
        if sen:
            values["sen_status"] = statuses.get(pupil.pk, "")
            values["needs"] = needs.get(pupil.pk, [])
        known.append(Known(pupil, values, names_of(values)))
    return known


def names_of(values: dict[str, Any]) -> frozenset[Name]:
    """Give surname and first name, and surname and the name that is used, as keys."""
    surname = search_key(values["last_name"])
    firsts = {values["first_name"], values.get("known_as", "")} - {""}
    return frozenset((surname, search_key(first)) for first in firsts)


def _plain(name: str, value: Any) -> Any:
    if name in DATES:
        return value.isoformat() if value else None
    return "" if name == "sex" and value == Sex.UNKNOWN else value


def _classes(org: Organisation, today: date) -> dict[int, str]:
    """Name of the class by pupil, the one they came into last where they are in two."""
    rows = (
        GroupPupil.objects.filter(on_day(today), org=org, group__kind=GroupKind.CLASS)
        .order_by("starts", "id")
        .values_list("pupil_id", "group__name")
    )
    return dict(rows)


def _statuses(org: Organisation, today: date) -> dict[int, str]:
    rows = SenStatus.objects.filter(on_day(today), org=org, in_error_at__isnull=True)
    return dict(rows.values_list("pupil_id", "code"))


def _needs(org: Organisation) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Need.objects.filter(org=org, ended_on__isnull=True).order_by("rank")
    for pupil_id, code in rows.values_list("pupil_id", "code"):
        found.setdefault(pupil_id, []).append(code)
    return found
