"""What people can do beside a plan, once each."""

from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle
from opensenco.support.operations import (
    bank,
    beside,
    cycles,
    helped,
    plans,
    profile,
    remarks,
    versions,
)
from opensenco.support.operations.plans import OutcomeWords


def do(actor: Actor, pupil: Pupil) -> None:
    """A bank is kept, an adjustment tried and ended, home answers, a plan is read through."""
    org, again = pupil.org, actor.today + timedelta(days=300)
    row = bank.add_strategy_from_starter(actor=actor, org=org, starter="ten-second-wait")
    bank.use_strategy(actor=actor, pupil=pupil, strategy=row)
    bank.change_strategy(actor=actor, strategy=row, text="Count to ten.", situation="any")
    bank.retire_strategy(actor=actor, strategy=row)
    bank.bring_strategy_back(actor=actor, strategy=row)
    bank.name_plans(actor=actor, org=org, name="My plan", proposed=True)
    one = beside.add_adjustment(actor=actor, pupil=pupil, barrier="The bell", words="A nod first.")
    beside.change_adjustment(actor=actor, adjustment=one, barrier="The bell", words="A nod.")
    beside.say_if_it_helped(actor=actor, adjustment=one, helped="no")
    beside.say_if_it_helped(actor=actor, adjustment=one, helped="partly")
    profile.write_profile(actor=actor, pupil=pupil, good_at="Maps.")
    helped.put_in_profile(actor=actor, pupil=pupil, tried=f"adjustment-{short(one.ref)}-1")
    helped.do_it_everywhere(actor=actor, pupil=pupil, tried=f"adjustment-{short(one.ref)}-1")
    beside.end_adjustment(actor=actor, adjustment=one, reason="It startled others.")
    home = beside.add_home_action(actor=actor, pupil=pupil, words="Reads together.")
    beside.change_home_action(actor=actor, home_action=home, words="Reads a page together.")
    beside.record_answer_from_home(actor=actor, home_action=home, answer="He likes it.")
    note = beside.write_condition_note(
        actor=actor, pupil=pupil, title="Hearing", words="Worse with a cold.", source="Audiology",
        review_on=again,
    )  # fmt: skip
    beside.change_condition_note(
        actor=actor, note=note, title="Hearing", words="Worse in winter.", source="Audiology",
        review_on=again,
    )  # fmt: skip
    beside.mark_beside_in_error(actor=actor, row=note, reason="Of another child.")
    about_a_plan(actor, pupil)


def about_a_plan(actor: Actor, pupil: Pupil) -> None:
    """A remark is set aside and taken up; a plan is read through."""
    standing = Cycle.objects.filter(pupil=pupil, in_error_at__isnull=True)
    for row in standing.exclude(stage="closed"):
        cycles.close_cycle(actor=actor, cycle=row, reason="Begun anew.")
    cycle = cycles.open_cycle(actor=actor, pupil=pupil)
    outcome = OutcomeWords(text="Improve reading.")
    plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome)
    aside = remarks.dismiss_remark(
        actor=actor, cycle=cycle, rule="outcome-improve", place="outcome text",
        sentence=outcome.text, reason="family",
    )  # fmt: skip
    remarks.take_up_remark(actor=actor, dismissed=aside)
    versions.check_plan_through(actor=actor, cycle=cycle)
