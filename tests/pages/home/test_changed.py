"""What changed since one last looked: on the home page, in the whole list, on the pupil's page."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.cases import queries, seen
from opensenco.cases.models import Fact, SeenMark
from opensenco.concerns.operations import raising
from opensenco.people.models import Pupil
from opensenco.people.operations.pupils import change_pupil
from opensenco.threads.operations.writing import write_message
from opensenco.ui.ways import read_at
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.domain.concerns import making
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db

HEAD = "Changed since you last looked"
WORRY = "Jo Birkett recorded a concern."


def part(who: str, until: str = "I have seen these changes") -> str:
    """What the home page says of changes; empty where it says nothing."""
    page = text_of(signed_in(who).get("/"))
    return page.split(HEAD, 1)[1].split(until)[0] if HEAD in page else ""


def page_of(who: str, name: str) -> str:
    with acting_as("senco", write=False):
        ref = Pupil.objects.get(first_name=name).ref
    return text_of(signed_in(who).get(reverse("pupils:show", args=[ref])))


def on_day(settings, days: int) -> None:
    """Let the pages be some days later."""
    settings.FROZEN_TODAY = (TODAY + timedelta(days=days)).isoformat()


@pytest.mark.requirement("S1-12")
def test_what_a_colleague_wrote_is_told_until_one_has_looked_and_the_whole_of_that_day(settings):
    making.raised("ta", "Grace")
    making.raised("ta", "Grace", "He is tired.")
    with acting_as("senco") as actor:
        grace = making.pupil("Grace")
        change_pupil(actor=actor, pupil=grace, version=None, home_language="Polish")
    on_day(settings, 1)
    # one paragraph a pupil, the newest first, with who wrote it and when
    assert f"Grace Atherton {WORRY} Wed 10 Mar {WORRY}" in part("senco")
    assert "recorded a concern" not in part("teacher"), "not their pupil"
    # the page says it too, with what only the history knows; the SENCO's own change is no news
    page = page_of("head", "Grace")
    assert "Changed in the last four weeks" in page
    assert WORRY in page
    assert "The pupil’s details were changed. Amara Okafor, Wed 10 Mar" in page
    assert "details were changed" not in page_of("senco", "Grace")
    # who opened it has looked: the home page is rid of it, the page itself not before tomorrow
    assert "Grace" not in part("senco")
    assert "Changed in the last four weeks" in page_of("senco", "Grace")
    on_day(settings, 2)
    assert "Changed" not in page_of("senco", "Grace")
    with acting_as("ta") as early:
        later = replace(early, at=NOW + timedelta(days=2, minutes=-5))
        write_message(actor=later, pupil=making.pupil("Idris"), words="He read to me.")
    assert "Fri 5 Mar 1 new message" in part("teacher")
    on_day(settings, 3)
    assert "1 new message from those who work with this pupil" in page_of("teacher", "Idris")


def test_a_button_says_that_one_has_seen_it_and_what_comes_later_is_new_again(settings):
    making.raised("ta", "Grace")
    on_day(settings, 1)
    client = signed_in("senco")
    answer = client.get("/")
    marks = [
        line.split('"')[0] for line in answer.content.decode().split('name="seen" value="')[1:]
    ]
    assert len(marks) >= 1
    nonsense = ["", "nonsense", "x 2027-03-10T00:00:00Z", marks[0].split()[0] + " yesterday"]
    assert client.post(reverse("home:seen"), {"seen": nonsense}).status_code == 302
    assert "Grace" in part("senco")
    # marking what one may not open marks nothing
    signed_in("other_teacher").post(reverse("home:seen"), {"seen": marks})
    with acting_as("senco", write=False):
        assert not SeenMark.objects.filter(pupil__first_name="Grace").exists()
    client.post(reverse("home:seen"), {"seen": marks})
    assert "Nothing has changed since you last looked." in text_of(client.get("/"))
    assert "Grace" in part("head"), "each has seen for themselves"
    on_day(settings, 2)
    with acting_as("ta") as actor:
        late = replace(actor, at=NOW + timedelta(days=2))
        raising.raise_concern(actor=late, pupil=making.pupil("Grace"), noticed="Again.")
    assert part("senco").count(WORRY) == 1
    # on the page of the pupil, the same; the button leads back to it
    page = page_of("senco", "Grace")
    assert "on 10 March 2027" in page
    assert page.split("I have seen")[0].count(WORRY) == 1
    with acting_as("senco", write=False):
        mark = f"{making.pupil('Grace').ref} {(NOW + timedelta(days=9)).isoformat()}"
    there = client.post(reverse("home:seen"), {"seen": mark, "back": "pupil"})
    assert there.headers["Location"] == reverse("pupils:show", args=[UUID(mark.split()[0])])
    assert "I have seen these changes" not in text_of(client.get(there.headers["Location"]))
    with acting_as("senco", write=False):
        assert SeenMark.objects.latest("id").until < NOW + timedelta(days=3), "now at the latest"


def test_what_was_being_written_while_one_looked_is_not_lost():
    making.raised("ta", "Grace")
    with acting_as("senco") as actor:
        grace = making.pupil("Grace")
        for seconds in (30, 90):
            at = NOW + timedelta(seconds=seconds)
            Opening(
                org=grace.org, at=at, person=actor.person, role="x", kind=Opening.Kind.PAGE,
                action="pupil.view", pupil=grace,
            ).save()  # fmt: skip
            names = [one.pupil.first_name for one in seen.changed(actor)[0]]
            assert ("Grace" in names) is (seconds < 60)


def test_the_list_is_paged_by_the_database_and_each_pupil_stands_on_one_page_alone(settings):
    with acting_as("ta") as actor:
        for number, name in enumerate(("Grace", "Poppy", "Idris", "Grace")):
            at = replace(actor, at=NOW + timedelta(minutes=number))
            raising.raise_concern(actor=at, pupil=making.pupil(name), noticed="He is sad.")
        write_message(
            actor=replace(actor, at=NOW + timedelta(minutes=9)), pupil=making.pupil("Idris"),
            words="He read to me.",
        )  # fmt: skip
    with acting_as("senco", write=False) as actor:
        beside = (("messages", making_rows),)
        later = replace(actor, at=NOW + timedelta(hours=1))
        first, before = seen.changed(later, beside, most=1)
        assert [one.pupil.first_name for one in first] == ["Idris"]
        assert first[0].beside == {"messages": 1}
        second, before = seen.changed(later, beside, before=before, most=1)
        assert [(o.pupil.first_name, len(o.facts), o.earlier) for o in second] == [("Grace", 2, 0)]
        third, before = seen.changed(later, beside, before=before, most=1)
        assert [one.pupil.first_name for one in third] == ["Poppy"]
        assert before is None
    on_day(settings, 1)
    page = text_of(signed_in("senco").get(reverse("home:changed")))
    assert page.index("Idris Hassan-Cole 4R") < page.index("Grace") < page.index("Poppy")
    earlier = reverse("home:changed") + "?before=2027-03-10T00:00:00Z"
    assert "Nothing has changed" in text_of(signed_in("senco").get(earlier))


def making_rows(actor):
    from opensenco.threads.queries import unread_rows

    return unread_rows(actor)


def test_many_changes_ask_no_more_than_few(settings):
    making.raised("ta", "Grace")
    on_day(settings, 1)
    client = signed_in("senco")
    with asks_as_before(client):
        for name in ("Grace", "Poppy", "Idris", "Grace", "Grace", "Grace"):
            making.raised("ta", name)
    assert "2 more changes" in part("senco")


def asks_as_before(client):
    from contextlib import contextmanager

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def counted():
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        yield
        with CaptureQueriesContext(connection) as again:
            client.get("/")
        assert len(again) == len(asked)

    return counted()


@pytest.mark.parametrize("who", ["senco", "teacher", "ta", "head"])
def test_whatever_is_told_leads_to_a_page_that_its_reader_may_open(who: str):
    with acting_as(who, write=False) as actor:
        facts = list(queries.standing_facts(actor).select_related("pupil").order_by("-id")[:400])
        assert facts or who == "ta"
        ways = {one.source_label: read_at(one) for one in facts if read_at(one)}
    client = signed_in(who)
    for label, address in ways.items():
        assert client.get(address).status_code == 200, label


def test_nobody_is_told_of_what_they_may_not_read(settings):
    with acting_as("senco", write=False):
        hidden = Fact.objects.filter(confidential=True)
        assert all(one.person_id for one in hidden)
    making.raised("ta", "Grace")
    on_day(settings, 1)
    for who in ("teacher", "other_teacher", "admin", "dsl"):
        client = signed_in(who)
        assert "recorded a concern" not in text_of(client.get("/"))
        assert "Grace" not in text_of(client.get(reverse("home:changed")))
