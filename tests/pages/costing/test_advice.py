"""The SENCO's advice on the budget goes to head and governors, who answer it; it tells no pay."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Organisation
from opensenco.costing.budget import Sums
from opensenco.kernel.dates import Span
from opensenco.reports import queries
from opensenco.reports.models import Report
from opensenco.reports.operations import approving, writing
from opensenco.reports.questions import Asking, questions
from opensenco.reports.questions.money import _lines
from tests.cast import LONG_AGO
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.costing.test_costs import give, rate
from tests.people import acting_as

YEAR = Span(date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.django_db
@pytest.mark.requirement("S1-11", "S2-20")
@pytest.mark.rule("FUN-02")
def test_advice_is_written_sent_and_answered_by_a_governor_with_a_reason():
    rate(1720)
    give("Grace", 5, 120)
    with acting_as("senco") as actor:
        org = queries.standings(actor)[0].org
        row = writing.begin_report(actor=actor, org=org, kind="sen-budget-advice", since=LONG_AGO)
        [part] = [one for one in queries_parts(row) if one.part == "advice"]
        writing.write_part(
            actor=actor, report_part=part, words="Decide on a second adult by May.", version=None
        )
    page = reverse("reports:show", args=[row.ref])
    shown = text_of(signed_in("senco").get(page))
    assert "The notional budget beside what is planned" in shown
    assert "too few pupils to say" in shown
    assert "6,536" not in shown
    with acting_as("senco") as actor:
        approving.send_for_approval(actor=actor, report=row, version=None)
    governor = signed_in("governor")
    assert "Decide on a second adult by May." in text_of(governor.get(page))
    back = reverse("reports:decide", args=[row.ref])
    given = {"decision": "return", "reason": "Show us a third way first."}
    told = governor.post(back, as_it_stands(governor.get(back), **given), follow=True)
    assert "Sent back." in text_of(told)
    assert "Show us a third way first." in text_of(signed_in("senco").get(page))


def queries_parts(row: Report) -> Any:
    """Give the parts of a report."""
    from opensenco.reports.models import ReportPart

    return ReportPart.objects.select_related("report__org").filter(report=row)


@pytest.mark.django_db
def test_whoever_draws_it_the_sums_are_at_standard_rates():
    rate(1720)
    give("Grace", 5, 120)
    with acting_as("head", write=False) as head:
        org = Organisation.objects.get(pk=min(head.hat.orgs))
        before = questions()["costs"](Asking(head, org, LONG_AGO))
    rate(9999, "FULL_COST")
    with acting_as("head", write=False) as head:
        assert questions()["costs"](Asking(head, org, LONG_AGO)) == before


def sums(**given: Any) -> Sums:
    usual: dict[str, Any] = {
        "notional": 10_000_000, "source": "Us", "planned": 5_000_000, "within": 4_000_000,
        "above": 1_000_000, "comes_in": 400_000, "uncovered": 600_000, "pupils": 20, "over": 5,
        "paid_for": 5, "missing": False,
    }  # fmt: skip
    return Sums(Organisation(name="Larkrise"), YEAR, **{**usual, **given})


def said(one: Sums) -> list[str]:
    return [line.cells[0].shown for line in _lines(one)]


def test_sums_are_shown_where_they_tell_of_many_and_hidden_where_of_few():
    assert said(sums()) == [
        "£100,000", "£50,000", "£40,000", "£10,000", "£4,000", "£6,000", "£54,000",
    ]  # fmt: skip
    few = "too few pupils to say"
    assert said(sums(over=4)) == ["£100,000", "£50,000", *[few] * 5]
    assert said(sums(paid_for=1)) == ["£100,000", "£50,000", *[few] * 5]
    assert said(sums(pupils=4, over=0, paid_for=0)) == ["£100,000", *[few] * 6]
    assert said(sums(notional=None))[0] == "not entered"
