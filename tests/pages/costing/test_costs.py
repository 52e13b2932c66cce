"""Costs told by their pages: rates kept by few, who is over, no pay from totals."""

import re
from typing import Any

import pytest
from django.urls import reverse

from opensenco.costing.models import Rate, TopUp
from opensenco.costing.operations.rates import set_rate
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import staff
from opensenco.provision.models import Provision
from opensenco.provision.operations import giving, library
from opensenco.ui.words import MINUS
from tests.cast import LONG_AGO, TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def pupil(name: str = "Idris") -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name=name)


def rate(pence: int | None, kind: str = "LA_STANDARD", post: str = "ta", **more: Any) -> Rate:
    with acting_as("head") as actor:
        return set_rate(
            actor=actor, org=pupil().org, post=post, kind=kind, pence=pence, first=LONG_AGO, **more
        )


def give(name: str, times: int, minutes: int, **more: Any) -> None:
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(first_name=name)
        what = Provision.objects.filter(org=row.org, name="One to one").first()
        what = what or library.add_provision(
            actor=actor, org=row.org, name="One to one", layer=3, minutes=60
        )
        terms = giving.Terms(times_a_week=times, minutes=minutes, starts=LONG_AGO, **more)
        giving.allocate(actor=actor, pupils=[row], provision=what, terms=terms, outcome=None)


def send(key: str, to: str, **given: str) -> Any:
    client = signed_in(key)
    return client.post(to, as_it_stands(client.get(to), **given), follow=True)


def over(key: str = "senco", query: str = "") -> str:
    return text_of(signed_in(key).get(reverse("costing:over") + query))


def page_of(address: str, key: str = "senco") -> str:
    return text_of(signed_in(key).get(address))


def of_pupil(key: str = "senco", name: str = "Idris") -> str:
    return text_of(signed_in(key).get(reverse("costing:pupil", args=[pupil(name).ref])))


@pytest.mark.requirement("S1-06")
def test_a_rate_is_entered_counts_is_refused_and_taken_back():
    here = reverse("costing:rates")
    refused = text_of(send("head", here, post="ta", kind="LA_STANDARD", pence="lots"))
    assert "Enter an amount in pounds" in refused
    assert "Enter what an hour costs" in text_of(send("head", here, post="ta", kind="BASIC"))
    entered = send("head", here, post="ta", kind="LA_STANDARD", pence="17.20")
    assert "Entered. Costs are counted with it" in text_of(entered)
    assert "£17.20" in text_of(entered)
    assert "17.20" not in entered.request["PATH_INFO"]
    back = re.findall(r'href="(/costs/rates/[^"?]+/)"', entered.text)
    assert "£17.20" not in text_of(send("head", back[0]))
    who = re.search(r'value="([^"]+)"[^>]*>\s*Jo Birkett', entered.text)
    assert who
    own = send("head", here, post="ta", who=who[1], kind="LA_STANDARD", pence="20")
    assert "A standard rate is nobody’s own." in text_of(own)


@pytest.mark.requirement("S1-06")
@pytest.mark.rule("FUN-01", "FUN-03")
def test_who_is_over_the_threshold_is_told_at_once_by_class_and_as_a_file():
    rate(1720)
    before = over()
    assert "0 pupils are over the threshold." in before
    assert "Hassan-Cole, Idris" in before
    give("Grace", 5, 120)  # ten hours a week of a teaching assistant all year
    shown = over()
    assert "1 pupil is over the threshold. The threshold is £6,000" in shown
    assert "Atherton, Grace 4R £6,536.00 £536.00" in shown
    assert over(query="?only=over").count("Hassan-Cole") == 0
    top = reverse("costing:add_top_up", args=[pupil("Grace").ref])
    days = {"first": "1/4/2026", "last": "31/3/2027"}
    back_to_front = {"first": "1/4/2027", "last": "1/4/2026"}
    wrong = send("senco", top, pence="500", source="The authority", **back_to_front)
    assert "The last day is before the first." in text_of(wrong)
    told = send("senco", top, pence="500", source="The authority, letter of 3 May", **days)
    assert "Not covered £36.00" in text_of(told)
    assert "£536.00 £500.00 £36.00" in over()
    budget = reverse("costing:budget")
    assert "Enter an amount in pounds" in text_of(send("senco", budget, pence="x", source="Us"))
    sums = text_of(send("senco", budget, pence="10,000", source="The statement of March 2026"))
    assert "£10,000. The statement of March 2026" in sums
    assert "Above the threshold and not covered £36.00" in sums
    assert "By first need" in sums
    file = signed_in("senco").get(reverse("costing:over") + "?file=csv").text
    assert "£6,536.00" in file
    with acting_as("senco", write=False):
        row = TopUp.objects.get(pupil=pupil("Grace"))
    gone = send("senco", reverse("costing:top_up_back", args=[row.ref]))
    assert "Not covered £536.00" in text_of(gone)


@pytest.mark.requirement("S1-06")
def test_one_pupils_lines_are_planned_for_the_year_and_counted_as_delivered():
    rate(1500)
    shown = of_pupil()
    # two sessions of twenty minutes took place, with Idris alone
    assert "£10.00" in shown
    assert "1 April 2026 to 31 March 2027" in shown
    assert "Not over the threshold of £6,000." in shown
    about = signed_in("senco").get(reverse("pupils:show", args=[pupil().ref]))
    assert reverse("costing:pupil", args=[pupil().ref]) in about.text
    assert reverse("costing:over") in signed_in("head").get(reverse("provision:list")).text


@pytest.mark.requirement("S1-06")
def test_nobodys_pay_can_be_worked_out_from_what_others_see():
    rate(1500)
    how = reverse("costing:how")
    set_ = send("senco", how, kind="FULL_COST", because="The governors, May 2026.",
                first="1/4/2026")  # fmt: skip
    assert "Set. Costs from that day on are counted so." in text_of(set_)
    give("Grace", 5, 60, person=person("ta"))
    with acting_as("senco", write=False):
        what = reverse("costing:provision", args=[Provision.objects.get(name="One to one").ref])
        key = short(Provision.objects.get(name="One to one").ref)
    ends = f"{reverse('costing:what_if_place')}?a-provision={key}&a-do=end"
    alone = (what, ends, f"{reverse('provision:map')}?file=csv&view=school")
    seen, one = over(query="?beside=delivered"), of_pupil(name="Grace")
    all_of_it = [page_of(page) for page in alone]
    assert not [page for page in all_of_it if "£2," not in page and "2850" not in page]
    assert "£2,850.00" in one
    rate(3333, "FULL_COST")
    rate(2222, "BASIC", who=person("ta"))
    rate(4444, "FULL_COST", who=person("ta"))
    # not a figure moves, for whoever may not see pay: one child, one adult or many
    assert over(query="?beside=delivered") == seen
    assert of_pupil(name="Grace") == one
    assert [page_of(page) for page in alone] == all_of_it
    assert "£8,443.60" in of_pupil("head", "Grace")
    for page in (reverse("costing:rates"), reverse("costing:take_back", args=[rate(1).ref])):
        assert signed_in("senco").get(page).status_code == 403


def test_others_see_neither_a_figure_nor_the_way_to_one():
    rate(1500)
    for key in ("teacher", "ta", "dsl"):
        page = signed_in(key).get(reverse("pupils:show", args=[pupil().ref])).text
        assert "£" not in page
        assert "/costs/" not in page
        assert signed_in(key).get(reverse("costing:over")).status_code == 403


def test_the_list_asks_as_often_however_many_there_are():
    rate(1500)
    senco, here = signed_in("senco"), reverse("costing:over")
    senco.get(here)
    with asks(22):
        senco.get(here)
    one = [reverse(f"costing:{name}", args=[pupil("Grace").ref]) for name in ("pupil", "what_if")]
    give("Grace", 1, 60)
    for page in one:
        senco.get(page)
    with asks(22):
        senco.get(one[0])
    with asks(18):
        senco.get(one[1])
    beside = f"{here}?beside=delivered"
    senco.get(beside)
    give("Poppy", 1, 60)
    with asks(22):
        senco.get(here)
    with asks(30):
        senco.get(beside)


@pytest.mark.requirement("S1-06")
def test_two_ideas_stand_beside_what_is_and_nothing_of_them_is_kept():
    rate(1000)
    give("Grace", 5, 120)
    here = reverse("costing:what_if", args=[pupil("Grace").ref])
    senco = signed_in("senco")
    plain = text_of(senco.get(here))
    assert "Planned cost £3,800.00" in plain
    ends = re.search(r'<option value="([^"]+)">\s*One to one', senco.get(here).text)
    assert ends
    # ten hours besides among four pupils for the whole year; or all of it from the first day
    asked = {
        "a-post": "ta", "a-times": "5", "a-minutes": "120", "a-group": "4", "a-first": "1/4/2026",
        "b-ends": ends[1], "b-on": "31/3/2026",
    }  # fmt: skip
    shown = text_of(senco.get(here, asked))
    assert "Planned cost £3,800.00 £4,750.00 £0.00" in shown
    assert "What would be given besides £950.00 £0.00" in shown
    assert f"More than now £950.00 {MINUS}£3,800.00" in shown
    assert text_of(senco.get(here)) == plain
    wrong = text_of(senco.get(here, {"a-post": "ta", "a-first": "2/4/2026", "a-last": "1/4/2026"}))
    assert wrong.startswith("Error:")
    assert "Say how often and how long." in wrong
    assert here in senco.get(reverse("costing:pupil", args=[pupil("Grace").ref])).text


def test_a_business_manager_comes_to_the_money_from_home_and_reads_no_plan():
    with acting_as("head") as actor:
        staff.give_role(
            actor=actor, person=person("expired"), org=pupil().org, role="BUSINESS_MANAGER",
            starts=TODAY,
        )  # fmt: skip
    client = signed_in("expired")
    home = text_of(client.get("/"))
    assert "Money What provision costs" in home
    for name in ("costing:over", "costing:rates", "costing:budget", "costing:what_if_place"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("plans:profile", args=[pupil().ref])).status_code in (403, 404)
    assert "Money What provision costs" not in text_of(signed_in("admin").get("/"))
