"""What one learned for one's own work, and everybody's learning by year."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.threads.adviceforms import ErrorForm
from opensenco.pages.threads.advising import STAFF
from opensenco.pages.threads.colleagues import year_in, years_to_pick
from opensenco.people import classes
from opensenco.people import queries as people
from opensenco.threads import learned as read
from opensenco.threads.learning_models import MOST_MINUTES, LearnedBy
from opensenco.threads.operations import learning
from opensenco.threads.operations.learning import LONGEST
from opensenco.ui.forms import LongText, PickDateField, VersionedForm, WholeNumber, Words
from opensenco.ui.listing import Column, Listing

#: the entry in the tests' world is its teacher's own
MINE = {**dict.fromkeys(STAFF, 403), "teacher": 200}
LEADS = {**dict.fromkeys(STAFF, 403), "senco": 200, "head": 200, "phase_senco": 200}
COLUMNS = (
    Column(gettext_lazy("Colleague")),
    Column(gettext_lazy("Role")),
    Column(gettext_lazy("Entries"), num=True),
    Column(gettext_lazy("Hours"), num=True),
    Column(gettext_lazy("Say what came of it"), num=True),
)


class LearningForm(VersionedForm):
    """One thing that somebody did to learn."""

    how = forms.ChoiceField(label=gettext_lazy("How did you learn?"), choices=LearnedBy.choices)
    title = Words(label=gettext_lazy("What was it?"), max_length=200)
    provider = Words(
        label=gettext_lazy("Who gave it, or wrote it?"), max_length=200, required=False
    )
    on = PickDateField(label=gettext_lazy("Day"))
    minutes = WholeNumber(
        label=gettext_lazy("How long, in minutes?"), min_value=1, max_value=MOST_MINUTES
    )
    learned = LongText(label=gettext_lazy("What did you learn?"), max_length=LONGEST, rows=4)
    used = LongText(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Leave it empty for now, and come back when you know."),
        max_length=LONGEST,
        rows=3,
        required=False,
    )


@page(Action.SENCO_ASK, logs=Logs.NOTHING, who=STAFF)
def mine(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what one learned in a school year, and for how long."""
    year = year_in(actor, request)
    rows = read.own(actor, year.first, year.last)
    if kind := out.asked(request.GET):
        return out.as_file(
            actor, kind, "learning", _table(list(rows[: out.MOST])), wanted=str(year)
        )
    listing = Listing(request.GET, (), rows.count(), size=read.PAGE)
    show = {"rows": list(rows[listing.start : listing.stop]), "listing": listing, "year": year,
            "years": years_to_pick(actor, reverse("threads:learning"), year),
            "hours": hours(read.minutes_of(rows)), "in_hours": hours,
            "general": len(actor.hat.orgs) == 1,
            "leads": actor.can_somewhere(Action.SUPERVISE)}  # fmt: skip
    return Answer("threads/learning.html", show)


@page(Action.SENCO_ASK, logs=Logs.NOTHING, writes=True, who=STAFF)
def record(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write down something that one did to learn."""
    place = people.place(actor)
    form = converse(
        request,
        actor,
        LearningForm,
        act=lambda given: learning.note_learning(actor=actor, org=place, given=given),
        then=lambda _row: reverse("threads:learning"),
        said=_("Written down."),
        initial={"on": actor.today, "version": 0},
    )
    if isinstance(form, HttpResponse):
        return form
    return _form_page(form, _("Write down what you learned"), _("Keep this"))


@page(Action.SENCO_ASK, logs=Logs.NOTHING, writes=True, who=MINE)
def put_right(request: HttpRequest, actor: Actor, learning: uuid.UUID) -> Answer | HttpResponse:
    """Say what came of what one learned, or put it right."""
    row = read.learning(actor, learning)
    form = converse(
        request,
        actor,
        LearningForm,
        act=lambda given: _changed(actor, row, given),
        then=lambda _row: reverse("threads:learning"),
        said=_("Saved. The history keeps how it stood before."),
        initial=_held(row),
        fresh=lambda: _held(read.learning(actor, learning)),
    )
    if isinstance(form, HttpResponse):
        return form
    wrong = reverse("threads:learning_in_error", args=[row.ref])
    return _form_page(form, _("What came of it"), _("Save"), wrong)


@page(Action.SENCO_ASK, logs=Logs.NOTHING, writes=True, who=MINE)
def in_error(request: HttpRequest, actor: Actor, learning: uuid.UUID) -> Answer | HttpResponse:
    """Mark an entry as made in error, with a reason."""
    row = read.learning(actor, learning)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: _taken_back(actor, row, given),
        then=lambda _row: reverse("threads:learning"),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": read.learning(actor, learning).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _form_page(form, _("This was written down in error"), _("Mark it so"))


@page(Action.SUPERVISE, logs=Logs.NOTHING, who=LEADS)
def everybodys(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show how long each colleague learned in a school year, and whether it is used."""
    year = year_in(actor, request)
    days = (year.first, year.last)
    if kind := out.asked(request.GET):
        rows = list(read.everybodys(actor, *days)[: out.MOST])
        return out.as_file(actor, kind, "learning", _table(rows, named=True), wanted=str(year))
    found = read.totals(actor, *days)
    lines = [
        (one.person.name, one.role, *found.get(one.person.pk, (0, 0, 0)))
        for one in classes.all_colleagues(actor)
    ]
    show = {"lines": lines, "columns": COLUMNS, "year": year, "in_hours": hours,
            "years": years_to_pick(actor, reverse("threads:learning_of_all"), year),
            "hours": hours(sum(minutes for _many, minutes, _used in found.values()))}  # fmt: skip
    return Answer("threads/learning_of_all.html", show)


def hours(minutes: int) -> str:
    """Write minutes as hours: "2:05"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _changed(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    return learning.change_learning(
        actor=actor, learning=row, given=given, version=given["version"]
    )


def _taken_back(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    return learning.learning_in_error(actor=actor, learning=row, **given)


def _form_page(form: Any, heading: str, main: str, wrong: str = "") -> Answer:
    show = {"form": form, "heading": heading, "main": main, "wrong": wrong}
    return Answer("threads/learn.html", show)


def _held(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*learning.NAMES, "version")}


def _table(rows: list[Any], *, named: bool = False) -> Table:
    heads = [_("Colleague")] if named else []
    heads += [_("Day"), _("How"), _("What"), _("Provider"), _("Minutes"), _("Learned"),
              _("What came of it")]  # fmt: skip
    lines: list[tuple[Any, ...]] = [
        (*((one.person.name,) if named else ()), one.on, str(one.get_how_display()), one.title,
         one.provider, one.minutes, one.learned, one.used)
        for one in rows
    ]  # fmt: skip
    return Table(_("Own learning"), heads, lines)
