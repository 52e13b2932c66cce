"""A paper says until when it is kept and why; past that it is to be looked at, or is held."""

from datetime import date

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.audit.acting import as_actor
from opensenco.documents.models import Document, Hold
from opensenco.documents.operations.holding import lift_hold, place_hold
from opensenco.documents.retention import KEEPS, PUPIL_RECORD, SEN_FILE, born_by, keep_of, until
from opensenco.documents.types import TYPES
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.client import signed_in
from tests.documents import samples
from tests.pages.documents.test_cabinet import about, hidden, text_of, upload
from tests.people import acting_as


@pytest.mark.rule("GOV-07")
def test_each_type_has_its_rule_and_a_leapling_is_not_destroyed_early():
    assert all(one.keep in KEEPS for one in TYPES.values())
    assert keep_of("report", "confidential") is SEN_FILE
    assert keep_of("consent", "ordinary") is PUPIL_RECORD
    assert keep_of("something of an earlier day", "ordinary") is SEN_FILE
    assert keep_of("report", "safeguarding") is None
    assert until(SEN_FILE, date(2008, 2, 29)) == date(2039, 3, 1)
    assert until(PUPIL_RECORD, date(2010, 10, 14)) == date(2035, 10, 14)
    for keep in KEEPS.values():
        for today in (date(2039, 2, 28), date(2039, 3, 1), date(2040, 2, 29), date(2041, 5, 5)):
            last = born_by(keep, today)
            assert until(keep, last) <= today < until(keep, date.fromordinal(last.toordinal() + 1))


@pytest.mark.django_db
def test_papers_past_their_date_are_listed_held_and_let_go_and_nothing_is_removed():
    there, senco = about(), signed_in("senco")
    told = text_of(senco.get(there["plan"]).text)
    assert "Kept until 9 May 2049" in told or "Kept until" in told
    assert "GOV-07" in told
    where = reverse("documents:passed")
    assert where in senco.get(reverse("documents:search")).text
    assert "No paper has passed its date" in senco.get(where).text
    senco.post(there["file"], {"papers": upload(("consent.txt", b"yes"))})
    signed_in("ta").post(there["hand_in"], {"papers": upload(("x.jpg", samples.JPEG))})
    with acting_as("senco") as actor, as_actor(actor):
        pupil = Pupil.objects.get(first_name="Idris")
        change(pupil, version=None, birth_date=date(TODAY.year - 28, 2, 3))
    told = text_of(senco.get(where).text)
    assert "Hassan-Cole, Idris 2 3 February 2024 Hold these papers" in told
    assert "our reading, not verified" in told
    with acting_as("senco") as actor, as_actor(actor):
        change(pupil, version=None, birth_date=date(TODAY.year - 33, 2, 3))
    assert "Hassan-Cole, Idris 3 3 February 2019" in text_of(senco.get(where).text)
    hold = reverse("documents:hold", args=[pupil.ref])
    assert "Say in a few words why" in senco.post(hold, {"reason": "no"}).text
    sent = hidden(senco.get(hold).text)
    page = senco.post(hold, {**sent, "reason": "An appeal is open"}, follow=True).text
    assert "These papers are held" in page
    assert "held An appeal is open End the hold" in text_of(senco.get(where).text)
    told = text_of(signed_in("teacher").get(there["plan"]).text)
    assert "Held whatever the date." in told
    assert "appeal" not in told, "why is for those who may hold papers"
    assert "End the hold" not in told
    told = text_of(senco.get(there["plan"]).text)
    assert "Held whatever the date: An appeal is open" in told
    sent = hidden(senco.get(hold).text)
    page = senco.post(hold, {**sent, "reason": "The appeal is decided"}, follow=True).text
    assert "The hold has ended" in page
    assert "The appeal is decided" in page
    with acting_as("senco") as actor:
        assert actor.can_somewhere(Action.DOCUMENT_CONFIDENTIAL)
        assert Document.objects.filter(pupil=pupil).count() == 4
        ended = Hold.objects.get(pupil=pupil)
        with pytest.raises(NotPossible):
            lift_hold(actor=actor, hold=ended, reason="Once more now")
        row = Pupil.objects.select_related("org").get(pk=pupil.pk)
        place_hold(actor=actor, pupil=row, reason="A claim was announced")
        with pytest.raises(NotPossible):
            place_hold(actor=actor, pupil=row, reason="A second claim")
