"""A plan is read through, attested and locked; the next version differs word by word."""

import pytest
from django.urls import reverse

from opensenco.plainwords.differences import IN, OUT, SAME, part_by_part, word_by_word
from opensenco.support.models import Cycle, PlanVersion
from opensenco.support.operations import cycles, plans, versions
from tests.client import signed_in
from tests.domain.support.steps import IN_A_TERM, outcome, pupil
from tests.people import acting_as


def test_words_are_laid_side_by_side():
    found = word_by_word("reads 12 of 40 words", "reads 36 of 40 words alone")
    assert [(one.kind, one.words.strip()) for one in found] == [
        (SAME, "reads"), (OUT, "12"), (IN, "36"), (SAME, "of 40 words"), (IN, "alone"),
    ]  # fmt: skip
    assert word_by_word("", "") == ()
    assert "".join(one.words for one in found if one.kind != OUT) == "reads 36 of 40 words alone"
    gone = part_by_part([("A", "x"), ("B", "y")], [("A", "x")])
    assert [(one.name, one.changed) for one in gone] == [("A", False), ("B", True)]
    long = word_by_word("a " * 5_000, "b " * 5_000)
    assert [one.kind for one in long] == [OUT, IN]


@pytest.mark.django_db
@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S4-19")
def test_a_plan_is_read_through_attested_locked_and_changed_in_a_new_version():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil(), found="Reads 12 words.")
        plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome())
    senco, head = signed_in("senco"), signed_in("head")
    plan = reverse("plans:plan", args=[cycle.ref])
    assert "Nobody has read it through as it stands." in senco.get(plan).text
    head.post(reverse("plans:read_through", args=[cycle.ref]))
    assert "Read through by" in senco.get(plan).text
    # sent again without a word changed it is still read; agreed, it is attested
    version = now_of(cycle).version
    words = {"version": str(version), "found": "Reads 12 words.", "parents_said": "",
             "at_home": "", "review_on": IN_A_TERM.strftime("%d/%m/%Y"),
             "agreed_with": "Her mother"}  # fmt: skip
    senco.post(reverse("plans:write", args=[cycle.ref]), {**words, "agree": "1"})
    first = version_of(cycle, 1)
    assert first.checked_by is None, "the review date was added after it was read"
    assert first.agreed_with == "Her mother"
    assert ["Outcome 1", "Grace reads 40 words at sight."] in first.words
    # it is locked until it is opened again, and then there is a second version
    locked = senco.post(reverse("plans:write", args=[cycle.ref]), {**words, "found": "Other"})
    assert "This plan is agreed and locked." in locked.text
    with acting_as("senco") as actor:
        row = Cycle.objects.get(pk=cycle.pk)
        cycles.reopen_plan(actor=actor, cycle=row)
        one = next(iter(plans.standing_outcomes(row)))
        changed = outcome("Grace reads 60 words at sight.", ref=one.ref)
        plans.change_outcome(actor=actor, outcome=one, words=changed)
        versions.check_plan_through(actor=actor, cycle=one.cycle)
        plans.agree_plan(actor=actor, cycle=one.cycle, review_on=one.cycle.review_on)
    assert version_of(cycle, 2).checked_by is not None
    page = senco.get(reverse("plans:versions", args=[cycle.ref])).text
    assert "<del>" in page
    assert "taken out:" in page
    assert "<s>40" in page
    assert "put in:" in page
    assert "Version 1 and Version 2: 1 part changed." in page
    assert page.count("Version 2") >= 2
    same = senco.get(reverse("plans:versions", args=[cycle.ref]) + "?from=2&to=2").text
    assert "0 parts changed" in same


def now_of(cycle: Cycle) -> Cycle:
    with acting_as("senco", write=False):
        return Cycle.objects.get(pk=cycle.pk)


def version_of(cycle: Cycle, number: int) -> PlanVersion:
    with acting_as("senco", write=False):
        rows = PlanVersion.objects.select_related("checked_by", "agreed_by")
        return rows.get(cycle=cycle, number=number)
