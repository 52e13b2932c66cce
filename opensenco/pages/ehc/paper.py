"""The card of an EHC plan as a tagged PDF: for the meeting, and for who has no account."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.cases.dues import dues
from opensenco.documents.pdf.ehc import Came, CardPaper, Owed, Promise, card_pdf
from opensenco.ehc import promised as section_f
from opensenco.ehc import queries
from opensenco.ehc.states import Section
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.pages.ehc import show
from opensenco.pages.ehc.views import OF_A_CARD
from opensenco.people import queries as people
from opensenco.ui import words

#: whoever prints plans of the pupil, who is in the class of the other teacher
PRINTERS = {**OF_A_CARD, "other_teacher": 200}


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=PRINTERS)
def pdf(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer:
    """Give the card of an EHC plan as a tagged PDF."""
    row = queries.plan(actor, ehc_plan, Action.PLAN_PRINT)
    return Answer(
        content=card_pdf(paper_of(actor, row)),
        content_type="application/pdf",
        # never a child's name in the name of a file
        filename="ehc-plan.pdf",
        opened=[row.pupil],
    )


def paper_of(actor: Actor, plan: Any) -> CardPaper:
    """Give a card as it goes on paper, as it stands now."""
    pupil, lines = plan.pupil, queries.lines_of(actor, plan)
    people.attach_classes([pupil], actor.today)
    promised = [row for row in lines if row.section == Section.PROVISION]
    owed = section_f.owed(actor, promised)
    return CardPaper(
        place=pupil.org.name,
        pupil=pupil.name,
        class_name=getattr(pupil, "class_name", ""),
        born=pupil.birth_date,
        officer=tuple(show.officer(plan)),
        days=tuple(show.days(plan)),
        dues=_owed(actor, plan),
        outcomes=tuple((row.number, row.words) for row in lines if row not in promised),
        provision=tuple(
            Promise(row.number, row.words, row.who, row.how_much, row.how_often) for row in promised
        ),
        thin=_thin(promised),
        notice=_notice(plan),
        printed_on=actor.today,
        printed_by=actor.person.name,
        came=tuple(
            Came(
                one.line.number,
                one.met_words,
                one.delivered_words if one.ties else "",
                one.missed_words,
            )
            for one in owed
        ),
        counted=" ".join(explain.said(one) for one in section_f.remarks_of(owed)),
    )


def _owed(actor: Actor, plan: Any) -> tuple[Owed, ...]:
    """Give what is due by this plan; none of one that does not stand."""
    rows = dues(actor, pupil=plan.pupil)[0] if plan.stands else []
    return tuple(
        Owed(
            explain.title(row.due),
            words.day(row.due.on) if row.due.on else "",
            _(row.due.strength.meaning),
        )
        for row in rows
        if row.source_ref == plan.ref
    )


def _thin(promised: list[Any]) -> str:
    """Say how many provisions are not specific; the law asks that section F is."""
    many = sum(not (row.who and row.how_much and row.how_often) for row in promised)
    if not many:
        return ""
    said = ngettext(
        "%(num)s row does not say who, how much or how often.",
        "%(num)s rows do not say who, how much or how often.",
        many,
    )
    return said % {"num": many}


def _notice(plan: Any) -> str:
    if plan.in_error:
        return _("This card was made in error. Do not go by it.")
    if plan.ended_on:
        return _("This plan ended on %(day)s.") % {"day": words.day(plan.ended_on)}
    return ""
