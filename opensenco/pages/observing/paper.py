"""An observation as a tagged PDF, with the same facts as its page."""

import uuid
from typing import Any

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import observations
from opensenco.documents.pdf import observation as pdf_observation
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.pages.observing import show as shown
from opensenco.pages.observing.views import READERS


@page(Action.OBSERVATION_VIEW, logs=Logs.CHILD, tab="concerns", who=READERS)
def pdf(request: HttpRequest, actor: Actor, observation: uuid.UUID) -> Answer:
    """Give an observation as a tagged PDF."""
    row = observations.observation(actor, observation)
    return Answer(
        content=pdf_observation.observation_pdf(paper_of(actor, row)),
        content_type="application/pdf",
        # never a child's name in the name of a file
        filename="observation.pdf",
        opened=[row.pupil],
    )


def paper_of(actor: Actor, row: Any) -> pdf_observation.ObservationPaper:
    """Give the facts of an observation as they go on paper."""
    counted = observations.counted(row)
    looked = observations.looked_for(row)
    return pdf_observation.ObservationPaper(
        school=row.org.name,
        coordinator_word=row.org.senco_word,
        title=str(row.get_kind_display()),
        pupil=row.pupil.name,
        class_name=getattr(row.pupil, "class_name", ""),
        on=row.on,
        by=row.by.name,
        facts=tuple(shown.facts(row)),
        texts=tuple(shown.texts(row)),
        tallied=tuple(
            (one.words, one.count, one.percent, one.longest) for one in counted.lines
        ) if counted else (),
        noted=counted.noted if counted else 0,
        looks=counted.looks if counted else 0,
        asked=tuple((one.what, one.words, one.was) for one in looked),
        in_error_because=row.in_error_reason,
        printed_on=actor.today,
        printed_by=actor.person.name,
    )  # fmt: skip
