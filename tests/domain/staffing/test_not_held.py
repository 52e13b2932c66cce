"""What is said beforehand not to be held stands in the ledger on its day, and nobody logs it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from opensenco.access.actor import Actor
from opensenco.ops import not_held
from opensenco.provision.models import Session
from opensenco.provision.operations.sessions import correct_session, log_session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.staffing.models import Absence, StandIn
from opensenco.staffing.operations import cover
from tests.cast import NOW, TODAY
from tests.domain.provision import steps
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
DAY = TODAY + timedelta(days=1)


def said(actor: Actor, **who: Any) -> Absence:
    """Jo is away tomorrow, and the language group is not held."""
    language = steps.idris_has()
    absence = cover.mark_away(actor=actor, org=language.org, who=person("ta"), on=DAY)
    one = cover.Arranged(absence, [language], None, None, **who)
    cover.arrange(actor=actor, absences=[absence], sessions=[one])
    return absence


def worker(monkeypatch: pytest.MonkeyPatch, days: int = 1) -> int:
    class Clock:
        def now(self) -> Any:
            return NOW + timedelta(days=days)

    monkeypatch.setattr(not_held, "clock", Clock)
    return not_held.write_what_was_not_held()


def ledger() -> list[tuple[str, str, str]]:
    with acting_as("senco", write=False):
        rows = standing_sessions(Session.objects.filter(on=DAY)).select_related("person")
        return [(row.went, row.reason, row.person.name.strip()) for row in rows]


@pytest.mark.rule("APD-04")
def test_it_is_written_once_on_its_day_with_its_reason_and_taken_back_with_the_absence(monkeypatch):
    with acting_as("senco") as actor:
        absence = said(actor)
        later = replace(actor, at=NOW + timedelta(days=1))
    assert worker(monkeypatch, days=0) == 0
    assert ledger() == []
    assert worker(monkeypatch) == 1
    assert worker(monkeypatch) == 0
    assert ledger() == [("not_held", "staff-absent", "OpenSENCO")]
    with acting_as("senco") as actor:
        assert Session.objects.get(on=DAY).note == "Said beforehand, on 10 March 2027."
        cover.came_after_all(actor=replace(later), absence=absence, version=1)
    assert [went for went, _reason, _who in ledger()] == ["mistake"]
    assert worker(monkeypatch) == 0


def test_what_is_taken_back_before_or_logged_meanwhile_is_not_written(monkeypatch):
    with acting_as("senco") as actor:
        said(actor)
        cover.take_choice_back(actor=actor, stand_in=StandIn.objects.get(on=DAY))
        assert worker(monkeypatch) == 0
    with acting_as("senco") as actor:
        language = steps.idris_has()
        absence = Absence.objects.get(on=DAY)
        one = cover.Arranged(absence, [language], None, None)
        cover.arrange(actor=actor, absences=[absence], sessions=[one])
        then = replace(actor, at=NOW + timedelta(days=1))
        log_session(actor=then, allocations=[language], on=DAY)
    assert worker(monkeypatch) == 0
    assert [went for went, _reason, _who in ledger()] == ["delivered"]


def test_a_worker_that_was_down_writes_it_afterwards_and_who_gave_it_after_all_is_no_machine(
    monkeypatch,
):
    with acting_as("senco") as actor:
        said(actor)
    assert worker(monkeypatch, days=5) == 1
    with acting_as("ta") as actor:
        then = replace(actor, at=NOW + timedelta(days=5))
        [row] = standing_sessions(Session.objects.filter(on=DAY)).select_related("allocation")
        [held] = correct_session(actor=then, sessions=[row])
        assert (held.went, held.given_by) == ("delivered", person("ta"))
    assert worker(monkeypatch, days=6) == 0
