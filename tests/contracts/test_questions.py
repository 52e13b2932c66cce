"""Questions that are kept in words are answered as if they were put together anew."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import CharField, QuerySet

from opensenco.access import questions
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.access.questions import (
    Among,
    Told,
    counted,
    forget,
    put_anew,
    put_together,
    question,
)
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.access.scope import NoScope
from opensenco.people.models import Pupil
from opensenco.people.operations.pupils import add_pupil
from tests.cast import CAST, TODAY
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db

#: pages that ask kept questions
PAGES = ("/", "/register/", "/packs/", "/census/?view=all")
#: every way of choosing and sorting
CHOSEN = (
    "/register/?status=K&need=SPLD",
    "/register/?status=none&sort=-since",
    "/register/?turn=mine&sort=class",
    "/register/?view=gaps&sort=turn",
    "/provision/week/",
    "/provision/week/?by=pupil",
    "/provision/clashes/",
    "/staff/roster/",
    "/today/",
)
#: the whole cast; the quick run asks a few
SOME_FIRST = [
    one.key
    if one.key in ("senco", "teacher", "ta", "parent")
    else pytest.param(one.key, marks=pytest.mark.thorough)
    for one in CAST
]
#: what differs each time a page is drawn
DRAWN = re.compile(r'name="(csrfmiddlewaretoken|author|once)" value="[^"]*"')


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


@question
def pupils_of(actor: Actor) -> QuerySet[Pupil]:
    return visible(actor, Action.PUPIL_VIEW, Pupil).order_by("id")


@question
def how_many(actor: Actor) -> QuerySet[Any, int]:
    return counted(visible(actor, Action.PUPIL_VIEW, Pupil))


@question
def named_among(actor: Actor) -> QuerySet[Pupil]:
    named = Told("name", CharField())
    return visible(actor, Action.PUPIL_VIEW, Pupil).filter(Among("id", "ids"), first_name=named)


@pytest.mark.parametrize("key", SOME_FIRST)
def test_a_page_says_the_same_whether_its_questions_are_kept_or_put_anew(key):
    pages = (*PAGES, *CHOSEN) if key in ("senco", "shared_senco") else PAGES

    def drawn() -> list[tuple[int, str]]:
        client = signed_in(key)
        answers = [client.get(page) for page in pages]
        return [(one.status_code, DRAWN.sub("", one.content.decode())) for one in answers]

    with put_anew():
        fresh = drawn()
    assert drawn() == fresh
    assert drawn() == fresh, "the second time the words are those that were kept"


def test_the_same_question_is_put_into_words_once():
    built = []

    @question
    def pupils(actor: Actor) -> QuerySet[Pupil]:
        built.append(actor.today)
        return visible(actor, Action.PUPIL_VIEW, Pupil)

    with acting_as("senco") as actor:
        first = pupils.ask(actor)
        later = replace(actor, at=actor.at + timedelta(minutes=1))
        assert pupils.ask(later) == first
        assert built == [TODAY]
        pupils.ask(replace(actor, at=actor.at + timedelta(days=1)))
        assert built == [TODAY, TODAY + timedelta(days=1)]


def test_answers_are_never_kept():
    with acting_as("senco") as actor:
        before = pupils_of.ask(actor)
        new = add_pupil(
            actor=actor,
            org=before[0].org,
            first_name="New",
            last_name="Newcomer",
            birth_date=date(2018, 1, 1),
        )
        assert pupils_of.ask(actor) == [*before, new]


def test_people_of_two_schools_who_take_turns_see_their_own_pupils():
    for _turn in range(3):
        for key in ("senco", "outsider", "teacher", "parent"):
            with acting_as(key) as actor:
                wanted = list(visible(actor, Action.PUPIL_VIEW, Pupil).order_by("id"))
                assert pupils_of.ask(actor) == wanted, key
                assert sum(how_many.ask(actor)) == len(wanted), key


def test_a_role_that_was_narrowed_a_moment_ago_sees_no_more():
    with acting_as("senco") as actor:
        assert pupils_of.ask(actor)
        without: dict[Action, Reach] = {
            a: r for a, r in actor.hat.grants.items() if a is not Action.PUPIL_VIEW
        }
        narrowed = replace(actor, hat=replace(actor.hat, grants=without))
        assert pupils_of.ask(narrowed) == []
        assert sum(how_many.ask(narrowed)) == 0


def test_what_differs_is_told_when_it_is_asked():
    with acting_as("senco") as actor:
        everybody = pupils_of.ask(actor)
        for one in everybody:
            ids = [other.pk for other in everybody]
            found = named_among.ask(actor, ids=ids, name=one.first_name)
            assert one in found
            assert {pupil.first_name for pupil in found} == {one.first_name}
        assert named_among.ask(actor, ids=[], name=everybody[0].first_name) == []


def test_a_blank_that_is_not_told_is_refused():
    with acting_as("senco") as actor:
        with pytest.raises(TypeError, match="is told"):
            named_among.ask(actor, ids=[1])
        with pytest.raises(TypeError, match="is told"):
            pupils_of.ask(actor, ids=[1])


def test_nothing_is_asked_outside_a_scope():
    with acting_as("senco") as actor:
        assert pupils_of.ask(actor)
    with pytest.raises(NoScope):
        pupils_of.ask(actor)


def test_a_question_knows_neither_the_moment_nor_rows():
    @question
    def since(actor: Actor) -> QuerySet[Pupil]:
        return Pupil.objects.filter(joined_on__lt=actor.at)

    @question
    def beside(pupil: Pupil) -> QuerySet[Pupil]:
        return Pupil.objects.exclude(pk=pupil.pk)

    @question
    def counts_first(actor: Actor) -> QuerySet[Pupil]:
        return Pupil.objects.filter(pk=Pupil.objects.count())

    with acting_as("senco") as actor:
        with pytest.raises(LookupError, match="moment"):
            since.ask(actor)
        with pytest.raises(TypeError, match="id of a row"):
            beside.ask(Pupil.objects.first())
        with pytest.raises(LookupError, match="without asking the database"):
            counts_first.ask(actor)


def test_a_list_is_put_together_once_for_everybody_who_wears_one_hat_and_read_anew_each_time():
    built = []

    def first_of(asker: Actor) -> QuerySet[Pupil]:
        built.append(asker.today)
        return Pupil.objects.filter(joined_on__lte=asker.today)

    def since(asker: Actor) -> QuerySet[Pupil]:
        return Pupil.objects.filter(joined_on__lt=asker.at)

    with acting_as("senco") as actor:
        before = put_together("joined", actor, first_of).count()
        put_together("joined", replace(actor, at=actor.at + timedelta(minutes=1)), first_of)
        assert built == [TODAY]
        add_pupil(
            actor=actor, org=Pupil.objects.earliest("id").org, first_name="New",
            last_name="Newcomer", birth_date=date(2018, 1, 1), joined_on=TODAY,
        )  # fmt: skip
        assert put_together("joined", actor, first_of).count() == before + 1
        with pytest.raises(LookupError, match="moment"):
            put_together("since", actor, since)
    with acting_as("outsider") as actor:
        put_together("joined", actor, first_of)
    assert built == [TODAY, TODAY]


def test_the_one_not_asked_for_longest_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(questions, "MOST", 2)
    built = []

    @question
    def held_on(day: date) -> QuerySet[Membership]:
        built.append(day)
        return Membership.objects.filter(starts__lte=day)

    days = [TODAY + timedelta(days=n) for n in range(3)]
    with acting_as("senco"):
        for day in (days[0], days[1], days[0], days[2], days[0], days[1]):
            held_on.ask(day)
    assert built == [days[0], days[1], days[2], days[1]]
