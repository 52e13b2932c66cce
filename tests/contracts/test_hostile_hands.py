"""What is not theirs, asked for in other ways than a browser of ours does.

The headers by which a part of a page is asked for, or by which a proxy and a framework can be told
another address, method or host; the lists that a button posts without a form; words kept in a form
about somebody else's row.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import URLPattern, reverse

from opensenco.cases.seen_models import SeenMark
from opensenco.gate.models import Draft
from opensenco.kernel.refs import short
from opensenco.notices.models import Notice
from opensenco.people.models import Group, Pupil
from opensenco.support.models import ProfileRead
from tests.cast import NOW
from tests.client import signed_in
from tests.contracts.test_nobody_elses import elsewhere, larkrises
from tests.contracts.test_routes import FIXED, ROWS, People, at_every, door, no_such
from tests.contracts.walk import Named
from tests.people import acting_as

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
#: asks for a part, and tells of another way, place and person
ODD = {
    "HX-Request": "true", "HX-Boosted": "true", "HX-Target": "main", "HX-Trigger": "main",
    "HX-History-Restore-Request": "true", "HX-Current-URL": "http://testserver/",
    "X-HTTP-Method-Override": "PUT", "X-Original-URL": "/", "X-Rewrite-URL": "/",
    "X-Forwarded-Host": "outside.example", "X-Forwarded-User": "senco@larkrise.example",
    "X-Remote-User": "senco@larkrise.example", "Range": "bytes=0-99", "Accept": "application/json",
}  # fmt: skip


@pytest.mark.parametrize("doors", ROWS[:2])
@pytest.mark.rule("GOV-08")
def test_no_header_opens_what_is_somebody_elses(doors: Sequence[Named]) -> None:
    """A quarter of the addresses with a reference: headers are read by the door, one for all."""
    people = People("senco", "outsider")

    def check(name: str, entry: URLPattern) -> None:
        if set(entry.pattern.converters) <= set(FIXED) or not door(entry).reads:
            return
        for key, values in (("senco", elsewhere(entry)), ("outsider", larkrises(entry))):
            theirs, none = (
                people(key).get(reverse(name, kwargs=one), headers=ODD)
                for one in (values, no_such(entry))
            )
            assert theirs.status_code == none.status_code, f"{name} as {key}"
            assert theirs.content == none.content, f"{name} as {key}"

    at_every(doors, check)


def refs_of(key: str, model: Any, **wanted: Any) -> list[uuid.UUID]:
    with acting_as(key, write=False):
        return list(model.objects.filter(**wanted).order_by("id").values_list("ref", flat=True))


def rows(key: str, model: Any) -> list[dict[str, Any]]:
    with acting_as(key, write=False):
        return list(model.objects.order_by("id").values())


def test_a_list_that_a_button_posts_reaches_nobody_elses_rows():
    """References of another school, of a colleague and of nothing do the same: nothing."""
    senco = signed_in("senco")
    theirs = refs_of("outsider", Pupil)
    notices = refs_of("outsider", Notice)
    with acting_as("senco", write=False) as actor:
        colleagues = list(Notice.objects.exclude(person=actor.person).values_list("ref", flat=True))
        (group,) = Group.objects.filter(name="2P").values_list("ref", flat=True)
    before = [rows(key, model) for key in ("senco", "outsider") for model in (Notice, SeenMark)]
    reads = [rows(key, ProfileRead) for key in ("senco", "outsider")]
    until = NOW.isoformat()
    for refs in ([uuid.uuid4()], [*theirs, *notices, *colleagues]):
        said = [str(one) for one in refs] + [short(one) for one in refs]
        seen = [f"{one} {until}" for one in said]
        for name, sent, to in (
            ("home:seen", {"seen": seen, "back": "pupil"}, reverse("home:start")),
            ("home:read_news", {"notice": said}, reverse("home:start")),
            ("notices:read", {"notice": said}, reverse("notices:list")),
            ("notices:read", {"shown": said, "all": "1"}, reverse("notices:list")),
        ):
            answer = senco.post(reverse(name), sent)
            assert (answer.status_code, answer.headers["Location"]) == (302, to), name
        sheet = reverse("sheets:say_read", args=[group])
        assert senco.post(sheet, {"seen": [f"{one}:1" for one in said]}).status_code == 302
    assert [
        rows(key, model) for key in ("senco", "outsider") for model in (Notice, SeenMark)
    ] == before
    assert [rows(key, ProfileRead) for key in ("senco", "outsider")] == reads


def test_words_kept_about_somebody_elses_row_are_ones_own_and_change_nothing():
    """A draft stands with whoever typed it, whatever row it says it is about."""
    senco, outsider = signed_in("senco"), signed_in("outsider")
    (ours,) = refs_of("senco", Pupil, first_name="Idris")
    kept = reverse("account:draft_about", args=["concern", ours])
    assert senco.post(kept, {"noticed": "Of our own."}).status_code == 200
    answers = [
        outsider.post(reverse("account:draft_about", args=["concern", ref]), {"noticed": "Mine."})
        for ref in (ours, uuid.uuid4())
    ]
    assert {answer.status_code for answer in answers} == {200}
    with acting_as("senco", write=False):
        (row,) = Draft.objects.filter(about=ours)
        assert row.text["noticed"] == ["Of our own."]
    assert outsider.get(reverse("concerns:new", args=[ours])).status_code == 404
    assert "Of our own." not in outsider.get(reverse("account:me")).text


def test_a_way_back_that_leads_elsewhere_is_not_taken():
    senco = signed_in("senco")
    for back in ("https://outside.example/", "//outside.example", "\\\\outside.example", "/\\x"):
        answer = senco.post(reverse("sheets:initials"), {"only": "1", "back": back})
        assert answer.headers["Location"] == reverse("home:start"), back
