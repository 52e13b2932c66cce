"""Hannah is asked which papers lay on file on a day: she reads the record as it stood."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, add_version, file_documents
from opensenco.documents.operations.putting_right import correct_document, mark_filed_in_error
from opensenco.documents.states import Level
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def on(ahead: int) -> str:
    """Give the record's page as it stood some days after the world began."""
    day = TODAY + timedelta(days=ahead)
    with acting_as("senco", write=False):
        here = f"/pupils/{short(idris().ref)}/as-of/"
    asked = f"?on-day={day.day}&on-month={day.month}&on-year={day.year}"
    return str(signed_in("senco").get(here + asked).text)


def test_papers_of_a_day_are_read_with_the_name_and_version_they_had(settings):
    with acting_as("senco") as actor:
        filed, changed, taken_back = (
            replace(actor, at=NOW + timedelta(days=ahead)) for ahead in (2, 6, 15)
        )
        letter, _secret = (
            file_documents(
                actor=filed, pupil=idris(),
                papers=[Paper(Incoming("a.txt", [words]), title=title, kind="letter", level=level)],
            )[0]
            for words, title, level in (
                (b"one", "A letter", Level.ORDINARY), (b"two", "Hospital", Level.CONFIDENTIAL),
            )
        )  # fmt: skip
        letter = correct_document(actor=changed, document=letter, version=None, title="Our letter")
        add_version(actor=changed, document=letter, file=Incoming("b.txt", [b"three"]), note="")
        letter.refresh_from_db()
        mark_filed_in_error(actor=taken_back, documents=[letter], reason="Another child's letter")
    settings.FROZEN_TODAY = (TODAY + timedelta(days=20)).isoformat()
    assert "A letter</a>" not in on(1)
    then = on(4)
    assert "A letter</a>" in then
    assert "Our letter" not in then
    assert "Hospital</a>" in then
    assert "filed on 12 March 2027" in then
    assert "Since then: marked as filed in error on 25 March 2027" in then
    assert "version 2" not in then
    later = on(10)
    assert "Our letter</a>" in later
    assert "version 2" in later
    assert "Our letter" not in on(19)
