"""The demo world on odd days of the year, and the same world for the same day."""

from datetime import date

import pytest
from django.db import transaction

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.ops import demo
from opensenco.ops.demo import sessions
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle

pytestmark = [pytest.mark.django_db, pytest.mark.worker, pytest.mark.process]
SATURDAY_IN_AUGUST, LEAP_DAY, FIRST_DAY = date(2027, 8, 14), date(2028, 2, 29), date(2026, 9, 1)


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
            assert Pupil.objects.filter(org=school).count() == 30
            assert Cycle.objects.filter(org=school).exists()
        assert len(people) >= 20
        assert len({one.who.partition(", ")[2] for one in people[:12]}) == 12
        transaction.set_rollback(True)
    return sorted(found, key=repr)


@pytest.mark.parametrize("today", [SATURDAY_IN_AUGUST, FIRST_DAY])
def test_it_can_be_made_on_an_odd_day(today: date) -> None:
    assert made_on(today)


def test_the_same_day_gives_the_same_world() -> None:
    assert made_on(LEAP_DAY) == made_on(LEAP_DAY)
