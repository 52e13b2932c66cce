"""The school's own fields: made, filled in on a pupil's page, columns of the register."""

import html
import re

import pytest

from opensenco.kernel.refs import short
from opensenco.support.models import OwnField, OwnFieldChoice
from opensenco.support.operations.own_fields import FieldWords, make_field
from opensenco.support.operations.own_values import Given, fill_in_fields, name_of
from tests.client import signed_in
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Travels by", "kind": "choice", "choices": "Bus\nTaxi\n\nWalks", "on_register": "on",
    "sees": ["TA"], "fills": ["TEACHER"],
}  # fmt: skip


def field(name: str = "Travels by") -> OwnField:
    with acting_as("senco", write=False):
        return OwnField.objects.get(name=name)


def choice(label: str) -> OwnFieldChoice:
    with acting_as("senco", write=False):
        return OwnFieldChoice.objects.get(label=label)


def idris() -> str:
    with acting_as("senco", write=False):
        return f"/pupils/{short(pupil('Idris').ref)}/"


def test_a_field_is_made_filled_in_by_a_teacher_seen_by_an_assistant_and_retired():
    senco = signed_in("senco")
    assert 'href="/school/fields/"' in senco.get("/school/words/").text
    refused = senco.post("/school/fields/add/", {**NEW, "choices": "Bus", "name": "Way"}).text
    assert "Write at least two choices" in refused
    page = senco.post("/school/fields/add/", NEW, follow=True).text
    assert "Bus; Taxi; Walks" in page
    assert 'href="/imports/"' in page.split("<main", 1)[1]
    assert "Teaching assistant sees it" in page
    assert "Teacher fills it in" in page
    teacher, name = signed_in("teacher"), name_of(field())
    form = teacher.get(f"{idris()}fields/").text
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    done = teacher.post(
        f"{idris()}fields/", {"version": version[1], name: str(choice("Taxi").ref)}, follow=True
    ).text
    assert "Travels by" in done
    assert "Taxi" in done
    ta = signed_in("ta").get(idris()).text
    assert "Taxi" in ta
    assert f'{idris()}fields/"' not in ta
    assert "Travels by" not in signed_in("admin").get(idris()).text
    stale = senco.post(f"{idris()}fields/", {"version": version[1], name: ""}).text
    assert "There is a problem" in stale or "Nothing is saved yet" in stale
    where = f"/school/fields/{short(field().ref)}/"
    assert "Retired on" in senco.post(where, {"deed": "retire"}, follow=True).text
    assert "Taxi" not in signed_in("teacher").get(idris()).text
    assert "Taxi" in senco.get(f"{idris()}fields/before/").text
    assert "Nothing" not in senco.post(where, {"deed": "back"}, follow=True).text[:200]


def columns() -> dict[str, OwnField]:
    """Make a column of each sort, filled in for Idris, and put Grace beside him."""
    with acting_as("senco") as actor:
        on_support(actor)
        own = {
            kind: make_field(
                actor=actor, org=pupil("Idris").org, kind=kind,
                words=FieldWords(f"Col {kind}", on_register=True, choices=more),
            )
            for kind, more in (
                ("choices", ("Bus", "Taxi")), ("yes_no", ()), ("number", ()), ("line", ()),
            )
        }  # fmt: skip
        bus, taxi = OwnFieldChoice.objects.filter(field=own["choices"]).order_by("position")
        said: tuple[tuple[str, dict[str, Given]], ...] = (
            ("Idris", {"choices": [str(bus.ref), str(taxi.ref)], "yes_no": True, "number": 7,
                       "line": "=Zebra"}),
            ("Grace", {"choices": [str(taxi.ref)], "yes_no": False, "number": 12}),
        )  # fmt: skip
        for who, given in said:
            fill_in_fields(
                actor=actor, pupil=pupil(who),
                given={str(own[kind].ref): value for kind, value in given.items()},
            )  # fmt: skip
    return own


def order(page: str) -> list[str]:
    return re.findall(r"Hassan-Cole, Idris|Atherton, Grace", page)


def test_they_are_columns_filters_and_sorts_of_the_register_and_stand_in_its_file():
    own = columns()
    key = {kind: f"own-{short(row.ref)}" for kind, row in own.items()}
    senco = signed_in("senco")
    page = senco.get("/register/?view=all").text
    assert "Bus; Taxi" in page
    for kind, what, found in (
        ("choices", short(choice("Bus").ref), ["Idris"]),
        ("choices", short(choice("Taxi").ref), ["Grace", "Idris"]),
        ("yes_no", "no", ["Grace"]),
        ("line", "some", ["Idris"]),
        ("line", "none", ["Grace"]),
        ("line", "odd", ["Grace", "Idris"]),
    ):
        shown = order(senco.get(f"/register/?{key[kind]}={what}").text)
        assert {name.split(", ")[1] for name in shown} == set(found), (kind, what)
    idris_first, grace_first = ["Idris", "Grace"], ["Grace", "Idris"]
    for kind, up in (("choices", idris_first), ("number", idris_first), ("yes_no", grace_first),
                     ("line", idris_first)):  # fmt: skip
        shown = order(senco.get(f"/register/?view=all&sort={key[kind]}").text)
        assert [name.split(", ")[1] for name in shown] == up, kind
    csv = senco.get(f"/register/csv/?{key['yes_no']}=yes").text
    assert "Col choices,Col yes_no,Col number,Col line" in csv
    assert "Bus; Taxi,Yes,7,'=Zebra" in csv
    kept = senco.get(f"/register/?{key['yes_no']}=yes").text
    keep = re.search(r'href="(/register/views/save/[^"]*)"', kept)
    assert keep
    assert "Col yes_no: Yes" in senco.get(html.unescape(keep[1])).text
    admin = signed_in("admin").get(f"/register/?{key['yes_no']}=yes").text
    assert "Col yes_no" not in admin
    assert "Atherton, Grace" in admin


def test_a_register_with_columns_asks_as_much_for_more_rows():
    columns()
    senco = signed_in("senco")
    assert "Bus; Taxi" in senco.get("/register/?need=SLCN").text
    for query in ("need=SLCN", "status=K"):
        with asks(19):
            senco.get(f"/register/?{query}")
