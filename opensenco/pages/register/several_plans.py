"""For several pupils of the register: the day of the review, and their profiles on paper."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.pdf.profile import ProfilePaper, profiles_pdf
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.refs import short
from opensenco.pages.register.forms import ReviewDayForm
from opensenco.pages.register.several import CO_ORDINATORS, chosen_of, listed, shown_of
from opensenco.support.operations.review_days import set_review_days
from opensenco.support.queries import several
from opensenco.support.queries.profiles import ToRead, profiles_of
from opensenco.support.words import lines
from opensenco.ui import on_screen, words

PARTS = ("good_at", "matters", "helps", "hinders", "communication")


@page(Action.PLAN_WRITE, logs=Logs.LIST, writes=True, tab="register", who=CO_ORDINATORS)
def review(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Set the day of the review for each chosen pupil with a plan, after a look at the count."""
    pupils = chosen_of(actor, request.GET)
    doable, agreed = several.to_set_review(pupils)
    form = converse(
        request,
        actor,
        lambda **given: ReviewDayForm(agreed=agreed, **given),
        act=lambda given: set_review_days(actor=actor, pupils=doable.can, **given),
        then=lambda _rows: reverse("register:list"),
        said=_said(len(doable.can)),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = shown_of(pupils, doable, form, _("Set the day of the review"))
    main = ngettext("Set it for %(num)s pupil", "Set it for %(num)s pupils", len(doable.can))
    shown |= {"main": main % {"num": len(doable.can)}, "one_place": True}
    return Answer("register/several_check.html", shown, listed=listed(pupils, "review day"))


def _said(many: int) -> str:
    words_of = ngettext(
        "The review is set for %(num)s pupil.", "The review is set for %(num)s pupils.", many
    )
    return words_of % {"num": many}


@page(Action.ASK_SEND, logs=Logs.LIST, tab="register", who=CO_ORDINATORS)
def profiles(request: HttpRequest, actor: Actor) -> Answer:
    """Say of how many of the chosen pupils there is a profile to print, and of whom not."""
    return _counted(actor, chosen_of(actor, request.GET))


def _counted(actor: Actor, pupils: list[Any]) -> Answer:
    if not actor.can_somewhere(Action.PLAN_PRINT):
        raise NotAllowed
    doable = several.to_print_profiles(pupils)
    shown = shown_of(pupils, doable, None, _("Print one-page profiles"))
    refs = urlencode([("pupil", short(pupil.ref)) for pupil in doable.can])
    main = ngettext("%(num)s profile as a PDF", "%(num)s profiles as one PDF", len(doable.can))
    shown |= {
        "main": main % {"num": len(doable.can)},
        "one_place": True,
        "paper_url": f"{reverse('register:several_profiles_pdf')}?{refs}" if doable.can else "",
    }
    return Answer("register/several_check.html", shown, listed=listed(pupils, "profiles"))


@page(Action.ASK_SEND, logs=Logs.LIST, tab="register", who=CO_ORDINATORS)
def profiles_paper(request: HttpRequest, actor: Actor) -> Answer:
    """Give the profiles of the chosen pupils as one tagged PDF, each on a page of its own."""
    chosen = chosen_of(actor, request.GET)
    pupils = several.to_print_profiles(chosen).can
    if not pupils or not actor.can_somewhere(Action.PLAN_PRINT):
        return _counted(actor, chosen)
    papers = [_paper(one) for one in profiles_of(actor, pupils)]
    places = list(dict.fromkeys(pupil.org.name for pupil in pupils))
    return Answer(
        content=profiles_pdf(papers, school=", ".join(places), printed_on=actor.today),
        content_type="application/pdf",
        filename="profiles.pdf",
        opened=pupils,
        listed=listed(pupils, "profiles on paper"),
    )


def _paper(one: ToRead) -> ProfilePaper:
    row = one.profile
    names = dict(
        zip(
            PARTS,
            (_("What I am good at"), _("What matters to me"), _("What helps me"),
             _("What does not help me"), _("How I communicate")),
            strict=True,
        )
    )  # fmt: skip
    return ProfilePaper(
        name=on_screen.on_paper(one.pupil),
        class_name=getattr(one.pupil, "class_name", ""),
        own_words=row.own_words if row else "",
        said=_when(row) if row else "",
        health=tuple(_alert(alert) for alert in one.alerts),
        parts=tuple((names[part], tuple(lines(getattr(row, part)))) for part in PARTS if row),
        do=tuple(one.strategies),
    )


def _when(row: Any) -> str:
    said = {"when": words.day(row.said_on), "who": row.said_with}
    return _("Said on %(when)s, with %(who)s") % said if row.said_with else (
        _("Said on %(when)s") % said
    )  # fmt: skip


def _alert(alert: Any) -> str:
    if not alert.what_to_do:
        return str(alert.alert)
    return _("%(alert)s. %(do)s") % {"alert": alert.alert.rstrip("."), "do": alert.what_to_do}
