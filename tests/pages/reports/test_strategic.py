"""The strategic plan for SEN: aims beside the record's own figures, answered by the head."""

import pytest
from django.urls import reverse

from opensenco.people.models import Pupil
from opensenco.reports.models import Report, ReportPart
from opensenco.reports.operations import approving, writing
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
AIM = "Nine in ten sessions are given by July; Amara looks each Friday."


@pytest.mark.requirement("S2-01")
def test_aims_stand_beside_figures_of_the_day_and_the_head_answers():
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        row = writing.begin_report(
            actor=actor, org=org, kind="sen-strategic-plan", since=TODAY.replace(month=1, day=1)
        )
        part = ReportPart.objects.select_related("report__org").get(report=row, part="first")
        writing.write_part(actor=actor, report_part=part, words=AIM, version=None)
    senco, here = signed_in("senco"), reverse("reports:show", args=[row.ref])
    shown = text_of(senco.get(here))
    for words in (AIM, "Promised and delivered", "Reviews of plans", "Meetings with parents",
                  "Time to co-ordinate", "10 March 2027"):  # fmt: skip
        assert words in shown
    with acting_as("senco") as actor:
        approving.send_for_approval(
            actor=actor, report=Report.objects.select_related("org").get(pk=row.pk), version=None
        )
    head, decide = signed_in("head"), reverse("reports:decide", args=[row.ref])
    back = as_it_stands(head.get(decide), decision="return", reason="Say what training costs.")
    head.post(decide, back, follow=True)
    assert "Say what training costs." in text_of(senco.get(here))
