"""A thread told by its pages: written, told once, read, corrected, taken back; nobody else sees."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotAllowed, Stale
from opensenco.notices.models import Notice
from opensenco.notices.queries import unread
from opensenco.people.models import Pupil
from opensenco.threads import queries
from opensenco.threads.models import Message
from opensenco.threads.operations import writing
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
MAPS = "He drew the whole map today and told us about it."
COUNT = 15
LISTED = 11


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def latest() -> Message:
    with acting_as("senco", write=False):
        return Message.objects.select_related("pupil", "org").order_by("-id")[0]


def to(name: str, row: Any) -> str:
    return reverse(f"threads:{name}", args=[row.ref])


def say(key: str, words: str) -> Any:
    client, address = signed_in(key), to("show", idris())
    return client.post(address, as_it_stands(client.get(address), words=words), follow=True)


def told(key: str) -> list[str]:
    with acting_as(key, write=False) as actor:
        return [one.words for one in unread(actor) if one.source_label == "threads.Message"]


@pytest.mark.requirement("S4-24")
def test_a_message_is_told_once_read_once_and_says_who_has_read_it():
    sent = text_of(say("ta", MAPS))
    assert "Sent. Those who work with this pupil are told." in sent
    assert "Nobody has read it yet." in sent
    assert "If you think a child may have been harmed" in sent
    say("ta", "And he asked for another sheet.")
    assert told("teacher") == ["Jo Birkett wrote a message about this pupil."]
    assert told("ta") == []

    teacher = signed_in("teacher")
    assert "Messages 2 new" in text_of(teacher.get(reverse("pupils:show", args=[idris().ref])))
    first = text_of(teacher.get(to("show", idris())))
    assert "Go to 2 new messages" in first
    assert first.index(MAPS) < first.index("another sheet")
    again = text_of(teacher.get(to("show", idris())))
    assert "new message" not in again
    assert "Read by Priya Raman." in again
    assert told("teacher") == []
    say("ta", "He keeps the map in his tray.")
    assert len(told("teacher")) == 1
    with acting_as("senco", write=False):
        assert Notice.objects.filter(source_label="threads.Message", at__year=2027).count() == 2


def test_its_writer_corrects_a_message_and_everybody_reads_it_anew():
    say("ta", MAPS)
    ta, teacher, one = signed_in("ta"), signed_in("teacher"), latest()
    teacher.get(to("show", idris()))
    form = ta.get(to("correct", one))
    shown = ta.post(to("correct", one), as_it_stands(form, words="He drew half."), follow=True)
    assert "What it said before" in text_of(shown)
    assert MAPS in text_of(shown)
    assert "Nobody has read it yet." in text_of(shown)
    assert "Go to 1 new message" in text_of(teacher.get(to("show", idris())))
    late = text_of(ta.post(to("correct", one), as_it_stands(form, words="He drew it all.")))
    assert "Two versions of the same record" in late
    assert teacher.get(to("correct", one)).status_code == 403

    senco = signed_in("senco")
    vague = as_it_stands(senco.get(to("in_error", one)), reason="Wrong")
    assert "Say in a few words what was wrong." in text_of(senco.post(to("in_error", one), vague))
    gone = as_it_stands(senco.get(to("in_error", one)), reason="It was another boy.")
    after = text_of(senco.post(to("in_error", one), gone, follow=True))
    assert "Amara Okafor marked this as made in error: “It was another boy.”" in after
    assert "He drew half." not in after
    assert MAPS not in after
    assert "A message of yours was marked as made in error." in told("ta")


def test_only_those_who_work_with_a_pupil_take_part():
    for key, status in {"parent": 403, "professional": 403, "outsider": 404, "dsl": 403}.items():
        assert signed_in(key).get(to("show", idris())).status_code == status, key
    other = signed_in("other_teacher")
    reason = {"reason": "I cover his class this afternoon."}
    other.post(reverse("pupils:out_of_duty", args=[idris().ref]), reason)
    page = other.get(reverse("pupils:show", args=[idris().ref]))
    assert page.status_code == 200
    assert to("show", idris()) not in page.content.decode()
    assert other.get(to("show", idris())).status_code == 403
    with acting_as("other_teacher") as actor, pytest.raises(Refused):
        writing.write_message(actor=actor, pupil=idris(), words="Hello.")
    message = latest()
    with acting_as("senco") as actor, pytest.raises(NotAllowed):
        writing.correct_message(actor=actor, message=message, version=None, words="Other words.")
    with acting_as("teacher") as actor:
        assert actor.can_somewhere(Action.THREAD_JOIN)
        for words in ("  ", "x" * 1001):
            with pytest.raises(Invalid):
                writing.write_message(actor=actor, pupil=idris(), words=words)
        own = writing.write_message(actor=actor, pupil=idris(), words="Mine.")
        writing.correct_message(actor=actor, message=own, version=1, words="Still mine.")
        with pytest.raises(Stale):
            writing.correct_message(actor=actor, message=own, version=1, words="Not any more.")
        writing.mark_message_in_error(actor=actor, message=own, version=None, reason="Not so.  ")


def test_a_long_thread_asks_no_more_than_a_short_one_and_hides_nothing_unread():
    with acting_as("teacher") as actor:
        for number in range(45):
            writing.write_message(actor=actor, pupil=idris(), words=f"Number {number}.")
    ta, address = signed_in("ta"), to("show", idris())
    first = text_of(ta.get(address))
    assert "Number 0." in first
    with asks(COUNT):
        second = ta.get(address)
    assert "Number 0." not in text_of(second)
    assert "6 earlier" in text_of(second)
    assert "Number 0." in text_of(ta.get(f"{address}?all=1"))
    with acting_as("ta", write=False) as actor:
        assert queries.unread_about(actor, idris()) == []


@pytest.mark.requirement("S1-15")
def test_all_threads_are_listed_what_one_has_not_read_first_with_who_wrote_last():
    with acting_as("ta") as actor:
        writing.write_message(actor=actor, pupil=idris(), words="He found the bus map alone.")
    with acting_as("teacher") as actor:
        grace = Pupil.objects.get(first_name="Grace")
        later = replace(actor, at=actor.at + timedelta(minutes=9))
        writing.write_message(actor=later, pupil=grace, words="She asked for the <b>big</b> ruler.")
        writing.write_message(
            actor=replace(actor, at=actor.at + timedelta(minutes=5)), pupil=idris(),
            words="Thank you, Jo.",
        )  # fmt: skip
    teacher, address = signed_in("teacher"), reverse("threads:list")
    assert address in teacher.get("/").text
    page = text_of(teacher.get(address))
    # what the teacher has not read stands first, though the other thread is not older
    assert page.index("Idris Hassan-Cole 4R Thank you, Jo. You,") < page.index("Grace Atherton 4R")
    assert "1 new" in page
    assert "big&lt;/b&gt;" in teacher.get(address).text
    assert "Grace" not in text_of(teacher.get(f"{address}?view=waiting"))
    teacher.get(to("show", idris()))
    assert "You have read everything." in text_of(teacher.get(f"{address}?view=waiting"))
    # who co-ordinates sees all of the school's; a colleague none of theirs; names are no addresses
    senco = signed_in("senco")
    assert "Waiting for you, 3" in text_of(senco.get(address))
    there = senco.post(address, {"q": "grace ath"})
    assert there.headers["Location"] == f"{address}?found=1"
    found = text_of(senco.get(f"{address}?found=1"))
    assert "Grace Atherton" in found
    assert "Idris" not in found
    senco.post(address, {"q": "nobody of this name"})
    assert "No message is about a pupil" in text_of(senco.get(f"{address}?found=1"))
    assert "Idris" not in text_of(signed_in("other_teacher").get(address))
    with asks(LISTED):
        senco.get(address)
