"""Why a date is what it is, in the reader's language: the four rows under every date of the law."""

from django.utils.translation import gettext as _
from markupsafe import Markup

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import NOT_ENTERED
from opensenco.kernel.words import Sentence, Value
from opensenco.law.due import Due
from opensenco.law.rules import get
from opensenco.ui import words
from opensenco.ui.ways import place


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
    missing = any(one.template == NOT_ENTERED for one in due.reasons)
    if missing and actor is not None and actor.can_somewhere(Action.CALENDAR_EDIT):
        link = Markup('<a href="{}">{}</a>').format(place("term_dates"), _("Enter the term dates"))
        rows.append((_("To do"), link))
    return rows


def title(due: Due) -> str:
    """Give what is to be done, in the reader's language."""
    return _(due.title)
