"""The guide: what stands there is read from the record, and a step can wait and be found again."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Invitation, Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.cases.models import DueDate, Task
from opensenco.exchange.operations import settings
from opensenco.exchange.states import SettingKind
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.support.models import Need, SenStatus
from tests.cast import NOW, PASSWORD, TODAY
from tests.client import StrictClient, signed_in
from tests.exchange.lists import GRACE, IDRIS, NOOR, csv_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
START, SEN, LINKS = "/start/", "/start/sen/", "/start/links/"
TERMS = {
    "term_1_first": "1/9/2026", "term_1_last": "18/12/2026",
    "term_2_first": "4/1/2027", "term_2_last": "25/3/2027",
    "term_3_first": "12/4/2027", "term_3_last": "21/7/2027",
}  # fmt: skip


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def new_school() -> StrictClient:
    """Make a school of which nothing is known but its SENCO, and sign her in."""
    with system_scope("a new school"):
        actor = installation_actor(NOW)
        school = settings.add_setting(actor=actor, name="Elm Bank", kind=SettingKind.OTHER)
        settings.add_first_person(
            actor=actor, org=school, email="ida@elm.example", first_name="Ida", last_name="Fen",
            role="SENCO", password=PASSWORD,
        )  # fmt: skip
    client = StrictClient()
    client.force_login(Person.objects.get(email="ida@elm.example"))
    return client


def bring(client: StrictClient, *files: tuple[str, bytes]) -> str:
    """Choose several lists at once; gives the address of the first."""
    chosen = [SimpleUploadedFile(name, content, content_type="text/csv") for name, content in files]
    answer = client.post("/imports/", {"file": chosen})
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def apply(client: StrictClient, address: str) -> str:
    version = re.search(r'name="version" value="(\d+)"', client.get(address).text)
    assert version
    return text(client.post(f"{address}apply/", {"version": version[1]}, follow=True))


def test_a_step_of_which_the_record_lacks_something_is_begun_and_not_done():
    page = text(signed_in("senco").get(START))
    assert "Parents and carers Begun 1 of 3 pupils have a contact." in page
    assert "Staff Done" in page


@pytest.mark.worker
@pytest.mark.requirement("S4-17")
def test_a_new_school_is_led_from_nothing_to_a_working_record():
    ida = new_school()
    home = text(ida.get("/"))
    assert "Set up Elm Bank A guide leads you there in 7 steps" in home
    page = text(ida.get(START))
    assert "0 of 7 steps have begun or are put off." in page
    assert "2026/27 is not entered." in page

    ida.post("/school/term-dates/", {**TERMS, "version": "0"})
    assert "Term dates Done Entered: 2026/27. See the term dates" in text(ida.get(START))

    staff = csv_of([("mo@elm.example", "Lea", "Mo", "Teacher")],
                   ("Work Email", "Surname", "Forename", "Job Title"))  # fmt: skip
    classes = csv_of([("4R", "Lea, Mo", "Atherton", "Grace"), ("4R", "Lea, Mo", "Cloverdale",
                     "Noor")], ("Class", "Teacher", "Surname", "Forename"))  # fmt: skip
    first = bring(ida, ("classes.csv", classes), ("pupils.csv", csv_of([GRACE, NOOR, IDRIS])),
                  ("staff.csv", staff))  # fmt: skip
    waiting = text(ida.get(START))
    assert waiting.count("A list waits") == 3
    for part in ("1 colleague added", "3 pupils added", "2 rows"):
        told = apply(ida, first)
        assert part in told or part == "2 rows", told
        found = re.search(r'href="(/imports/[^"/]+/)"[^>]*>Next list', ida.get(first).text)
        if found:
            first = found[1]
    page = text(ida.get(START))
    assert "3 pupils on roll." in page
    assert "2 classes. 1 has staff." in page
    assert "Set status and needs in a table" in page
    assert "Make their links" in page

    assert "Classes Begun 2 classes. 1 has staff." in page, "one teacher sees nobody yet"

    put_off(ida, "contacts")
    page = text(ida.get(START))
    assert "Parents and carers" in page
    assert "Take it up again" in page
    put_off(ida, "contacts", again="1")
    assert "Take it up again" not in text(ida.get(START))
    put_off(ida, "guide")
    assert "Set up Elm Bank" not in text(ida.get("/"))
    assert "Show the guide on the home page again" in text(ida.get(START))


def put_off(client: StrictClient, step: str, **more: str) -> None:
    answer = client.post("/start/put-off/", {"step": step, **more})
    assert answer.status_code == 302, answer


def test_a_school_that_works_is_not_asked_to_set_itself_up():
    senco = signed_in("senco")
    assert "Set up Larkrise" not in text(senco.get("/"))
    page = text(senco.get(START))
    assert "3 pupils on roll." in page
    assert "9 colleagues can sign in. 1 has not used their link." in page


def test_an_unknown_step_does_nothing_and_one_put_off_twice_is_put_off_once():
    senco = signed_in("senco")
    put_off(senco, "nonsense")
    put_off(senco, "staff")
    put_off(senco, "staff")
    assert "9 colleagues besides you." in text(senco.get(START))


def test_the_guide_asks_a_counted_number_of_questions():
    senco = signed_in("senco")
    senco.get(START)
    with asks(16):
        senco.get(START)


def field(name: str, first_name: str) -> str:
    with acting_as("senco", write=False):
        return f"{name}-{short(Pupil.objects.get(first_name=first_name).ref)}"


def sent(**more: str) -> dict[str, str]:
    """Give the table of Larkrise as its page sends it, with what was entered."""
    with acting_as("senco", write=False):
        rows = {f"need-{short(p.ref)}": "" for p in Pupil.objects.all()}
        seen = {f"seen-{short(p.ref)}": "0" for p in Pupil.objects.exclude(first_name="Idris")}
    return {**rows, **seen, **more}


def test_many_pupils_get_status_and_need_in_one_table_from_today():
    senco = signed_in("senco")
    page = text(senco.get(SEN))
    assert "Atherton, Grace 4R" in page
    given = sent(**{
        field("status", "Grace"): "K", field("need", "Grace"): "SLCN",
        field("status", "Poppy"): "E", field("since", "Poppy"): "1/9/2025",
    })  # fmt: skip
    said = text(senco.post(SEN, given, follow=True))
    assert "Kept. Pupils without an entry were left as they are." in said
    with acting_as("senco", write=False):
        grace = SenStatus.objects.get(pupil__first_name="Grace")
        assert (grace.code, grace.starts, grace.grounds) == ("K", TODAY, ["already"])
        assert "Since when is not known" in grace.reason
        poppy = SenStatus.objects.get(pupil__first_name="Poppy")
        assert (poppy.code, poppy.starts) == ("E", date(2025, 9, 1))
        assert Need.objects.get(pupil__first_name="Grace").code == "SLCN"
        # one gap to be told of, and no task and no legal date gone by for each pupil
        refs = [grace.ref, poppy.ref]
        assert not Task.objects.filter(source_ref__in=refs).exists()
        assert not DueDate.objects.filter(source_ref__in=refs).exists()
    home = text(senco.get("/"))
    assert "Missing from the record" in home
    assert "1 pupil with SEN has no main need" in home
    assert "2 pupils with SEN have no plan in use" in home
    assert "1 pupil on SEN support: nothing says that the parents were told" in home
    assert "Wren, Poppy" in text(senco.get(f"{SEN}?show=unranked"))
    untold = text(senco.get(f"{SEN}?show=untold"))
    assert "Atherton, Grace" in untold
    assert "Wren, Poppy" not in untold


def test_a_table_with_one_wrong_row_keeps_nothing_and_says_which():
    senco = signed_in("senco")
    given = sent(**{field("status", "Grace"): "K", field("since", "Poppy"): "1/9/2025"})
    page = senco.post(SEN, given)
    assert page.status_code == 200
    assert "Choose the status that the pupil has since that day." in page.text
    again = sent(**{field("status", "Grace"): "K", field("since", "Grace"): "1/9/2012"})
    assert "This is before the pupil was born." in senco.post(SEN, again).text
    needless = sent(**{field("need", "Grace"): "SLCN"})
    assert "Set the status first" in senco.post(SEN, needless).text
    with acting_as("senco", write=False):
        assert not SenStatus.objects.filter(pupil__first_name__in=["Grace", "Poppy"]).exists()


def test_what_somebody_else_set_meanwhile_is_not_written_over():
    senco = signed_in("senco")
    given = sent(**{field("status", "Grace"): "K", field("need", "Grace"): "SLCN"})
    assert senco.post(SEN, given).status_code == 302
    # the same page, still open in another tab
    late = senco.post(SEN, {**given, field("need", "Grace"): "ASD"})
    assert "Somebody set this just now." in late.text
    with acting_as("senco", write=False):
        assert Need.objects.get(pupil__first_name="Grace", ended_on=None).code == "SLCN"


def test_links_are_made_for_many_and_shown_once():
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        (row,) = Invitation.objects.all()
    given = {"who": [short(row.ref)], "how": "shown"}
    page = senco.post(LINKS, given, follow=True)
    assert "1 link" in text(page)
    link = re.search(r"<code>([^<]+)</code>", page.text)
    assert link
    assert StrictClient().get(link[1].removeprefix("http://testserver")).status_code == 200
    assert "The links were given once" in text(senco.get(reverse("guide:made")))
    file = senco.post(LINKS, {**given, "how": "file"}, follow=True)
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "/join/" in file.text
    # the link before no longer works
    assert StrictClient().get(link[1].removeprefix("http://testserver")).status_code == 410
    assert "Tick at least one colleague." in senco.post(LINKS, {"how": "shown"}).text


def test_nobody_makes_links_for_another_school():
    with acting_as("senco", write=False):
        (row,) = Invitation.objects.all()
    outsider = signed_in("outsider")
    before = row.key
    outsider.post(LINKS, {"who": [short(row.ref)], "how": "shown"})
    with acting_as("senco", write=False):
        assert Invitation.objects.get().key == before
        assert Organisation.objects.filter(name="Larkrise Primary School").exists()
