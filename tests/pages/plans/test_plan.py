"""One page for a plan and its review: written, agreed, locked, reviewed, gone on with."""

import re

import pytest
from django.urls import reverse

from opensenco.cases.models import Task
from opensenco.gate.models import Draft
from opensenco.kernel.refs import short
from opensenco.provision.models import Allocation
from opensenco.support import queries
from opensenco.support.models import Cycle, Outcome, Profile, Review
from opensenco.support.operations import cycles, plans, reviews
from opensenco.support.states import Stage
from tests.client import signed_in
from tests.domain.support.steps import IN_A_TERM, agreed, outcome, pupil, results, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def draft_plan(*outcomes) -> Cycle:
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil(), found="Reads 12 words.")
        words = plans.PlanWords(found="Reads 12 words.", outcomes=outcomes)
        return plans.write_plan(actor=actor, cycle=cycle, words=words)


def agreed_plan(*outcomes) -> Cycle:
    with acting_as("senco") as actor:
        return agreed(actor, pupil(), *outcomes)


def address(cycle: Cycle, step: str = "") -> str:
    return reverse("plans:plan", args=[cycle.ref]) + (f"{step}/" if step else "")


def now(cycle: Cycle) -> Cycle:
    with acting_as("senco", write=False):
        return Cycle.objects.get(pk=cycle.pk)


def typed(cycle: Cycle, **words: str) -> dict[str, str]:
    return {"version": str(now(cycle).version), "found": "", "parents_said": "", "at_home": "",
            "review_on": "", "agreed_with": "", **words}  # fmt: skip


@pytest.mark.requirement("S4-19", "S3-20")
def test_a_plan_is_written_on_one_page():
    cycle = draft_plan()
    senco = signed_in("senco")
    page = senco.get(address(cycle))
    assert "Plan, cycle 1" in page.text
    assert "Reads 12 words." in page.text
    answer = senco.post(
        address(cycle, "write"),
        typed(
            cycle,
            found="Reads 14 words.",
            new_1_text="Grace reads 40 words at sight.",
            new_1_baseline="14 words",
            new_1_aim="40 words",
            new_1_by="1/7/2027",
        ),
        follow=True,
    )
    assert "Saved." in answer.text
    assert "40 words" in answer.text
    assert now(cycle).stage == Stage.PLAN


@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S4-19")
def test_only_a_missing_review_date_stops_the_agreement():
    cycle = draft_plan(outcome())
    senco = signed_in("senco")
    words = typed(cycle, agree="1", outcome_1_text="Grace reads 40 words at sight.")
    refused = senco.post(address(cycle, "write"), words)
    assert "Error: Plan, cycle 1" in refused.text
    assert "Only this can stop you" in refused.text
    assert now(cycle).stage == Stage.PLAN
    answer = senco.post(
        address(cycle, "write"),
        {**words, "review_on": "25/6/2027", "agreed_with": "Her mother, by phone"},
        follow=True,
    )
    assert "Agreed and locked" in answer.text
    assert "2027: Her mother, by phone." in answer.text
    assert "25 June 2027" in answer.text
    assert "SHOULD" in answer.text


@pytest.mark.requirement("S3-58")
def test_remarks_stand_beside_and_at_the_field():
    cycle = draft_plan(outcome("Grace will improve her reading.", baseline=""))
    page = signed_in("senco").get(address(cycle)).text
    assert "Plan check" in page
    # words that say nothing are remarked on where they stand, blanks lead to their field
    assert page.count("<b>“Improve” gives no start and no end.</b>") == 2
    assert 'href="#remark-1-outcome-improve"' in page
    assert 'id="remark-1-outcome-improve"' in page
    assert page.count("<b>There is no starting point.</b>") == 1
    for target in ("id_outcome_1_baseline", "id_review_on", "id_parents_said"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page


@pytest.mark.requirement("S3-58")
def test_what_the_check_looks_for_is_told_and_each_rule_says_what_is_better():
    cycle = draft_plan(outcome())
    senco = signed_in("senco")
    beside = senco.get(address(cycle)).text
    assert "Looked over:" in beside
    assert f'href="{reverse("plans:rules")}"' in beside
    page = senco.get(reverse("plans:rules")).text
    assert "“Regular” could mean daily or once a term." in page
    assert "Two provisions are at the same hour." in page
    assert "Flesch and Kincaid" in page


def test_print_stands_in_the_bar_whatever_the_stage():
    """A draft, an agreed plan and a reviewed one are printed from the same place."""
    cycle = draft_plan(outcome())
    senco = signed_in("senco")
    to_print = f'href="{address(cycle, "print")}"'

    def bar() -> str:
        page = senco.get(address(cycle)).text
        assert page.count(to_print) <= 2
        return page.split('class="os-bar"')[1].split("</div>")[0]

    assert to_print in bar()
    with acting_as("senco") as actor:
        agreed_one = plans.agree_plan(actor=actor, cycle=now(cycle), review_on=IN_A_TERM)
    assert to_print in bar()
    with acting_as("senco") as actor:
        done = results(agreed_one, (2, "carry"))
        reviews.review_cycle(actor=actor, cycle=agreed_one, results=done)
    assert to_print in bar()
    assert "Start the next cycle" in bar()


def test_an_outcome_is_taken_out():
    cycle = draft_plan(outcome("A"), outcome("B"))
    words = typed(cycle, outcome_1_text="A", outcome_1_drop="on", outcome_2_text="B")
    answer = signed_in("senco").post(address(cycle, "write"), words, follow=True)
    assert "Saved." in answer.text
    with acting_as("senco", write=False) as actor:
        plan = queries.plan_of(actor, now(cycle))
        assert [one.row.text for one in plan.outcomes] == ["B"]


def test_an_outcome_without_words_is_said_at_its_field():
    cycle = draft_plan(outcome("A"))
    page = signed_in("senco").post(address(cycle, "write"), typed(cycle, outcome_1_text=" ")).text
    assert "Write what the pupil will be able to do" in page
    assert 'href="#id_outcome_1_text"' in page


def test_two_people_writing_see_both_texts_and_lose_nothing():
    cycle = draft_plan(outcome("A"))
    first = typed(cycle, found="Mine", outcome_1_text="A, as I see it")
    with acting_as("senco") as actor:
        theirs = plans.PlanWords(found="Theirs", outcomes=[outcome("New, by a colleague")])
        plans.write_plan(actor=actor, cycle=now(cycle), words=theirs)
    senco = signed_in("senco")
    page = senco.post(address(cycle, "write"), first).text
    assert "Two versions of the same record" in page
    assert "Theirs" in page
    version = there(re.search(r'name="version" value="(\d+)"', page)).group(1)
    senco.post(address(cycle, "write"), {**first, "version": version})
    with acting_as("senco", write=False) as actor:
        plan = queries.plan_of(actor, now(cycle))
        # what the colleague added was on no form of mine, and stays
        assert [one.row.text for one in plan.outcomes] == ["A, as I see it", "New, by a colleague"]
        assert plan.cycle.found == "Mine"


def test_what_was_typed_is_kept_for_later():
    cycle = draft_plan()
    senco = signed_in("senco")
    answer = senco.post(
        address(cycle, "write"), typed(cycle, found="Half a thought", finish_later="1")
    )
    assert answer.status_code == 302
    page = senco.get(address(cycle)).text
    assert "Half a thought" in page
    assert "Nothing has been sent yet" in page
    senco.post(address(cycle, "write"), typed(cycle, found="A whole thought"))
    with acting_as("senco", write=False):
        assert not Draft.objects.filter(form="plan").exists()


def test_a_locked_plan_is_opened_again():
    cycle = agreed_plan()
    senco = signed_in("senco")
    assert "Agree and lock" not in senco.get(address(cycle)).text
    late = senco.post(address(cycle, "write"), typed(cycle, found="Too late"))
    assert "This plan is agreed and locked." in late.text
    # nothing that was typed is lost
    assert "Too late" in late.text
    page = senco.post(address(cycle, "reopen"), follow=True).text
    assert "Agree and lock" in page
    twice = senco.post(address(cycle, "reopen"), follow=True).text
    assert "This plan is open already." in twice


@pytest.mark.rule("APD-05")
@pytest.mark.requirement("S3-58", "S4-18")
def test_a_teacher_holds_the_review_with_one_tap_and_three_voices():
    cycle = agreed_plan(outcome("A"), outcome("B"))
    teacher = signed_in("teacher")
    page = teacher.get(address(cycle)).text
    assert "How far did Grace get?" in page
    assert page.count("not yet") == 2
    words = {
        "version": str(now(cycle).version),
        "held_on": "10/3/2027",
        "next_step": "",
        "outcome_1_score": "3",
        "outcome_1_latest": "41 words",
        "outcome_1_pupil_said": "I can read the sign.",
        "outcome_1_after": "met",
        "outcome_2_after": "carry",
    }
    missing = teacher.post(address(cycle, "review"), {**words, "hold": "1"})
    assert "Say how far outcome 2 was reached." in missing.text
    so_far = teacher.post(address(cycle, "review"), words, follow=True)
    assert "Saved for the review." in so_far.text
    held = {**words, "outcome_2_score": "1", "hold": "1", "version": str(now(cycle).version)}
    done = teacher.post(address(cycle, "review"), held, follow=True).text
    assert "The review is held." in done
    assert "I can read the sign." in done
    with acting_as("senco", write=False):
        assert Review.objects.filter(cycle=cycle).count() == 2
        assert not Task.objects.filter(source_ref=cycle.ref, settled_at__isnull=True).exists()


@pytest.mark.rule("APD-01")
@pytest.mark.requirement("S4-19")
def test_the_next_cycle_begins_with_nothing_typed():
    with acting_as("senco", write=False) as actor:
        cycle = there(queries.current_plan(actor, pupil("Idris"))).cycle
    senco = signed_in("senco")
    page = senco.get(address(cycle, "next")).text
    assert "Nothing is typed again" in page
    assert "Begins at 4 of 6 steps, as the review found." in page
    ticked = re.findall(r'name="keep"[^>]*value="([^"]+)"[^>]*checked', page)
    assert len(ticked) == 1
    answer = senco.post(
        address(cycle, "next"), {"version": str(now(cycle).version), "keep": ticked}, follow=True
    )
    assert "Plan, cycle 2" in answer.text
    assert "4 of 6 steps" in answer.text
    assert "Outcome 1, carried over from cycle 1" in answer.text
    with acting_as("senco", write=False):
        carried = Outcome.objects.get(cycle__number=2, pupil__first_name="Idris")
        assert Allocation.objects.filter(outcome=carried).count() == 1


def test_a_cycle_is_closed_with_a_reason():
    cycle = agreed_plan()
    words = {"version": str(cycle.version), "reason": "She has moved to another school."}
    page = signed_in("senco").post(address(cycle, "close"), words, follow=True).text
    assert "Closed: She has moved to another school." in page


def test_a_plan_made_in_error_says_so():
    cycle = agreed_plan()
    words = {"version": str(cycle.version), "reason": "Meant for her brother"}
    page = signed_in("senco").post(address(cycle, "error"), words, follow=True).text
    assert "made in error" in page
    assert "Meant for her brother" in signed_in("senco").get(address(cycle)).text


@pytest.mark.requirement("S3-20", "S3-58")
def test_a_parent_reads_what_was_agreed_without_letters_and_buttons():
    with acting_as("senco", write=False) as actor:
        cycle = there(queries.current_plan(actor, pupil("Idris"))).cycle
    page = signed_in("parent").get(address(cycle)).text
    assert "Idris tells a short event in order" in page
    assert "I know every bus." in page
    for staff in ("os-st--k", "Other steps", "Start the next cycle", "<textarea"):
        assert staff not in page


def test_a_draft_is_not_the_familys_to_read():
    with acting_as("senco") as actor:
        cycle = there(queries.current_plan(actor, pupil("Idris"))).cycle
        from opensenco.support.operations.reviews import start_next_cycle

        following = start_next_cycle(actor=actor, cycle=cycle)
    assert signed_in("parent").get(address(following)).status_code == 404


@pytest.mark.requirement("S3-20")
def test_the_child_speaks_first():
    with acting_as("senco", write=False) as actor:
        cycle = there(queries.current_plan(actor, pupil("Idris"))).cycle
    page = signed_in("teacher").get(address(cycle)).text
    assert page.index("I know every bus.") < page.index("What we found")
    assert page.index("What we found") < page.index("Outcome 1")


def test_a_plan_starts_without_a_status_or_code():
    with acting_as("senco", write=False):
        start = f"/pupils/{short(pupil('Poppy').ref)}/plans/start/"
        assert not Profile.objects.filter(pupil__first_name="Poppy").exists()
    senco = signed_in("senco")
    assert "No diagnosis is needed" in senco.get(start).text
    page = senco.post(start, {"found": "Cries when it is loud."}, follow=True).text
    assert "Plan, cycle 1" in page
    assert "Cries when it is loud." in page
    again = senco.post(start, {"found": "Again"}).text
    assert "A plan is open already" in again


def test_a_plan_asks_as_much_for_one_outcome_as_for_many(django_assert_max_num_queries):
    one, many = agreed_plan(outcome("A")), None
    senco = signed_in("senco")
    senco.get(address(one))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        senco.get(address(one))
    with acting_as("senco") as actor:
        cycles.reopen_plan(actor=actor, cycle=now(one))
        words = plans.PlanWords(outcomes=[outcome(f"More {n}") for n in range(7)])
        many = plans.agree_plan(
            actor=actor, cycle=now(one), review_on=now(one).review_on, words=words
        )
    with django_assert_max_num_queries(len(few)):
        assert "More 6" in senco.get(address(many)).text
