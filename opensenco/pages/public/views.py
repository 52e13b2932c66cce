"""Pages for anybody. They open no scope, so they can show nothing of anybody."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.personal import OF_STAFF, PARTS, Part
from opensenco.access.roles import ROLES
from opensenco.documents import on_paper
from opensenco.documents.retention import KEEPS
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.cookies import cookies as known
from opensenco.gate.public import public
from opensenco.pages.public.answers import READERS
from opensenco.ui import gallery as parts

#: parts that say nothing to a child that the others have not said
FOR_GROWN_UPS = ("imports", "rights")
#: the day on which the accessibility statement was last read through and put right
STATEMENT = date(2026, 11, 22)


@public("help is for everybody, signed in or not")
def help_page(request: HttpRequest) -> Answer:
    """Say what OpenSENCO is for and how to begin."""
    return _page(request, "help", {"readers": READERS})


@public("an accessibility statement is for everybody")
def accessibility(request: HttpRequest) -> Answer:
    """Say what works for whom, and what to do when something does not."""
    parts = (
        _("Papers that we make as PDF are tagged, but the heads of rows in their tables are not."),
        _("No independent program has checked those papers against the standard for PDF."),
        _("Papers in Word have headings and tables, and were not tried with a screen reader."),
        _("Some tables are wide. On a small screen they scroll sideways inside their own frame."),
        _("Photos and scans of papers are pictures without words: ask for the words."),
    )
    return _page(request, "accessibility", {"parts": parts, "written": STATEMENT})


@public("what is kept in a browser is its owner's business")
def cookies(request: HttpRequest) -> Answer:
    """Say which cookies there are, what for, and how long they stay."""
    return _page(request, "cookies", {"cookies": known()})


@public("who may see what is nobody's secret")
def privacy(request: HttpRequest) -> Answer:
    """Say who sees what, by role."""
    return _page(request, "privacy", {"roles": ROLES})


@public("parents are told what is held before they have an account")
def for_parents(request: HttpRequest) -> Answer:
    """Tell parents and carers what is held about their child, why, and what they can ask."""
    shown = {"parts": parts_about(children=True), "keeps": KEEPS.values()}
    return _page(request, "privacy-parents", shown)


@public("children are told what is written about them, and have no account to sign in with")
def for_pupils(request: HttpRequest) -> Answer:
    """Tell a child what is written down about them."""
    parts = [one for one in parts_about(children=True) if one.code not in FOR_GROWN_UPS]
    return _page(request, "privacy-pupils", {"parts": parts})


@public("staff are told what is held about them before they sign in")
def for_staff(request: HttpRequest) -> Answer:
    """Tell people who work here what is held about them."""
    return _page(request, "privacy-staff", {"parts": parts_about(children=False)})


def _page(request: HttpRequest, name: str, shown: dict[str, Any]) -> Answer:
    """Give one of these pages, or the same as PDF where it was asked for so."""
    answer = Answer(f"public/{name.replace('-', '_')}.html", shown)
    if on_paper.asked(request):
        return on_paper.as_paper(answer, name=name, today=clock().today())
    return answer


def parts_about(*, children: bool) -> list[Part]:
    """Give the parts of the record that are about children, or about people who work here."""
    return [one for one in PARTS.values() if (one.code not in OF_STAFF) is children]


@public("the parts of the look hold made-up people only")
def gallery(request: HttpRequest) -> Answer:
    """Show every part of the look once."""
    return Answer("ui/gallery.html", parts.context(request.GET))
