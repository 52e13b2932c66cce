"""Totals of costs by class, first need, outcome and provision: all four come to the same whole."""

import csv
import io

import pytest
from django.urls import reverse

from opensenco.provision.operations import giving, library
from opensenco.support.models import Outcome
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.costing.test_beside import in_a_group
from tests.pages.costing.test_costs import give, of_pupil, pupil, rate, send
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WAYS = ("class", "need", "outcome", "provision")


def totals(by: str, key: str = "senco", **query: str) -> str:
    return text_of(
        signed_in(key).get(reverse("costing:totals"), {"by": by, "beside": "delivered", **query})
    )


def lines_of(by: str, key: str = "senco") -> list[dict[str, str]]:
    page = signed_in(key).get(reverse("costing:totals"), {"by": by, "file": "csv"})
    return list(csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff"))))


def give_for_outcome() -> Outcome:
    """Give Idris half an hour a week alone towards the first outcome of his plan."""
    with acting_as("senco") as actor:
        row = pupil()
        outcome = Outcome.objects.filter(pupil=row, in_error_at__isnull=True).earliest("id")
        what = library.add_provision(actor=actor, org=row.org, name="Solo", layer=3, minutes=30)
        terms = giving.Terms(times_a_week=1, minutes=30, starts=LONG_AGO)
        giving.allocate(actor=actor, pupils=[row], provision=what, terms=terms, outcome=outcome)
    return outcome


@pytest.mark.requirement("S1-06")
@pytest.mark.rule("FUN-03")
def test_totals_are_planned_and_delivered_and_each_way_comes_to_the_same():
    rate(1000)
    what, _group = in_a_group()
    give("Grace", 5, 120)
    outcome = give_for_outcome()
    drum = {"kind": "equipment", "what": "A drum", "pence": "180.01", "years": "3"}
    send("senco", reverse("costing:add_item", args=[what.ref]), first="1/5/2026", **drum)
    assert reverse("costing:totals") in signed_in("senco").get(reverse("costing:over")).text
    # of the duet each bears £190 and £30 of the drum, of one to one Grace £3,800
    assert "Duet 2 £440.00 £0.00" in totals("provision")
    assert "One to one 1 £3,800.00 £0.00" in totals("provision")
    shown = totals("outcome")
    assert f"{outcome.text} Hassan-Cole, Idris 1 " in shown
    [mine] = [one for one in lines_of("outcome") if one["Outcome"] == outcome.text]
    assert int(mine["Planned, in pence"]) >= 190_00
    line = f"{outcome.text} {mine['Planned in the year']} {mine['Delivered by today']}"
    assert line in of_pupil().partition("By outcome")[2]
    by_class = totals("class")
    assert "4R" in by_class
    assert "In all" in by_class
    sums = {by: [int(line["Planned, in pence"]) for line in lines_of(by)] for by in WAYS}
    assert len({sum(some) for some in sums.values()}) == 1, sums
    done = {by: [int(line["Delivered, in pence"]) for line in lines_of(by)] for by in WAYS}
    assert len({sum(some) for some in done.values()}) == 1, done
    assert sum(done["class"]) > 0
    planned = f"£{sum(sums['class']) // 100:,}.{sum(sums['class']) % 100:02}"
    assert f"{planned} planned in the year" in by_class
    assert totals("class", sort="-planned").index("4R") > 0
    assert totals("nonsense") == by_class


def test_totals_go_on_paper_without_a_name_and_no_others_see_them():
    rate(1000)
    give("Grace", 5, 120)
    here, senco = reverse("costing:totals"), signed_in("senco")
    for form, kind in (("pdf", "application/pdf"), ("word", "wordprocessingml")):
        paper = senco.get(here, {"paper": form})
        assert kind in paper["Content-Type"]
        assert paper.getvalue().startswith(b"%PDF" if form == "pdf" else b"PK")
    for key in ("teacher", "ta", "governor"):
        assert signed_in(key).get(here).status_code == 403


def test_nobodys_pay_can_be_worked_out_from_totals():
    rate(1500)
    how = reverse("costing:how")
    send("senco", how, kind="FULL_COST", because="The governors, May 2026.", first="1/4/2026")
    give("Grace", 5, 60, person=person("ta"))
    give_for_outcome()
    seen = [totals(by) for by in WAYS]
    files = [lines_of(by) for by in WAYS]
    rate(3333, "FULL_COST")
    rate(4444, "FULL_COST", who=person("ta"))
    assert [totals(by) for by in WAYS] == seen
    assert [lines_of(by) for by in WAYS] == files
    assert totals("provision", "head") != totals("provision")
    assert "£8,443.60" in totals("provision", "head")


def test_totals_ask_as_often_however_many_there_are():
    rate(1500)
    senco, here = signed_in("senco"), reverse("costing:totals")
    give("Grace", 1, 60)
    give_for_outcome()
    pages = {"": 19, "outcome": 21, "provision": 20, "outcome&beside=delivered": 29}
    for by in pages:
        senco.get(f"{here}?by={by}")
    give("Poppy", 1, 60)
    for by, times in pages.items():
        with asks(times):
            senco.get(f"{here}?by={by}")
