"""The sheet of a class, the card for whoever covers it, both on paper, and initials on a screen."""

from datetime import timedelta

import pytest

from opensenco.audit.models import Opening
from opensenco.kernel.refs import short
from opensenco.people.models import Group
from opensenco.people.operations import groups, pupils
from opensenco.support.operations import profile
from tests.cast import TODAY
from tests.client import signed_in
from tests.documents.pdf.papers import Printed
from tests.domain.support.steps import pupil
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
HEALTH = "Carries an inhaler"


def address(step: str = "", name: str = "4R") -> str:
    with acting_as("senco", write=False):
        return f"/teaching/{short(Group.objects.get(name=name).ref)}/{step}"


def with_more() -> None:
    """Give Idris an inhaler, and Grace a profile that shares a line with his."""
    with acting_as("senco") as actor:
        pupils.add_health_alert(
            actor=actor, pupil=pupil("Idris"), alert=HEALTH, what_to_do="Two puffs, then the office"
        )
        profile.write_profile(
            actor=actor, pupil=pupil(), communication="Nods for yes", hinders="Timed tests",
            strategies=["Give him ten seconds", "Sit near the door"],
        )  # fmt: skip


@pytest.mark.requirement("S2-02")
def test_a_teacher_reads_how_to_teach_the_class_in_one_click_and_says_so_once_for_all():
    with_more()
    teacher = signed_in("teacher")
    assert "Class sheets, also to print" in teacher.get("/").text
    assert "4R" in teacher.get("/teaching/").text
    page = teacher.get(address()).text
    for words in (HEALTH, "Nods for yes", "Show a picture with new words", "Timed tests"):
        assert words in page
    assert "Do these for everyone" in page
    assert "Helps 2" in page
    assert "SLCN" not in page
    seen = [part.split('"')[0] for part in page.split('name="seen" value="')[1:]]
    assert "I have read these 2" in page
    thanked = teacher.post(address("read/"), {"seen": seen}, follow=True).text
    assert "The SENCO sees that you have read them." in thanked
    assert "I have read" not in thanked
    assert "Read what helps" not in teacher.get("/").text


@pytest.mark.requirement("S2-02")
def test_whoever_covers_a_class_has_its_card_for_these_days_and_the_look_is_written_down():
    with_more()
    cover = signed_in("other_teacher")
    assert cover.get(address("cover/")).status_code == 403
    with acting_as("senco") as actor:
        groups.put_staff_in_group(
            actor=actor, group=Group.objects.get(name="4R"), person=person("other_teacher"),
            does="covers", starts=TODAY, ends=TODAY + timedelta(days=1),
        )  # fmt: skip
    page = cover.get(address("cover/")).text
    for words in (HEALTH, "Two puffs", "Nods for yes", "One step at a time", "Priya Raman"):
        assert words in page
    with acting_as("senco", write=False):
        looks = Opening.objects.filter(person=person("other_teacher"), pupil__isnull=False)
        assert {one.pupil.first_name for one in looks.select_related("pupil")} == {"Idris", "Grace"}


@pytest.mark.parametrize("step", ["pdf/", "cover/pdf/"])
def test_on_paper_there_is_no_surname_status_or_need(step):
    with_more()
    answer = signed_in("teacher").get(address(step))
    assert answer.headers["Content-Type"] == "application/pdf"
    paper = Printed(answer.content)
    assert "Idris H" in paper.text
    assert "Hassan" not in paper.text
    assert "SLCN" not in paper.text
    assert "1. Give him ten seconds" in paper.text
    assert "Two puffs, then the office" in paper.text
    assert "Private. Shred after use." in paper.text


def test_initials_stand_for_names_on_every_list_until_names_are_asked_for():
    senco = signed_in("senco")
    assert "Hassan-Cole" in senco.get("/register/").text
    switched = senco.post(
        "/teaching/initials/", {"only": "1", "back": "/register/?status=K"}, follow=True
    )
    assert "Hassan-Cole" not in switched.text
    assert ">IH</a>" in switched.text
    for where in ("/", "/register/", address(), address("cover/")):
        page = senco.get(where).text
        assert "Hassan-Cole" not in page
        assert "Idris" not in page
        assert "Show names again" in page
    paper = Printed(signed_in("senco").get(address("pdf/")).content)
    assert "Idris" in paper.text
    names = senco.post(
        "/teaching/initials/", {"only": "", "back": "https://elsewhere.example/"}, follow=True
    )
    assert "Show initials only" in names.text
    assert "Hassan-Cole" in senco.get("/register/").text


def test_a_family_has_no_class_sheet():
    assert signed_in("parent").get("/teaching/").status_code == 403


def test_the_sheet_asks_as_often_however_many_are_on_it():
    teacher, where = signed_in("teacher"), address()
    teacher.get(where)
    with asks(18):
        teacher.get(where)
    with_more()
    with asks(18):
        teacher.get(where)
