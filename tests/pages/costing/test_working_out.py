"""The full cost of an hour is worked out from pay, shown, and entered; pay itself is not kept."""

import pytest
from django.urls import reverse

from opensenco.costing.models import Rate
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
FTV_04 = {
    "post": "ta", "salary": "25,583", "hours": "32.5", "full_time": "37", "paid_weeks": "44.60",
    "worked_weeks": "38", "insurance": "15", "insurance_from": "5,000", "pension": "22.1",
    "levy": "0.5",
}  # fmt: skip


@pytest.mark.vector("FTV-04")
@pytest.mark.requirement("S1-06")
def test_the_full_cost_of_an_hour_is_shown_with_its_parts_and_entered_without_the_pay():
    here, head = reverse("costing:work_out"), signed_in("head")
    assert here in head.get(reverse("costing:rates")).text
    form = as_it_stands(head.get(here), **FTV_04, first="1/4/2026")
    page = head.post(here, form)
    shown = text_of(page)
    parts = "£19,220.82", "£2,133.12", "£4,247.80", "£96.10", "£25,697.85"
    assert [part for part in parts if part not in shown] == []
    assert "An hour, of 1,235 hours worked £20.81" in shown
    assert "Basic pay of an hour, which understates it £13.26" in shown
    assert "Enter £20.81 for an hour from the day below" in shown
    with acting_as("head", write=False):
        before = set(Rate.objects.values_list("pk", flat=True))
    nine = text_of(head.post(here, {**form, "worked_weeks": "39"}))
    assert "£20.27" in nine
    told = head.post(here, as_it_stands(page, do="enter"), follow=True)
    assert "Entered. Costs are counted with it" in text_of(told)
    with acting_as("head", write=False):
        [row] = Rate.objects.exclude(pk__in=before)
    assert (row.pence, row.kind, row.post, row.who) == (2081, "FULL_COST", "ta", None)
    assert "25,583" not in told.text


def test_what_cannot_be_is_refused_at_its_field_and_nobody_else_works_anything_out():
    here, head = reverse("costing:work_out"), signed_in("head")
    wrong = {**FTV_04, "hours": "0", "pension": "lots", "salary": "-1", "worked_weeks": "0"}
    refused = text_of(head.post(here, as_it_stands(head.get(here), **wrong)))
    assert refused.startswith("Error:")
    assert refused.count("Enter a number up to") >= 3
    assert "Enter £" not in refused
    assert signed_in("senco").get(here).status_code == 403
