"""Ready-made packs by their pages: one tap for an inspection or a meeting, several in one go."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.network.content import from_data
from opensenco.network.copying import sections_of
from opensenco.network.models import PackEdition, PackFile
from opensenco.network.paper_queries import bytes_of
from opensenco.network.record import record_of
from opensenco.network.sampling import UNKNOWN, Wanted, pupils, spread
from opensenco.network.states import Part
from opensenco.provision.models import Allocation
from opensenco.provision.operations import measuring
from tests.cast import TODAY
from tests.client import signed_in
from tests.contracts.test_fresh import stale
from tests.domain.support.steps import there
from tests.packs import idris
from tests.pages.packs.test_paper import text_of, work
from tests.pages.provision.hands import filled, link_to, send
from tests.people import acting_as
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db
ORDER = ["about", "needs", "ehc", "plans", "beside", "delivery", "effect", "profile", "voice",
         "agencies"]  # fmt: skip


def measured(actor: Actor | None = None) -> None:
    """Measure Idris again: he began at 2 and is to reach 5."""
    if actor is None:
        with acting_as("senco") as senco:
            return measured(senco)
    given = Allocation.objects.get(pupil=idris())
    measuring.record_point(actor=actor, allocation=given, score=Decimal(3), source="Picture story")
    return None


def ready(key: str, kind: str) -> Any:
    with acting_as("senco", write=False):
        address = reverse("packs:ready", args=[idris().ref])
    return signed_in(key).post(address, {"ready": kind}, follow=True)


def newest() -> PackEdition:
    with acting_as("senco", write=False):
        return PackEdition.objects.select_related("org").order_by("-id")[0]


def test_pupils_without_a_status_can_be_sampled():
    with acting_as("senco", write=False) as actor:
        every = {one.pk: one.code for one in pupils(actor)}
        without = {one.pk for one in pupils(actor, Wanted(status=UNKNOWN))}
        assert None in every.values()
        assert without == {pk for pk, code in every.items() if code not in ("E", "K")}


def test_one_tap_gives_an_inspection_pack_in_order_with_points_and_what_was_left_out():
    measured()
    with acting_as("senco", write=False):
        address = reverse("pupils:show", args=[idris().ref])
    page = signed_in("senco").get(address)
    assert "Inspection pack" in text_of(page)
    shown = text_of(ready("senco", "inspection"))
    row = newest()
    assert [one.part for one in from_data(row.content)] == ORDER
    for words in (
        "Inspectors, to be read in school", "Whether it helps: what was measured",
        "Steps retold of six, from 0 to 6", "5 by 2 April 2027",
        "Language group: point by point", "Health alerts",
    ):  # fmt: skip
        assert words in shown, words
    (effect,) = [one for one in from_data(row.content) if one.part == "effect"]
    points = next(block for block in effect.blocks if block.kind == "points")
    assert [one[:2] for one in points.rows] == [
        ("7 January 2027", "2 (entry)"), ("10 March 2027", "3"),
    ]  # fmt: skip
    assert points.rows[1][2:] == ("4.19", "1.2 behind the aim line", "Amara Okafor. Picture story.")
    work()
    with acting_as("senco", write=False):
        file = PackFile.objects.select_related("org").get(edition=row, form="pdf", state="done")
        where, _kind, _name = bytes_of(file)
        said = " ".join(" ".join(one.extract_text() for one in PdfReader(where).pages).split())
    for words in ("Aim line that day", "1.2 behind the aim line", "What was left out, and why"):
        assert words in said, words


def test_a_double_tap_makes_one_pack_and_going_back_leads_to_it():
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        form, one = (
            reverse(f"packs:{name}", args=[idris().ref]) for name in ("paper_new", "ready")
        )
        before = PackEdition.objects.count()
    sent = {**forms_on(senco.get(form).text)[0].sent(lambda _field: None), "ready": "inspection"}
    answers = [senco.post(one, sent) for _tap in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    with acting_as("senco", write=False):
        assert PackEdition.objects.count() == before + 1
    # the other button of the same page is another pack
    assert senco.post(one, {**sent, "ready": "meeting"}).headers["Location"] not in {
        answer.headers["Location"] for answer in answers
    }


def test_the_paper_for_a_meeting_has_provision_and_delivery_in_words_for_the_family():
    measured()
    ready("senco", "meeting")
    row = newest()
    assert row.audience == "family"
    assert [one.part for one in from_data(row.content)] == ["delivery", "effect", "ehc"]
    assert ready("teacher", "meeting").status_code == 403
    assert ready("senco", "everything").status_code != 200 or newest().pk == row.pk


def test_what_was_measured_later_is_not_in_the_past():
    parts = (Part.EFFECT, Part.VOICE)
    with acting_as("senco") as actor:
        was = str(sections_of(there(record_of(actor, idris(), TODAY)), parts, blind=False))
        after = replace(actor, at=actor.at + timedelta(days=3))
        measured(after)
        then = str(sections_of(there(record_of(after, idris(), TODAY)), parts, blind=False))
        assert then == was
        blind = str(sections_of(there(record_of(after, idris())), (Part.EFFECT,), blind=True))
    assert "Picture story" in blind
    assert "Okafor" not in blind


def test_several_sampled_children_get_a_pack_each_in_one_go_and_one_file():
    senco = signed_in("senco")
    address = reverse("packs:sample")
    assert address in senco.get(reverse("packs:list")).text
    page = senco.get(address)
    assert "Idris" in text_of(page)
    everybody = senco.get(f"{address}?status=&year=&need=")
    with acting_as("senco", write=False):
        grace = short(type(idris()).objects.get(first_name="Grace").ref)
        boy = short(idris().ref)
    refused = text_of(send(senco, everybody, pupils=[]))
    assert "Choose at least one pupil." in refused
    made = send(senco, everybody, pupils=[boy, grace])
    assert "2 inspection packs" in text_of(made)
    assert "The PDF is not ready yet." in text_of(made)
    files = reverse("packs:sampled_files", args=[newest().ref])
    assert senco.get(files).status_code == 404
    work()
    files = link_to(senco.get(reverse("packs:sampled", args=[newest().ref])), "Save all as PDF")
    answer = senco.get(files)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 2
        assert not any("grace" in name.lower() for name in archive.namelist())
        assert PdfReader(io.BytesIO(archive.read(archive.namelist()[0]))).pages
    assert stale("senco").get(files).status_code == 302
    assert filled(everybody)[1]["pupils"]


def test_a_sample_that_is_proposed_is_spread_and_the_same_each_time():
    class Row:
        def __init__(self, pk: int, need: str, code: str, year: int) -> None:
            self.pk, self.need, self.code, self.year = pk, need, code, year

    rows: Any = [Row(n, "SLCN", "K", n % 6) for n in range(20)] + [
        Row(21, "ASD", "E", 1), Row(22, "ASD", "K", 2), Row(23, "SEMH", "K", 3),
    ]  # fmt: skip
    chosen = spread(rows)
    assert len(chosen) == 6
    assert {21, 22, 23} < set(chosen)
    assert len({row.year for row in rows if row.pk in chosen}) == 6
    assert spread(rows) == chosen
    assert spread(rows[:2]) == [0, 1]
