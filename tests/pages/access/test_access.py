"""The place's register of adjustments with its refusals, and the accessibility plan."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.audit.history import as_of
from opensenco.cases.models import DueDate
from opensenco.kernel.errors import Invalid
from opensenco.people.models import Pupil
from opensenco.reports.models import ReportPart
from opensenco.support.models import AccessDecision, AccessPlanApproval
from opensenco.support.operations.access import record_access, record_access_of_pupil
from opensenco.support.operations.beside import add_adjustment
from tests.cast import TODAY
from tests.client import signed_in
from tests.documents.pdf.papers import Printed
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WHY = "The lift is bought for the new wing next year; lessons move downstairs until then."


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


def on(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}-{part}": str(number) for part, number in parts.items()}


def given(**other: Any) -> dict[str, Any]:
    return {
        "aim": "building", "barrier": "Steps at the hall door", "words": "A ramp by summer.",
        "decided": "agreed", "decided_on": TODAY, "decided_by": "Governing body", **other,
    }  # fmt: skip


@pytest.mark.requirement("S1-26", "S2-18")
@pytest.mark.rule("SCH-08")
def test_an_adjustment_for_everybody_is_recorded_put_in_place_looked_at_and_ended():
    add = reverse("access:add")
    said = text_of(
        send("senco", add, for_whom="all", aim="information", barrier="Small print in letters",
             words="Large print for who wants it.", decided="agreed",
             **on("decided_on", date(2027, 2, 1)), decided_by="The head", why="It costs nothing.",
             who="The office", cost="none", **on("starts", date(2027, 2, 8)))
    )  # fmt: skip
    for words in ("It stands in the register.", "Small print in letters", "Everybody", "The office",
                  "8 February 2027", "The head, 1 February 2027. It costs nothing."):  # fmt: skip
        assert words in said
    with acting_as("senco", write=False):
        row = AccessDecision.objects.get(barrier="Small print in letters")
    helped = reverse("access:helped", args=[row.ref])
    told = text_of(send("senco", helped, helped="yes", helped_words="Three families asked for it."))
    assert "It helps: Three families asked for it." in told
    refused = text_of(send("senco", helped, **on("ended_on", TODAY)))
    assert "Say why it ended." in refused
    ended = text_of(
        send("senco", helped, **on("ended_on", TODAY), ended_reason="All is large now.")
    )
    assert "ended on 10 March 2027: All is large now." in ended
    with acting_as("senco", write=False):
        assert as_of(AccessDecision, TODAY).get(pk=row.pk).ended_reason == "All is large now."
    error = reverse("access:in_error", args=[row.ref])
    assert "Small print" not in text_of(send("senco", error, reason="Entered twice."))


@pytest.mark.requirement("S1-26", "S2-18")
def test_a_refusal_for_one_pupil_has_a_reason_and_is_read_by_nobody_who_may_not_read_the_pupil():
    with acting_as("senco") as actor:
        pupil = idris()
        adjustment = add_adjustment(
            actor=actor, pupil=pupil, barrier="The bell", words="A light in place of the bell."
        )
    address = reverse("access:add_of_pupil", args=[pupil.ref])
    asked = {"aim": "building", "barrier": "Stairs to the library",
             "words": "A lift was asked for.", "decided": "refused",
             **on("decided_on", TODAY), "decided_by": "The head"}  # fmt: skip
    assert "Say in a sentence why it was refused." in text_of(send("senco", address, **asked))
    kept = text_of(send("senco", address, **asked, why=WHY))
    assert (
        f"Refused: A lift was asked for. Stairs to the library The head, 10 March 2027. {WHY}"
        in kept
    )
    senco = signed_in("senco")
    listed = text_of(senco.get(reverse("access:list") + "?state=refused"))
    assert "Stairs to the library" in listed
    assert WHY in senco.get(reverse("access:list") + "?file=csv").content.decode()
    governor = signed_in("governor")
    for shown in (governor.get(reverse("access:list")), governor.get(reverse("access:plan"))):
        assert "Stairs to the library" not in shown.text
        assert "Idris" not in shown.text
    in_plans = senco.get(reverse("access:in_plans"))
    way = f"{address}?adjustment={adjustment.ref}"
    assert adjustment.barrier in text_of(in_plans)
    assert way in in_plans.text
    send("senco", way, aim="aid", decided="agreed", **on("decided_on", TODAY),
         decided_by="Amara Okafor", why="He asked for it himself.")  # fmt: skip
    assert "Amara Okafor: He asked for it himself." in text_of(
        senco.get(reverse("access:in_plans"))
    )
    timeline = text_of(senco.get(reverse("pupils:show", args=[pupil.ref])))
    assert "An adjustment was refused, with the reason" in timeline


@pytest.mark.requirement("S1-26", "S2-18")
@pytest.mark.rule("SCH-07")
@pytest.mark.vector("VEC-57")
def test_the_accessibility_plan_has_three_aims_and_is_reviewed_within_three_years_of_its_approval():
    plan = reverse("access:plan")
    with acting_as("senco", write=False):
        before = AccessPlanApproval.objects.get(in_error_at__isnull=True).ref
    send("senco", reverse("access:not_approved", args=[before]), reason="It was another year.")
    assert "No approval is recorded." in text_of(signed_in("governor").get(plan))
    send("senco", reverse("access:approved"), **on("approved_on", date(2024, 3, 31)),
         approved_by="The governing body", where="larkrise.example/access")  # fmt: skip
    send("senco", f"{reverse('access:add')}?plan&aim=building", for_whom="group",
         group="Pupils who use a wheelchair", barrier="Steps at the hall door", words="A ramp.",
         decided="agreed", decided_by="Governing body", **on("by", date(2027, 2, 28)),
         cost="middle", who="Site manager")  # fmt: skip
    shown = text_of(signed_in("governor").get(plan))
    for words in ("Taking part in lessons, clubs and trips", "Getting into and round the building",
                  "Reading and hearing information", "MUST To be reviewed by 31 March 2027.",
                  "31 March 2024, The governing body. larkrise.example/access",
                  "Steps at the hall door", "Site manager, 28 February 2027", "Planned late",
                  "£500 to £5,000"):  # fmt: skip
        assert words in shown
    paper = Printed(signed_in("governor").get(f"{plan}?file=pdf").content)
    assert paper.root["/MarkInfo"]["/Marked"]
    assert "Steps at the hall door" in paper.text
    assert "Add an action" not in paper.text
    assert "Review the accessibility plan" in text_of(signed_in("senco").get("/"))
    with acting_as("senco", write=False):
        due = DueDate.objects.get(rule="SCH-07")
        assert due.on == date(2027, 3, 31)
        ref = due.source_ref
    send("senco", reverse("access:not_approved", args=[ref]), reason="It was another year.")
    with acting_as("senco", write=False):
        assert not DueDate.objects.filter(rule="SCH-07").exists()


@pytest.mark.requirement("S1-26", "S2-18")
def test_governors_approve_the_plan_with_its_actions_and_three_years_begin():
    with acting_as("senco") as actor:
        action = given(in_plan=True, by=date(2027, 7, 1), who="Site manager")
        record_access(actor=actor, org=idris().org, for_whom="all", given=action)
        record_access_of_pupil(
            actor=actor, pupil=idris(), given=given(barrier="The stair to his room")
        )
    begin = reverse("reports:begin")
    send("senco", f"{begin}?kind=accessibility-plan")
    with acting_as("senco", write=False):
        parts = list(ReportPart.objects.filter(report__kind="accessibility-plan"))
        report = parts[0].report_id
        ref = type(parts[0]).objects.select_related("report").get(pk=parts[0].pk).report.ref
    for one in parts:
        if one.part in ("taking-part", "building", "information", "means"):
            send("senco", reverse("reports:part", args=[one.ref]), words="What we do about it.")
    shown = text_of(signed_in("senco").get(reverse("reports:show", args=[ref])))
    assert "Steps at the hall door" in shown
    assert "Site manager, 1 July 2027" in shown
    assert "The stair to his room" not in shown
    send("senco", reverse("reports:send", args=[ref]))
    send("governor", reverse("reports:decide", args=[ref]), decision="approve")
    send("senco", reverse("reports:publish", args=[ref]))
    assert "To be reviewed by 10 March 2030." in text_of(
        signed_in("head").get(reverse("access:plan"))
    )
    assert report


def test_the_lists_are_sorted_filtered_and_asked_a_counted_number_of_times():
    with acting_as("senco") as actor:
        for place in range(4):
            record_access(
                actor=actor, org=idris().org, for_whom="all",
                given=given(barrier=f"Barrier {place}", decided="open" if place else "agreed"),
            )  # fmt: skip
        with pytest.raises(Invalid):
            record_access(actor=actor, org=idris().org, for_whom="group", given=given())
    senco, where = signed_in("senco"), reverse("access:list")
    up = text_of(senco.get(f"{where}?sort=barrier"))
    assert up.index("Barrier 0") < up.index("Barrier 3")
    down = text_of(senco.get(f"{where}?sort=-barrier&state=open"))
    assert down.index("Barrier 3") < down.index("Barrier 1")
    assert "Barrier 0" not in down
    with asks(9):
        senco.get(where)
    with asks(9):
        senco.get(reverse("access:in_plans"))
    with asks(8):
        senco.get(reverse("access:plan"))
    assert signed_in("teacher").get(where).status_code == 403
