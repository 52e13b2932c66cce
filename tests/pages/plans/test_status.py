"""Status, needs and the telling of parents, on pages that never ask for a diagnosis."""

import pytest

from opensenco.cases.models import DueDate
from opensenco.kernel.refs import short
from opensenco.support import queries
from opensenco.support.models import SenStatus
from tests.cast import LONG_AGO, TODAY
from tests.client import signed_in
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
DAY = {"starts-day": str(TODAY.day), "starts-month": "3", "starts-year": "2027"}
KEPT = {
    "version": "0",
    "code": "K",
    **DAY,
    "grounds": ["gap"],
    "reason": "Falls behind in reading in spite of good teaching.",
}


def address(name: str = "Grace", step: str = "") -> str:
    with acting_as("senco", write=False):
        return f"/pupils/{short(pupil(name).ref)}/status/{step}"


@pytest.mark.rule("IDN-14")
@pytest.mark.requirement("S4-17")
def test_a_decision_is_recorded_with_what_was_seen():
    senco = signed_in("senco")
    assert "No SEN status has been set." in senco.get(address()).text
    page = senco.post(address(step="set/"), KEPT, follow=True).text
    assert "SEN support" in page
    assert "Falls behind in reading" in page
    # what the law then asks, with its strength
    assert "MUST" in page


@pytest.mark.rule("IDN-12")
@pytest.mark.requirement("S4-17")
def test_a_language_alone_is_refused_in_words():
    words = {**KEPT, "grounds": ["language"], "reason": "Speaks Polish at home."}
    page = signed_in("senco").post(address(step="set/"), words)
    assert "is not a special educational need" in page.text
    assert "Speaks Polish at home." in page.text
    with acting_as("senco", write=False):
        assert not SenStatus.objects.filter(pupil=pupil()).exists()


@pytest.mark.rule("IDN-15")
def test_telling_the_parents_keeps_the_proof():
    with acting_as("senco") as actor:
        row = on_support(actor)
    told = f"/statuses/{short(row.ref)}/told/"
    senco = signed_in("senco")
    assert "This is the proof" in senco.get(told).text
    words = {"version": "1", "told_on-day": "10", "told_on-month": "3", "told_on-year": "2027",
             "told_how": "phone", "told_words": "Said what we will do, and why."}  # fmt: skip
    page = senco.post(told, words, follow=True).text
    assert "Parents told on 10 March 2027, by phone, by Amara Okafor." in page
    with acting_as("senco", write=False):
        assert set(DueDate.objects.filter(source_ref=row.ref).values_list("done_on")) == {(TODAY,)}


def test_a_day_and_a_way_of_telling_go_together():
    words = {**KEPT, "told_how": "phone"}
    page = signed_in("senco").post(address(step="set/"), words).text
    assert "Enter the day on which the parents were told." in page
    day = {"told_on-day": "10", "told_on-month": "3", "told_on-year": "2027"}
    page = signed_in("senco").post(address(step="set/"), {**KEPT, **day}).text
    assert "Choose how the parents were told." in page


@pytest.mark.rule("IDN-08")
@pytest.mark.requirement("S4-17")
def test_needs_are_ranked_by_codes_in_force():
    with acting_as("senco") as actor:
        on_support(actor)
        ref = short(pupil().ref)
        version = queries.needs_version(pupil())
    senco = signed_in("senco")
    page = senco.get(f"/pupils/{ref}/needs/").text
    assert "types of need, not diagnoses" in page
    assert "Behaviour, emotional and social difficulty" not in page
    words = {"version": str(version), "need_1": "SEMH", "need_2": "SPLD", "need_3": ""}
    shown = senco.post(f"/pupils/{ref}/needs/", words, follow=True).text
    assert shown.index("Social, emotional and mental health") < shown.index("Specific learning")
    stale = senco.post(f"/pupils/{ref}/needs/", {**words, "need_1": "HI"}).text
    assert "Two versions of the same record" in stale


@pytest.mark.rule("IDN-16")
def test_leaving_support_keeps_the_history():
    leaving = {
        **KEPT,
        "code": "N",
        "version": "1",
        "grounds": [],
        "reason": "Reads with her class.",
    }
    with acting_as("senco") as actor:
        on_support(actor, starts=LONG_AGO)
    page = signed_in("senco").post(address(step="set/"), leaving, follow=True).text
    assert "Reads with her class." in page
    assert "Falls behind in reading" in page


def test_a_status_set_in_error_is_struck_through_with_its_reason():
    with acting_as("senco") as actor:
        row = on_support(actor)
    words = {"version": "1", "reason": "Another child was meant"}
    page = signed_in("senco").post(f"/statuses/{short(row.ref)}/error/", words, follow=True).text
    assert "<s>SEN support</s>: Another child was meant" in page
    assert "No SEN status has been set." in page


def test_a_teacher_reads_and_does_not_decide():
    teacher = signed_in("teacher")
    page = teacher.get(address("Idris")).text
    assert "Talks in single words" in page
    assert "Change the status" not in page
    assert teacher.get(address("Idris", "set/")).status_code == 403


@pytest.mark.requirement("S3-20", "S3-58")
def test_the_childs_page_is_written_and_each_version_is_kept():
    with acting_as("senco", write=False):
        ref = short(pupil().ref)
    teacher = signed_in("teacher")
    assert "Nobody has asked yet." in teacher.get(f"/pupils/{ref}/profile/").text
    words = {
        "version": "0",
        "own_words": "I like swimming.",
        "helps": "A timer\nA friend",
        "said_on-day": "10",
        "said_on-month": "3",
        "said_on-year": "2027",
        "strategies": "Seat her near the front\nGive one job",
    }
    page = teacher.post(f"/pupils/{ref}/profile/write/", words, follow=True).text
    assert "I like swimming." in page
    assert "Seat her near the front" in page
    assert "Version 1." in page
    stale = teacher.post(f"/pupils/{ref}/profile/write/", {**words, "own_words": "Bees."}).text
    assert "Two versions of the same record" in stale
    with acting_as("teacher", write=False) as actor:
        (card,) = [c for c in queries.class_sheet(actor) if c.pupil.first_name == "Grace"]
        assert card.strategies == ["Seat her near the front", "Give one job"]


def test_an_assistant_and_a_parent_read_the_childs_page():
    with acting_as("senco", write=False):
        ref = short(pupil("Idris").ref)
    for who in ("ta", "parent"):
        page = signed_in(who).get(f"/pupils/{ref}/profile/").text
        assert "I know every bus." in page
        assert "Write what they say" not in page


@pytest.mark.rule("IDN-16")
def test_leaving_sen_support_says_what_ends_and_keeps_the_proof_that_the_parents_were_told():
    senco = signed_in("senco")
    where = address("Idris")
    page = senco.get(f"{where}set/").text
    assert "What ends when a pupil leaves SEN support" in page
    assert "The ranked needs end on that day" in page
    assert "Provision goes on until its last day" in page
    assert "What ends" not in senco.get(address(step="set/")).text
    words = {**KEPT, "version": "2", "code": "N", "grounds": [], "reason": "Keeps up without it."}
    with acting_as("senco", write=False):
        words["version"] = str(SenStatus.objects.get(pupil=pupil("Idris")).version)
    left = senco.post(f"{where}set/", words, follow=True).text
    assert "Keeps up without it." in left
    assert "No need is ranked yet." in left
    with acting_as("senco", write=False):
        row = SenStatus.objects.get(pupil=pupil("Idris"), code="N")
    told = f"/statuses/{short(row.ref)}/told/"
    assert told in left
    proof = {"version": str(row.version), "told_how": "letter", "told_words": "Letter of today."}
    proof |= {"told_on-day": "10", "told_on-month": "3", "told_on-year": "2027"}
    kept = senco.post(told, proof, follow=True).text
    assert "Parents told on 10 March 2027" in kept
    assert "Letter of today." in kept
    timeline = senco.get(where.replace("status/", "")).text
    assert "Parents told that SEN support ended" in timeline
