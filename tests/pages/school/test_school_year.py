"""A school year as its keeper sees it: the proposal, what is decided, and the way back."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opensenco.cases.joining.questions import questions
from opensenco.cases.operations import one_child
from opensenco.kernel.refs import short
from opensenco.pages.school import summer
from opensenco.people.models import Group, Pupil, YearTurn
from opensenco.people.operations import groups, rolls, taking_back
from tests.client import StrictClient, signed_in
from tests.people import acting_as
from tests.support.asking import FRAME

pytestmark = pytest.mark.django_db
FIRST = date(2027, 9, 2)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def when(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": "2027"}


def sent(client: StrictClient, address: str, **fields: Any) -> str:
    answer = client.post(address, fields, follow=True)
    assert answer.status_code == 200
    return plain(answer.text)


def at(page: str, *more: Any) -> str:
    with acting_as("senco", write=False):
        turn = YearTurn.objects.filter(state__in=["draft", "applied"]).order_by("-id")[0]
    return reverse(f"school:{page}", args=[turn.ref, *more])


def version() -> int:
    with acting_as("senco", write=False):
        return YearTurn.objects.order_by("-id")[0].version


def child(first: str) -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name=first)


def prepared(client: StrictClient) -> None:
    fields = {**when("first_day", FIRST), **when("leave_on", date(2027, 8, 31)), "highest": "6"}
    page = sent(client, reverse("school:prepare_year"), **fields)
    assert "This is a proposal" in page


def test_a_year_is_prepared_looked_at_decided_put_in_and_taken_back():
    client = signed_in("admin")
    page = plain(client.get(reverse("school:year")).text)
    assert "2027/28" in page
    assert "Nobody has entered the term dates" in page
    prepared(client)
    page = plain(client.get(at("turn")).text)
    assert "4R Year 4 2 5R" in page
    assert "2P Year 2 1 3P" in page
    assert "Atherton, Grace" in page
    assert "a year ahead of their age" in page
    with acting_as("senco", write=False):
        four = Group.objects.get(name="4R")
    field = f"way_{short(four.ref)}_4"
    two = next(
        n
        for n in re.findall(r'name="(way_[^"]+)"', client.get(at("turn_classes")).text)
        if n != field
    )
    sent(client, at("turn_classes"), version=version(), **{field: "5 Oak", two: "3P"})
    page = plain(client.get(at("turn")).text)
    assert "4R Year 4 2 5 Oak" in page
    grace = child("Grace")
    page = sent(client, at("turn_pupil", grace.ref), version=version(), goes="stays", into="4R")
    assert "It is kept" in page
    assert "Atherton, Grace" in plain(client.get(at("turn_list") + "?show=apart").text)
    page = client.get(at("turn_apply")).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    page = sent(client, at("turn_apply"), version=version(), seen=seen[1])
    assert "is in the record" in page
    assert child("Idris").year_on(date(2027, 9, 1)) == 4
    assert child("Idris").year_on(FIRST) == 5
    assert child("Grace").year_on(FIRST) == 4
    page = sent(client, at("turn_undo"), version=version())
    assert "taken back" in page
    assert child("Idris").year_on(FIRST) == 4


def test_a_year_that_names_pupils_who_were_set_aside_since_says_so_and_turns_all_the_same():
    client = signed_in("senco")
    with acting_as("senco") as actor:
        org = Group.objects.get(name="4R").org
        twins = rolls.add_pupils(
            actor=actor, org=org,
            rows=[
                {"first_name": name, "last_name": "Fen", "birth_date": date(2018, 1, 1),
                 "year_group": 4}
                for name in ("Ada", "Adah", "Wren")
            ],
        )  # fmt: skip
    prepared(client)
    for one in twins[1:]:
        sent(client, at("turn_pupil", one.ref), version=version(), goes="stays", into="4R")
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(at("turn_apply")).text)
    assert seen
    with acting_as("senco") as actor:
        ada, adah, wren = Pupil.objects.filter(last_name="Fen").order_by("id")
        one_child.join_records(
            actor=actor, pupils=[ada, adah], reason="She is one child.",
            choices={one.code: "first" for one in questions(actor, ada, adah)},
        )  # fmt: skip
        taking_back.take_back_pupils(actor=actor, pupils=[wren], reason="Of another school.")
    page = sent(client, at("turn_apply"), version=version(), seen=seen[1])
    assert "Look at it once more" in page
    page = client.get(at("turn")).text
    told = plain(page)
    assert "Fen, Adah Decided: Stays in the same year group. It is one record with" in told
    assert "Fen, Wren Decided: Stays in the same year group. The record was marked as" in told
    assert f'href="{at("turn_pupil", ada.ref)}">Say where Fen, Ada goes' in page
    assert "2 decisions are left out" in plain(client.get(at("turn_apply")).text)
    sent(client, at("turn_pupil", ada.ref), version=version(), goes="stays", into="4R")
    assert "Something has been decided of that one." in client.get(at("turn")).text
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(at("turn_apply")).text)
    assert seen
    page = sent(client, at("turn_apply"), version=version(), seen=seen[1])
    assert "is in the record" in page
    found = {row.first_name: row.year_on(FIRST) for row in map(child, ("Ada", "Adah", "Wren"))}
    assert found == {"Ada": 4, "Adah": 4, "Wren": 4}
    assert child("Wren").next_from is None
    assert "taken back" in sent(client, at("turn_undo"), version=version())


def test_in_summer_the_home_page_asks_for_the_coming_year_until_it_is_in_the_record():
    def asked(key: str, month: int) -> Any:
        with acting_as(key, write=False) as actor:
            shown = summer.reminder(replace(actor, at=actor.at.replace(month=month)))["year"]
            turn = shown and shown.current
            return shown and (str(shown.coming), shown.first_day, turn and turn.state)

    assert asked("senco", 7) == ("2027/28", None, None)
    assert asked("admin", 6)
    assert asked("senco", 5) is None
    assert asked("teacher", 7) is None
    prepared(signed_in("senco"))
    assert asked("senco", 8)[2] == "draft"


def test_more_pupils_ask_the_database_no_more():
    client = signed_in("head")
    prepared(client)
    addresses = [at("turn"), at("turn_list"), at("turn_apply")]
    numbers = [counted(client, address) for address in addresses]
    with acting_as("head") as actor:
        org = Group.objects.get(name="4R").org
        rows = [
            {
                "first_name": f"A{n}",
                "last_name": "Fen",
                "birth_date": date(2017, 1, 1),
                "year_group": 5,
            }
            for n in range(40)
        ]
        made = rolls.add_pupils(actor=actor, org=org, rows=rows)
        five = groups.add_group(actor=actor, org=org, name="5B")
        rolls.put_pupils_in_group(actor=actor, pupils=made, group=five, starts=actor.today)
    assert [counted(client, address) for address in addresses] == numbers


def counted(client: StrictClient, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len([q for q in asked if not q["sql"].lstrip().upper().startswith(FRAME)])
