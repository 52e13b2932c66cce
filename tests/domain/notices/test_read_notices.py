"""A notice reaches whom it was sent to, once, and each reads their own."""

import uuid

import pytest

from opensenco.access.actions import Action
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.gate.operation import Refused
from opensenco.notices import queries
from opensenco.notices.models import Notice, NoticeRead
from opensenco.notices.operations import read_notices
from opensenco.people.models import Pupil
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def send(pupil: str = "Idris", **to) -> None:
    with acting_as("teacher") as actor, as_actor(actor):
        about = Pupil.objects.get(first_name=pupil)
        spine.tell(actor=actor, org=about.org, words="News.", pupil=about, **to)


def told(who: str) -> int:
    """How many notices of this page they have: others of the tests' world do not count."""
    with acting_as(who, write=False) as actor:
        return sum(one.words in ("News.", "Mine.") for one in queries.unread(actor))


def test_a_notice_to_a_person_reaches_nobody_else():
    send(person=person("ta"))
    assert [told(who) for who in ("ta", "senco", "teacher", "outsider")] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("pupil", "reached"),
    [("Idris", {"senco", "head", "phase_senco"}), ("Poppy", {"senco", "head"})],
)
def test_a_notice_to_a_verb_reaches_whoever_has_it_over_that_pupil(pupil: str, reached: set[str]):
    send(pupil, role_action=Action.CONCERN_TRIAGE)
    everybody = ("senco", "head", "phase_senco", "teacher", "ta", "dsl", "admin", "outsider")
    assert {who for who in everybody if told(who)} == reached


def test_what_one_sent_to_a_verb_that_one_has_is_no_news():
    with acting_as("senco") as actor, as_actor(actor):
        idris = Pupil.objects.get(first_name="Idris")
        spine.tell(
            actor=actor, org=idris.org, words="Mine.", pupil=idris,
            role_action=Action.CONCERN_TRIAGE,
        )  # fmt: skip
    assert (told("senco"), told("head")) == (0, 1)


def test_each_reads_their_own_and_twice_is_as_once():
    send(role_action=Action.CONCERN_TRIAGE)
    with acting_as("senco") as actor:
        notices = queries.unread(actor)
        for _twice in range(2):
            read_notices(actor=actor, notices=notices)
        assert NoticeRead.objects.filter(person=actor.person, notice__in=notices).count() == 1
    assert (told("senco"), told("head")) == (0, 1)


def test_nobody_reads_for_another():
    send(person=person("ta"))
    with acting_as("senco") as actor:
        notice = Notice.objects.get(words="News.")
        assert queries.chosen(actor, [notice.ref, uuid.uuid4()]) == []
        with pytest.raises(Refused):
            read_notices(actor=actor, notices=[notice])


def test_a_notice_is_for_a_person_or_for_a_known_verb():
    with pytest.raises(ValueError, match="one person"):
        send()
    with pytest.raises(ValueError, match="not sent to"):
        send(role_action=Action.PUPIL_FIND)
