"""A pupil's name and number change on their pages; the old is found by those who may see it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.audit.models import Entry
from opensenco.kernel.errors import Invalid, NotAllowed
from opensenco.people import queries
from opensenco.people.models import FormerIdentity, Pupil
from opensenco.people.operations import identity, pupils
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db

OLD, NEW, TEMPORARY = "T891999922005", "W891999921006", "Q89199902400A"


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(birth_date="2018-05-04")


def address(name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(f"pupils:{name}", args=[idris().ref])


def send(who: str, name: str, **values: str) -> Any:
    client = signed_in(who)
    sent = forms_on(client.get(address(name)).content.decode())[-1].sent(lambda _field: None)
    return client.post(address(name), {**sent, **values}, follow=True)


def looked_for(who: str, words: str) -> str:
    client = signed_in(who)
    return text_of(client.post(reverse("pupils:find"), {"q": words}, follow=True))


def test_an_adopted_childs_old_name_is_found_by_few_and_told_to_nobody_else():
    answer = send(
        "senco", "name", first_name="Idris", last_name="Fairlight", why="adoption", may_show="yes"
    )
    assert "The name has been changed." in answer.content.decode()
    for who in ("senco", "head", "dsl"):
        found = looked_for(who, "hassan")
        assert "Fairlight, Idris" in found
        assert "was Idris Hassan-Cole" in found
    for who in ("teacher", "ta", "admin", "other_teacher"):
        found = looked_for(who, "hassan")
        assert "Fairlight" not in found
        assert "was " not in found.replace("was not", "")
        assert "Fairlight, Idris" in looked_for(who, "fairlight")


def test_an_ordinary_old_name_may_be_shown_to_the_office_and_not_to_teachers():
    send("senco", "name", last_name="Fairlight", why="family", may_show="yes")
    assert "was Idris Hassan-Cole" in looked_for("admin", "hassan")
    assert "Fairlight" not in looked_for("teacher", "hassan")


def test_the_record_as_it_stood_has_todays_name_where_the_old_is_not_for_the_readers_eyes():
    with acting_as("senco") as now:
        actor = Actor(now.person, now.hat, NOW + timedelta(days=2))
        identity.change_name(
            actor=actor, pupil=idris(), version=None, first_name="Ida", last_name="Fairlight",
            why="gender",
        )  # fmt: skip
        then = queries.as_stood(actor, idris(), TODAY)
        assert then is not None
        assert (then.first_name, then.last_name) == ("Idris", "Hassan-Cole")
        fewer: dict[Action, Any] = dict(now.hat.grants)
        del fewer[Action.GUARDED_NAMES]
        other = Actor(now.person, replace(now.hat, grants=fewer), actor.at)
        then = queries.as_stood(other, idris(), TODAY)
        assert then is not None
        assert (then.first_name, then.last_name) == ("Ida", "Fairlight")


def test_a_change_that_nobody_explained_is_guarded_until_somebody_does():
    with acting_as("senco") as actor:
        pupils.change_pupil(actor=actor, pupil=idris(), version=None, last_name="Fairlight")
        row = FormerIdentity.objects.get(pupil=idris())
        assert (row.why, row.guarded) == ("not_said", True)
    assert "Fairlight" not in looked_for("admin", "hassan")
    client = signed_in("senco")
    way = client.get(address("name")).content.decode()
    assert "Must not be shown" in way
    client.post(reverse("pupils:former", args=[row.ref]),
                {"why": "family", "may_show": "yes", "version": "1"})  # fmt: skip
    assert "was Idris Hassan-Cole" in looked_for("admin", "hassan")
    with acting_as("admin") as actor:
        mine = FormerIdentity.objects.get(pupil=idris())
        identity.say_why(actor=actor, former=mine, version=None, why="safety")
        with pytest.raises(NotAllowed):
            identity.say_why(actor=actor, former=mine, version=None, why="family")


def test_a_slip_in_a_name_leaves_no_name_behind_and_a_name_taken_up_again_is_none():
    with acting_as("senco") as actor:
        for last, why in (("Hasan-Cole", "mistake"), ("Fenn", "family"), ("Hasan-Cole", "family")):
            identity.change_name(
                actor=actor, pupil=idris(), version=None, first_name="Idris", last_name=last,
                why=why, may_show=True,
            )  # fmt: skip
        rows = FormerIdentity.objects.filter(pupil=idris(), in_error_at__isnull=True)
        assert [row.last_name for row in rows] == ["Fenn"]
        with pytest.raises(Invalid, match="the name that the record has"):
            identity.change_name(
                actor=actor, pupil=idris(), version=None, first_name="Idris",
                last_name="Hasan-Cole", why="family",
            )  # fmt: skip


def test_a_name_that_had_to_be_hidden_stays_hidden_when_it_is_given_up_a_second_time():
    steps = (("Fenn", "adoption"), ("Hassan-Cole", "family"), ("Fenn", "mistake"))
    with acting_as("senco") as actor:
        for last, why in steps:
            identity.change_name(
                actor=actor, pupil=idris(), version=None, first_name="Idris", last_name=last,
                why=why, may_show=True,
            )  # fmt: skip
        rows = FormerIdentity.objects.filter(pupil=idris(), in_error_at__isnull=True)
        assert [(row.last_name, row.why, row.guarded) for row in rows] == [
            ("Hassan-Cole", "adoption", True)
        ]
    assert "Hassan-Cole" not in looked_for("admin", "hassan")


def test_a_temporary_number_is_replaced_and_the_former_one_still_finds_the_pupil():
    send("admin", "upn", upn=TEMPORARY)
    assert "it is a temporary one" in text_of(signed_in("admin").get(address("upn")))
    send("admin", "upn", upn=" t891999 922005", why="temporary")
    with acting_as("senco", write=False):
        assert idris().upn == OLD
        assert Entry.objects.filter(verb="change_upn", pupil=idris()).count() == 2
    assert f"was UPN {TEMPORARY}" in looked_for("senco", TEMPORARY)
    assert "Hassan-Cole, Idris" in looked_for("senco", OLD)
    assert "Hassan-Cole" not in looked_for("teacher", OLD)
    assert TEMPORARY in text_of(signed_in("senco").get(address("upn")))


def test_a_wrong_number_is_refused_in_plain_words_and_one_of_another_says_who_may_look():
    wrong = text_of(send("admin", "upn", upn="A891999922005"))
    assert "With these numbers the UPN should start with T." in wrong
    assert "The first letter is a check." in wrong
    with acting_as("senco") as actor:
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        pupils.change_pupil(actor=actor, pupil=grace, version=None, upn=OLD)
        with pytest.raises(Invalid, match="Another pupil here has this UPN"):
            pupils.change_pupil(actor=actor, pupil=idris(), version=None, upn=OLD)
    taken = text_of(send("admin", "upn", upn=OLD))
    assert "the SENCO or the head teacher can look at both records" in taken
    assert "Grace" not in taken
