"""What the record holds of the pupils of a setting, all at once, in the terms of a pupil list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.exchange.kinds.pupils.values import DATES, DETAILS, GROUP
from opensenco.kernel.text import search_key
from opensenco.people.models import FormerIdentity, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.states import UNSURE_WHYS, GroupKind, Sex
from opensenco.support.models import Need, SenStatus

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Was:
    """Names and pupil numbers that a pupil had before."""

    names: frozenset[Name] = field(default=frozenset(), repr=False)
    upns: frozenset[str] = field(default=frozenset(), repr=False)


NOTHING = Was()


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of the record: its row, what a list could say of it, and its names for finding."""

    pupil: Pupil = field(repr=False)
    values: dict[str, Any] = field(repr=False)
    names: frozenset[Name] = field(repr=False)
    #: by which the reader of the list may find them
    was: Was = field(default=NOTHING, repr=False)
    #: which a list never brings back, whoever reads it
    given_up: Was = field(default=NOTHING, repr=False)

    @property
    def pk(self) -> int:
        """The pupil's id."""
        return self.pupil.pk

    def has_left(self, today: date) -> bool:
        """Whether the pupil was taken off the roll before today."""
        return self.pupil.left_on is not None and self.pupil.left_on < today


#: gives by pupil what columns of one place say of them
More = Callable[[Sequence[int]], Mapping[int, dict[str, Any]]]


def roll_of(actor: Actor, org: Organisation, *, sen: bool, more: More | None = None) -> list[Known]:
    """Give every pupil of a setting, those who left too, in a few queries however many there are.

    Args:
        sen: give SEN status and needs too.
    """
    pupils = list(Pupil.objects.filter(org=org, in_error_at__isnull=True).order_by("id"))
    classes = _classes(org, actor.today)
    statuses = _statuses(org, actor.today) if sen else {}
    needs = _needs(org) if sen else {}
    formers = FormerIdentity.objects.filter(org=org, in_error_at__isnull=True)
    # what only a list has changed, a later list may change back
    given_up = _was(formers.exclude(upn="", why__in=list(UNSURE_WHYS)))
    was = _was(visible(actor, Action.FORMER_NAMES, FormerIdentity).filter(org=org))
    own = more([pupil.pk for pupil in pupils]) if more else {}
    known = []
    for pupil in pupils:
        values = {name: _plain(name, getattr(pupil, name)) for name in DETAILS}
        values["year_group"] = pupil.year_on(actor.today)
        values[GROUP] = classes.get(pupil.pk, "")
        values |= own.get(pupil.pk, {})
        if sen:
            values["sen_status"] = statuses.get(pupil.pk, "")
            values["needs"] = needs.get(pupil.pk, [])
        known.append(
            Known(
                pupil, values, names_of(values), was.get(pupil.pk, NOTHING),
                given_up.get(pupil.pk, NOTHING),
            )
        )  # fmt: skip
    return known


def _was(rows: QuerySet[FormerIdentity]) -> dict[int, Was]:
    """Give earlier names and numbers by pupil."""
    found: dict[int, list[FormerIdentity]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.pupil_id, []).append(row)
    return {
        pupil: Was(
            frozenset(name for one in several if not one.upn for name in names_of(vars(one))),
            frozenset(one.upn for one in several if one.upn),
        )
        for pupil, several in found.items()
    }


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
