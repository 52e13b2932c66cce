"""What stands beside the plans is in packs, on paper and on a day of the past, to the day."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns.operations import noting, observing, referring
from opensenco.ehc.operations import cards, lines
from opensenco.network.content import Section
from opensenco.network.copying import copied
from opensenco.network.looking_back import as_it_stood
from opensenco.network.operations.papers import Wanted, put_on_paper
from opensenco.network.operations.preparing import choose_parts, prepare_pack
from opensenco.network.states import Part, Purpose
from opensenco.people.models import Pupil
from opensenco.support.need_questions import newest
from opensenco.support.operations import bank, beside, ratings
from tests.cast import TODAY
from tests.domain.network.test_looking_back import later, questions, said, without
from tests.domain.support.steps import agreed, there
from tests.domain.support.steps import pupil as grace
from tests.packs import place
from tests.people import acting_as
from tests.world_ehc import CARD
from tests.world_packs import LATER

pytestmark = pytest.mark.django_db
NEW = (Part.NEEDS, Part.PLANS, Part.BESIDE, Part.EHC, Part.AGENCIES, Part.OBSERVED, Part.DIAGNOSES)


def written(sections: Iterable[Section]) -> str:
    return "\n".join(
        ": ".join(row)
        for section in sections
        for block in section.blocks
        for row in ((block.heading,), *block.rows)
    )


def noted(actor: Actor, pupil: Pupil, word: str = "") -> None:
    """Write down one of everything that stands beside a plan."""
    row = beside.add_adjustment(
        actor=actor, pupil=pupil, barrier=f"{word}The hall is loud", who="Every adult",
        words="She sits by the door.",
    )  # fmt: skip
    beside.say_if_it_helped(actor=actor, adjustment=row, helped="partly", words="Stays at lunch")
    home = beside.add_home_action(actor=actor, pupil=pupil, words="Reads ten minutes", who="Ann")
    beside.record_answer_from_home(
        actor=actor, home_action=home, answer="She asks for it now.", answered_by="Ann Atherton",
        helped="yes",
    )  # fmt: skip
    beside.write_condition_note(
        actor=actor, pupil=pupil, title="Hearing", words="Hears less on the left.",
        source="Leaflet of the clinic", review_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    referral = referring.refer(
        actor=actor, pupil=pupil, service=f"{word}Hearing clinic", why="Does she hear us?",
        agreed_by="Ann Atherton", agreed_on=TODAY, sent_on=TODAY, proof_words="On the phone",
        ask_again=actor.today + timedelta(days=9),
    )  # fmt: skip
    referring.note_news(
        actor=actor, referral=referral, version=None, on=actor.today, stands="waiting",
        words="Eight weeks", ask_again=actor.today + timedelta(days=50),
    )  # fmt: skip
    observing.record_observation(
        actor=actor, pupil=pupil, kind="sampling",
        sight=observing.Sight(on=TODAY, every=60, labels=["On task", "Off task"], lesson="Maths",
                              samples=[0, 0, 1, None], present="Tom and Una", seen="Looks left."),
    )  # fmt: skip
    noting.record_diagnosis(
        actor=actor, pupil=pupil, what=f"{word}Hearing loss", on=TODAY, given_by="Dr Low",
        known_from="A letter",
    )  # fmt: skip
    ratings.rate_needs(
        actor=actor, pupil=pupil, on=TODAY, answers={newest().ids[0]: 2}, words="After lunch."
    )


def carded(actor: Actor, pupil: Pupil) -> None:
    card = cards.begin_card(actor=actor, pupil=pupil, given={**CARD, "officer": "Pat Low"})
    lines.add_line(
        actor=actor, plan=card, section="E", given={"number": "1", "words": "Grace asks for help."}
    )
    lines.add_line(
        actor=actor, plan=card, section="F",
        given={"number": "F1", "words": "Teaching of listening", "who": "Teacher of the deaf",
               "how_much": "30 minutes", "how_often": "each week"},
    )  # fmt: skip


SAID = {
    Part.NEEDS: ("How much help is needed, rated on 10 March 2027", "After lunch."),
    Part.PLANS: (
        "Version 1, agreed on 10 March 2027. Agreed with: Her mother.", "Attested by Amara Okafor.",
    ),
    Part.BESIDE: (
        "In the way: The hall is loud\nWhat is changed: She sits by the door.",
        "Did it help: It helps a little. Stays at lunch. Asked on 10 March 2027.",
        "What the family says: She asks for it now.\nSaid by: Ann Atherton on 10 March 2027",
        "Note: Hearing\nWhat staff know: Hears less on the left.\nFrom where: Leaflet",
    ),
    Part.EHC: (
        "Authority: Thornshire County Council", "Officer: Pat Low", "1: Grace asks for help.",
        "F1: Teaching of listening\nWho: Teacher of the deaf; How much: 30 minutes; How often:",
    ),
    Part.AGENCIES: (
        "Hearing clinic\nWhat is asked: Does she hear us?",
        "Hearing clinic, asked on 10 March 2027: news\n10 March 2027: ",
        "Accepted, on a waiting list. Eight weeks.",
    ),
    Part.OBSERVED: ("10 March 2027: Time sampling", "4 looks. On task: 2, Off task: 1",
                    "Who else was there: Tom and Una"),
    Part.DIAGNOSES: ("Hearing loss\nGiven on: 10 March 2027\nGiven by: Dr Low",),
}  # fmt: skip


def test_what_stands_beside_the_plans_is_on_paper_and_in_the_past_as_it_was_that_day():
    with acting_as("senco") as actor:
        pupil = grace()
        agreed(actor)
        noted(actor, pupil)
        carded(actor, pupil)
        then = as_it_stood(actor, pupil, TODAY)
        now = {one.part: written([one]) for one in copied(actor, pupil, NEW, blind=False)}
        for part, words in SAID.items():
            for one in words:
                assert one in said(then, part), (part, one)
                assert one in now[part], (part, one)
        few = questions(actor, pupil)
        after = later(actor, 3)
        noted(after, pupil, "Later ")
        assert questions(actor, pupil) <= few, "however much there is, it is asked as often"
        again = there(as_it_stood(after, pupil, TODAY))
        assert "Later " not in written(again.sections)
        wanted = Wanted(audience="own", for_whom="Inspectors", parts=NEW, day=TODAY)
        edition = put_on_paper(actor=after, pupil=pupil, wanted=wanted)
        assert "Later " not in str(edition.content)
        assert "She sits by the door." in str(edition.content)


def test_what_was_wrong_is_noted_in_the_past_and_gone_from_today():
    with acting_as("senco") as actor:
        pupil = grace()
        row = beside.add_adjustment(actor=actor, pupil=pupil, barrier="Noise", words="A quiet seat")
        after = later(actor, 2)
        beside.mark_beside_in_error(actor=after, row=row, reason="Of another child.")
        then = said(as_it_stood(after, pupil, TODAY), Part.BESIDE)
        assert "A quiet seat" in then
        assert "Since then: Marked as made in error on 12 March 2027" in then
        assert "A quiet seat" not in said(as_it_stood(after, pupil, after.today), Part.BESIDE)


def test_each_part_asks_its_own_verb_and_tells_each_reader_only_what_is_theirs():
    with acting_as("senco") as actor:
        pupil = grace()
        agreed(actor)
        noted(actor, pupil)
        carded(actor, pupil)
        for verb, gone in (
            (Action.OBSERVATION_VIEW, {Part.OBSERVED}),
            (Action.HEALTH_VIEW, {Part.DIAGNOSES, Part.HEALTH}),
            (Action.PLAN_VIEW, {Part.BESIDE, Part.EHC, Part.AGENCIES}),
        ):
            fewer = without(actor, verb)
            seen = {one.part for one in there(as_it_stood(fewer, pupil, TODAY)).sections}
            assert not seen & gone, verb
            for part in gone:
                (section,) = copied(fewer, pupil, (part,), blind=False)
                assert [one.rows for one in section.blocks] == [(("Nothing is on the record.",),)]
        wanted = Wanted(audience="family", for_whom="Her mother", parts=NEW)
        paper = str(put_on_paper(actor=actor, pupil=pupil, wanted=wanted).content)
        assert "Looks left." in paper
        assert "Tom and Una" not in paper, "other children are not for this family"


def test_a_diagnosis_is_never_ticked_at_first_and_a_blind_pack_names_nobody():
    with acting_as("senco") as actor:
        pupil = grace()
        agreed(actor)
        noted(actor, pupil)
        carded(actor, pupil)
        moving = prepare_pack(
            actor=actor, pupil=pupil, to=place("mill"), purpose=Purpose.MOVING, until=LATER
        )
        assert {"beside", "ehc", "agencies"} <= set(moving.parts)
        assert "Hearing loss" not in str(moving.content)
        ticked = choose_parts(actor=actor, prepared=moving, version=None, parts=["diagnoses"])
        assert "Hearing loss" in str(ticked.content)
        bank.name_plans(actor=actor, org=pupil.org, name="My plan")
        assert "My plan, cycle 1, outcome 1" in written(
            copied(actor, pupil, (Part.PLANS,), blind=False)
        )
        blind = prepare_pack(
            actor=actor, pupil=pupil, to=place("family"), purpose=Purpose.MODERATION, until=LATER
        )
        text = str(blind.content)
        assert "She sits by the door." in text
        for name in ("Amara", "Ann", "Every adult", "Pat Low", "My plan"):
            assert name not in text, name
