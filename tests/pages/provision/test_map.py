"""The map of provision: by pupil, by provision and for the whole school, and as a file."""

import pytest
from django.urls import reverse

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
