"""The map of provision: by pupil, by provision and for the whole school, and as a file."""

import io
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.client import signed_in
from tests.domain.provision import steps
from tests.pages.provision.hands import asked, link_to
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.rule("APD-12")
@pytest.mark.requirement("S4-29")
@pytest.mark.requirement("S1-10")
def test_three_views_lead_into_each_other_and_go_out_as_files():
    with acting_as("senco") as actor:
        steps.given(actor, provision=steps.reading(actor, layer=3))
    senco = signed_in("senco")
    page = senco.get(link_to(senco.get(reverse("provision:list")), "Map"))
    assert page.text.index("Atherton, Grace") < page.text.index("Hassan-Cole, Idris")
    assert "4 × 15 min" in page.text
    down = senco.get(reverse("provision:map") + "?sort=-weekly&layer=2")
    assert "Hassan-Cole, Idris" in down.text
    # paper says it too, which has no filters
    assert "10 March 2027: Targeted" in down.text
    assert "Atherton" not in down.text
    by_provision = senco.get(link_to(page, "By provision"))
    assert "Steps retold of six" in by_provision.text
    assert by_provision.text.index("Language group") < by_provision.text.index("Paired reading")
    school = senco.get(link_to(page, "Whole school"))
    for words in ("Pupils by year group", "Pupils by first need", "60 minutes of pupils’ time"):
        assert words in school.text
    for view, head in (
        ("pupil", "Pupil,Class,Year,Need,Layer,Provision"),
        ("provision", "Provision,Layer,Pupils,Groups"),
        ("school", "By,Which,Universal,Targeted,Specialist"),
    ):
        assert head in senco.get(f"{reverse('provision:map')}?view={view}&file=csv").text


def test_staff_see_their_own_pupils_on_it_and_more_asks_no_more():
    with acting_as("senco") as actor:
        (row,) = steps.given(actor)
    address = reverse("provision:map")
    for view in ("pupil", "provision", "school"):
        page = signed_in("ta").get(f"{address}?view={view}").text
        assert "Atherton" not in page
        assert "Paired reading" not in page
    senco = signed_in("senco")
    senco.get(address)
    before = [asked(senco, f"{address}?view={view}") for view in ("pupil", "provision", "school")]
    with acting_as("senco") as actor:
        steps.given(actor, steps.pupil("Idris"), provision=row.provision)
    after = [asked(senco, f"{address}?view={view}") for view in ("pupil", "provision", "school")]
    assert before == after


def test_the_whole_map_is_a_paper_with_hours_and_with_costs_for_who_may_see_them():
    page = signed_in("senco").get(reverse("provision:map") + "?view=school")
    said = {}
    for key in ("senco", "teacher"):
        client = signed_in(key)
        answer = client.get(link_to(page, "PDF"))
        assert answer.headers["Content-Type"] == "application/pdf"
        pages = PdfReader(io.BytesIO(answer.content)).pages
        said[key] = " ".join(" ".join(one.extract_text() for one in pages).split())
        for words in (
            "Provision map",
            "By layer",
            "By first need",
            "Language group",
            "Hours a week",
        ):
            assert words in said[key], words
        assert "Idris" not in said[key]
    assert "Cost in the year" in said["senco"]
    assert "Cost" not in said["teacher"]
    word = signed_in("senco").get(link_to(page, "Word"))
    with zipfile.ZipFile(io.BytesIO(word.content)) as archive:
        assert "Language group" in archive.read("word/document.xml").decode()
    assert signed_in("admin").get(link_to(page, "PDF")).status_code == 403
