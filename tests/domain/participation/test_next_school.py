"""What a next school says by a link is read: ready, not yet, silent, or nothing that counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.scope import LinkKey
from opensenco.documents import bylink
from opensenco.participation import linkdoor
from opensenco.participation.models import AskLink, AskRound
from opensenco.participation.next_school import NEXT_SCHOOL, NextSchool, asked_before, next_schools
from opensenco.participation.operations import asking
from opensenco.participation.operations.links import Outside
from opensenco.people.operations.enrolment import record_leaving
from tests.cast import NOW, TODAY
from tests.domain.participation.test_asking import idris
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S4-14")]
ROSA = Outside("Rosa Hart", "office@millbrook.example", "Millbrook School")


def leaves(days: int) -> None:
    with acting_as("senco") as actor:
        record_leaving(
            actor=actor, pupil=idris(), version=None, on=TODAY + timedelta(days=days),
            to="Millbrook School",
        )  # fmt: skip


def ask(questions: str = NEXT_SCHOOL, **whom) -> AskRound:
    with acting_as("senco") as actor:
        return asking.ask_people(
            actor=actor, pupil=idris(), questions=questions, due=TODAY + timedelta(days=7),
            **{"people": [], "outside": [ROSA], **whom},
        )  # fmt: skip


def says(row: AskRound, **said: str) -> None:
    """Answer by the link; the mail and the code are proven where pages are."""
    with acting_as("senco", write=False):
        link = AskLink.objects.select_related("org").get(asked__ask_round=row)
    key = LinkKey(link.org_id, link.key)
    seen = linkdoor.Seen(str(link.ref), key, link.org.name, link.org, link.sent_by_id)
    bylink.answer(seen, NOW, said, {})


def stands(who: str = "senco") -> NextSchool | None:
    with acting_as(who, write=False) as actor:
        return next_schools(actor, [idris()], counted=True).get(idris().pk)


def test_it_waits_says_not_yet_is_asked_again_and_is_ready():
    leaves(2)
    assert stands() is None
    first = ask()
    found = stands()
    assert found
    assert (found.waits, found.silent, found.ready, found.not_yet) == (True, 0, False, False)
    says(first, ready="not yet", missing="A lift.")
    found = stands()
    assert found
    assert (found.waits, found.not_yet, found.missing) == (False, True, "A lift.")
    second = ask()
    found = stands()
    assert found
    assert (found.waits, found.not_yet) == (True, True), "what is missing stays beside it"
    says(second, ready="yes")
    found = stands()
    assert found
    assert found.ready
    with acting_as("senco", write=False) as actor:
        link = asked_before(actor, idris())
    assert link
    assert link.email == ROSA.email


def test_other_questions_colleagues_and_what_was_closed_or_in_error_do_not_count():
    leaves(2)
    ask("subject-teacher")
    ask(people=[person("teacher")], outside=[])
    closed, wrong = ask(), ask()
    with acting_as("senco") as actor:
        asking.close_round(actor=actor, ask_round=closed, version=None, reason="They rang.")
        asking.mark_round_in_error(
            actor=actor, ask_round=wrong, version=None, reason="Another school."
        )
    assert stands() is None


def test_what_was_asked_of_an_earlier_leaving_is_over():
    leaves(2)
    says(ask(), ready="yes")
    assert stands()
    leaves(300)
    assert stands() is None


def test_who_asks_nobody_learns_nothing_and_no_leaver_costs_no_question():
    leaves(2)
    ask()
    assert stands("teacher") is None
    with acting_as("senco", write=False) as actor, CaptureQueriesContext(connection) as asked:
        assert next_schools(actor, []) == {}
    assert len(asked) == 0
