"""The pages on which a pupil list is read in, looked at, decided about and applied."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.audit.models import Opening
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.queries import places
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from tests.client import StrictClient, signed_in
from tests.exchange.lists import GRACE, HEADER, IDRIS, NOOR, changed, csv_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
START = "/imports/"


def upload(client: StrictClient, content: bytes, name: str = "pupils.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(START, {"file": file, **more})


def read_in(*rows: tuple[str, ...], who: str = "senco", **more: str) -> tuple[StrictClient, str]:
    """Read a list in, and give the client and the address of its page."""
    client = signed_in(who)
    answer = upload(client, csv_of(rows), **more)
    assert answer.status_code == 302, answer.text
    return client, answer.url


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def press(client: StrictClient, address: str, what: str, **more: str) -> Any:
    """Press a button of the page, with the version that the page shows."""
    version = version_on(client.get(address).text)
    return client.post(f"{address}{what}/", {"version": version, **more})


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_page_says_that_nothing_is_changed_yet():
    page = signed_in("senco").get(START).text
    assert "Nothing is changed until you say so." in page
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_list_is_shown_before_anything_is_applied():
    client, address = read_in(changed(IDRIS, sex="", year="5"), changed(GRACE, sex=""), NOOR)
    page = text_of(client.get(address).text)
    assert "Pupils from pupils.csv" in page
    assert "No pupil has been changed." in page
    assert "Rows in the list 3 New 1 Changed 1 To decide 0 Cannot be read 0" in page
    assert page.index("Row by row") < page.index("Which columns were understood")
    assert "Add 1 pupil and change 1" in page
    assert "Legal Surname Surname" in page
    assert "Left out: House." in page
    assert "Classes that will be made: 4S." in page
    with acting_as("senco", write=False):
        assert not Pupil.objects.filter(first_name="Noor").exists()


def test_each_change_shows_what_stands_there_and_what_the_list_says():
    client, address = read_in(changed(IDRIS, sex="M", year="5"))
    page = client.get(address + "?show=changed").text
    assert "Year group: <del>4</del>" in page
    assert "<ins>5</ins>" in page
    assert "Hassan-Cole, Idris" in page


def test_pupils_who_are_not_in_the_list_are_named_and_left_alone():
    client, address = read_in(NOOR)
    page = text_of(client.get(address + "?show=missing").text)
    assert "Atherton, Grace (4R)" in page
    assert "They are left alone" in page


def test_applying_says_what_was_done():
    client, address = read_in(changed(IDRIS, year="5"), NOOR)
    answer = press(client, address, "apply")
    assert answer.status_code == 302
    page = text_of(client.get(answer.headers["Location"]).text)
    assert "Applied By Amara Okafor" in page
    assert "1 pupil added, 1 changed, 0 rows left as they were." in page
    with acting_as("senco", write=False):
        noor = Pupil.objects.get(first_name="Noor")
    assert f"/pupils/{short(noor.ref)}/" in client.get(answer.url + "?show=new").text


def test_a_doubtful_row_is_decided_about():
    client, address = read_in(changed(IDRIS, dob="05/04/2018"), NOOR)
    page = client.get(address).text
    assert "A pupil here has the same name and another date of birth." in page
    assert "1 row waits for your answer. Without one it is left out." in page
    with acting_as("senco", write=False):
        idris = short(Pupil.objects.get(first_name="Idris").ref)
    assert f'value="{idris}"' in page
    answer = press(client, address, "decide", **{"line-2": idris})
    page = text_of(client.get(answer.headers["Location"]).text)
    assert "Your answers are kept." in page
    assert "Date of birth: 4 May 2018" in page
    press(client, address, "apply")
    with acting_as("senco", write=False):
        assert Pupil.objects.get(first_name="Idris").birth_date.month == 4


def test_answers_on_another_page_stay():
    rows = [changed(IDRIS, dob="05/04/2018"), changed(GRACE, dob="09/12/2018")]
    client, address = read_in(*rows)
    press(client, address, "decide", **{"line-2": "leave"})
    press(client, address, "decide", **{"line-2": "leave", "line-3": "add"})
    with acting_as("senco", write=False):
        decisions = ImportRow.objects.order_by("-file__at", "line").values_list("decision")
        assert [one for (one,) in decisions[:2]] == ["leave", "add"]


def test_an_answer_that_is_not_there_is_refused_and_nothing_is_kept():
    client, address = read_in(changed(IDRIS, dob="05/04/2018"))
    answer = press(client, address, "decide", **{"line-2": "everything"})
    assert answer.status_code == 200
    assert "Choose one of the answers shown." in answer.text


def test_refused_rows_say_what_to_do_and_are_taken_as_a_file():
    client, address = read_in(
        changed(NOOR, dob="31/02/2018"),
        changed(NOOR, upn="X", legal_surname='=HYPERLINK("x")'),
        NOOR,
    )
    page = text_of(client.get(address + "?show=refused").text)
    assert "DOB: There is no such day. You wrote “31/02/2018”." in page
    answer = client.get(f"{address}refused/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:8] == list(HEADER)
    assert rows[1][8:11] == ["Cloverdale, Noor", "2", "DOB: There is no such day."]
    assert "Cloverdale, Noor DOB: There is no such day." in page
    assert rows[2][1] == '\'=HYPERLINK("x")'


def test_the_mended_file_is_read_again():
    client, address = read_in(changed(NOOR, dob="31/02/2018"))
    mended = client.get(f"{address}refused/").content.decode("utf-8-sig")
    answer = upload(client, mended.replace("31/02/2018", "28/02/2018").encode())
    assert "Add 1 pupil" in client.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a workbook", "This workbook is damaged or incomplete."),
        (b"\x00\x01\x02\x03" * 100, "This is not a text file"),
        (b"One,Two\r\n1,2\r\n", "We cannot tell what pupils.csv is a list of."),
    ],
)
def test_another_file_is_refused_at_the_field_and_nothing_is_kept(content, sentence):
    answer = upload(signed_in("senco"), content)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Error:" in answer.text
    assert 'href="#id_file"' in answer.text


def options_on(page: str) -> list[str]:
    """What the page says each column holds."""
    return re.findall(r'<option value="([a-z_]+)" selected', page)


def test_a_list_that_is_not_understood_asks_what_its_columns_hold_and_remembers():
    header = ["Pupil", "Born", "Born", "Class"]
    rows = [("Cloverdale, Noor", "", "02/01/2018", "4S")]
    client = signed_in("senco")
    address = upload(client, csv_of(rows, header), kind="pupils").url
    page = client.get(address)
    assert "This file has no column with the date of birth." in page.text
    assert "02/01/2018" in page.text
    theirs = signed_in("head").get(address).text
    assert "02/01/2018" not in theirs, "cells are for who chose the file"
    assert "Cells are shown to Amara Okafor alone" in theirs
    sent = {"version": version_on(page.text), "column_0": "full_name", "column_2": "birth_date"}
    again = client.post(address, {**sent, "column_3": "registration_group"})
    said = text_of(client.get(again.headers["Location"]).text)
    assert "Add 1 pupil" in said
    assert "Classes that will be made: 4S." in said
    # the first reading is given up, and the next such file is read in the same way
    assert "Given up" in client.get(address.replace("columns/", "")).text
    next_one = upload(
        client, csv_of([("Moor, Ada", "", "03/01/2018", "4S")], header), kind="pupils"
    )
    assert "Add 1 pupil" in client.get(next_one.url).text
    other = client.get(f"{next_one.url}columns/").text
    assert options_on(other)[:3] == ["full_name", "birth_date", "registration_group"]


def test_several_files_are_told_apart_and_read_in_the_order_that_others_need():
    client = signed_in("senco")
    contacts = csv_of([("Cloverdale", "Noor", "02/01/2018", "Una Cloverdale")],
                      ("Surname", "Forename", "DOB", "Contact Name"))  # fmt: skip
    files = [
        SimpleUploadedFile("contacts.csv", contacts),
        SimpleUploadedFile("pupils.csv", csv_of([NOOR])),
    ]
    answer = client.post(START, {"file": files})
    page = text_of(client.get(answer.headers["Location"]).text)
    assert "Pupils from pupils.csv" in page
    assert "contacts.csv" in page, "what waits next is named"
    press(client, answer.headers["Location"], "apply")
    page = client.get(answer.headers["Location"]).text
    following = re.search(r'href="(/imports/[^"]+/)">contacts.csv', page)
    assert following
    # the pupil whom the first list added is found by the second
    assert "Add 1 contact" in client.get(following[1]).text


def test_columns_that_cannot_be_are_refused_in_words():
    client = signed_in("senco")
    header = ["Surname", "Forename", "DOB", "DOB"]
    address = upload(client, csv_of([("a", "b", "c", "d")], header), kind="pupils").url
    page = client.get(address).text
    assert "Two columns are for one field" in page
    sent = {"version": version_on(page), "column_0": "surname", "column_1": "surname"}
    answer = client.post(address, sent)
    assert "The list has not been read" in answer.text
    assert "Two columns are for one field, “Surname”." in text_of(answer.text)


def test_html_in_a_list_is_only_text():
    client, address = read_in(changed(NOOR, legal_surname="<b>Bold</b>", reg="<i>4S</i>"))
    page = client.get(address).text
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page
    press(client, address, "apply")
    assert "&lt;b&gt;Bold" in client.get(address + "?show=new").text


def test_a_second_press_lands_where_the_first_one_did():
    client, address = read_in(NOOR)
    page = client.get(address).text
    once = re.search(r'name="once" value="([^"]+)"', page)
    form = {"version": version_on(page), "once": once[1] if once else ""}
    first = client.post(f"{address}apply/", form)
    second = client.post(f"{address}apply/", form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    with acting_as("senco", write=False):
        assert Pupil.objects.filter(first_name="Noor").count() == 1


def test_another_file_from_the_same_page_is_another_sending():
    client = signed_in("senco")
    once = re.search(r'name="once" value="([^"]+)"', client.get(START).text)
    token = once[1] if once else ""
    first = upload(client, csv_of([NOOR]), once=token)
    same = upload(client, csv_of([NOOR]), once=token)
    other = upload(client, csv_of([IDRIS]), once=token)
    assert first.url == same.url != other.url


def test_a_page_that_is_out_of_date_says_so_and_applies_nothing():
    client, address = read_in(changed(IDRIS, dob="05/04/2018"), NOOR)
    old = version_on(client.get(address).text)
    press(client, address, "decide", **{"line-2": "leave"})
    answer = client.post(f"{address}apply/", {"version": old})
    assert answer.status_code == 200
    assert "Nothing has been applied" in answer.text
    assert "Someone else changed this" in answer.text
    with acting_as("senco", write=False):
        assert not Pupil.objects.filter(first_name="Noor").exists()


def test_a_record_that_changed_meanwhile_is_laid_beside_the_list_again():
    client, address = read_in(changed(IDRIS, sex="", year="5"))
    with acting_as("head") as head:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=head, pupil=idris, version=None, year_group=6)
    answer = press(client, address, "apply")
    page = client.get(answer.headers["Location"]).text
    assert "The record has changed since the list was read" in page
    assert "Year group: <del>6</del>" in page


def test_a_file_applied_in_another_tab_cannot_be_applied_or_given_up():
    client, address = read_in(NOOR)
    version = version_on(client.get(address).text)
    client.post(f"{address}apply/", {"version": version})
    for button in ("apply", "give-up"):
        answer = client.post(f"{address}{button}/", {"version": version})
        assert "This file has been applied already." in answer.text


def test_a_list_that_is_given_up_forgets_what_it_said():
    client, address = read_in(NOOR)
    answer = press(client, address, "give-up")
    assert answer.url == START
    page = client.get(address).text
    assert "what the list said has been forgotten" in page
    assert "Noor" not in page


def test_every_list_that_was_read_says_what_became_of_it():
    client, address = read_in(NOOR)
    press(client, address, "apply")
    for number in range(6):
        read_in(changed(IDRIS, year=str(number + 1)))
    start = text_of(client.get(START).text)
    assert start.count("Waits: it has not been applied.") == 5
    assert "All lists read before" in start
    every = text_of(client.get("/imports/earlier/").text)
    assert "pupils.csv Pupils. Applied by Amara Okafor, 10 March 2027" in every
    assert every.count("Waits: it has not been applied.") == 6


def test_the_page_is_found_from_the_register_and_from_our_place():
    client = signed_in("admin")
    assert f'href="{START}"' in client.get("/register/").text
    assert f'href="{START}"' in client.get("/school/who-sees/").text
    assert f'href="{START}"' not in signed_in("teacher").get("/school/who-sees/").text


def test_the_same_file_again_says_when_it_was_applied():
    client, address = read_in(NOOR)
    press(client, address, "apply")
    _client, again = read_in(NOOR)
    assert "The same file was applied on" in client.get(again).text


def test_sen_is_left_out_for_a_role_that_does_not_set_it():
    header = (*HEADER[:-1], "SEN Status")
    client = signed_in("admin")
    answer = upload(client, csv_of([changed(NOOR, house="K")], header))
    page = client.get(answer.headers["Location"]).text
    assert "SEN status and needs are left out: your role does not set them." in page


def test_a_senco_of_several_schools_says_for_which_one_the_list_is():
    client = signed_in("shared_senco")
    assert "Choose the school" in client.get(START).text
    refused = upload(client, csv_of([NOOR]))
    assert "Choose an answer for “School”" in refused.text
    with acting_as("shared_senco", write=False) as actor:
        weir = next(place for place in places(actor) if place.name == "Weir School")
    answer = upload(client, csv_of([NOOR]), school=short(weir.ref))
    with acting_as("shared_senco", write=False):
        assert FileImport.objects.order_by("-at", "-id")[0].org == weir
    assert answer.status_code == 302


def test_fifty_rows_stand_on_a_page():
    rows = [changed(NOOR, upn="", legal_surname=f"{'x' * n}y") for n in range(1, 61)]
    client, address = read_in(*rows)
    first, second = client.get(address).text, client.get(address + "?page=2").text
    assert "Showing 1 to 50 of 60" in text_of(first)
    assert second.count('<th role="rowheader"') == 10


def questions(client: StrictClient, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("view", ["new", "doubtful", "missing", "changed"])
def test_more_rows_ask_no_more_questions(view):
    def several(count: int) -> tuple[tuple[str, ...], ...]:
        new = [changed(NOOR, upn="", legal_surname=f"{'x' * n}y") for n in range(1, count)]
        return (*new, changed(IDRIS, year="5"), changed(GRACE, dob="09/12/2018"))

    client, few = read_in(*several(3))
    client, many = read_in(*several(40))
    questions(client, f"{few}?show={view}")
    assert questions(client, f"{many}?show={view}") <= questions(client, f"{few}?show={view}")


def test_looking_at_a_list_is_logged_with_how_many_rows():
    client, address = read_in(NOOR, changed(IDRIS, year="5"))
    client.get(address + "?show=new")
    with acting_as("senco", write=False):
        look = Opening.objects.order_by("-id")[0]
        assert (look.kind, look.action, look.count) == ("list", "import.pupils", 1)


def test_a_list_of_another_school_is_not_there():
    with acting_as("senco") as actor:
        file = staged(actor, NOOR)
    for button in ("", "refused/"):
        answer = signed_in("outsider").get(f"/imports/{short(file.ref)}/{button}")
        assert answer.status_code == 404
    assert signed_in("teacher").get(f"/imports/{short(file.ref)}/").status_code == 403


def test_a_list_of_pupils_with_their_contacts_comes_in_as_both():
    header = (*HEADER, "Parent 1 Name", "Parent 1 Email", "Parent 2 Name")
    row = (*NOOR, "Mrs Ada Cloverdale", "ada@home.example", "Sam Cloverdale")
    client = signed_in("senco")
    answer = upload(client, csv_of([row], header))
    page = text_of(client.get(answer.url).text)
    assert "Pupils from pupils.csv" in page
    assert "Other lists that wait: pupils.csv" in page
    assert press(client, answer.url, "apply").status_code == 302
    with acting_as("senco", write=False):
        contacts = FileImport.objects.get(kind="contacts", state="read")
        # their pupil is here now
        assert [row.match for row in ImportRow.objects.filter(file=contacts)] == ["new", "new"]


def ticks(page: str) -> dict[str, str]:
    """Give the value of each box by its words."""
    found = re.findall(
        r'name="(?:left|stay)"[^>]*value="([^"]+)".*?<label[^>]*>(.*?)</label>', page, re.S
    )
    return {" ".join(words.split()): value for value, words in found}


def test_pupils_who_are_not_in_a_list_are_marked_as_having_left_with_it_and_taken_back():
    client, address = read_in(IDRIS)
    page = client.get(f"{address}?show=missing").text
    assert "Tick who has left" in page
    grace = next(value for words, value in ticks(page).items() if words.startswith("Atherton"))
    poppy = next(value for words, value in ticks(page).items() if words.startswith("Wren"))
    refused = client.post(
        f"{address}leavers/", {"version": version_on(page), "left": [grace, poppy]}
    )
    assert "Say which day was their last." in text_of(refused.text)
    said = {"version": version_on(page), "left": [grace, poppy], "on": "5/3/2027"}
    answer = client.post(f"{address}leavers/", said)
    assert answer.status_code == 302, text_of(answer.text)
    page = client.get(answer.headers["Location"]).text
    assert "Atherton, Grace, last day 5 March 2027" in text_of(page)
    stays = ticks(page)["Wren, Poppy, last day 5 March 2027"]
    again = client.post(f"{address}leavers/", {"version": version_on(page), "stay": [stays]})
    assert again.status_code == 302, text_of(again.text)
    page = text_of(client.get(address).text)
    assert "Change 2 pupils" in page, "Idris, and Grace who has left"
    press(client, address, "apply")
    with acting_as("senco", write=False):
        left = dict(Pupil.objects.values_list("first_name", "left_on"))
        assert str(left["Grace"]) == "2027-03-05"
        assert left["Poppy"] is None
    # of an applied list it is done at once
    page = client.get(f"{address}?show=missing").text
    poppy = next(value for words, value in ticks(page).items() if words.startswith("Wren"))
    said = {"version": version_on(page), "left": [poppy], "on": "8/3/2027"}
    assert client.post(f"{address}leavers/", said).status_code == 302
    with acting_as("senco", write=False):
        assert str(Pupil.objects.get(first_name="Poppy").left_on) == "2027-03-08"
    version = version_on(client.get(f"{address}undo/").text)
    assert client.post(f"{address}undo/", {"version": version}).status_code == 302
    with acting_as("senco", write=False):
        left = dict(Pupil.objects.values_list("first_name", "left_on"))
        assert (left["Grace"], left["Poppy"]) == (None, None)
