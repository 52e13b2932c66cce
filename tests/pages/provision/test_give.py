"""Giving something: from the library, by ticks, by group; what the school gives."""

import pytest

from opensenco.kernel.refs import short
from opensenco.provision import queries
from opensenco.provision.models import Allocation, Provision
from opensenco.support.models import Outcome
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given, idris_has, language_group, pupil, reading
from tests.domain.support.steps import agreed, on_support
from tests.pages.provision.hands import asked, filled, link_to, send, ticks
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def library_item() -> str:
    with acting_as("senco") as actor:
        return short(reading(actor).ref)


def everybody_on_support():
    with acting_as("senco") as actor:
        for name in ("Grace", "Poppy"):
            on_support(actor, pupil(name))


@pytest.mark.requirement("S4-19")
@pytest.mark.rule("APD-03")
def test_pupils_are_ticked_and_all_else_is_filled_in_already():
    everybody_on_support()
    item = library_item()
    client = signed_in("senco")
    page = client.get("/provision/")
    form = client.get(link_to(page, "Give Paired reading"))
    names = ticks(form, "pupils")
    assert len(names) == 3
    saved = send(client, form, pupils=names)
    assert "Given." in saved.text
    with acting_as("senco", write=False) as actor:
        rows = Allocation.objects.filter(provision__name="Paired reading")
        assert {(r.times_a_week, r.minutes, r.starts) for r in rows} == {(4, 15, TODAY)}
        assert len(queries.of_provision(actor, Provision.objects.get(name="Paired reading"))) == 3
    assert item in saved.request["PATH_INFO"]


def test_a_whole_class_is_ticked_by_one_click():
    client = signed_in("senco")
    page = client.get(f"/provision/{library_item()}/give/")
    inside = client.get(page.request["PATH_INFO"] + link_to(page, "4R"))
    assert len(filled(inside)[1]["pupils"]) == 2
    assert "Given." in send(client, inside).text


def test_a_support_group_is_chosen_with_its_pupils():
    client = signed_in("senco")
    page = client.get(f"/provision/{library_item()}/give/")
    inside = client.get(page.request["PATH_INFO"] + link_to(page, "Language group"))
    send(client, inside)
    with acting_as("senco", write=False):
        row = Allocation.objects.get(provision__name="Paired reading")
        assert row.group == language_group()


@pytest.mark.rule("APD-03")
def test_from_a_pupils_plan_the_outcome_is_chosen_already():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        outcome = Outcome.objects.get(cycle=cycle)
        grace = pupil()
    client = signed_in("senco")
    query = f"?pupil={short(grace.ref)}&outcome={short(outcome.ref)}"
    shelves = client.get(f"/provision/library/{query}&q=paired")
    assert "What will Grace Atherton get?" in shelves.text
    form = client.post(f"/provision/library/{query}", {"starter": "paired-reading"}, follow=True)
    assert filled(form)[1]["outcome"] == short(outcome.ref)
    send(client, form, person=short(person("ta").ref))
    with acting_as("senco", write=False):
        row = Allocation.objects.get(pupil=grace)
        assert (row.outcome, row.person) == (outcome, person("ta"))
        assert row.provision.starter == "paired-reading"


def test_nobody_ticked_is_asked_for_in_plain_words():
    client = signed_in("senco")
    page = client.get(f"/provision/{library_item()}/give/")
    assert "Tick at least one pupil" in send(client, page).text


def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays():
    client = signed_in("senco")
    page = client.get(f"/provision/{library_item()}/give/")
    data = {"pupils": ticks(page, "pupils"), "minutes": "twenty", "ends-year": "2020"}
    answer = send(client, page, **data)
    assert "must be a whole number, like 20. You wrote “twenty”" in answer.text
    answer = send(client, page, **{**data, "minutes": "15"})
    assert "The last day must be the first day or later" in answer.text


def test_the_library_is_searched_and_a_search_without_a_find_says_what_to_do():
    client = signed_in("senco")
    assert "Paired reading" in client.get("/provision/library/?q=paired").text
    assert "Show all of it" in client.get("/provision/library/?q=zzzz&layer=1").text
    assert client.get("/provision/library/?layer=nine").status_code == 200
    assert client.get("/provision/library/?pupil=nonsense").status_code == 404


def test_something_of_ones_own_is_added_and_changed():
    client = signed_in("senco")
    added = send(client, client.get("/provision/add/"), name="Lego club", layer="2")
    assert "Added to your library" in added.text
    form = client.get(link_to(added, "Change"))
    assert "Bricks club" in send(client, form, name="Bricks club").text


def test_one_promise_is_ended_told_of_and_marked_in_error():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        ref = short(row.ref)
    client = signed_in("senco")
    told = send(client, client.get(f"/allocations/{ref}/told/"), told_how="phone")
    assert "Parents told" in told.text
    ended = send(client, client.get(f"/allocations/{ref}/end/"), reason="Met early")
    assert "The last day is set" in ended.text
    send(client, client.get(f"/allocations/{ref}/error/"), reason="Wrong pupil entirely")
    assert "Made in error" in client.get(f"/allocations/{ref}/").text


def test_a_stale_end_shows_both_texts():
    with acting_as("senco") as actor:
        (row,) = given(actor)
        ref = short(row.ref)
    client = signed_in("senco")
    mine, theirs = (client.get(f"/allocations/{ref}/end/") for _ in range(2))
    send(client, theirs, reason="Met early")
    assert "Two versions of the same record" in send(client, mine, reason="Moved away").text


def test_a_teacher_sees_their_pupils_only_and_gives_nothing():
    with acting_as("senco") as actor:
        given(actor, pupil("Poppy"))
    page = signed_in("teacher").get("/provision/")
    assert "Language group" in page.text
    assert "Paired reading" not in page.text
    assert "Give something" not in page.text


def test_the_navigation_leads_the_senco_there():
    assert link_to(signed_in("senco").get("/provision/"), "Provision") == "/provision/"


def test_a_long_list_asks_no_more_questions():
    client = signed_in("senco")
    before = asked(client, "/provision/")
    with acting_as("senco") as actor:
        given(actor, pupil(), pupil("Poppy"))
        given(actor, pupil(), provision=idris_has().provision)
    assert asked(client, "/provision/") == before
