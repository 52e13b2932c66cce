"""Saying that one has read a profile: one tap, seen by the SENCO, asked again when it changes."""

import pytest

from opensenco.kernel.refs import short
from opensenco.support.operations import profile
from tests.client import signed_in
from tests.domain.support.steps import pupil
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def address(step: str = "", name: str = "Idris") -> str:
    with acting_as("senco", write=False):
        return f"/pupils/{short(pupil(name).ref)}/profile/{step}"


@pytest.mark.requirement("S2-02")
def test_a_teacher_reads_says_so_by_one_tap_and_reads_again_what_changed():
    teacher = signed_in("teacher")
    assert "Read what helps 1 pupil" in teacher.get("/").text
    page = teacher.get(address())
    assert "New to you." in page.text
    said = teacher.post(address("read/"), {"seen": "1-3-1"}, follow=True)
    assert "The SENCO sees that you have read it." in said.text
    assert "I have read this" not in said.text
    assert "Read what helps" not in teacher.get("/").text
    with acting_as("senco") as actor:
        profile.write_profile(
            actor=actor, pupil=pupil("Idris"), helps="A timer", communication="Signs"
        )
    assert "changed since you read it" in teacher.get("/").text
    again = teacher.get(address()).text
    assert "Changed since you read it on 10 March 2027" in again
    assert "Ten seconds to think before I answer" in again
    assert "No longer" in again


@pytest.mark.requirement("S2-02")
def test_the_senco_sees_who_has_not_read_it_and_reminds_them():
    senco = signed_in("senco")
    page = senco.get(address()).text
    assert "Who has read this" in page
    assert "Has not read it" in page
    told = senco.post(address("remind/"), follow=True).text
    assert "adults are reminded." in told
    assert "Reminded on 10 March 2027" in told
    assert "Please read what helps this pupil" in signed_in("teacher").get("/").text
    signed_in("teacher").post(address("read/"), {"seen": "1-3-1"})
    assert "Has read it as it stands, on 10 March 2027" in senco.get(address()).text
    assert "Please read what helps this pupil" not in signed_in("teacher").get("/").text


def test_the_whole_place_is_one_list_with_a_file():
    senco = signed_in("senco")
    assert "/profiles/" in senco.get("/register/").text
    page = senco.get("/profiles/").text
    who = person("teacher")
    assert who.name in page
    done = senco.post("/profiles/", {"adult": str(who.ref)}, follow=True).text
    assert "1 adult is reminded." in done
    assert senco.get("/profiles/?file=csv").text.splitlines()[0].startswith("\ufeffAdult")


def test_what_helps_in_a_class_is_written_on_a_page_of_its_own():
    teacher = signed_in("teacher")
    page = teacher.get(address()).text
    where = page.split("Write what helps in one class:")[1].split('href="')[1].split('"')[0]
    words = {"strategies": "Squared paper\nCubes\nHalf the sums\nA fourth", "version": "3"}
    refused = teacher.post(where, words).text
    assert "Keep the three that matter most in this class." in refused
    assert "Half the sums" in refused
    words["strategies"] = "Squared paper\nCubes"
    assert "Squared paper" in teacher.post(where, words, follow=True).text
    assert "Squared paper" in teacher.get("/").text


def test_a_family_is_not_told_who_has_read():
    page = signed_in("parent").get(address()).text
    assert "Who has read this" not in page
    assert "I have read this" not in page
    assert signed_in("parent").post(address("read/"), {"seen": "1-3-1"}).status_code == 403


def test_the_profile_asks_as_often_however_many_have_read():
    senco, where = signed_in("senco"), address()
    senco.get(where)
    with asks(31):
        senco.get(where)
    signed_in("teacher").post(f"{where}read/", {"seen": "1-3-1"})
    with asks(31):
        senco.get(where)
