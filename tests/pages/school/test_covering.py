"""A colleague stands in for a SENCO: with what this needs and no more, and it ends by itself."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.cover_models import SencoCover
from opensenco.access.models import Membership
from opensenco.access.scope import Scope, scope
from opensenco.cases import queries as cases
from opensenco.cases.contact_log import Said
from opensenco.cases.operations.contact_log import log_contact, say_followed_up
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
LIST, ARRANGE = "/school/standing-in/", "/school/standing-in/arrange/"
HATS = "/me/hats/"
WORDS = "Hearing clinic"


def pieces(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def hats(key: str, day: date) -> dict[str, Actor]:
    """Give the hats of somebody on a day, by the role."""
    who = person(key)
    with scope(Scope(person=who.pk)):
        found = hats_of(who, day)
    at = NOW + (day - TODAY)
    return {hat.role.code: Actor(who, hat, at) for hat in found}


def arranged(away: str = "Dilys Corring", until: int = 5) -> SencoCover:
    senco = signed_in("senco")
    form = senco.get(ARRANGE)
    options = {w.strip(): k for k, w in _options(form.text)}
    chosen = next(key for words, key in options.items() if words.startswith(away))
    given = as_it_stands(form, away=chosen, person=options["Owen Sharp"])
    given |= pieces("starts", TODAY) | pieces("ends", TODAY + timedelta(days=until))
    said = text_of(senco.post(ARRANGE, given, follow=True))
    assert "Arranged. Both are told." in said
    assert f"Owen Sharp for {away}" in said
    with acting_as("senco", write=False):
        return SencoCover.objects.select_related("membership", "away").order_by("-id")[0]


def _options(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', page)


@pytest.mark.requirement("S4-15")
def test_what_waits_reaches_who_stands_in_and_ends_by_itself():
    row = arranged()
    assert (row.membership.role, row.membership.part_id is not None) == ("SENCO_PHASE", True)
    # with the rights this needs and no more
    stands_in = hats("other_teacher", TODAY)["SENCO_PHASE"]
    assert stands_in.hat.reach(Action.PEOPLE_MANAGE) is None
    last = TODAY + timedelta(days=5)
    assert "SENCO_PHASE" in hats("other_teacher", last)
    assert "SENCO_PHASE" not in hats("other_teacher", last + timedelta(days=1))
    # what waits for the absent by name waits for who stands in, about pupils they reach
    with acting_as("phase_senco") as actor:
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        said = Said(
            on=TODAY, with_whom="Hearing clinic", words="They ring back.", follow_up_by=TODAY,
        )  # fmt: skip
        logged = log_contact(actor=actor, pupil=grace, said=said)
    with scope(stands_in.scope):
        assert WORDS in " ".join(one.words for one in cases.tasks_for(stands_in).yours)
    with scope(hats("other_teacher", TODAY)["TEACHER"].scope) as _own:
        teaching = hats("other_teacher", TODAY)["TEACHER"]
        assert WORDS not in " ".join(one.words for one in cases.tasks_for(teaching).yours)
    # everybody who may see who sees what, sees it; both are told
    seen = text_of(signed_in("teacher").get(reverse("school:who_sees")))
    assert "Owen Sharp (Upper school), stands in for Dilys Corring until 15 March 2027" in seen
    assert "You stand in for Dilys Corring" in text_of(
        signed_in("other_teacher").get(reverse("notices:list"))
    )
    # and who comes back reads what happened
    back = signed_in("phase_senco")
    page = back.get(LIST).text
    here = reverse("school:cover_of", args=[row.ref])
    assert here in page
    with scope(stands_in.scope, write=True):
        say_followed_up(actor=stands_in, logged=logged)
    told = text_of(back.get(here))
    assert "While you were away" in told
    assert WORDS in told
    assert signed_in("teacher").get(here).status_code == 403


def test_nobody_stands_in_twice_and_it_can_be_ended_sooner():
    row = arranged()
    again = signed_in("senco").get(ARRANGE)
    options = {w.strip(): k for k, w in _options(again.text)}
    assert not any(words.startswith("Owen Sharp, Upper") for words in options)
    chosen = next(key for words, key in options.items() if words.startswith("Dilys"))
    given = as_it_stands(again, away=chosen, person=options["Priya Raman"])
    given |= pieces("starts", TODAY) | pieces("ends", TODAY)
    refused = signed_in("senco").post(ARRANGE, given)
    assert "Somebody stands in for them in these days already." in text_of(refused)
    end = reverse("school:end", args=[row.membership.ref])
    assert end in signed_in("senco").get(LIST).text
    with acting_as("senco", write=False):
        assert Membership.objects.get(pk=row.membership_id).ends == TODAY + timedelta(days=5)


def test_the_lists_ask_a_fixed_number_of_times():
    senco = signed_in("senco")
    with asks(6):
        senco.get(LIST)
    arranged()
    with asks(6):
        senco.get(LIST)


@pytest.mark.requirement("S4-15")
def test_who_stands_in_for_the_senco_of_the_whole_school_does_what_waits_and_never_runs_the_place():
    row = arranged("Amara Okafor")
    assert (row.membership.role, row.membership.part_id) == ("SEN_TEAM", None)
    with acting_as("senco") as actor:
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        said = Said(
            on=TODAY, with_whom="Hearing clinic", words="They ring back.", follow_up_by=TODAY,
        )  # fmt: skip
        logged = log_contact(actor=actor, pupil=grace, said=said)
    stands_in = signed_in("other_teacher")
    hat = next(key for key, words in _hats(stands_in.get(HATS).text) if "team member" in words)
    stands_in.post(HATS, {"hat": hat})
    assert WORDS in text_of(stands_in.get("/"))
    contact = reverse("contacts:show", args=[logged.ref])
    stands_in.post(contact, as_it_stands(stands_in.get(contact)))
    assert "It has been followed up." in text_of(stands_in.get(contact))
    plan = reverse("pupils:show", args=[grace.ref])
    assert stands_in.get(plan).status_code == 200
    # the year, lists that come in, rights and settings stay with who runs the place
    kept = ("school:year", "imports:start", "school:staff", "school:own_roles",
            "school:own_words", "school:tablets", "leaving:start", "mending:start")  # fmt: skip
    for name in kept:
        assert stands_in.get(reverse(name)).status_code == 403, name
    assert stands_in.get(ARRANGE).status_code == 403
    shown = stands_in.get(reverse("school:who_sees")).text
    assert reverse("school:year") not in shown
    assert reverse("imports:start") not in shown


def _hats(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="hat" value="([^"]+)"[^>]*>([^<]+)', page)
