"""What the gallery shows: every part once, with the states that pages forget. All of it made up."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from opensenco.ui import conflict, forms
from opensenco.ui.charts import Bar
from opensenco.ui.chrome import Chrome, NavLink
from opensenco.ui.listing import Column, Listing, Pick
from opensenco.ui.things import Answer, Event, Kept

TODAY = dt.date(2026, 11, 23)
SCORES = [("0", _("not yet")), ("1", _("some")), ("2", _("most")), ("3", _("met"))]
HOW = [("group", _("In a group")), ("alone", _("One to one")), ("class", _("In class"))]
HELPS = [("pictures", _("Pictures")), ("time", _("Time to think")), ("quiet", _("Quiet"))]


class EveryField(forms.VersionedForm):
    """One field of each kind."""

    what = forms.LongText(
        label=_("What did you see?"),
        help_text=_("Plain words. You do not need a diagnosis."),
        max_length=400,
    )
    minutes = forms.WholeNumber(label=_("Minutes each time"), min_value=5, max_value=60)
    who = forms.Words(label=_("Who"), required=False)
    email = forms.Email(label=_("Email address"))
    start = forms.GovDateField(label=_("First day"), earliest=dt.date(2026, 9, 1))
    end = forms.PickDateField(label=_("Last day"))
    how = django_forms.ChoiceField(
        label=_("How"), choices=HOW, widget=django_forms.RadioSelect, initial="group"
    )
    helps = django_forms.MultipleChoiceField(
        label=_("What helps"), choices=HELPS, widget=django_forms.CheckboxSelectMultiple
    )
    score = django_forms.ChoiceField(
        label=_("Score"), choices=SCORES, widget=forms.Segments, initial="1"
    )
    need = django_forms.ChoiceField(
        label=_("Need"), choices=[("", _("Choose")), ("SLCN", "SLCN"), ("SEMH", "SEMH")]
    )
    letter = django_forms.FileField(label=_("Letter"), required=False)
    told = django_forms.BooleanField(label=_("Parents have been told"))


class Filters(forms.Form):
    """The filter bar of the register."""

    name = forms.Words(label=_("Name"), required=False)
    year = django_forms.ChoiceField(
        label=_("Year or class"), choices=[("", _("All")), ("4", _("Year 4"))], required=False
    )
    turn = django_forms.ChoiceField(
        label=_("Whose turn"), choices=[("", _("Anyone’s")), ("me", _("Mine"))], required=False
    )


class Outcome(forms.VersionedForm):
    """What two people wrote at the same time."""

    outcome = forms.LongText(label=_("What Idris will be able to do"))
    by = forms.GovDateField(label=_("By"))


COLUMNS = (
    Column(_("Pupil"), "name"),
    Column(_("Class"), "class"),
    Column(_("Status"), "status"),
    Column(_("Next review"), "review"),
    Column(_("Delivered of promised"), "delivered"),
    Column(_("Cost to date"), num=True),
    Column(_("Whose turn")),
)

PUPILS = (
    ("Adebayo, Oluwaseun", "6N", "K", dt.date(2026, 11, 26), (720, 600, 60, 650), 8640),
    ("Caldwell, Rosie", "RK", "K", dt.date(2026, 12, 9), (300, 66, 0, 200), 7410),
    ("Hassan-Cole, Idris", "4R", "K", dt.date(2027, 1, 18), (780, 560, 40, 600), 19000),
    ("Nowak, Kacper", "6N", "E", dt.date(2026, 11, 20), (900, 810, 0, 890), 120000),
    ("Wren, Poppy", "2P", "N", None, None, 0),
)


def context(query: QueryDict | None = None) -> dict[str, Any]:
    """Give the context of `ui/gallery.html`; `query` sorts and pages its table."""
    listing = Listing(query or QueryDict("year=4"), COLUMNS, total=162)
    return {
        "chrome": chrome(),
        "today": TODAY,
        "sample": EveryField(initial={"version": 3, "end": dt.date(2026, 12, 11)}),
        "faulty": faulty(),
        "filters": Filters({"name": "", "year": "4"}),
        "listing": listing,
        "clashing": clashing(),
        "picks": [
            Pick(_("All years"), "?", current=True),
            Pick(_("Parents not met this term"), "?met=0", count=9),
            Pick(_("Review late or this fortnight"), "?review=late", count=12),
        ],
        "tabs": [
            Pick(_("Overview"), "?tab=overview", current=True),
            Pick(_("Plan and cycles"), "?tab=plan"),
            Pick(_("Papers"), "?tab=documents", count=9),
        ],
        **samples(),
    }


def chrome() -> Chrome:
    """Give the frame of a made-up SENCO."""
    return Chrome(
        place="Larkrise Primary School",
        role="SENCO",
        person="Amara Okafor",
        navigation=(
            NavLink(_("Home"), "?to=home", "home", 5),
            NavLink(_("Register"), "?to=register", "register"),
            NavLink(_("Concerns"), "?to=concerns", "concerns", 2),
            NavLink(_("Gallery"), "?", "gallery"),
        ),
        find_url="?",
        account_url="?to=account",
        hats_url="?to=hats",
        demo=True,
        current="gallery",
    )


def faulty() -> EveryField:
    """Give the form as somebody sent it with a fault in most fields."""
    sent = QueryDict(mutable=True)
    for name, value in {
        "version": "3",
        "what": "He looked away. " * 30,
        "minutes": "twenty",
        "email": "amara.okafor",
        "start-day": "31",
        "start-month": "November",
        "start-year": "2026",
        "end": "soon",
        "how": "group",
        "score": "2",
        "need": "",
    }.items():
        sent[name] = value
    return EveryField(sent, prefix=None, auto_id="faulty_%s")


def clashing() -> Outcome:
    """Give a form whose record somebody else has changed: two texts of one outcome."""
    sent = QueryDict(mutable=True)
    for name, value in {
        "version": "4",
        "outcome": "Idris reads and spells 60 of the first 100 words at sight by 11 December.",
        "by-day": "11",
        "by-month": "12",
        "by-year": "2026",
    }.items():
        sent[name] = value
    theirs = {
        "outcome": "Idris reads and spells 45 words from his own list, in sentences, by Christmas.",
        "by": dt.date(2026, 12, 18),
    }
    form = Outcome(sent)
    form.full_clean()
    form.conflicts = conflict.clashes(form, theirs)  # type: ignore[attr-defined]
    return form


def samples() -> dict[str, Any]:
    """Give what charts, lists and facts are drawn from."""
    return {
        "words_read": [
            (dt.date(2026, 9, 14), 31),
            (dt.date(2026, 10, 5), 33),
            (dt.date(2026, 10, 23), 35),
            (dt.date(2026, 11, 13), 38),
        ],
        "words_aim": (dt.date(2026, 12, 11), 60),
        "gains": [
            Bar(str(points), pupils, low=points < 1)
            for points, pupils in zip(range(-1, 9), (1, 2, 1, 2, 6, 8, 9, 6, 4, 2), strict=True)
        ],
        "events": [
            Event(dt.date(2026, 12, 11), "Review of cycle 3 planned, 15:30", kind="next"),
            Event(dt.date(2026, 11, 16), "Measure: tells events in order, 4 of 6", "Jo Birkett"),
            Event(dt.date(2026, 11, 4), "Visit by Hannah Clegg", "made in error", "struck"),
            Event(dt.date(2025, 1, 8), "SEN support began. Parents told the same day", kind="law"),
        ],
        "answers": [
            Answer("Pupil", "Poppy Wren, 2P", "?change=pupil", "the pupil"),
            Answer(
                "What you saw", "She stops talking\nwhen asked a question.", "?", "what you saw"
            ),
            Answer("Raised by", "Miss Pugh"),
        ],
        "kept_texts_sample": [Kept("What did you see?", "She stops talking when asked.")],
        "total": sum(row[-1] for row in PUPILS),
        "pupils": PUPILS,
        "drawing": Markup(
            '<svg class="os-art" width="72" height="72" viewBox="0 0 64 64" aria-hidden="true" '
            'focusable="false"><circle cx="32" cy="34" r="20"/><path d="M32 22v12l8 6M26 8h12"/>'
            '<circle class="os-fill" cx="32" cy="34" r="3"/></svg>'
        ),
    }
