"""Contracted hours are entered, told to few, and stand beside the time that is on the record."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Membership
from opensenco.cases.operations import time_log
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.kernel.refs import short
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil
from opensenco.staffing.models import Hours
from opensenco.staffing.operations.hours import set_hours
from opensenco.staffing.queries.hours import contracts_of
from tests.cast import LONG_AGO, TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def hours(key: str, send: int, *, does: str = "supports", week: int = 1800) -> Hours:
    with acting_as("head") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        return set_hours(
            actor=actor, org=org, who=person(key), post="Assistant", does=does, week=week,
            send=send, first=LONG_AGO,
        )  # fmt: skip


def send(key: str, to: str, **given: str) -> Any:
    client = signed_in(key)
    return client.post(to, as_it_stands(client.get(to), **given), follow=True)


def test_hours_are_entered_with_halves_refused_where_they_cannot_be_and_taken_back():
    page = reverse("staffing:hours")
    assert page in signed_in("senco").get(reverse("school:staff")).text
    jo = {"who": short(person("ta").ref), "post": "Teaching assistant, level 2",
          "does": "supports", "first": "1/9/2026"}  # fmt: skip
    refused = text_of(send("senco", page, **jo, week="20", send="27.5"))
    assert "These cannot be more than all hours of the week." in refused
    assert "Enter hours a week, such as 27.5 or 27:30." in text_of(
        send("senco", page, **jo, week="lots", send="5")
    )
    shown = text_of(send("senco", page, **jo, week="27:30", send="22.5"))
    assert "Jo Birkett Teaching assistant, level 2" in shown
    with acting_as("head", write=False):
        row = Hours.objects.get(who=person("ta"), withdrawn=False, first__gt=LONG_AGO)
    assert (row.week, row.send) == (1650, 1350)
    back = reverse("staffing:take_back", args=[row.ref])
    assert "Taken back. What held before it holds on." in text_of(send("senco", back))
    assert "These hours count no more." in text_of(send("senco", back))


@pytest.mark.rule("ROL-12")
def test_workload_stands_beside_what_is_set_aside_and_the_need():
    hours("senco", 600, does="co-ordinates")
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        time_log.record_time(actor=actor, org=org, work="papers", minutes=90, on=TODAY)
        time_log.record_time(actor=actor, org=org, work="staff", minutes=60, on=TODAY)
    page = reverse("staffing:workload")
    assert page in signed_in("senco").get(reverse("time:week")).text
    answer = signed_in("head").get(page)
    shown = text_of(answer)
    assert "set aside are on the record" in shown
    assert "Amara Okafor 2 h 30 min" in shown
    assert "The law names no number of hours." in shown
    file = signed_in("head").get(page + "?file=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [r["Minutes"] for r in rows if r["Kind of work"] == "Paperwork"][-1:] == ["90"]
    # more people and more time ask no more
    head = signed_in("head")
    with asks(17):
        head.get(page)
    hours("admin", 300, does="admin")
    with asks(17):
        head.get(page)


def test_a_year_of_which_only_terms_to_come_are_entered_is_told_by_the_usual_months():
    entry = Entry(date(2027, 4, 12), date(2027, 7, 21), DayKind.TERM)
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        enter_term_dates(
            actor=actor, org=org, year=AcademicYear(2026), entries=[entry], version=None
        )
    shown = text_of(signed_in("head").get(reverse("staffing:workload")))
    assert "Spring term" in shown
    assert "Summer term" not in shown


def test_whoever_leads_a_part_reads_hours_of_support_and_not_how_others_co_ordinate():
    hours("senco", 600, does="co-ordinates", week=1_620)
    hours("ta", 300, week=1_140)
    phase = signed_in("phase_senco")
    hours("other_teacher", 600)
    with acting_as("head") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        set_hours(
            actor=actor, org=org, who=person("other_teacher"), post="Lead", does="admin",
            week=1_500, send=60, first=TODAY,
        )  # fmt: skip
    with acting_as("phase_senco", write=False) as actor:
        known = contracts_of(actor, org)
        owen, jo = person("other_teacher").pk, person("ta").pk
        assert known.on(owen, TODAY) is None, "what he was before ended, and what he is is not told"
        jos = known.on(jo, TODAY)
        assert jos is not None
        assert jos.send == 300
    with acting_as("senco", write=False):
        pages = {
            key: reverse("staffing:person", args=[
                Membership.objects.filter(person=person(key), withdrawn=False).latest("pk").ref
            ])
            for key in ("senco", "ta")
        }  # fmt: skip
    assert "27 hours a week" in text_of(signed_in("head").get(pages["senco"]))
    assert "27 hours a week" not in text_of(phase.get(pages["senco"]))
    assert "19 hours a week" in text_of(phase.get(pages["ta"]))
    told = text_of(phase.get(reverse("staffing:workload")))
    assert "Amara Okafor" not in told
    assert "set aside are on the record" not in told
