"""The page on which a person says once, for each provision of a map, what the map leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.provision_map.promise import NEW, Asks, Means
from opensenco.exchange.kinds.provision_map.settling import (
    MOST_MINUTES,
    MOST_TIMES,
    Provision,
    checked,
    provisions_of,
)
from opensenco.exchange.operations import answering
from opensenco.exchange.states import ImportKind, State
from opensenco.kernel.errors import Invalid
from opensenco.provision.states import LAYER_NAMES
from opensenco.ui.dates import PickDateField
from opensenco.ui.fields import WholeNumber
from opensenco.ui.forms import VersionedForm

PARTS = ("as", "layer", "means", "times", "minutes")


class ProvisionsForm(VersionedForm):
    """What each provision is, and how much of it is given where the map does not say."""

    def __init__(self, *args: Any, several: list[Provision], **options: Any) -> None:
        """Take the provisions of which something is asked."""
        super().__init__(*args, **options)
        self.fields["starts"] = PickDateField(
            label=_("First day, where the map has none"),
            required=False,
            help_text=_("Leave it empty for the day on which you apply the map."),
        )
        self.fields["ends"] = PickDateField(
            label=_("Last day, where the map has none"),
            required=False,
            help_text=_("Such as the end of term. Leave it empty where there is no end yet."),
        )
        for number, one in enumerate(several):
            for name, field in _fields(one).items():
                self.fields[f"{name}_{number}"] = field


def _fields(one: Provision) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if Asks.WHAT in one.ever:
        found["as"] = forms.ChoiceField(
            label=_("What is it?"), choices=_what(one), widget=forms.RadioSelect, required=False
        )
    if Asks.LAYER in one.ever:
        layers = [(str(code), name) for code, name in LAYER_NAMES.items()]
        found["layer"] = forms.ChoiceField(
            label=_("Layer"), choices=[("", _("Choose")), *layers], required=False
        )
    if Asks.MEANS in one.ever:
        found["means"] = forms.ChoiceField(
            label=_("“%(cells)s” means") % {"cells": "”, “".join(one.written)},
            choices=[("", _("Choose")), *_means(one)],
            required=False,
        )
    if {Asks.TIMES, Asks.MEANS} & one.ever:
        found["times"] = WholeNumber(
            label=_("Times a week"), min_value=1, max_value=MOST_TIMES, example=3, required=False
        )
    # a length says how long, whatever it means
    if Asks.MINUTES in one.ever or (Asks.MEANS in one.ever and not one.lengths):
        found["minutes"] = WholeNumber(
            label=_("Minutes each time"), min_value=1, max_value=MOST_MINUTES, required=False
        )
    return found


def _what(one: Provision) -> list[tuple[str, str]]:
    there = [
        (
            entry.key,
            (_("%(name)s, in your library") if entry.own else _("%(name)s, a usual provision"))
            % {"name": entry.name},
        )
        for entry in one.alike
    ]
    return [*there, (NEW, _("Something else: add it to your library under this name"))]


def _means(one: Provision) -> list[tuple[str, str]]:
    if one.lengths:
        return [
            (Means.EACH.value, _("so long each time")),
            (Means.WEEK.value, _("so long in the whole week")),
        ]
    return [
        (Means.TIMES.value, _("times a week")),
        (Means.MINUTES.value, _("minutes each time")),
        (Means.HOURS_WEEK.value, _("hours in the whole week")),
        (Means.TICK.value, _("only that the pupil gets it")),
    ]


@dataclass(frozen=True)
class Asked:
    """The provisions of a map: those of which something is asked, and the rest."""

    row: Any
    several: list[Provision]
    settled: list[Provision]

    @property
    def open(self) -> int:
        """How many wait for an answer."""
        return sum(one.open for one in self.several)

    def form(self, **given: Any) -> ProvisionsForm:
        """Give the form, filled with what was said, or else with what is usual."""
        said: dict[str, Any] = {
            name: date.fromisoformat(day)
            for name in ("starts", "ends")
            if (day := self.row.answers.get(name))
        }
        for number, one in enumerate(self.several):
            said |= {f"{part}_{number}": value for part, value in _first(one).items()}
        given["initial"] = {**said, **(given.get("initial") or {})}
        return ProvisionsForm(several=self.several, **given)

    def shown(self, form: Any) -> list[tuple[Provision, list[Any]]]:
        """Give each provision with its fields."""
        return [
            (one, [form[name] for part in PARTS if (name := f"{part}_{number}") in form.fields])
            for number, one in enumerate(self.several)
        ]


def _first(one: Provision) -> dict[str, Any]:
    return {**{name: number for name, number in one.usual.items() if number}, **one.said}


def asked(actor: Actor, row: Any) -> Asked | None:
    """Give what there is to say about the provisions of a map; None where nothing can be said."""
    if row.kind != ImportKind.PROVISION_MAP or row.state != State.READ:
        return None
    several = provisions_of(row)
    return Asked(row, [one for one in several if one.ever], [o for o in several if not o.ever])


def keep(actor: Actor, one: Asked, given: Mapping[str, Any]) -> Any:
    """Keep what was said.

    Raises:
        Invalid: an answer that cannot be, at its field.
    """
    answers: dict[str, Any] = dict(one.row.answers.get("provisions") or {})
    for number, provision in enumerate(one.several):
        try:
            said = checked(one.row.org, {part: given.get(f"{part}_{number}") for part in PARTS})
        except Invalid as wrong:
            raise Invalid(f"{wrong.field}_{number}", wrong.sentence) from None
        answers[provision.key] = said
    days = {name: given[name].isoformat() for name in ("starts", "ends") if given.get(name)}
    return answering.answer_for_file(
        actor=actor, file_import=one.row, version=given["version"],
        answers={"provisions": answers, **days},
    )  # fmt: skip
