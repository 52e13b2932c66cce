"""Who stands in for a SENCO: arranged, seen, and what happened while they were away."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.cases import away
from opensenco.cases.operations import covering
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school.staff import MANAGERS
from opensenco.people import classes, covers
from opensenco.people import queries as people
from opensenco.ui.forms import Form, GovDateField
from opensenco.ui.listing import Listing

READERS = {**MANAGERS, "phase_senco": 200, "family": 403}
#: in the tests' world nobody of these was away or stood in
OF_ONE = {**READERS, "phase_senco": 403}


class CoverForm(Form):
    """Who is away, who stands in, and in which days."""

    away = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    person = forms.ChoiceField(
        label=gettext_lazy("Who stands in?"),
        help_text=gettext_lazy(
            "For these days they do what a SENCO hands over, for the same part of the school. They "
            "manage no staff, turn no year, bring in no lists, send no packs and change no "
            "settings."
        ),
    )
    starts = GovDateField(label=gettext_lazy("First day"))
    ends = GovDateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("It ends by itself after this day."),
    )

    def __init__(
        self, *args: Any, away: list[tuple[str, str]], people: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, offered in (("away", away), ("person", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = [("", _("Choose one")), *offered]


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, tab="school", who=READERS)
def covers_here(request: HttpRequest, actor: Actor) -> Answer:
    """Show who stands in for whom: all of the place to who arranges it, to others their own."""
    manages = actor.can_somewhere(Action.PEOPLE_MANAGE)
    rows = covers.listed(actor) if manages else covers.of_mine(actor)
    return Answer("school/covers.html", {
        "rows": rows, "manages": manages and len(actor.hat.orgs) == 1, "now": actor.today,
        "tabs": place_tabs(actor, "school:covers"),
    })  # fmt: skip


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def arrange(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Let a colleague stand in for a SENCO from a day to a day."""
    place = people.place(actor)
    gone = {str(one.ref): one for one in covers.to_cover(actor, place)}
    here = {str(one.person.ref): one.person for one in classes.colleagues(actor, place)}
    form = converse(
        request,
        actor,
        lambda **given: CoverForm(
            away=[(ref, _called(one)) for ref, one in gone.items()],
            people=[(ref, one.name) for ref, one in here.items()],
            **given,
        ),
        act=lambda given: covering.arrange_cover(
            actor=actor, org=place, away=gone[given["away"]], person=here[given["person"]],
            starts=given["starts"], ends=given["ends"],
        ),
        then=lambda _row: reverse("school:covers"),
        said=_("Arranged. Both are told."),
        initial={"starts": actor.today},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/arrange_cover.html", {"form": form})


@page(Action.PLAN_WRITE, logs=Logs.LIST, tab="school", who=OF_ONE)
def cover_of(request: HttpRequest, actor: Actor, senco_cover: uuid.UUID) -> Answer:
    """Show what happened while a SENCO was away, as far as this person reads it."""
    row = covers.cover(actor, senco_cover)
    last = min(row.membership.ends or actor.today, actor.today)
    rows = away.happened(actor, row.membership.starts, last)
    listing = Listing(request.GET, (), rows.count())
    facts = list(rows[listing.start : listing.stop])
    done = away.settled_by(actor, row.membership.person, row.membership.starts, last)
    about = [*(one.pupil for one in facts), *(one.pupil for one in done)]
    pupils = {one.pk: one for one in about if one is not None}
    show = {"row": row, "facts": facts, "done": done, "listing": listing, "last": last,
            "own": row.away == actor.person}  # fmt: skip
    return Answer("school/cover_of.html", show, opened=[*pupils.values()],
                  listed=Listed(listing.total))  # fmt: skip


def _called(row: Any) -> str:
    role = held(row)[0]
    return f"{row.person.name}, {row.part.name if row.part else role}"
