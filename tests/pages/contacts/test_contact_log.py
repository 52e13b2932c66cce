"""The contact log as people use it: written in seconds, read by those who may, never removed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from opensenco.cases import contact_log as log
from opensenco.cases import time_log
from opensenco.cases.models import Fact, LoggedContact, Task
from opensenco.kernel.refs import short
from opensenco.notices.models import Notice
from opensenco.people.models import Contact, Pupil
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"[^>]*?(?: type="(\w+)")?[^>]*>')


def about(name: str = "Idris") -> tuple[Pupil, dict[str, Contact]]:
    with acting_as("senco", write=False):
        pupil = Pupil.objects.get(first_name=name)
        return pupil, {one.name: one for one in Contact.objects.filter(pupil=pupil)}


def filled_in(page: str) -> dict[str, str]:
    """Give what a browser would send of a form that nobody has touched."""
    form = re.search(r'<form[^>]*class="os-stack".*?</form>', page, re.S)
    assert form
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="(\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("checked" in tag or (kind and kind[1] in ("hidden", "text"))):
            sent[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body)
        sent[name] = chosen[1] if chosen else ""
    return sent


def newest(key: str = "senco") -> LoggedContact:
    with acting_as(key, write=False):
        return LoggedContact.objects.order_by("-id").first()  # type: ignore[return-value]


def at_the_gate() -> LoggedContact:
    """Give what his teacher wrote down in the tests' world."""
    with acting_as("teacher", write=False) as actor:
        return LoggedContact.objects.get(person=actor.person, how="gate")


def timeline(client: StrictClient, pupil: Pupil) -> str:
    return client.get(reverse("pupils:show", args=[pupil.ref]) + "?all=1").text


@pytest.mark.requirement("S1-12", "S2-21")
def test_a_call_is_recorded_with_one_field_and_two_clicks():
    client = signed_in("teacher")
    pupil, contacts = about()
    record = reverse("contacts:record", args=[pupil.ref])
    # one click: from the pupil's page, or from what the find box on every page finds
    assert record in timeline(client, pupil)
    client.post(reverse("pupils:find"), {"q": "idris"})
    assert record in client.get(reverse("pupils:find")).text
    assert reverse("contacts:choose") in client.get("/").text
    assert record in client.get(reverse("contacts:choose")).text
    # everything is answered already but one field; sending it is the second click
    sent = filled_in(client.get(record).text)
    assert sent["who"] == short(contacts["Leila Hassan"].ref)
    assert (sent["on"], sent["how"], sent["direction"]) == ("10/3/2027", "phone", "out")
    assert "words" not in sent
    answer = client.post(record, {**sent, "words": "She asks for the reading list."})
    assert answer.status_code == 302
    row = newest()
    assert (row.on, row.with_whom) == (TODAY, "Leila Hassan, mother")
    assert "We rang Leila Hassan, mother: She asks for the reading list." in timeline(client, pupil)
    assert "She asks for the reading list." in client.get(answer["Location"]).text


def test_what_is_to_follow_waits_for_its_writer_until_it_is_done():
    client = signed_in("senco")
    pupil, _contacts = about()
    record = reverse("contacts:record", args=[pupil.ref])
    sent = filled_in(client.get(record).text)
    client.post(record, {**sent, "words": "Wants a meeting.", "follow_up_by": "20/3/2027"})
    row, page = newest(), reverse("contacts:show", args=[newest().ref])
    assert "Follow up: We rang Leila Hassan, mother" in client.get("/").text
    with acting_as("senco", write=False):
        task = Task.objects.get(source_ref=row.ref)
        assert (task.due, str(task.person and task.person.email)) == (
            date(2027, 3, 20),
            "senco@larkrise.example",
        )
    assert page in client.get("/contact-log/?state=open").text
    assert "Wants a meeting." in client.get("/contact-log/?state=open&file=csv").content.decode()
    client.post(page)
    assert page not in client.get("/contact-log/?state=open").text
    assert "It has been followed up" in client.get(page).text
    assert client.post(page).status_code == 302, "a second tap does no harm"


def test_nobody_is_contacted_against_the_record_without_knowing():
    client = signed_in("teacher")
    pupil, contacts = about()
    record = reverse("contacts:record", args=[pupil.ref])
    page = client.get(record).text
    assert "Not to be contacted. Court order of 2 May 2025" in page
    sent = {**filled_in(page), "words": "He was at the gate.", "how": "gate"}
    barred = {**sent, "who": short(contacts["Tony Vicker"].ref)}
    for tried in (barred, {**sent, "who": "", "with_whom": "tony vicker"}):
        refused = client.post(record, tried)
        assert refused.status_code == 200
        assert "tick that you know" in refused.text
        assert "He was at the gate." in refused.text, "the words are kept"
    assert client.post(record, {**barred, "knowing": "on"}).status_code == 302
    with acting_as("senco", write=False):
        told = Notice.objects.order_by("-id")[0].words
        assert "of which the record warns" in told
        assert "Vicker" not in told


def test_what_is_confidential_is_hidden_from_those_outside():
    pupil, _contacts = about()
    record = reverse("contacts:record", args=[pupil.ref])
    senco, teacher, admin = signed_in("senco"), signed_in("teacher"), signed_in("admin")
    sent = filled_in(senco.get(record).text)
    senco.post(record, {**sent, "words": "Rent is a worry at home.", "confidential": "on"})
    page, theirs = reverse("contacts:show", args=[newest().ref]), "Rent is a worry"
    for reader, status in ((senco, 200), (teacher, 403), (admin, 403)):
        assert reader.get(page).status_code == status
        listed = reader.get(reverse("contacts:pupil", args=[pupil.ref])).text
        assert (theirs in listed) is (status == 200)
        assert (theirs in timeline(reader, pupil)) is (reader is senco)
    # an assistant writes one down and never sees who the parents are
    ta = signed_in("ta")
    page = ta.get(record).text
    assert "Leila" not in page
    assert "Vicker" not in page
    told = {**filled_in(page), "with_whom": "His grandmother", "words": "Forgot his glasses."}
    assert ta.post(record, told)["Location"] == reverse("pupils:show", args=[pupil.ref])
    assert ta.get(reverse("contacts:pupil", args=[pupil.ref])).status_code == 403
    assert "Forgot his glasses." in teacher.get("/contact-log/").text


def test_a_contact_is_put_right_by_a_new_version_and_a_mistake_stays_marked():
    client = signed_in("teacher")
    pupil, _contacts = about()
    row = at_the_gate()
    correct = reverse("contacts:correct", args=[row.ref])
    sent = filled_in(client.get(correct).text)
    assert sent["how"] == "gate"
    answer = client.post(correct, {**sent, "words": "He reads to his brother.", "minutes": "15"})
    page = client.get(answer["Location"]).text
    assert "1 earlier version" in page
    assert "He reads to his sister every evening now." in page
    shown = timeline(client, pupil)
    assert "He reads to his brother." in shown
    assert "reads to his sister" not in shown
    stale = client.post(correct, {**sent, "words": "Mine."})
    assert "Two versions of the same record" in stale.text
    error = reverse("contacts:in_error", args=[row.ref])
    version = filled_in(client.get(error).text)["version"]
    client.post(error, {"version": version, "reason": "It was about another child."})
    assert "reads to his brother" not in timeline(client, pupil)
    assert "reads to his brother" not in client.get("/contact-log/").text
    assert "reads to his brother" in client.get("/contact-log/?state=error").text
    with acting_as("teacher", write=False) as actor:
        first, last = row.on, TODAY
        derived = [s for s in time_log.lines(actor, first, last) if s.source_ref == row.ref]
        assert not derived, "a mistake takes no time"
        assert Fact.objects.filter(source_ref=row.ref).count() == 3
        assert not log.waits(LoggedContact.objects.get(pk=row.pk))
