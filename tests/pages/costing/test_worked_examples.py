"""The field's worked examples of costs, entered and read on the pages: FTV-01, 03 and 05."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups
from opensenco.people.operations.rolls import add_pupils
from opensenco.people.states import GroupKind
from opensenco.provision.models import Provision
from opensenco.provision.operations import library
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.costing.test_costs import pupil
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S1-06"), pytest.mark.rule("FUN-03")]
FIRST = {"starts-day": "1", "starts-month": "4", "starts-year": "2026"}


class School:
    """Six pupils of one school, what they are given by the SENCO, and rates by the head."""

    def __init__(self) -> None:
        self.senco, self.head = signed_in("senco"), signed_in("head")
        with acting_as("senco") as actor:
            self.org = pupil().org
            rows = [
                {"first_name": "Exa", "last_name": f"Mple {letter}", "birth_date": date(2017, 1, 9)}
                for letter in "ABCDEF"
            ]
            self.pupils = add_pupils(actor=actor, org=self.org, rows=rows)

    @property
    def mine(self) -> Pupil:
        """The pupil whose map it is."""
        return self.pupils[0]

    def rate(self, post: str, pence: str, who: str = "") -> None:
        here = reverse("costing:rates")
        given = {"post": post, "pence": pence, "kind": "LA_STANDARD", "first": "1/4/2026"}
        if who:
            given["who"] = short(person(who).ref)
        told = self.head.post(here, as_it_stands(self.head.get(here), **given), follow=True)
        assert "Entered. Costs are counted with it" in text_of(told)

    def give(self, name: str, times: int, minutes: int, size: int = 1, **more: Any) -> Provision:
        """Give something by the page that gives, to one or to a group."""
        with acting_as("senco") as actor:
            what = library.add_provision(
                actor=actor, org=self.org, name=name, layer=3, minutes=minutes
            )
            query = f"?pupil={short(self.mine.ref)}"
            if size > 1:
                group = self.group(actor, name, size)
                query = f"?in={short(group.ref)}"
        here = reverse("provision:give", args=[what.ref]) + query
        given = {"times_a_week": str(times), "minutes": str(minutes), **FIRST, **more}
        told = self.senco.post(here, as_it_stands(self.senco.get(here), **given), follow=True)
        assert "Given. Whoever delivers it" in text_of(told), text_of(told)
        return what

    def group(self, actor: Any, name: str, size: int) -> Group:
        group = groups.add_group(
            actor=actor, org=self.org, name=f"{name} group", kind=GroupKind.SUPPORT
        )
        for one in self.pupils[:size]:
            groups.put_pupil_in_group(actor=actor, group=group, pupil=one, starts=LONG_AGO)
        return group

    def send(self, here: str, **given: str) -> str:
        return text_of(
            self.senco.post(here, as_it_stands(self.senco.get(here), **given), follow=True)
        )

    def costs(self) -> str:
        """Read what the pupil's provision costs."""
        return text_of(self.senco.get(reverse("costing:pupil", args=[self.mine.ref])))


def until(day: int, month: int, year: int, first: date) -> dict[str, Any]:
    starts = {
        "starts-day": str(first.day),
        "starts-month": str(first.month),
        "starts-year": str(first.year),
    }
    return {**starts, "ends-day": str(day), "ends-month": str(month), "ends-year": str(year)}


@pytest.mark.vector("FTV-01")
def test_an_hour_and_a_half_a_week_for_twelve_weeks_is_shared_by_five():
    school = School()
    school.rate("ta", "12.00")
    # twelve Tuesdays of school
    days = until(18, 8, 2026, date(2026, 6, 2))
    school.give("Reading club", 1, 90, 5, days=["1"], at="9:00", **days)
    shown = school.costs()
    assert "By its hours 12 sessions of the year, 18 hours." in shown
    assert "£43.20" in shown


@pytest.mark.vector("FTV-03")
def test_minutes_of_a_week_for_thirty_eight_weeks_line_by_line():
    school = School()
    school.rate("ta", "17.20")
    school.give("Meet and greet", 5, 15)
    school.give("Reading", 5, 10)
    # a hundred minutes a week: more than 25 times a week nobody plans one by one
    school.give("Visual timetable", 25, 4)
    school.give("Regulation", 1, 60, 5)
    shown = school.costs()
    lines = "£817.00", "£544.67", "£1,089.33", "£130.72"
    assert [line for line in lines if line not in shown] == []
    assert "Planned cost in the year £2,581.72" in shown
    assert "Over the threshold by £0.00" in shown


@pytest.mark.vector("FTV-05")
def test_a_costed_map_of_one_pupil_is_the_sum_of_its_lines_as_shown():
    school = School()
    for post, pence in (
        ("ta", "20.81"),
        ("teacher", "48.50"),
        ("bought", "68"),
        ("lunch", "15.40"),
    ):
        school.rate(post, pence)
    therapist, midday = "ta", "other_teacher"
    school.rate("bought", "", therapist)
    school.rate("lunch", "", midday)
    who = {key: short(person(key).ref) for key in ("teacher", therapist, midday)}
    school.give("Phonics booster", 4, 30, 4)
    precision = school.give("Precision teaching", 5, 15)
    school.give("Core lesson support", 10, 45)
    # 24 Tuesdays and Wednesdays; six Thursdays
    days = until(11, 11, 2026, date(2026, 6, 2))
    school.give("Social skills", 2, 40, 6, days=["1", "2"], at="9:00", **days)
    school.give("Specialist teacher group", 1, 45, 3, person=who["teacher"])
    days = until(8, 10, 2026, date(2026, 9, 3))
    school.give("Speech block", 1, 45, days=["3"], at="9:00", person=who[therapist], **days)
    lunch = school.give("Lunch club", 5, 30, 5, person=who[midday])
    kit = {"kind": "equipment", "what": "A kit", "pence": "180", "years": "3", "first": "1/5/2026"}
    school.send(reverse("costing:add_item", args=[precision.ref]), **kit)
    shown = school.costs()
    lines = "£395.39", "£988.48", "£5,930.85", "£110.99", "£460.75", "£306.00", "£292.60", "£60.00"
    assert [line for line in lines if line not in shown] == []
    assert "Planned cost in the year £8,545.06" in shown
    school.send(
        reverse("costing:bearing", args=[lunch.ref]), bears="SOLE", first="1/4/2026",
        because="It is set up for this pupil.",
    )  # fmt: skip
    shown = school.costs()
    assert "£1,463.00" in shown
    assert "Planned cost in the year £9,715.46" in shown
    assert "Over the threshold by £3,715.46" in shown
    every = text_of(school.senco.get(reverse("costing:over")))
    assert "£9,715.46 £3,715.46" in every
