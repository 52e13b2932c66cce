"""The pages on which a list is with the worker, and on which an applied list is taken back."""

import pytest

from opensenco.exchange.operations import handing
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from tests.exchange.lists import IDRIS, NOOR, changed
from tests.pages.imports.test_import_pupils import press, read_in, text_of, version_on
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def test_a_list_is_taken_back_after_seeing_what_stays_and_why():
    client, address = read_in(changed(IDRIS, sex="", year="5"), NOOR)
    answer = press(client, address, "apply")
    assert f'href="{address}undo/"' in client.get(answer.headers["Location"]).text
    with acting_as("head") as head:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=head, pupil=idris, version=None, year_group=6)
    page = client.get(f"{address}undo/").text
    assert "1 row goes back." in text_of(page)
    assert "Hassan-Cole, Idris David Whitcombe changed it on 10 March 2027." in text_of(page)
    answer = client.post(f"{address}undo/", {"version": version_on(page)})
    page = text_of(client.get(answer.headers["Location"]).text)
    assert "Taken back By Amara Okafor" in page
    assert "1 row went back, 1 stayed or stayed in part, as changed since." in page
    assert client.get("/pupils/?q=Noor").text.count("Cloverdale") == 0
    # once more there is nothing to do, and the page says what was done
    assert "Taken back" in client.get(f"{address}undo/").text


def test_a_large_list_is_with_the_worker_until_it_is_done_or_taken_from_it(monkeypatch):
    monkeypatch.setattr(handing, "AT_ONCE", 0)
    client, address = read_in(NOOR)
    answer = press(client, address, "apply")
    page = client.get(answer.headers["Location"]).text
    assert "Being applied" in page
    assert "a notice tells you when it is done" in page
    assert "Is being applied." in client.get("/imports/").text
    answer = client.post(f"{address}wait-again/", {"version": version_on(page)})
    page = text_of(client.get(answer.headers["Location"]).text)
    assert "The worker leaves the list alone. Nothing has been done." in page
    assert "Add 1 pupil" in page


def test_a_large_list_is_taken_back_by_the_worker_or_left_applied(monkeypatch):
    client, address = read_in(NOOR)
    press(client, address, "apply")
    monkeypatch.setattr(handing, "AT_ONCE", 0)
    version = version_on(client.get(f"{address}undo/").text)
    answer = client.post(f"{address}undo/", {"version": version})
    page = client.get(answer.headers["Location"]).text
    assert "Being taken back" in page
    assert "Is being taken back." in client.get("/imports/").text
    # it is with the worker: there is nothing more to take back
    assert "Leave it applied" in client.get(f"{address}undo/").text
    answer = client.post(f"{address}wait-again/", {"version": version_on(page)})
    page = client.get(answer.headers["Location"]).text
    assert "Take this list back" in page
