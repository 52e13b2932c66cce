"""From an empty installation to the main job: a school of the national register, its own pupils.

The register and the pupil list are files, as a school has them; everything else is done at pages,
but for who teaches which class, for which there is no page yet.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.people.models import Group
from opensenco.people.operations.groups import put_staff_in_group
from tests.browser import steps, story
from tests.browser.steps import DESK, PHONE, Desk, Windows, signs_in, sits_down
from tests.cast import NOW, PASSWORD, TODAY
from tests.exchange.lists import GRACE, HEADER, NOOR, changed, csv_of
from tests.exchange.registers import register
from tests.support import databases
from tests.support.server import Server

URN = "900001"
SENCO, TEACHER, ASSISTANT = (f"{name}@larkmead.example" for name in ("amara", "priya", "jo"))
#: as the school's system writes it; the last row has a day that does not exist
FIRST_LIST = csv_of([changed(GRACE, year="3"), NOOR, changed(NOOR, upn="", dob="31/02/2018")])
#: the same school a day later: Grace is in the next year now
LATER_LIST = csv_of([GRACE], HEADER)


def given_an_adopted_school(copy: databases.Copy, folder: Path) -> None:
    """Whoever runs the server reads the register in and gives the school its first person."""
    done = copy.command("import", "gias", str(register(folder)))
    assert "Applied." in done.stdout
    done = copy.command(
        "createadmin", "--urn", URN, "--email", SENCO, "--first-name", "Amara",
        "--last-name", "Okafor", "--password-stdin", typed=f"{PASSWORD}\n",
    )  # fmt: skip
    assert "Adopted from the register: Larkmead Primary School" in done.stdout


def when_the_pupils_are_imported(senco: Desk) -> None:
    """The SENCO reads a list in, sees what it would do, and has it done."""
    senco.opens("Begin")
    senco.opens("Bring in a pupil list")
    steps.reads_a_list_in(senco, "pupils.csv", FIRST_LIST)
    senco.sees("No pupil has been changed.", "Classes that will be made: 4R, 4S.")
    senco.sees("Atherton, Grace", "12 September 2018", "Cloverdale, Noor")
    senco.opens("Cannot be read")
    senco.sees("Line 4", "DOB: There is no such day. You wrote “31/02/2018”.", "Write the date as")
    senco.presses("Add 2 pupils")
    senco.sees("Applied", "2 pupils added, 0 changed")


def when_a_later_list_differs(senco: Desk) -> None:
    """A list of another day shows field by field what it would change, and who is not in it."""
    senco.page.goto("/school/term-dates/")
    senco.opens("Import lists")
    senco.sees("Applied by Amara Okafor")
    steps.reads_a_list_in(senco, "later.csv", LATER_LIST)
    senco.sees("Atherton, Grace", "Year group: 3")
    expect(senco.page.get_by_role("main").locator("ins")).to_have_text("4")
    senco.opens("Not in the file")
    senco.sees("Cloverdale, Noor", "They are left alone")
    senco.presses("Change 1 pupil")
    senco.sees("0 pupils added, 1 changed")


def when_the_staff_come(windows: Windows, senco: Desk) -> None:
    """A teacher and an assistant are added and come through their own links."""
    for first, last, email, role in (
        ("Priya", "Raman", TEACHER, "Teacher"),
        ("Jo", "Birkett", ASSISTANT, "Teaching assistant"),
    ):
        link = steps.adds_a_colleague(senco, first, last, email, role)
        steps.comes_through_a_link(sits_down(windows, DESK), link)


def when_the_class_has_its_teacher(copy: databases.Copy) -> None:
    """Say who teaches the class that the list made."""
    with databases.connected(copy), system_scope("say who teaches a class"):
        school = Organisation.objects.get(urn=URN)
        put_staff_in_group(
            actor=installation_actor(NOW),
            group=Group.objects.get(org=school, name="4R"),
            person=Person.objects.get(email=TEACHER),
            starts=TODAY,
        )


def then_other_schools_see_nothing(windows: Windows, grace: str) -> None:
    """For the SENCO of another school of this installation there is no such page."""
    other = signs_in(windows, "senco", DESK)
    answer = other.page.goto(grace)
    assert answer is not None
    assert answer.status == 404
    expect(other.page.locator("body")).not_to_contain_text("Grace")


@pytest.mark.postgres
@pytest.mark.worker
@pytest.mark.requirement("S1-02", "S3-24", "S4-17")
def test_a_school_of_the_register_imports_its_pupils_and_does_the_main_job(
    new_context: Windows, server: Server, watch, tmp_path: Path, django_db_blocker
) -> None:
    watch.expect("404")
    given_an_adopted_school(server.copy, tmp_path)
    senco = signs_in(new_context, SENCO, DESK)
    when_the_pupils_are_imported(senco)
    when_a_later_list_differs(senco)
    when_the_staff_come(new_context, senco)
    with django_db_blocker.unblock():
        when_the_class_has_its_teacher(server.copy)
    teacher = signs_in(new_context, TEACHER, PHONE)
    story.given_a_concern(teacher)
    senco.goes_home()
    story.when_it_is_decided(senco)
    name = story.when_a_plan_is_agreed(senco)
    story.then_the_session_takes_three_taps(signs_in(new_context, ASSISTANT, PHONE), name)
    story.when_it_is_reviewed(teacher, senco)
    story.then_nothing_is_typed_again(senco, name)
    story.then_it_can_be_put_on_paper(senco)
    steps.opens_grace(senco)
    senco.sees("Current plan: cycle 2", name)
    then_other_schools_see_nothing(new_context, senco.page.url)
