"""Who might be missed: signs with their reasons, for a person to decide about. Nothing is done."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.concerns.operations.noting import set_aside
from opensenco.concerns.signs import numbers_of
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.followed import show as shown
from opensenco.pages.followed.referrals import WRITERS
from opensenco.people import queries as people
from opensenco.people import staffing
from opensenco.support.queries import missed as queries
from opensenco.ui.forms import Form, LongText, PickDateField
from opensenco.ui.listing import Listing

LOOK_AGAIN = timedelta(weeks=6)


class FilterForm(Form):
    """Which signs, of which class, and whether of those who were set aside."""

    sign = forms.ChoiceField(label=gettext_lazy("Sign"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Class or group"), required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[("", gettext_lazy("To look at")), ("aside", gettext_lazy("Set aside"))],
        required=False,
    )

    def __init__(self, *args: Any, groups: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = {short(one.ref): one for one in groups}
        offered = {
            "sign": [
                ("", _("Any sign")),
                *((k, words) for k, (words, _v) in queries.SIGNS.items()),
            ],
            "group": [("", _("All classes")), *((k, one.name) for k, one in self.groups.items())],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices


class AsideForm(Form):
    """Why nothing is done about the signs now, and until when."""

    reason = LongText(
        label=gettext_lazy("Why is nothing done now?"),
        help_text=gettext_lazy("For example: chicken pox in November, back every day since."),
        max_length=1000,
        rows=3,
    )
    until = PickDateField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("After that day the pupil stands here again, if signs are left."),
    )


@page(Action.CONCERN_TRIAGE, logs=Logs.LIST, tab="concerns", who=WRITERS)
@guided("missed", several=True)
def listed(request: HttpRequest, actor: Actor) -> Answer:
    """Show pupils without a SEN status whose record shows signs, with the reasons of each."""
    form = FilterForm(request.GET.dict() or None, groups=people.groups(actor))
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    aside = given.get("show") == "aside"
    rows = queries.missed(
        actor, sign=given.get("sign", ""), group=form.groups.get(given.get("group", "")),
        aside=aside,
    )  # fmt: skip
    wanted = " ".join(filter(None, ("missed", given.get("sign", ""), given.get("show", ""))))
    if kind := out.asked(request.GET):
        every = queries.in_words(actor, list(rows[: out.MOST]))
        return out.as_file(actor, kind, "who-might-be-missed", table(every), wanted=wanted)
    listing = Listing(request.GET, (), rows.count(), size=queries.PAGE)
    found = queries.in_words(actor, list(rows[listing.start : listing.stop]))
    show = {"form": form, "rows": found, "listing": listing, "aside": aside,
            "numbers": _numbers(actor), "sets": actor.can_somewhere(Action.SETTING_EDIT),
            "filtered": bool(given.get("sign") or given.get("group"))}  # fmt: skip
    return Answer("followed/missed.html", show, listed=Listed(listing.total, wanted))


def _numbers(actor: Actor) -> list[tuple[str, Any]]:
    """Give by which numbers each place goes; its name where there are several."""
    by, names = numbers_of(actor.hat.orgs, actor.today), actor.hat.places
    if len(set(by.values())) == 1:
        return [("", next(iter(by.values())))]
    called = {one.pk: one.name for one in staffing.places(actor)}
    return [(called.get(org, names[0]), one) for org, one in by.items()]


@page(Action.CONCERN_TRIAGE, logs=Logs.CHILD, writes=True, tab="concerns", who=WRITERS)
def aside(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that nothing is done about the signs of a pupil until a day, and why."""
    row = people.pupil(actor, pupil, Action.CONCERN_TRIAGE)
    (told,) = queries.in_words(actor, [row])
    back = reverse("followed:missed")
    form = converse(
        request,
        actor,
        AsideForm,
        act=lambda given: set_aside(actor=actor, pupil=row, signs=told.signs, **given),
        then=lambda _row: back,
        said=_("Set aside. It is kept with your reason."),
        initial={"until": actor.today + LOOK_AGAIN},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("Set aside for now"), _("Set aside until that day"), back, row,
                      _("Who might be missed"), " ".join(told.reasons))  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row])


def table(rows: list[queries.MissedRow]) -> Table:
    """Give the list as it goes into a file."""
    heads = [
        _("Pupil"), _("Class"), _("Signs"), _("Language at home"), _("Set aside until"),
        _("Why"), _("By"),
    ]  # fmt: skip
    lines = [
        (
            one.pupil.register_name, getattr(one.pupil, "class_name", ""), one.signs,
            one.language, one.aside.until if one.aside else None,
            one.aside.reason if one.aside else "", one.aside.person.name if one.aside else "",
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Who might be missed"), heads, lines)
