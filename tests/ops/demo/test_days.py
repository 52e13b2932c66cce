"""The demo world on odd days of the year, and the same world for the same day."""

from datetime import date

import pytest
from django.db import transaction

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.ops import demo
from opensenco.ops.demo import sessions, ways_in
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle
from tests.support.databases import kind

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.worker,
    pytest.mark.process,
    pytest.mark.skipif(kind() != "sqlite", reason="`demo` is a file: once is enough"),
]
SATURDAY_IN_AUGUST, FIRST_DAY = date(2027, 8, 14), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def without_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the many sessions to test_world; here it is about the days of everything else."""
    monkeypatch.setattr(sessions, "log", lambda *_given: None)


def made_on(today: date) -> list[tuple[object, ...]]:
    """Make the world and take it back; give what stands in it, by names and days."""
    with transaction.atomic():
        people = demo.build(today)
        found: list[tuple[object, ...]] = [tuple(one) for one in people]
        with system_scope("reading the demo", write=False):
            school = Organisation.objects.get(urn="990002")
            found += Pupil.objects.filter(org=school).values_list("sort_key", "birth_date")
            found += Fact.objects.filter(org=school).values_list(
                "pupil__sort_key", "kind", "on", "words", "at"
            )
            found += Task.objects.filter(org=school).values_list("words", "since", "due")
            found += DueDate.objects.filter(org=school).values_list("step", "on", "done_on")
            assert Pupil.objects.filter(on_roll(today), org=school).count() == 30
            assert Cycle.objects.filter(org=school).exists()
        assert len(people) >= 20
        # one of each way of working stands first, as far as there is one in a village
        first = [one.who for one in people if one.email.partition("@")[0] in ways_in.FIRST]
        assert [one.who for one in people[: len(first)]] == first
        assert len({who.partition(", ")[2] for who in first}) == len(first) >= 8
        transaction.set_rollback(True)
    return sorted(found, key=repr)


def test_it_can_be_made_on_the_first_day_of_a_school_year() -> None:
    assert made_on(FIRST_DAY)


def test_the_same_day_gives_the_same_world_even_in_the_holidays() -> None:
    assert made_on(SATURDAY_IN_AUGUST) == made_on(SATURDAY_IN_AUGUST)
