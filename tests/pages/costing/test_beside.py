"""What one provision costs: a group run for one pupil, and what is paid for once."""

from datetime import date

import pytest
from django.urls import reverse

from opensenco.costing.models import Item
from opensenco.kernel.refs import short
from opensenco.people.models import Group
from opensenco.people.operations import groups
from opensenco.people.states import GroupKind
from opensenco.provision.models import Provision
from opensenco.provision.operations import giving, library
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.domain.provision.steps import idris_has
from tests.pages.concerns.walking import text_of
from tests.pages.costing.test_costs import of_pupil, over, pupil, rate, send
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def in_a_group() -> tuple[Provision, Group]:
    """Give Grace and Poppy an hour a week together all year."""
    with acting_as("senco") as actor:
        org = pupil().org
        group = groups.add_group(actor=actor, org=org, name="Duo", kind=GroupKind.SUPPORT)
        what = library.add_provision(actor=actor, org=org, name="Duet", layer=2, minutes=60)
        terms = giving.Terms(times_a_week=1, minutes=60, starts=LONG_AGO, group=group)
        giving.allocate(
            actor=actor, pupils=[pupil("Grace"), pupil("Poppy")], provision=what, terms=terms
        )
    return what, group


@pytest.mark.requirement("S1-06")
@pytest.mark.rule("FUN-03")
def test_one_group_is_counted_sole_from_a_day_on_with_its_reason():
    rate(1000)
    what, group = in_a_group()
    assert "£190.00" in of_pupil(name="Grace"), "38 hours at £10, shared by two"
    here = reverse("costing:provision", args=[what.ref])
    assert here in signed_in("senco").get(reverse("provision:show", args=[what.ref])).text
    to = reverse("costing:bearing", args=[what.ref])
    assert text_of(send("senco", to, bears="SOLE", because=" ")).startswith("Error:")
    why = {"because": "It would not run without her.", "first": "1/4/2026"}
    told = text_of(send("senco", to, bears="SOLE", **why))
    assert "all groups: Sole: each pupil bears the whole hour. It would not run" in told
    assert "Planned for the year £760.00" in told
    assert "£380.00" in of_pupil(name="Grace")
    assert "£380.00" in over()
    # of the group it is said otherwise, which goes before what is said of all
    send("senco", to, bears="SHARED", group=short(group.ref), **why)
    assert "£190.00" in of_pupil(name="Grace")
    assert over().count("£190.00") >= 2
    send("senco", to, bears="USUAL", group=short(group.ref), **why)
    assert "£380.00" in of_pupil(name="Grace"), "as it is said of all groups"


@pytest.mark.requirement("S1-06")
def test_what_is_paid_for_once_is_borne_by_years_and_pupils_and_taken_back():
    rate(1000)
    what, _group = in_a_group()
    to = reverse("costing:add_item", args=[what.ref])
    wrong = text_of(send("senco", to, kind="equipment", what="Drum", pence="x"))
    assert "Enter an amount in pounds" in wrong
    drum = {"kind": "equipment", "what": "A drum", "pence": "180.01", "years": "3"}
    told = text_of(send("senco", to, first="1/5/2026", **drum))
    # 180.01 over three years and two pupils: 30.00 and a sixth of a penny
    assert "A drum: £30.00 for each pupil this year." in told
    assert "A drum paid for once: this pupil’s part in the year £30.00" in of_pupil(name="Grace")
    assert "Planned cost in the year £220.00" in of_pupil(name="Grace")
    assert "£220.00" in over()
    long_ago = {**drum, "what": "An old drum"}
    told = text_of(send("senco", to, first="1/5/2022", **long_ago))
    assert "An old drum: £" not in told, "its three years are over"
    with acting_as("senco", write=False):
        row = Item.objects.get(what="A drum")
    gone = text_of(send("senco", reverse("costing:item_back", args=[row.ref])))
    assert "Nothing is entered" not in gone
    assert "A drum: £30.00" not in gone
    assert "Planned cost in the year £190.00" in of_pupil(name="Grace")
    assert row.first == date(2026, 5, 1)


def test_who_keeps_no_costs_finds_neither_the_page_nor_its_forms():
    what, _group = in_a_group()
    teacher = signed_in("teacher")
    for name in ("provision", "bearing", "add_item"):
        assert teacher.get(reverse(f"costing:{name}", args=[what.ref])).status_code == 403
    here = reverse("costing:provision", args=[what.ref])
    assert signed_in("outsider").get(here).status_code == 404
    assert "/costs/" not in teacher.get(reverse("provision:show", args=[what.ref])).text


@pytest.mark.requirement("S1-06")
def test_three_ideas_for_the_whole_place_stand_beside_what_is_and_nothing_is_kept():
    rate(1000)
    rate(3000, post="teacher")
    what, _group = in_a_group()
    with acting_as("senco") as actor:
        giving.mark_each_in_error(actor=actor, allocations=[idris_has()], reason="Not of these")
    here = reverse("costing:what_if_place")
    senco = signed_in("senco")
    assert here in senco.get(reverse("costing:over")).text
    plain = text_of(senco.get(here))
    # an hour a week shared by two pupils, for 38 weeks at £10
    assert "Planned for all pupils £380.00" in plain
    ref, whole_year = short(what.ref), "1/4/2026"
    ideas = {
        "a-provision": ref, "a-do": "change", "a-group": "1", "a-first": whole_year,
        "b-provision": ref, "b-do": "change", "b-post": "teacher", "b-first": whole_year,
        "c-provision": "new", "c-times": "5", "c-minutes": "120", "c-pupils": "3",
        "c-first": whole_year,
    }  # fmt: skip
    shown = text_of(senco.get(here, ideas))
    # each alone; by a teacher; ten hours a week each for three more
    assert "Planned for all pupils £380.00 £760.00 £1,140.00 £11,780.00" in shown
    assert "More than now £380.00 £760.00 £11,400.00" in shown
    assert "Pupils over the threshold 0 0 0 0" in shown
    gone = {"a-provision": ref, "a-do": "end", "a-first": whole_year,
            "b-provision": ref, "b-do": "change", "b-times": "25", "b-minutes": "60",
            "b-group": "1", "b-first": whole_year}  # fmt: skip
    shown = text_of(senco.get(here, gone))
    assert "Planned for all pupils £380.00 £0.00 £19,000.00" in shown
    assert "Pupils over the threshold 0 0 2" in shown
    assert "Above the threshold, together £0.00 £0.00 £7,000.00" in shown
    # what changes to what it is from today on costs what it does, to the penny
    same = {"a-provision": ref, "a-do": "change", "a-group": "2"}
    assert "More than now £0.00" in text_of(senco.get(here, same))
    wrong = text_of(senco.get(here, {"a-provision": "new", "b-provision": ref}))
    assert wrong.startswith("Error:")
    assert "Say how often, how long and to how many pupils." in wrong
    assert "Say below what would be different." in wrong
    assert text_of(senco.get(here)) == plain
    senco.get(here, ideas)
    with asks(15):
        senco.get(here, ideas)
