"""The school's own fields are columns of a pupil list: guessed, shown, applied, taken back."""

import re
from datetime import date

import pytest

from opensenco.exchange.models import Trace
from opensenco.people.models import Pupil
from opensenco.support.models import OwnField, OwnFieldChoice
from opensenco.support.operations.own_fields import FieldWords, make_field, retire_field
from opensenco.support.operations.own_values import fill_in_fields, name_of
from opensenco.support.queries.own_fields import now
from tests.client import StrictClient, signed_in
from tests.domain.support.steps import pupil
from tests.exchange.lists import GRACE, HEADER, IDRIS, NOOR, csv_of
from tests.pages.imports.test_import_pupils import press, text_of, upload, version_on
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WAYS, CLUBS = ("Bus", "Taxi", "Walks"), ("Choir", "Chess", "Arts, crafts")
#: House is a column of every list in these tests
FIELDS = (
    ("line", FieldWords("House", fills=["SEN_ADMIN"])),
    ("text", FieldWords("Notes on lunch")),
    ("yes_no", FieldWords("Pupil premium")),
    ("date", FieldWords("Eyes tested")),
    ("number", FieldWords("Locker", fills=["TEACHER"])),
    ("choice", FieldWords("Travels by", choices=WAYS, fills=["SEN_ADMIN"])),
    ("choices", FieldWords("Clubs", choices=CLUBS)),
)
OURS = (*HEADER, "Notes on lunch", "Pupil premium", "Eyes tested", "Locker", "Travels by", "Clubs")


def fields() -> dict[str, OwnField]:
    """Make a field of each kind; Idris has a way home and a club already."""
    with acting_as("senco") as actor:
        idris = pupil("Idris")
        own = {
            words.name: make_field(actor=actor, org=idris.org, kind=kind, words=words)
            for kind, words in FIELDS
        }
        taxi = OwnFieldChoice.objects.get(label="Taxi")
        choir = OwnFieldChoice.objects.get(label="Choir")
        fill_in_fields(
            actor=actor, pupil=idris,
            given={str(own["Travels by"].ref): str(taxi.ref),
                   str(own["Clubs"].ref): [str(choir.ref)]},
        )  # fmt: skip
    return own


def says(who: str) -> dict[str, str]:
    with acting_as("senco", write=False) as actor:
        return dict(now(actor, Pupil.objects.get(first_name=who)))


def sent(who: str = "senco") -> tuple[StrictClient, str]:
    client = signed_in(who)
    rows = [
        (*IDRIS, "Early lunch.\nSits by the door.", "y", "14 February 2027", "1,012", "bus",
         "Chess; arts, crafts"),
        (*GRACE, "", "perhaps", "31/02/2027", "2.5", "Rocket", "Choir, Chess"),
        (*NOOR, "", "No", "", "0", "Walks", ""),
    ]  # fmt: skip
    answer = upload(client, csv_of(rows, OURS))
    assert answer.status_code == 302, answer.text
    return client, answer.url


def test_a_list_brings_each_kind_shows_it_beside_the_record_and_is_taken_back():
    own = fields()
    client, address = sent()
    page = text_of(client.get(address).text)
    assert "House House (a field of your own)" in page
    assert "Pupil premium Pupil premium (a field of your own)" in page
    assert "Left out" not in page
    beside = client.get(address + "?show=changed").text
    assert re.search(r"Travels by: <del>Taxi</del>\s*(?:→)?.*?<ins>Bus</ins>", beside, re.DOTALL)
    assert "<ins>Chess; Arts, crafts</ins>" in beside
    shown = text_of(beside)
    for note in (
        "Pupil premium: This is not yes or no.", "Eyes tested: There is no such day.",
        "Locker: This is not a whole number of at most a million.",
        "Travels by: This is not on the list of this field, which offers: Bus; Taxi; Walks.",
    ):  # fmt: skip
        assert note in shown
    press(client, address, "apply")
    assert says("Idris") == {
        "House": "Red", "Notes on lunch": "Early lunch.\nSits by the door.",
        "Pupil premium": "Yes", "Eyes tested": "14 February 2027", "Locker": "1,012",
        "Travels by": "Bus", "Clubs": "Chess; Arts, crafts",
    }  # fmt: skip
    assert says("Grace") == {"House": "Red", "Clubs": "Choir; Chess"}
    assert says("Noor") == {
        "House": "Red", "Pupil premium": "No", "Locker": "0", "Travels by": "Walks",
    }  # fmt: skip
    with acting_as("senco") as actor:
        given = {str(own["Locker"].ref): 7}
        fill_in_fields(actor=actor, pupil=pupil("Idris"), given=given)
    back = text_of(client.get(f"{address}undo/").text)
    assert "changed it on 10 March 2027" in back
    press_undo(client, address)
    assert says("Idris") == {"Locker": "7", "Travels by": "Taxi", "Clubs": "Choir"}
    assert says("Grace") == {}


def press_undo(client: StrictClient, address: str) -> None:
    version = version_on(client.get(f"{address}undo/").text)
    assert client.post(f"{address}undo/", {"version": version}).status_code == 302


def test_only_what_is_open_to_a_role_is_brought_and_shown():
    fields()
    theirs, mine = sent("admin")[1], sent("senco")[1]
    admin = signed_in("admin")
    page = text_of(admin.get(theirs).text)
    assert "House House (a field of your own)" in page
    assert "Left out:" in page
    assert "Locker" in page[page.index("Left out:") :], "the file’s own heading, and no field"
    other = text_of(admin.get(mine + "?show=changed").text)
    assert "Travels by: Taxi" in other
    assert "Locker:" not in other
    assert "a field of your own" in other
    assert "Locker (a field" not in other
    columns = admin.get(f"{mine}columns/").text
    assert "House (a field of your own)" in columns
    assert "Locker (a field" not in columns
    press(admin, theirs, "apply")
    assert says("Idris") == {"House": "Red", "Travels by": "Bus", "Clubs": "Choir"}
    with acting_as("senco", write=False):
        assert Trace.objects.filter(thing="support.OwnFieldValue").count() == 5


def test_a_field_that_is_retired_while_a_list_waits_is_not_filled_in():
    own = fields()
    client, address = sent()
    with acting_as("senco") as actor:
        retire_field(actor=actor, field=OwnField.objects.get(pk=own["Locker"].pk))
    answer = press(client, address, "apply")
    assert "again=1" in answer.headers["Location"], "the page shows what would change now"
    press(client, address, "apply")
    assert says("Idris")["Eyes tested"] == "14 February 2027"
    with acting_as("senco", write=False):
        assert not Trace.objects.filter(changes__0__field=name_of(own["Locker"])).exists()


def test_columns_are_chosen_by_hand_and_remembered_and_a_page_asks_as_much_for_more_rows():
    own = fields()
    client = signed_in("senco")
    header = (*HEADER[:-1], "Bus or not")
    address = upload(client, csv_of([(*IDRIS[:-1], "Walks")], header)).url
    page = client.get(f"{address}columns/").text
    chosen = dict(re.findall(r'name="(column_\d)".*?<option value="(\w+)" selected', page, re.S))
    answer = client.post(
        f"{address}columns/",
        {"version": version_on(page), **chosen, "column_7": name_of(own["Travels by"])},
    )
    assert "Travels by" in client.get(answer.headers["Location"]).text
    more = [(*IDRIS[:-1], "Bus"), (*GRACE[:-1], "Taxi")]
    again = upload(client, csv_of(more, header)).url
    client.get(again)
    for where in (answer.headers["Location"], again):
        with asks(21):
            client.get(where + "?show=changed")
    assert "Travels by: <del>Taxi</del>" in client.get(again + "?show=changed").text


def test_days_that_a_spreadsheet_writes_as_months_first_are_refused_for_own_fields_too():
    fields()
    header = (*HEADER, "Eyes tested")
    answer = upload(
        signed_in("senco"), csv_of([(*IDRIS, "02/14/2027"), (*GRACE, "02/15/2027")], header)
    )
    assert "have the month before the day" in answer.text
    assert date(2027, 2, 14).isoformat() not in answer.text
