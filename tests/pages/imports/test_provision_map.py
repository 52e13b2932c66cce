"""The pages of a provision map: what it leaves open is said once, then it is given."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opensenco.provision.models import Allocation
from tests.cast import TODAY
from tests.client import signed_in
from tests.exchange.books import book_of
from tests.exchange.lists import csv_of
from tests.pages.imports.test_import_pupils import press, text_of, version_on
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = ("Name", "Reg", "ELSA", "Our own", "Sparkle", "Total cost")
ROWS = (
    ("Hassan-Cole, Idris", "4R", "daily 15", "x", "2", "£30"),
    ("Atherton, Grace", "4R", "", "Mon/Wed", "see file", ""),
    ("Wren, Poppy", "2P", "3x20", "", "", ""),
)


def read_in(client, content, name="map.csv", **more):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    answer = client.post("/imports/", {"file": file, **more})
    assert answer.status_code == 302, text_of(answer.text)
    return answer.url


def test_a_map_is_known_by_itself_asked_about_once_and_given():
    client = signed_in("senco")
    address = read_in(client, csv_of(ROWS, HEADER))
    page = text_of(client.get(address).text)
    assert "Provision map from map.csv" in page
    assert "Nothing has been given yet." in page
    assert "New 2 Changed 0 To decide 2" in page
    assert "1 provision waits for your answer" in page
    assert "Left out: Sparkle, Total cost." in page
    assert "Costs are not taken over (Total cost): the record says what is given" in page
    asks = client.get(f"{address}provisions/")
    words = text_of(asks.text)
    assert "Provisions of this map" in words
    assert "Our own 2 pupils" in words
    assert "comes from the starter library" in words
    refused = client.post(
        f"{address}provisions/",
        {"version": version_on(asks.text), "layer_0": "2", "times_0": "40", "minutes_0": "20"},
    )
    assert "Nothing has been kept" in text_of(refused.text)
    assert 'value="40"' in refused.text
    kept = client.post(
        f"{address}provisions/",
        {"version": version_on(asks.text), "layer_0": "2", "times_0": "4", "minutes_0": "20",
         "starts": "6/1/2027", "ends": "26/3/2027"},
    )  # fmt: skip
    assert kept.status_code == 302
    page = text_of(client.get(address).text)
    assert "New 4 Changed 0 To decide 0" in page
    assert "Give 4 provisions" in page
    assert press(client, address, "apply").status_code == 302
    assert "4 provisions given," in text_of(client.get(address).text)
    with acting_as("senco", write=False):
        rows = Allocation.objects.filter(provision__name="Our own").order_by("pupil__sort_key")
        assert [(row.times_a_week, row.minutes, row.starts.month) for row in rows] == [
            (2, 20, 1), (4, 20, 1),
        ]  # fmt: skip
    assert "What the map leaves open" not in client.get(f"{address}provisions/").text


def test_refused_cells_are_taken_as_one_row_mended_and_sent_again():
    client = signed_in("senco")
    rows = [("Hassan-Cole, Idris", "4R", "as needed", "soon", "3x20"), (*ROWS[2][:3], "", "")]
    header = (*HEADER[:3], "Makaton", "Our own")
    address = read_in(client, csv_of(rows, header), kind="provision-map")
    assert "Cannot be read 2" in text_of(client.get(address).text)
    file = list(csv.reader(io.StringIO(client.get(f"{address}refused/").text.lstrip("\ufeff"))))
    assert len(file) == 2, "a row of two wrong cells is mended once"
    assert "ELSA: We cannot read how much this is. Makaton: We cannot" in file[1][7]
    file[1][2:4] = ["3x20", "2x10"]
    again = read_in(client, csv_of(file[1:], file[0]), "mended.csv", kind="provision-map")
    page = text_of(client.get(again).text)
    assert "Cannot be read 0" in page
    assert "New 2" in page


def _merge_waves(_book: Any, page: Any) -> None:
    for line, wave in ((3, 2), (5, 3)):
        page.merge_range(f"A{line}:E{line}", f"Wave {wave}")


def test_a_workbook_with_waves_between_the_rows_is_read():
    client = signed_in("senco")
    content = book_of(
        [
            ["Provision map, spring term"],
            ["Provision", "Frequency", "Year 4", "Year 2", "Cost"],
            ["Wave 2"],
            ["Comet readers", "3x20", "Idris, Grace", "", "£120"],
            ["Wave 3"],
            ["Star writers", "1x45", "", "Poppy", ""],
        ],
        more=_merge_waves,
    )
    address = read_in(client, content, "map.xlsx")
    page = text_of(client.get(address).text)
    assert "New 3 Changed 0 To decide 0 Cannot be read 0" in page
    assert re.search(r"Star writers , Layer Specialist", page)


@pytest.mark.parametrize("who", ["teacher", "parent"])
def test_others_settle_nothing(who):
    address = read_in(signed_in("senco"), csv_of(ROWS, HEADER))
    assert signed_in(who).get(f"{address}provisions/").status_code == 403


def test_a_map_with_the_pupils_names_over_its_columns_gives_what_is_crossed():
    client = signed_in("senco")
    pupils = ("Hassan-Cole, Idris", "Grace Atherton", "No Child")
    header = ("Intervention", "Times a week", "Minutes", *pupils, "Cost (£)")
    rows = [
        ("Our quiet hour", "2", "20", "x", "", "", "120"),
        ("Rocket readers", "3", "15", "", "x", "", ""),
        ("Toe by Toe", "5", "10", "daily 12", "soon", "x", "40"),
        ("Nothing yet", "1", "10", "", "-", "", ""),
    ]
    address = read_in(client, csv_of(rows, header))
    page = text_of(client.get(address).text)
    assert "Provision map from map.csv" in page
    assert "Costs are not taken over (Cost (£))" in page
    assert "Rows in the list 5" in page
    assert "Cannot be read 2" in page
    refused = text_of(client.get(f"{address}?show=refused").text)
    assert (
        "Toe by Toe Grace Atherton: We cannot read how much this is. You wrote “soon”." in refused
    )
    assert "Child, No: Toe by Toe No pupil here has" in refused
    asks = client.get(f"{address}provisions/").text
    fields = dict.fromkeys(re.findall(r'name="(layer_\d)"', asks), "2")
    client.post(f"{address}provisions/", {"version": version_on(asks), **fields})
    press(client, address, "apply")
    with acting_as("senco", write=False):
        given = Allocation.objects.filter(starts=TODAY).select_related("pupil")
        told = {(one.pupil.first_name, one.times_a_week, one.minutes) for one in given}
    assert told == {("Idris", 2, 20), ("Grace", 3, 15), ("Idris", 5, 12)}
