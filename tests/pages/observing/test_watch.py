"""An adult watches a pupil: at set times, in order, in a lesson, in the books."""

import re

import pytest
from django.urls import reverse

from opensenco.cases.models import Fact
from opensenco.concerns.models import Concern, Observation
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks
from tests.world_concerns import NOTICED

pytestmark = pytest.mark.django_db
DAY = {"on": "10/3/2027"}


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name="Idris")


def to(name: str, row: Pupil | Observation) -> str:
    return reverse(f"observing:{name}", args=[row.ref])


def newest() -> Observation:
    with acting_as("senco", write=False):
        return Observation.objects.select_related("pupil").order_by("-id")[0]


@pytest.mark.requirement("S4-38", "S3-59")
@pytest.mark.rule("APD-02")
def test_an_assistant_tallies_at_set_times_and_it_is_counted_on_page_timeline_and_paper():
    client = signed_in("ta")
    begun = client.get(to("begin", idris()))
    assert to("begin", idris()) in client.get(reverse("observing:choose")).text
    assert "Time sampling" in text_of(begun)
    address = to("sampling", idris()) + "?tally=task&every=30&times=12"
    page = client.get(address)
    assert re.search(r"Look 12, \d+:\d\d:30", text_of(page))
    looks = {f"look_{number}": "0" for number in range(1, 10)}
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    given = {**hidden, **DAY, **looks, "look_10": "1", "look_11": "2", "began": "9:30",
             "lesson": "Phonics", "seen": "He looked at the door each time it opened."}  # fmt: skip
    kept = client.post(to("sampling", idris()), given, follow=True)
    shown = text_of(kept)
    assert "Written down. It stands on the timeline." in shown
    assert "Something was noted at 11 of 12 looks." in shown
    assert "On task 9 82 % 9" in shown
    assert "Lesson or activity Phonics" in shown
    row = newest()
    assert (row.every, row.samples[-1], row.minutes) == (30, None, 6)
    record = text_of(signed_in("senco").get(reverse("pupils:show", args=[row.pupil.ref])))
    assert "watched and noted what was seen at set times" in record
    assert signed_in("teacher").get(to("show", row)).status_code == 200
    paper = client.get(to("pdf", row))
    assert paper["Content-Type"] == "application/pdf"
    assert "On task: 82 per cent of 11 looks" in text_of(client.get(reverse("observing:list")))


@pytest.mark.requirement("S4-38")
def test_words_of_ones_own_are_tallied():
    address = to("sampling", idris()) + "?tally=own&every=60&times=10"
    client = signed_in("teacher")
    assert "A stands for" in text_of(client.get(address))
    carried = {"tally": "own", "every": "60", "times": "10", "first": "9:30", **DAY}
    refused = client.post(to("sampling", idris()), {**carried, "look_1": "0", "label_0": "Rocks"})
    assert "Say at least two things that you tally, each another." in text_of(refused)
    two = {**carried, "label_0": "Rocks", "label_1": "Is still"}
    refused = client.post(to("sampling", idris()), two)
    assert "Mark what you saw at one look at least." in text_of(refused)
    given = {**two, "look_1": "1", "look_3": "0"}
    assert "Is still 1 50 % 1" in text_of(client.post(to("sampling", idris()), given, follow=True))


@pytest.mark.requirement("S4-38")
@pytest.mark.rule("APD-04")
def test_a_lesson_visit_says_what_the_plan_asks_for_and_what_of_it_was_seen():
    client = signed_in("senco")
    page = client.get(to("visit", idris())).text
    marks = re.findall(r'name="(asked_\w+)" value="yes"', page)
    assert len(marks) >= 2, "the plan of the tests' world asks for something"
    given = {**DAY, marks[0]: "yes", marks[1]: "no", "seen": "He was given time to answer."}
    shown = text_of(client.post(to("visit", idris()), given, follow=True))
    assert "1 of 2 seen" in shown
    row = newest()
    assert row.cycle is not None
    assert [one["seen"] for one in row.asked].count("yes") == 1
    plan = text_of(client.get(reverse("plans:plan", args=[row.cycle])))
    assert "Lesson visit" in plan


@pytest.mark.requirement("S4-38", "S3-24")
def test_from_a_concern_to_what_was_seen_and_back():
    with acting_as("senco", write=False):
        concern = Concern.objects.get(noticed=NOTICED)
    client = signed_in("senco")
    page = client.get(reverse("concerns:show", args=[concern.ref])).text
    begin = f"{to('begin', idris())}?concern={short(concern.ref)}"
    assert begin in page
    assert "Because of a concern." in text_of(
        client.get(f"{to('narrative', idris())}?concern={short(concern.ref)}")
    )
    given = {**DAY, "concern": short(concern.ref), "seen": "He waits for others to begin."}
    client.post(to("narrative", idris()), given)
    row = newest()
    assert row.concern_id == concern.pk
    shown = client.get(reverse("concerns:show", args=[concern.ref])).text
    assert to("show", row) in shown
    assert reverse("concerns:show", args=[concern.ref]) in client.get(to("show", row)).text


def test_a_draft_is_gone_on_with_as_it_was_begun():
    client = signed_in("ta")
    given = {"tally": "calm", "every": "15", "times": "20", "first": "9:10", "look_20": "2",
             "finish_later": "1", **DAY}  # fmt: skip
    client.post(to("sampling", idris()), given)
    assert to("sampling", idris()) in client.get("/").text
    page = text_of(client.get(to("sampling", idris())))
    assert "Look 20, 9:14:45" in page
    assert "Restless" in page


def test_what_was_seen_is_put_right_and_taken_back_and_the_timeline_follows():
    client = signed_in("teacher")
    client.post(to("narrative", idris()), {**DAY, "seen": "He hums."})
    row = newest()
    right = {"version": row.version, "on": "9/3/2027", "seen": "He hums while he reads."}
    shown = text_of(client.post(to("correct", row), right, follow=True))
    assert "Put right by Priya Raman" in shown
    assert "He hums while he reads." in shown
    stale = text_of(client.post(to("correct", row), right | {"seen": "He hums a song."}))
    assert "Two versions of the same record" in stale
    with acting_as("senco", write=False):
        days = Fact.objects.filter(source_ref=row.ref).order_by("id").values_list("on", flat=True)
        assert [str(one) for one in days] == ["2027-03-10", "2027-03-09"]
        assert Observation.objects.get(pk=row.pk).history.count() == 2
    wrong = {"version": row.version + 1, "reason": "It was his brother."}
    shown = text_of(client.post(to("in_error", row), wrong, follow=True))
    assert "Made in error" in shown
    assert "It was his brother." in shown
    page = text_of(client.get(reverse("pupils:show", args=[row.pupil.ref])))
    assert "An observation was recorded here in error" in page
    assert "He hums" not in text_of(client.get(to("pupil", row.pupil)))
    gone = text_of(client.get(to("pupil", row.pupil), {"state": "error"}))
    assert "He hums while he reads." in gone


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seen": ""}, "Write what you saw."),
        ({"on": "11/3/2027"}, "This day is still to come."),
        ({"minutes": "twenty"}, "“Minutes” must be a whole number"),
        ({"began": "late"}, "“Began at” must be an hour"),
    ],
)
def test_a_refusal_says_the_mend_and_keeps_the_words(given, said):
    answer = signed_in("ta").post(
        to("narrative", idris()), {**DAY, "seen": "He ran.", "helped": "A card.", **given}
    )
    assert said in text_of(answer)
    assert "A card." in answer.text


@pytest.mark.requirement("S4-38")
def test_a_sentence_of_a_plan_names_what_was_seen_as_its_source():
    client = signed_in("senco")
    client.post(to("narrative", idris()), {**DAY, "seen": "He waits for others to begin."})
    row = newest()
    client.post(to("visit", idris()), {**DAY, "seen": "x"})
    address = reverse("plans:sources", args=[newest().cycle])
    page = client.get(address).text
    assert "What happened, in order by Amara Okafor on 10 March 2027" in page
    (quote, *_more) = re.findall(r'<option value="([0-9a-f]{16})"', page)
    given = {"quote": quote, "document": short(row.ref)}
    shown = text_of(client.post(address, given, follow=True))
    assert "What happened, in order by Amara Okafor on 10 March 2027" in shown


def test_the_lists_ask_a_counted_number_of_times_however_long_they_are():
    client = signed_in("senco")
    for name, args in (("list", []), ("pupil", [idris().ref])):
        with asks(9 if name == "list" else 11):
            client.get(reverse(f"observing:{name}", args=args))
    for number in range(4):
        client.post(to("books", idris()), {**DAY, "seen": f"Page {number}."}, follow=True)
    with asks(9):
        client.get(reverse("observing:list"))
    page = text_of(client.get(reverse("observing:list"), {"sort": "by", "kind": "books"}))
    assert "Page 3." in page
    assert "Maths" not in page
