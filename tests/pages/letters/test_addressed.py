"""Letters carry the address for a window envelope, and go to the young person in time."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.kernel.errors import Invalid
from opensenco.letters import facts, queries
from opensenco.letters.models import SentLetter
from opensenco.letters.operations import mailings
from opensenco.letters.operations.sending import send_mailing
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils as people
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
STREET = "  14 High Street \r\n\r\nThornwick\nTH1 2AB"


def test_an_address_stands_in_the_window_of_the_envelope_and_in_the_proof():
    client = signed_in("senco")
    with acting_as("senco") as actor:
        grace = Pupil.objects.get(first_name="Grace")
    sent = {"name": "Ruth Atherton", "relation": "Mother", "address": STREET, "to_be_told": "on",
            "parental_responsibility": "on"}  # fmt: skip
    assert client.post(reverse("pupils:add_contact", args=[grace.ref]), sent).status_code == 302
    assert "High Street" not in client.get(reverse("pupils:show", args=[grace.ref])).text
    with acting_as("senco") as actor:
        wrong: dict[str, Any] = {"actor": actor, "pupil": grace, "name": "A", "relation": "Aunt"}
        for address in ("x" * 41, "\n".join("abcdefg")):
            with pytest.raises(Invalid, match="at most 6 lines"):
                people.add_contact(**wrong, address=address)
        shipped = queries.wording(actor, "shipped:review-meeting-invitation")
        row = mailings.begin_mailing(actor=actor, pupils=[grace], form="large", wording=shipped)
        (letter,) = queries.letters_of(actor, row)
    mailing = text_of(client.get(reverse("letters:mailing", args=[row.ref])))
    assert "A postal address stands on the letter where the record holds one." in mailing
    paper = reverse("letters:paper", args=[letter.ref]) + "?as=pdf"
    page = PdfReader(io.BytesIO(client.get(paper).content)).pages[0]
    top: dict[str, float] = {}

    def see(text: str, cm: list[float], tm: list[float], *_more: object) -> None:
        top.setdefault(text.strip(), (842 - tm[5] * cm[3] - cm[5]) / 72 * 25.4)

    page.extract_text(visitor_text=see)
    lines = [at for name, at in top.items() if name in ("Ruth Atherton", "TH1 2AB")]
    # BS 4264: the window begins 53 mm below the top of the folded sheet and is 39 mm high
    assert len(lines) == 2, top
    assert all(54 < at < 53 + 39 for at in lines), top
    with acting_as("senco") as actor:
        send_mailing(actor=actor, mailing=row, how="post", on=TODAY, version=None)
        proof = SentLetter.objects.get(letter=letter)
        assert proof.sent_to == "14 High Street, Thornwick, TH1 2AB"
    assert proof.sent_to in text_of(client.get(reverse("letters:proof", args=[proof.ref])))


@pytest.mark.rule("TRA-01")
def test_from_the_end_of_compulsory_school_age_the_young_person_is_written_to_first():
    with acting_as("senco") as actor:
        grace = Pupil.objects.get(first_name="Grace")
        people.add_contact(actor=actor, pupil=grace, name="Ruth Atherton", relation="Mother")
        own = people.add_contact(
            actor=actor, pupil=grace, name="Grace Atherton", relation="Herself", is_pupil=True
        )
        assert own.parental_responsibility is False
        assert [one.name for one in facts.told(actor, grace)] == ["Ruth Atherton"]
        # born on 12 September 2018: sixteen in the school year that ends in 2035
        last = replace(actor, at=datetime(2035, 6, 29, 12, tzinfo=UTC))
        assert [one.name for one in facts.told(last, grace)] == ["Ruth Atherton"]
        after = replace(actor, at=datetime(2035, 6, 30, 12, tzinfo=UTC))
        assert [one.name for one in facts.told(after, grace)] == ["Grace Atherton", "Ruth Atherton"]
