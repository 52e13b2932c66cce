"""Progress set beside what is usual for a test, on a pupil's aim line and for a provision."""

import pytest

from tests.client import signed_in
from tests.pages.provision.hands import asked, link_to, send
from tests.pages.provision.test_effect import ran

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S1-05")
@pytest.mark.rule("APD-05")
def test_a_school_says_what_is_usual_and_every_pupil_is_set_beside_it():
    here = ran([13, 30, 2, None])
    client = signed_in("senco")
    before = asked(client, f"{here}effect/")
    asks = client.get(link_to(client.get(here), "Say what progress is usual"))
    wrong = send(client, asks, kind="term", error="1.5")
    assert "Say how much a pupil usually gains in a term." in wrong.text
    wrong = send(client, asks, kind="term", gain="3", error="1.5")
    assert "Say where the number comes from." in wrong.text
    page = send(client, asks, kind="term", gain="3", error="1.5", source="Manual, page 12")
    assert "A gain of 3 in a term is usual; a term is taken as a third of a year." in page.text
    assert "two can differ by up to 4.2 by chance, 19 times in 20." in page.text
    page = client.get(f"{here}effect/")
    assert (
        "Of 3 with a gain, 1 gained more than usual, 1 about as usual, 1 less than usual."
        in page.text
    )
    assert "about usual (usual: +1.7)" in page.text
    assert "Source: Manual, page 12." in page.text
    assert asked(client, f"{here}effect/") == before
    assert "more than usual (usual: +1.7)" in client.get(f"{here}effect/?file=csv").content.decode()
    page = client.get(link_to(page, "Moss, Child1"))
    assert "Usual in 70 days would be: +1.7." in page.text
    assert "That is more than usual: 18.3 more, and up to 4.2 can be chance." in page.text
    assert "Usual by then" in page.text
    assert "usual 11.7" in page.text


def test_where_nobody_says_how_exact_a_test_is_nothing_is_more_than_chance():
    here = ran([13, 10])
    client = signed_in("senco")
    send(client, client.get(f"{here}usual/"), kind="same")
    page = client.get(f"{here}effect/")
    assert "the figures of 1 are above what is usual, of 1 at it, of 0 below it." in page.text
    assert "How exact this measure is has not been said" in page.text
    assert "3 more than usual (usual: the same), can be chance" in page.text
    # said again: the newest stands; where nobody can say, nothing is compared
    send(client, client.get(f"{here}usual/"), kind="unsaid")
    page = client.get(f"{here}effect/")
    assert "Nobody can say what is usual." in page.text
    assert "above what is usual" not in page.text
