"""Cards of EHC plans: with a review that is met for next week, and a move to secondary school."""

from datetime import date, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.ehc.dates import dues_of
from opensenco.ehc.models import EhcLine, EhcPlan
from opensenco.ehc.operations import cards, giving, lines
from opensenco.ehc.section_f import read
from opensenco.law.timetables.phase_transfer import LAST_LAWFUL_DAY
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import World
from opensenco.provision.models import Provision

AUTHORITY = "LA-FAL"
#: the card is kept this long after the review that it tells of
LATER = timedelta(days=7)
#: by which key of the data it says what gives a row of section F
HOW = {"by": "provision", "without": "without", "nothing": "nothing"}


def make(world: World) -> None:
    """Keep each card, type in what the plan promises, and say how far its review is."""
    for row in world.rows("ehc", "card"):
        _card(world, row)


def _card(world: World, row: Row) -> None:
    told = world.told[row["pupil"]]
    at = told["setting"]
    on = world.when.base(row["reviewed"]) + LATER
    pupil = world.pupils[row["pupil"]]
    with world.acting(world.senco(at, on), on, at=at) as actor:
        card = cards.begin_card(actor=actor, pupil=pupil, given=_given(world, row))
        _lines(actor, card, row)
        if "amended" in row:
            amended = min(world.when.base(row["amended"]), on)
            cards.amend_plan(actor=actor, plan=card, version=None, on=amended)
    today = world.today
    if "meeting" in row:
        with world.acting(world.senco(at, today), today, at=at) as actor:
            cards.plan_review(
                actor=actor, plan=card, version=None, meeting_on=world.when.base(row["meeting"]),
                papers_on=world.when.base(row["papers"]),
            )  # fmt: skip
    with world.acting(world.senco(at, today), today, at=at) as actor:
        _given_by(actor, card, row)
    named = _named_by(card)
    if named is not None and named < today:
        with world.acting(world.senco(at, today), today, at=at) as actor:
            cards.amend_plan(actor=actor, plan=card, version=None, on=named, names_place=True)


def _given(world: World, row: Row) -> dict[str, Any]:
    moves = row.get("moves", "")
    return {
        "authority": world.places[AUTHORITY].name,
        "their_reference": row["reference"],
        "officer": row["officer"],
        "officer_email": row["email"],
        "officer_phone": row["phone"],
        "made_on": world.when.base(row["made"]),
        "reviewed_on": world.when.base(row["reviewed"]),
        "amended_on": None,
        "move_kind": moves,
        "move_year": world.when.year.starts + 1 if moves else None,
        "move_on": None,
        "paper": None,
    }


def _lines(actor: Actor, card: EhcPlan, row: Row) -> None:
    for one in row["outcomes"]:
        given = {"words": one["text"], "number": one["n"]}
        lines.add_line(actor=actor, plan=card, section="E", given=given)
    for one in row["provision"]:
        given = {
            "words": one["text"], "number": one["n"], "who": one.get("who", ""),
            "how_much": one.get("much", ""), "how_often": one.get("often", ""),
        }  # fmt: skip
        lines.add_line(actor=actor, plan=card, section="F", given=given)


def _given_by(actor: Actor, card: EhcPlan, row: Row) -> None:
    """Say what gives each row of section F of which the data says it; some are said of nothing."""
    rows = {one.number: one for one in EhcLine.objects.filter(plan=card, section="F")}
    library = {one.name: one for one in Provision.objects.filter(org_id=card.org_id)}
    for one in row["provision"]:
        how = next((key for key in HOW if key in one), None)
        if how is None:
            continue
        amount = read(one.get("much", ""), one.get("often", ""))
        number = (amount.times, amount.per, amount.minutes) if amount else ()
        chosen = [library[name] for name in one[how]] if how == "by" else []
        said = giving.Said(HOW[how], chosen, "" if chosen else one[how], *number)
        giving.say_what_gives(actor=actor, line=rows[one["n"]], said=said)


def _named_by(card: EhcPlan) -> date | None:
    """Give a day shortly before the last lawful one of a move, on which the authority was done."""
    for due in dues_of(card, card.pupil.birth_date):
        if due.step == LAST_LAWFUL_DAY and due.on:
            return due.on - timedelta(days=4)
    return None
