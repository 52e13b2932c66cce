"""Who teaches which class, by pages: as those who may say so, and what the teachers then see."""

import re
from typing import Any

import pytest
from django.urls import reverse

from opensenco.people.models import Group, GroupStaff, Pupil
from opensenco.people.operations import groups
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def day(name: str, day: int, month: int = 3) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": "2027"}


def at(page: str, model: Any = Group, **found: Any) -> str:
    with acting_as("senco", write=False):
        return reverse(f"school:{page}", args=[model.objects.get(**found).ref])


def sent(client: StrictClient, address: str, **fields: Any) -> str:
    answer = client.post(address, fields, follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def ref_of(first: str) -> str:
    with acting_as("senco", write=False):
        return str(Pupil.objects.get(first_name=first).ref)


def idris(key: str) -> int:
    with acting_as("senco", write=False):
        address = reverse("pupils:show", args=[Pupil.objects.get(first_name="Idris").ref])
    return signed_in(key).get(address).status_code


@pytest.mark.parametrize("key", ["senco", "head", "admin"])
def test_who_runs_the_place_finds_each_class_with_its_people(key: str):
    client = signed_in(key)
    page = client.get(reverse("school:classes")).text
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "4R Priya Raman 2" in plain
    assert "Language group Jo Birkett 1" in plain
    assert "Classes and groups" in client.get(reverse("school:who_sees")).text
    assert "Hassan-Cole, Idris" in client.get(at("class", name="4R")).text


def test_more_classes_ask_the_database_no_more():
    client = signed_in("head")
    with asks(11):
        client.get(reverse("school:classes"))
    with acting_as("head") as actor:
        org = Group.objects.first().org  # type: ignore[union-attr]
        for number in range(20):
            made = groups.add_group(actor=actor, org=org, name=f"Set {number}", kind="teaching")
            groups.put_staff_in_group(actor=actor, group=made, person=actor.person, starts=TODAY)
    with asks(11):
        page = client.get(reverse("school:classes")).text
    assert "Teaching groups" in page


def test_others_find_neither_page_nor_tab():
    for key in ("teacher", "ta", "phase_senco", "governor"):
        client = signed_in(key)
        assert client.get(reverse("school:classes")).status_code == 403, key
        assert "Classes and groups" not in client.get(reverse("school:who_sees")).text


def test_a_class_is_made_filled_and_taught_and_its_teacher_sees_it_at_once():
    client = signed_in("admin")
    page = sent(client, reverse("school:add_class"), name="4B", kind="class")
    assert "Nobody is in it yet" in page
    people = at("put_staff", name="4B")
    nobody = sent(client, people, does="teaches", **day("starts", 10))
    assert "Choose an answer for “Who”" in nobody
    owen = str(person("other_teacher").ref)
    page = sent(client, people, person=owen, does="teaches", subject="", **day("starts", 10))
    assert "Owen Sharp Teaches 10 March 2027" in page
    pupils = at("put_pupils", name="4B")
    offered = client.get(pupils).text
    with acting_as("senco", write=False):
        old = re.search(r'href="([^"]+)"[^>]*>2P, 1<', offered)
        from_4r = re.search(r'href="([^"]+)"[^>]*>4R, 2<', offered)
    assert old
    assert from_4r
    assert "Tick at least one pupil" in sent(client, from_4r[1], **day("starts", 10))
    assert (idris("teacher"), idris("other_teacher")) == (200, 403)
    page = sent(client, from_4r[1], pupils=[ref_of("Idris")], **day("starts", 10))
    assert "Hassan-Cole, Idris 10 March 2027" in page
    assert (idris("teacher"), idris("other_teacher")) == (403, 200)
    assert "9 March 2027" in client.get(at("class", name="4R")).text


def test_a_first_day_is_taken_back_and_a_last_day_ends_sight():
    client = signed_in("head")
    with acting_as("head") as actor:
        form = Group.objects.get(name="4R")
        groups.put_staff_in_group(
            actor=actor, group=form, person=person("other_teacher"), does="covers", starts=TODAY
        )
    assert idris("other_teacher") == 200
    new = at("end_staff", GroupStaff, group__name="4R", does="covers")
    assert "no day will have had it" in client.get(new).text
    assert "It is taken back" in sent(client, new, version="1")
    assert idris("other_teacher") == 403
    old = at("end_staff", GroupStaff, group__name="4R", does="teaches")
    wrong = sent(client, old, version="1", **day("on", 31, 2))
    assert "Error:" in wrong
    assert "The last day is recorded" in sent(client, old, version="1", **day("on", 9))
    assert idris("teacher") == 403
    assert "Who worked with it before" in client.get(at("class", name="4R")).text


def test_a_class_is_renamed_by_one_of_two_and_the_other_sees_both():
    first, second = signed_in("senco"), signed_in("head")
    page = at("change_class", name="4R")
    assert "It is changed" in sent(first, page, name="4 Robin", part="", version="1")
    both = sent(second, page, name="4 Rook", part="", version="1")
    assert "Two versions of the same record" in both
    assert "4 Robin" in both
    taken = sent(second, page, name="2P", part="", version="2")
    assert "There is a group of this name. Choose another name." in taken


def test_a_class_is_ended_and_stays_among_those_that_ended():
    client = signed_in("senco")
    page = at("end_class", name="4R")
    ahead = sent(client, page, version="1", **day("on", 11))
    assert "Choose today or an earlier day" in ahead
    assert "It has ended" in sent(client, page, version="1", **day("on", 9))
    assert idris("teacher") == 403
    listed = client.get(reverse("school:classes")).text
    assert "2 pupils are in no class today" in listed
    ended = client.get(reverse("school:classes") + "?show=ended").text
    assert "9 March 2027" in ended
    assert "Who was in it before" in client.get(at("class", name="4R")).text
    refused = client.post(page, {"version": "2", **day("on", 9)})
    assert "has ended. Make a new one" in refused.text


def test_a_shared_senco_makes_a_class_in_the_school_that_is_chosen():
    client = signed_in("shared_senco")
    listed = client.get(reverse("school:classes")).text
    assert "Mill Lane School" in listed
    assert "There is no class yet" in listed
    refused = sent(client, reverse("school:add_class"), name="1A", kind="class")
    assert "Choose an answer for “School”" in refused
    form = client.get(reverse("school:add_class")).text
    weir = re.search(r'value="([^"]+)"[^>]*>\s*<label[^>]*>\s*Weir School', form)
    assert weir
    sent(client, reverse("school:add_class"), name="1A", kind="class", place=weir[1])
    with acting_as("shared_senco", write=False):
        assert Group.objects.get(name="1A").org.name == "Weir School"
