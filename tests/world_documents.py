"""In the filing cabinet: last year's plan of Idris, which his teacher has filed, and his photo."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.operations.photos import put_photo
from opensenco.documents.states import PhotoFor, Yes
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY
from tests.documents.samples import PHOTO, pdf

PLAN = "Hassan-Cole, Idris - IEP Spring 2026.pdf"


def make_documents(teacher: Person) -> None:
    """File it, in the teacher's own name."""
    hat = hat_for(teacher, TODAY)
    assert hat is not None
    actor = replace(Actor(teacher, hat, NOW), at=NOW - timedelta(days=300))
    paper = Paper(
        Incoming(PLAN, [pdf("Idris Hassan-Cole\nDate: 12 January 2026")]), title="IEP Spring 2026",
        kind="plan", dated=date(2026, 1, 12), author_role="Class teacher",
    )  # fmt: skip
    with scope(replace(actor.scope), write=True):
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        file_documents(actor=actor, pupil=pupil, papers=[paper])
        put_photo(
            actor=actor, pupil=pupil, file=Incoming("idris.jpg", [PHOTO]), given_by="His mother",
            given_on=actor.today, given_how=Yes.WRITTEN, uses=[PhotoFor.PROFILE, PhotoFor.SHEET],
        )  # fmt: skip
