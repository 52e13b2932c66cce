"""Whoever gets a pack takes it over into a record of their own, sees it first, and can go back."""

import re
from typing import Any

import pytest

from opensenco.access.scope import system_scope
from opensenco.documents.models import Document
from opensenco.exchange.models import ImportRow, ReadPack
from opensenco.exchange.operations.packs import read_packs
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.network.models import Pack, Receipt
from opensenco.network.operations.preparing import choose_parts
from opensenco.network.operations.sending import send_pack
from opensenco.network.states import Part, Purpose
from opensenco.people.models import Contact, Pupil
from opensenco.support.models import Need, SenStatus
from tests.client import StrictClient, signed_in
from tests.packs import place, prepare, sent_by_senco
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE = "/packs/take-over/"


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def at_mill(model: Any, **which: Any) -> Any:
    """Ask of Mill Lane's record, past everybody's scope."""
    return model.objects.filter(org__name="Mill Lane School", **which)


def applied(client: StrictClient, address: str) -> str:
    """Apply a list that was read in, and give the page after it."""
    page = client.get(address)
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version, text(page)
    return text(client.post(f"{address}apply/", {"version": version[1]}, follow=True))


@pytest.mark.requirement("S4-40")
def test_a_pack_becomes_a_pupil_contacts_and_a_paper_and_goes_back():
    pack = sent_by_senco("mill", Purpose.MOVING)
    assert pack.facts["pupil"]["first_name"] == "Idris"
    mill = signed_in("shared_senco")
    assert "Take over into our record" in text(mill.get("/packs/"))
    offered = text(mill.get(PAGE))
    assert "Idris Hassan-Cole, from Larkrise Primary School" in offered
    answer = mill.post(PAGE, {"packs": [short(pack.ref)]})
    pupils = answer.headers["Location"]
    seen = text(mill.get(pupils))
    assert "Add 1 pupil" in seen
    assert "1 pack from Larkrise Primary School" in seen
    assert "Which columns were understood" not in seen, "they are ours"
    assert "Not in the file" not in seen
    with system_scope("test", write=False):
        assert Receipt.objects.filter(pack=pack).count() == 1, "the sender is told"
        assert not at_mill(Pupil, first_name="Idris").exists()
        files = list(at_mill(ReadPack).order_by("id").values_list("file__kind", "file__ref"))
    assert next(kind for kind, _ref in files) == "pupils"
    assert [kind for kind, _ref in files][-1] == "plans"

    addresses = [f"/imports/{short(ref)}/" for _kind, ref in files]
    for address in addresses:
        applied(mill, address)
    with system_scope("test", write=False):
        theirs = Pupil.objects.get(first_name="Idris", org__name="Larkrise Primary School")
        ours = at_mill(Pupil, first_name="Idris").get()
        assert (ours.birth_date, ours.year_group) == (theirs.birth_date, theirs.year_group)
        assert ours.pk != theirs.pk, "each school has a record of its own"
        sen = pack.facts["sen"]
        assert set(at_mill(Need, pupil=ours).values_list("code", flat=True)) == set(sen["needs"])
        assert at_mill(SenStatus, pupil=ours).get().code == sen["status"] == "K"
        names = {one["name"] for one in pack.facts["contacts"]}
        assert set(at_mill(Contact, pupil=ours).values_list("name", flat=True)) == names
        paper = at_mill(Document, pupil=ours).get()
    assert paper.in_error_at is None
    assert "Read in before" in text(mill.get(PAGE))

    # the last first: a pupil of whom another list keeps something stays
    for address in reversed(addresses):
        page = mill.get(f"{address}undo/")
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert version, text(page)
        mill.post(f"{address}undo/", {"version": version[1]})
    with system_scope("test", write=False):
        assert not at_mill(Pupil, first_name="Idris", in_error_at__isnull=True).exists()
        assert not at_mill(Document, in_error_at__isnull=True).exists()


def test_only_what_was_sent_here_with_a_name_is_taken_over_and_care_is_confidential():
    with acting_as("senco") as actor:
        parts = [Part.ABOUT, Part.NEEDS, Part.HEALTH]
        prepared = prepare(actor, "mill", Purpose.MOVING)
        prepared = choose_parts(
            actor=actor, prepared=prepared, version=prepared.version, parts=parts
        )
        assert set(prepared.facts) == {"pupil", "sen"}, "what was not chosen is in no fact"
        pack = send_pack(actor=actor, prepared=prepared, version=prepared.version)
        assert prepare(actor, "mill", Purpose.MODERATION).facts == {}, "blind"
    elsewhere = sent_by_senco()
    with acting_as("shared_senco") as actor:
        given: Any = {"actor": actor, "org": place("mill")}
        with pytest.raises(Invalid, match="at least one"):
            read_packs(**given, packs=[])
        with pytest.raises(NotPossible, match="with a name"):
            read_packs(**given, packs=[elsewhere])
        received = Pack.objects.select_related("org", "from_org").get(pk=pack.pk)
        *_lists, papers = read_packs(**given, packs=[received])
        row = ImportRow.objects.get(file=papers)
        assert row.values["level"] == "confidential"
        assert "HEALTH ALERTS" in row.values["words"]
    assert "No pack waits" in text(signed_in("admin").get(PAGE))
