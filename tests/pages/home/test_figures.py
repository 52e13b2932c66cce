"""A governor sees the school in figures: charts with tables, small numbers hidden, no name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from opensenco.kernel.errors import NotAllowed
from opensenco.law.codes.sen import Area
from opensenco.pages.home.figures import figures
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.provision.queries.figures import by_layer
from opensenco.support.operations import needs, reviews
from opensenco.support.queries.figures import review_figures, support_figures
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import agreed, on_support, results
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def more_pupils(number: int) -> list[Pupil]:
    """Put more pupils on SEN support, with a first need of language."""
    with acting_as("senco") as actor:
        org = Pupil.objects.get(first_name="Idris").org
        made = [
            pupils.add_pupil(
                actor=actor, org=org, first_name=f"Child{place}", last_name="Figured",
                birth_date=date(2019, 1, 1 + place),
            )
            for place in range(number)
        ]  # fmt: skip
        for one in made:
            on_support(actor, one)
            needs.rank_needs(actor=actor, pupil=one, codes=["SLCN"])
    return made


def test_small_numbers_are_hidden_in_heads_bars_and_tables():
    page = text_of(signed_in("governor").get("/"))
    assert "EHC plan 0 SEN support under 5" in page
    assert "Together" not in page
    assert "Communication and interaction under 5" in page
    assert "A number under 5 is not shown, so that no child can be picked out." in page
    assert "Targeted under 5 also hidden" in page


def test_a_pupil_on_sen_support_whose_needs_nobody_has_ranked_is_counted_as_other():
    with acting_as("senco") as actor:
        on_support(actor, Pupil.objects.get(first_name="Grace"))
    assert "SEN support under 5" in text_of(signed_in("governor").get("/"))
    with acting_as("governor", write=False) as actor:
        found = support_figures(actor)
    assert found.by_status["K"] == 2
    assert (found.by_area[Area.COMMUNICATION], found.by_area[None]) == (1, 1)


def test_from_five_on_a_number_is_told_and_a_name_never():
    more_pupils(6)
    page = text_of(signed_in("governor").get("/"))
    assert "EHC plan 0 SEN support 7" in page
    # Idris is alone in his year group, which reports count: nothing is said of the whole
    assert "Together" not in page
    assert "Communication and interaction 7" in page
    for name in ("Figured", "Idris", "Hassan-Cole", "Child0"):
        assert name not in page
    (one,) = more_pupils(1)[:1]
    with acting_as("senco") as actor:
        pupils.change_pupil(actor=actor, pupil=one, version=None, left_on=TODAY - timedelta(days=1))
    assert "SEN support 7" in text_of(signed_in("governor").get("/"))


def test_reviews_held_in_time_late_and_overdue_are_counted_from_september():
    with acting_as("governor", write=False) as actor:
        before = review_figures(actor)
    held, waits = more_pupils(2)
    with acting_as("senco") as actor:
        cycle = agreed(actor, held)
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "carry")))
        agreed(actor, waits)
    with acting_as("governor", write=False) as actor:
        after = review_figures(actor)
        assert (after.in_time, after.late) == (before.in_time + 1, before.late)
        assert after.overdue == before.overdue
        later = replace(actor, at=actor.at + timedelta(days=100))
        assert review_figures(later).overdue == before.overdue + 1


def test_figures_are_of_ones_own_school_and_for_whoever_may_see_them():
    with acting_as("governor", write=False) as actor:
        assert support_figures(actor).by_status == {"E": 0, "K": 1}
        assert support_figures(actor).by_area[Area.COMMUNICATION] == 1
        assert sum(total.pupils for total in by_layer(actor).values()) == 1
    with acting_as("outsider", write=False) as actor:
        assert "Markerword" not in str(figures(actor))
    with acting_as("teacher", write=False) as actor:
        for gather in (support_figures, review_figures, by_layer):
            with pytest.raises(NotAllowed):
                gather(actor)


def test_a_governor_opens_no_list_and_no_child():
    governor = signed_in("governor")
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
    for address in (reverse("pupils:show", args=[idris.ref]), reverse("register:list")):
        assert governor.get(address).status_code == 403
        assert address not in governor.get("/").text
