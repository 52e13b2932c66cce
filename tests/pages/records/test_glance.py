"""The records at a glance: what is known of a child beside what the school did, for who may see."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.states import Level
from opensenco.kernel.refs import short
from opensenco.participation import as_sources as asked
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.support.models import AssessmentResult, Attendance, Incident
from opensenco.support.operations import records
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks
from tests.world_asking import make_asked
from tests.world_records import PASSAGES

pytestmark = pytest.mark.django_db


def address(name: str = "show", first_name: str = "Idris") -> str:
    with acting_as("senco", write=False):
        pupil = Pupil.objects.get(first_name=first_name)
    return str(reverse(f"records:{name}", args=[pupil.ref]))


def of(model: Any, **which: object) -> Any:
    with acting_as("senco", write=False):
        return model.objects.select_related("pupil").get(pupil__first_name="Idris", **which)


@pytest.mark.requirement("S4-40")
def test_a_senco_sees_what_changed_when_beside_status_and_plans():
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
    assert address() in senco.get(reverse("pupils:show", args=[idris.ref])).content.decode()
    page = text_of(senco.get(address()))
    assert "Since 1 September 2026" in page
    january = page[page.index("Jan 2027") : page.index("Nov 2026")]
    assert "Plan of cycle 1 agreed" in january
    assert f"{PASSAGES}: 6 years 8 months" in january
    assert "1 incident, 1 praise" in january
    february = page[page.index("Feb 2027") : page.index("Jan 2027")]
    assert "87.9 % A tenth or more missed" in february
    assert "51 of 58" in page
    assert "5 sessions authorised, 2 unauthorised" in page
    assert "Sat with Jo until he was calm." in page
    assert "96.2 %" not in page
    every = text_of(senco.get(address() + "?span=all"))
    assert "96.2 %" in every
    assert (
        "from 6 years 4 months to 6 years 8 months"
        in senco.get(address() + "?span=all").content.decode()
    )
    some = text_of(senco.get(address() + "?since=1/9/2025&until=31/8/2026"))
    assert "96.2 %" in some
    assert "87.9 %" not in some
    wrong = text_of(senco.get(address() + "?since=1/9/2026&until=31/8/2025"))
    assert "The last day must be the first day or later" in wrong


@pytest.mark.requirement("S4-40")
def test_health_stands_beside_attendance_results_behaviour_and_plans():
    with acting_as("senco") as actor:
        idris = Pupil.objects.select_related("org").get(first_name="Idris")
        row = pupils.add_health_alert(
            actor=actor, pupil=idris, alert="Glue ear", what_to_do="Sit him near the front."
        )
    page = text_of(signed_in("senco").get(address()))
    march = page[page.index("Mar 2027") : page.index("Feb 2027")]
    assert "Glue ear Wed 10 Mar" in march
    assert "Glue ear Sit him near the front. 10 March 2027" in page
    # what every adult with him must know, and nobody who is not
    assert "Glue ear" in text_of(signed_in("ta").get(address()))
    with acting_as("senco") as actor:
        pupils.mark_in_error(actor=actor, row=row, version=None, reason="Of another pupil.")
    assert "Glue ear" not in text_of(signed_in("senco").get(address()))


def test_each_sees_what_is_theirs_to_see():
    teacher, assistant, admin = (
        text_of(signed_in(who).get(address())) for who in ("teacher", "ta", "admin")
    )
    assert "Pushed another pupil" in teacher
    for other in (assistant, admin):
        assert "Pushed another pupil" not in other
        assert "incident" not in other
        assert "87.9 %" in other
        assert PASSAGES in other
    assert "Add a result" in admin
    assert "Add a result" not in teacher + assistant
    assert "Correct" not in teacher + assistant


def test_however_much_is_known_the_page_asks_as_often():
    senco, page_of_idris = signed_in("senco"), address()
    senco.get(page_of_idris)
    with asks(ASKED):
        senco.get(page_of_idris)
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        more = [{"on": date(2027, 2, n), "category": "Late", "points": 1} for n in range(1, 29)] * 5
        records.record_incidents(actor=actor, pupils=[idris] * len(more), incidents=more)
    with asks(ASKED):
        page = senco.get(page_of_idris)
    assert "older entries are left out" in text_of(page)


#: seven of its own (three kinds of facts, status, plans, health and its days), two for buttons
ASKED = 17


def test_a_pupil_of_whom_nothing_is_known_has_an_empty_page_with_a_way_on():
    page = text_of(signed_in("senco").get(address(first_name="Grace")))
    assert "Nothing is recorded in these days." in page
    assert "Import lists" in page


@pytest.mark.requirement("S4-18")
def test_a_result_names_the_paper_it_came_from_to_those_who_may_open_it():
    with acting_as("senco") as actor:
        idris = Pupil.objects.select_related("org").get(first_name="Idris")
        letter = Paper(
            Incoming("p.txt", [b"Reading: 82."]), title="Dr Low, report", kind="report",
            level=Level.CONFIDENTIAL,
        )  # fmt: skip
        (paper,) = file_documents(actor=actor, pupil=idris, papers=[letter])
    senco = signed_in("senco")
    form = {
        "test": "NGRT", "area": "", "on-day": "14", "on-month": "9", "on-year": "2026",
        "measure": "standardised", "reached": "82", "assessed_by": "Dr Low",
        "paper": short(paper.ref),
    }  # fmt: skip
    assert "Dr Low, report" in senco.get(address("add_result")).content.decode()
    assert senco.post(address("add_result"), form).status_code == 302
    link = reverse("documents:show", args=[paper.ref])
    assert link in senco.get(address()).content.decode()
    teacher = signed_in("teacher").get(address()).content.decode()
    assert "NGRT" in teacher
    assert link not in teacher
    assert "Dr Low, report" not in teacher
    # one that came by a list is told of its paper when it is corrected
    row = of(AssessmentResult, test="NGRT")
    with acting_as("senco") as actor:
        (other,) = file_documents(
            actor=actor, pupil=idris,
            papers=[Paper(Incoming("q.txt", [b"82"]), title="Test sheet", kind="report")],
        )  # fmt: skip
    given = {"version": row.version, "reached": "83", "assessed_by": "", "paper": short(other.ref)}
    assert senco.post(reverse("records:correct_result", args=[row.ref]), given).status_code == 302
    assert "Test sheet" in signed_in("teacher").get(address()).content.decode()


@pytest.mark.requirement("S4-18")
def test_a_result_names_the_answers_it_came_from_to_those_who_read_them():
    with acting_as("senco") as actor:
        idris = Pupil.objects.select_related("org").get(first_name="Idris")
        make_asked(actor, idris, "Longword")
        answered = asked.to_name(actor, idris)
    senco = signed_in("senco")
    form = {
        "test": "Strengths", "area": "", "on-day": "14", "on-month": "9", "on-year": "2026",
        "measure": "standardised", "reached": "82", "assessed_by": "", "paper": short(
            answered[0].ref),
    }  # fmt: skip
    assert asked.named(answered[0]) in unescape(senco.get(address("add_result")).text)
    assert senco.post(address("add_result"), form).status_code == 302
    link = reverse("asking:round", args=[answered[0].ref])
    assert link in senco.get(address()).text
    teacher = signed_in("teacher").get(address()).text
    assert "Strengths" in teacher
    assert link not in teacher


def test_a_result_is_added_corrected_and_marked_in_error():
    senco = signed_in("senco")
    form = {
        "test": "NGRT", "area": "", "on-day": "14", "on-month": "9", "on-year": "2026",
        "measure": "standardised", "reached": "letters", "assessed_by": "Priya Raman",
    }  # fmt: skip
    refused = text_of(senco.post(address("add_result"), form))
    assert "This is not a number." in refused
    answer = senco.post(address("add_result"), form | {"reached": "<70"})
    assert answer.status_code == 302, text_of(answer)
    row = of(AssessmentResult, test="NGRT")
    assert (row.number, row.words, row.origin) == (70, "<70", "hand")
    twice = text_of(senco.post(address("add_result"), form | {"reached": "71", "test": "ngrt"}))
    assert "There is a result of this test and day already" in twice
    page = reverse("records:correct_result", args=[row.ref])
    answer = senco.post(page, {"version": "1", "reached": "82", "assessed_by": ""})
    assert answer.status_code == 302, text_of(answer)
    stale = text_of(senco.post(page, {"version": "1", "reached": "83", "assessed_by": ""}))
    assert "83" in stale
    row = of(AssessmentResult, test="NGRT")
    assert (row.number, row.words, row.version) == (82, "", 2)
    wrong = reverse("records:result_in_error", args=[row.ref])
    assert wrong in senco.get(page).content.decode()
    answer = senco.post(wrong, {"version": "2", "reason": "It was his cousin."})
    assert answer.status_code == 302, text_of(answer)
    assert of(AssessmentResult, test="NGRT").in_error
    assert "NGRT" not in text_of(senco.get(address()))
    with acting_as("senco", write=False):
        assert AssessmentResult.history.filter(test="NGRT").count() == 3


def test_an_incident_is_added_corrected_and_marked_in_error():
    senco = signed_in("senco")
    form = {
        "on-day": "2", "on-month": "3", "on-year": "2031", "category": "Shouted", "points": "-1",
        "words": "In maths.", "done": "", "place": "Maths", "told_by": "",
    }  # fmt: skip
    assert "still to come" in text_of(senco.post(address("add_incident"), form))
    answer = senco.post(address("add_incident"), form | {"on-year": "2027"})
    assert answer.status_code == 302, text_of(answer)
    row = of(Incident, category="Shouted")
    page = reverse("records:correct_incident", args=[row.ref])
    answer = senco.post(page, {**form, "version": "1", "category": "Called out", "points": ""})
    assert answer.status_code == 302, text_of(answer)
    row = of(Incident, category="Called out")
    assert (row.points, row.on, row.words) == (None, date(2027, 3, 2), "In maths.")
    wrong = reverse("records:incident_in_error", args=[row.ref])
    senco.post(wrong, {"version": "2", "reason": "Written twice by mistake."})
    assert of(Incident, category="Called out").in_error
    assert signed_in("teacher").get(page).status_code == 403
    assert signed_in("outsider").get(page).status_code == 404


def test_attendance_is_corrected_in_the_form_in_which_it_is_known():
    senco = signed_in("senco")
    percent, sessions = of(Attendance, possible=None), of(Attendance, possible=58)
    page = reverse("records:correct_attendance", args=[percent.ref])
    assert "from 0 to 100" in text_of(senco.post(page, {"version": "1", "percent": "104"}))
    answer = senco.post(page, {"version": "1", "percent": "91.5 %", "late": ""})
    assert answer.status_code == 302, text_of(answer)
    assert str(of(Attendance, possible=None).percent) == "91.50"
    page = reverse("records:correct_attendance", args=[sessions.ref])
    form = {"version": "1", "possible": "58", "attended": "59", "authorised": "", "late": ""}
    assert "More sessions were attended" in text_of(senco.post(page, form))
    answer = senco.post(page, form | {"attended": "58"})
    assert answer.status_code == 302, text_of(answer)
    row = of(Attendance, possible=58)
    assert (row.attended, row.authorised, row.origin) == (58, None, "hand")
