"""A round of questions about a pupil, for each school: asked, reminded, answered, thanked, closed.

In Larkrise the class teacher of another class was asked, a year ago; nothing waits because of it.
"""

from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.participation.models import Asked
from opensenco.participation.operations import answering, asking, chasing, sets
from opensenco.participation.operations.links import Outside, keep_draft
from opensenco.participation.questions import Question, QuestionWords
from opensenco.participation.silence import Rule
from opensenco.participation.states import Kind
from opensenco.people.models import Pupil
from tests.cast import BY_KEY

LARKRISE, OUTSIDE = BY_KEY["teacher"].email, BY_KEY["outside_teacher"].email


def make_asked(actor: Actor, pupil: Pupil, word: str) -> None:
    """Ask one teacher of the school in questions of its own, and have them answer."""
    here = pupil.org.name != "Outside Academy"
    question = Question("one", f"{word}: what is {{pupil}} good at?", Kind.LONGTEXT)
    words = QuestionWords(title=f"{word} questions", asked_of="staff", questions=(question,))
    own = sets.write_questions(actor=actor, org=pupil.org, words=words)
    sets.set_chasing(actor=actor, org=pupil.org, rule=Rule(), version=None)
    teacher = Person.objects.get(email=LARKRISE if here else OUTSIDE)
    row = asking.ask_people(
        actor=actor, pupil=pupil, questions=own, people=[teacher], due=actor.today, because=word,
        outside=[Outside(f"{word} Outside", f"{word.lower()}@outside.example", f"{word} service")],
    )  # fmt: skip
    chasing.remind_waiting(actor=actor, ask_round=row)
    parts = Asked.objects.select_related("ask_round__questions", "org", "pupil")
    part = parts.get(ask_round=row, person=teacher)
    outside = parts.get(ask_round=row, person__isnull=True)
    begun = {"a_one": [f"{word}: begun."]}
    if not here:
        keep_draft(actor, outside, begun)
        return
    answers = {"one": f"{word}: at drawing."}
    answering.answer_round(
        actor=replace(actor, person=teacher), asked=part, version=None, answers=answers
    )
    chasing.thank_answered(actor=actor, ask_round=row)
    asking.close_round(actor=actor, ask_round=row, version=None, reason=f"{word} has answered.")
    sets.put_questions_away(actor=actor, question_set=own, version=None, away=True)
    # of long ago, and forgotten with the close where people do it
    keep_draft(actor, outside, begun)
