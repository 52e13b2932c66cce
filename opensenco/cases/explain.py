"""Why a date is what it is, in the reader's language: the four rows under every date of the law."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from markupsafe import Markup

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import NOT_ENTERED, NOT_ENTERED_YEAR
from opensenco.kernel.words import Sentence, Value
from opensenco.law.due import Due
from opensenco.law.rules import get
from opensenco.law.timetables.concern import FIRST_PLAN
from opensenco.law.timetables.cycle_review import REVIEW
from opensenco.ui import words
from opensenco.ui.own_words import Place, plan_name
from opensenco.ui.ways import place

#: rules and steps whose date is the day of a plan of the place
ABOUT_PLANS = {("APD-05", REVIEW), ("IDN-12", FIRST_PLAN)}
#: what is said where days were not entered; the first stands in dates of earlier versions
MISSING = (NOT_ENTERED, NOT_ENTERED_YEAR)


def said(sentence: Sentence) -> str:
    """Give a sentence of the law in the reader's language, its days as pages write them."""
    return sentence.fill(_(sentence.chosen()), _written)


def _written(value: Value) -> str:
    if isinstance(value, str):
        return value
    return words.number(value) if isinstance(value, int) else words.day(value)


def why(due: Due, actor: Actor | None = None) -> list[tuple[str, str]]:
    """Give the rows under a date: the rule, how it was worked out, its source, what moves it.

    Args:
        actor: who reads it; whoever may enter the term dates is led there where they are missing.
    """
    source = _("%(provision)s; our rule %(rule)s") % {
        "provision": str(due.provision),
        "rule": due.rule,
    }
    rows = [
        (_("The rule"), _(get(due.rule).text)),
        (_("Worked out"), " ".join(said(one) for one in due.reasons)),
        (_("Source"), source),
    ]
    if due.moved_by:
        rows.append((_("What moves it"), " ".join(said(one) for one in due.moved_by)))
    missing = next((one for one in due.reasons if one.template in MISSING), None)
    if missing is not None and actor is not None:
        rows.append((_("To do"), _to_enter(missing, actor)))
    return rows


def _to_enter(missing: Sentence, actor: Actor) -> str:
    """Lead to the year that is missing whoever may enter it, and tell others whom to ask."""
    year = str(dict(missing.values).get("year", ""))
    words = _("Enter the term dates of %(year)s") if year else _("Enter the term dates")
    if actor.can_somewhere(Action.CALENDAR_EDIT):
        asked = f"?{urlencode({'year': year[:4]})}" if year else ""
        link = Markup('<a href="{}">{}</a>')
        return link.format(place("term_dates") + asked, words % {"year": year})
    asking = (
        _("Ask your SENCO, head teacher or office to enter the term dates of %(year)s.")
        if year
        else _("Ask your SENCO, head teacher or office to enter the term dates.")
    )
    return asking % {"year": year}


def title(due: Due, place: Place | None = None) -> str:
    """Give what is to be done, in the reader's language.

    Args:
        place: whose date it is; what is about a plan then has that place's name for it.
    """
    words = _(due.title)
    if place is not None and place.plan_word and (due.rule, due.step) in ABOUT_PLANS:
        return _("%(words)s: %(plan)s") % {"words": words, "plan": plan_name(place)}
    return words
