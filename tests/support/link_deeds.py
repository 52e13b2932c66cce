"""What is done by links, for the contracts that want every operation done once."""

from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations import answers
from opensenco.documents.operations.answers import Handed
from opensenco.participation import wanted
from opensenco.participation.bylink import BY_LINK
from opensenco.participation.models import Asked, AskLink, AskRound
from opensenco.participation.operations import asking, links
from opensenco.participation.operations.links import Outside

OUTSIDE = [Outside(f"Dr {n}", f"{n}@hearing.example", "Hearing") for n in ("Ash", "Elm", "Oak")]


def by_links(actor: Actor, row: AskRound) -> None:
    """Three without an account: one answers by the link, one cannot, one's link is taken back."""
    rows = AskLink.objects.select_related("org", "pupil").filter(asked__ask_round=row)
    first, second, third = rows.order_by("id")
    related = ("org", "pupil", "ask_round__org", "ask_round__pupil", "ask_round__questions")
    parts = Asked.objects.select_related(*related).in_bulk([x.asked_id for x in rows])

    def coming(link: AskLink) -> Actor:
        hat = replace(
            actor.hat,
            key=link.key,
            role=BY_LINK,
            name=str(BY_LINK.name),
            grants=dict(BY_LINK.grants),
        )
        return replace(actor, hat=hat)

    links.note_opened(actor=coming(first), link=first)
    links.send_code(actor=coming(first), link=first)
    links.try_code(actor=coming(first), link=first, code="none")
    part = parts[first.asked_id]
    answers.answer_by_link(
        actor=coming(first), link=first, asked=part, answers={"one": "Music."}, papers={}
    )
    part = parts[second.asked_id]
    links.decline_by_link(actor=coming(second), link=second, asked=part, reason="Not seen yet.")
    hand_in(actor, row)
    links.resend_link(actor=actor, asked=parts[third.asked_id])
    links.revoke_link(actor=actor, asked=parts[third.asked_id])


def hand_in(actor: Actor, row: AskRound) -> None:
    """A teacher is asked for a paper, and hands it in."""
    teacher = Person.objects.get(last_name="Raman")
    asked = asking.ask_people(
        actor=actor, pupil=row.pupil, questions=wanted.report("A test", "report"),
        people=[teacher], due=row.due,
    )  # fmt: skip
    part = Asked.objects.select_related("ask_round__questions", "pupil__org").get(ask_round=asked)
    file = Incoming("test.txt", [b"What was heard."])
    answers.answer_with_papers(
        actor=replace(actor, person=teacher), asked=part, version=None, answers={},
        papers={"paper": Handed([file])},
    )  # fmt: skip
