"""Section F counts like any promise: tied to what gives it, held against what was logged."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.ehc.models import EhcLine, EhcPlan, EhcTie
from opensenco.ehc.operations import cards, giving, lines
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.network.copying import sections_of
from opensenco.network.record import record_of
from opensenco.network.states import Part
from opensenco.people.models import Pupil
from opensenco.provision.models import Provision
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import send
from tests.people import acting_as
from tests.support.asking import asks
from tests.world_ehc import CARD

pytestmark = pytest.mark.django_db
WORDS = "A language group for his talking."


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def owed(words: str = WORDS, **given: str) -> EhcLine:
    """Type a row of section F into the card of Idris, who is in the language group."""
    with acting_as("senco") as actor:
        card = EhcPlan.objects.filter(pupil=idris(), in_error_at=None, ended_on=None).first()
        card = card or cards.begin_card(actor=actor, pupil=idris(), given=CARD)
        usual = {"number": "F1", "how_much": "20 minutes", "how_often": "three times a week"}
        return lines.add_line(
            actor=actor, plan=card, section="F", given={"words": words, **usual, **given}
        )


def page(name: str, row: Any, key: str = "senco") -> Any:
    return signed_in(key).get(reverse(f"ehc:{name}", args=[row.ref]))


def held() -> list[str]:
    with acting_as("senco", write=False):
        rows = EhcTie.objects.filter(line__pupil=idris(), in_error_at=None)
        return list(rows.values_list("provision__name", flat=True))


@pytest.mark.requirement("S1-05")
def test_what_is_owed_and_not_given_is_named_until_something_gives_it():
    row = owed()
    senco = signed_in("senco")
    home = senco.get("/")
    assert "Owed by EHC plans, and nothing gives it" in home.text
    assert reverse("ehc:gives", args=[row.ref]) in home.text
    card = page("card", row.pupil)
    assert "Nothing gives 1 row now" in text_of(card)
    assert "gap nobody has said what gives it" in text_of(card)
    form = page("gives", row)
    assert "Read from the words of the plan." in form.text
    with acting_as("senco", write=False):
        talk = Provision.objects.get(name="Language group")
    saved = text_of(send(senco, form, provisions=[short(talk.ref)]))
    assert "Saved. What is logged of it counts for this row." in saved
    assert "Language group 3 × 20 minutes a week" in saved
    assert "Nothing gives" not in saved
    assert "Owed by EHC plans" not in senco.get("/").text
    # since 1 September 2026: 3 × 20 minutes a week of the school days, and two sessions were logged
    assert "40 of" in saved
    listed = senco.get(reverse("ehc:section_f"))
    assert "3 times a week, 20 minutes" in text_of(listed)
    assert reverse("ehc:section_f") in senco.get(reverse("provision:ledger")).text
    read = text_of(page("card", row.pupil, "teacher"))
    assert "Language group 3 × 20 minutes a week" in read
    assert "Say what gives it" not in read


def test_less_than_section_f_says_is_said_and_papers_have_what_came_of_it():
    row = owed(how_often="every day")
    with acting_as("senco") as actor:
        talk = Provision.objects.get(name="Language group")
        said = giving.Said("provision", [talk], times=5, per="week", minutes=20)
        giving.say_what_gives(actor=actor, line=row, said=said)
        now, then = record_of(actor, idris()), record_of(actor, idris(), TODAY)
        assert now is not None
        assert then is not None
        copied = sections_of(now, (Part.EHC,), blind=False)
        again = sections_of(then, (Part.EHC,), blind=False)
    words = " ".join(cell for one in copied[0].blocks for row_ in one.rows for cell in row_)
    assert "What gives it: Language group" in words
    assert "Delivered: 40 of" in words
    assert [one.rows for one in again[0].blocks] == [one.rows for one in copied[0].blocks]
    card = text_of(page("card", row.pupil))
    assert "Less is planned than section F says: 60 of 100 minutes a week." in card
    with acting_as("senco", write=False):
        plan = EhcPlan.objects.get(pupil=idris(), in_error_at=None)
    paper = PdfReader(io.BytesIO(page("pdf", plan).content))
    told = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    assert "Section F: promised and delivered" in told
    assert "F1 Language group 40 of" in told


def test_what_is_given_without_sessions_is_no_gap_and_nothing_yet_is_one():
    row, other = owed(), owed("A quiet place.", number="F2")
    senco = signed_in("senco")
    refused = text_of(send(senco, page("gives", row), given="without", provisions=[]))
    assert "Say in a few words how it is given, and by whom." in refused
    how = "Part of every lesson, his teacher."
    send(senco, page("gives", row), given="without", how=how, provisions=[])
    doing = "Asked for a room on 3 March."
    send(senco, page("gives", other), given="nothing", doing=doing, times="", minutes="")
    card = text_of(page("card", row.pupil))
    assert f"given without sessions: {how}" in card
    assert f"gap nothing gives it yet: {doing}" in card
    gaps = text_of(senco.get(reverse("ehc:section_f") + "?show=gaps"))
    assert "A quiet place." in gaps
    assert WORDS not in gaps


def test_a_session_counts_for_one_row_alone_and_a_row_that_goes_lets_go_of_it():
    row, other = owed(), owed("Talk in a group.", number="F2")
    with acting_as("senco") as actor:
        talk = Provision.objects.get(name="Language group")
        giving.say_what_gives(actor=actor, line=row, said=giving.Said("provision", [talk]))
        with pytest.raises(Invalid, match="Language group counts for F1 already"):
            giving.say_what_gives(actor=actor, line=other, said=giving.Said("provision", [talk]))
        lines.line_in_error(actor=actor, line=row, version=None, reason="Not in the plan.")
        giving.say_what_gives(actor=actor, line=other, said=giving.Said("provision", [talk]))
        with pytest.raises(NotPossible):
            giving.say_what_gives(actor=actor, line=row, said=giving.Said("provision", [talk]))
        for wrong in (
            giving.Said("provision", [talk], times=3), giving.Said("", [talk]),
            giving.Said("provision", []), giving.Said("provision", [talk], "", 61, "week", 20),
        ):  # fmt: skip
            with pytest.raises(Invalid):
                giving.say_what_gives(actor=actor, line=other, said=wrong)
    assert held() == ["Language group"]


def test_the_list_goes_out_as_a_file_and_asks_as_often_however_many_rows_there_are():
    row = owed()
    with acting_as("senco") as actor:
        talk = Provision.objects.get(name="Language group")
        giving.say_what_gives(actor=actor, line=row, said=giving.Said("provision", [talk]))
    address, senco = reverse("ehc:section_f"), signed_in("senco")
    senco.get(address)
    with asks(15):
        senco.get(address)
    owed("Another thing.", number="F2")
    with asks(15):
        senco.get(address)
    file = senco.get(address + "?file=csv")
    assert file.status_code in (200, 302)
