"""What people can do with messages and questions, once each."""

from dataclasses import replace
from typing import Any

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.people.models import Group, Pupil
from opensenco.threads.operations import advising, asking, learning, noting, writing
from tests.world_threads import given, learned


def do(actor: Actor, pupil: Pupil) -> None:
    """A message is read, put right and taken back; one question is answered, one taken back."""
    said = writing.write_message(actor=actor, pupil=pupil, words="He drew a map.")
    teacher = replace(actor, person=Person.objects.get(last_name="Raman"))
    writing.read_messages(actor=teacher, messages=[said])
    writing.correct_message(actor=actor, message=said, version=None, words="He drew half.")
    writing.mark_message_in_error(actor=actor, message=said, version=None, reason="Not his map.")
    first = asking.ask_about_pupil(actor=teacher, pupil=pupil, words="May he use the ruler?")
    asking.answer_question(actor=actor, question=first, version=None, answer="He may.")
    other = asking.ask_in_general(actor=teacher, org=pupil.org, words="Where is the folder?")
    asking.mark_question_in_error(actor=actor, question=other, version=None, reason="Asked twice.")
    taught = advising.record_advice(actor=actor, pupil=pupil, given=given("Jo"))
    advising.put_advice_right(actor=actor, advice=taught, given=given("Jon"), version=None)
    row = advising.record_general_advice(actor=actor, org=pupil.org, given=given("Jo"))
    advising.advice_in_error(actor=actor, advice=row, reason="Said twice.", version=None)
    group = Group.objects.filter(org=pupil.org).order_by("id")[0]
    one: dict[str, Any] = {"group": group, "words": "He asks first.", "on": actor.today}
    noted = noting.note_of_pupil(actor=teacher, pupil=pupil, **one)
    noting.change_note(
        actor=teacher, class_note=noted, version=None, words="He asks.", on=actor.today,
        passed="senco",
    )  # fmt: skip
    noting.note_in_error(actor=teacher, class_note=noted, version=None, reason="Not his word.")
    noting.note_of_class(actor=actor, **one)
    learned_it = learning.note_learning(actor=actor, org=pupil.org, given=learned("Jo"))
    learning.change_learning(actor=actor, learning=learned_it, given=learned("Jon"), version=None)
    learning.learning_in_error(actor=actor, learning=learned_it, reason="Said twice.", version=None)
