"""What stands beside the plan of each school's pupil: long done, so no desk tells of it."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.models import AccessPlanApproval, Adjustment, BankStrategy, Cycle
from opensenco.support.operations import access, bank, beside, remarks


def make_beside(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make one of each, with a word by which it would be noticed."""
    org = pupil.org
    # the bank is the place's own: a second pupil there takes from what stands in it
    strategy = BankStrategy.objects.filter(org=org).order_by("id").first() or bank.add_strategy(
        actor=actor, org=org, text=f"{word} waits ten seconds.", why=word
    )
    bank.name_plans(actor=actor, org=org, name="")
    row = beside.add_adjustment(
        actor=actor, pupil=pupil, barrier=f"{word} is loud", words=f"{word} sits near the door.",
        who=word, strategy=strategy,
    )  # fmt: skip
    beside.say_if_it_helped(actor=actor, adjustment=row, helped="yes", words=word)
    _make_access(actor, pupil, row, word)
    home = beside.add_home_action(actor=actor, pupil=pupil, words=f"{word} reads at home.")
    beside.record_answer_from_home(actor=actor, home_action=home, answer=word, answered_by=word)
    beside.write_condition_note(
        actor=actor, pupil=pupil, title=f"{word} at night", words=word, source=f"{word} clinic",
        review_on=actor.today + timedelta(days=730),
    )  # fmt: skip
    # a remark hangs on a plan: where this pupil has none, on another of the place
    cycle = Cycle.objects.filter(org=org).order_by("-id")[0]
    set_aside = remarks.dismiss_remark(
        actor=actor, cycle=cycle, rule="regular", place="provision words", sentence=word,
        reason="quoted", words=word,
    )  # fmt: skip
    remarks.take_up_remark(actor=actor, dismissed=set_aside)


def _make_access(actor: Actor, pupil: Pupil, adjustment: Adjustment, word: str) -> None:
    """Refuse and allow one thing each, and let the plan have been approved not long ago."""
    given = {
        "aim": "building", "barrier": f"{word} steps", "words": f"{word} ramp",
        "decided": "refused", "decided_on": actor.today, "decided_by": word,
        "why": f"{word} is moved instead.",
    }  # fmt: skip
    access.record_access_of_pupil(actor=actor, pupil=pupil, adjustment=adjustment, given=given)
    if AccessPlanApproval.objects.filter(org=pupil.org).exists():
        return
    open_to_all = {**given, "decided": "agreed", "in_plan": True, "by": actor.today}
    access.record_access(
        actor=actor, org=pupil.org, for_whom="group", group=f"{word} pupils", given=open_to_all
    )
    approved = actor.today - timedelta(days=30)
    access.record_plan_approval(actor=actor, org=pupil.org, approved_on=approved, approved_by=word)
