"""Aims of the strategic plan: a measure, a target, a day, a person, and what became of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Person
from opensenco.audit.history import as_of
from opensenco.cases.models import Task
from opensenco.cases.operations.handing_on import hand_on
from opensenco.concerns.operations.carrying import take_up_strategies
from opensenco.concerns.operations.raising import raise_concern
from opensenco.kernel.errors import Invalid
from opensenco.people.models import Pupil
from opensenco.reports.measures import Figure, share
from opensenco.reports.models import AimNote, PlanAim, Report, ReportPart
from opensenco.reports.operations import aims, approving, writing
from tests.cast import BY_KEY, NOW, TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
JULY = date(2027, 7, 9)


def on(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}-{part}": str(number) for part, number in parts.items()}


def send(key: str, address: str, **given: Any) -> str:
    client = signed_in(key)
    return text_of(client.post(address, as_it_stands(client.get(address), **given), follow=True))


def to(name: str, row: PlanAim) -> str:
    return reverse(f"reports:{name}", args=[row.ref])


def who(key: str) -> str:
    return str(Person.objects.get(email=BY_KEY[key].email).ref)


def found(words: str) -> PlanAim:
    with acting_as("senco", write=False):
        return PlanAim.objects.select_related("org").get(words=words)


def tasks(row: PlanAim) -> list[tuple[str, date | None]]:
    with acting_as("senco", write=False):
        rows = Task.objects.filter(source_ref=row.ref, settled_at__isnull=True)
        return [(str(one.person), one.due) for one in rows.select_related("person")]


@pytest.mark.requirement("S2-01")
def test_an_aim_has_a_measure_a_target_a_day_a_person_notes_evidence_and_an_end():
    senco = signed_in("senco")
    assert reverse("reports:aims") in senco.get(reverse("reports:list")).text
    add = reverse("reports:aim_add")
    own = {"words": "Families can come after work", "measure": "own", "target": "8",
           **on("by", JULY), "owner": who("head"), "doing": "Amara asks each family."}  # fmt: skip
    assert "Say what is counted." in send("senco", add, **own)
    own |= {"own_measure": "Evening meetings in a term", "start": "3",
            **on("start_on", date(2027, 1, 8))}  # fmt: skip
    assert "Say where this number comes from." in send("senco", add, **own)
    kept = send("senco", add, **own, start_source="The office diary")
    for words in ("The aim is set.", "Evening meetings in a term", "At the start, 8 January 2027 3",
                  "The office diary", "at least 8 by 9 July 2027", "Amara asks each family.",
                  "Next look 9 July 2027"):  # fmt: skip
        assert words in kept
    row = found("Families can come after work")
    assert tasks(row) == [("David Whitcombe", JULY)]

    noted = {"words": "Four came in February.", "figure": "4", "paper": "Minutes of 2 March 2027"}
    assert "Say where this number comes from." in send("head", to("aim_note", row), **noted)
    shown = send("head", to("aim_note", row), **noted, source="The office diary",
                 edition=_edition_of(signed_in("head").get(to("aim_note", row))))  # fmt: skip
    for words in ("Noted on 10 March 2027 4", "Four came in February.", "Minutes of 2 March 2027",
                  "edition 1 of"):  # fmt: skip
        assert words in shown

    changed = send("senco", to("aim_change", row), target="6", owner=who("senco"))
    assert "The target, before: 8" in changed
    assert "Who answers for it, before:" in changed
    assert tasks(row) == [("Amara Okafor", JULY)]
    assert "Say what shows it, what follows" in send(
        "senco", to("aim_end", row), state="not-met", words=" "
    )
    ended = send("senco", to("aim_end", row), state="met", words="Seven came.", figure="7",
                 source="The office diary")  # fmt: skip
    assert "Met. Seven came." in ended
    assert tasks(row) == []
    with acting_as("senco", write=False):
        assert as_of(PlanAim, TODAY).get(pk=row.pk).state == "met"
    again = send("senco", to("aim_again", row), words="It fell again.",
                 **on("by", date(2028, 7, 7)))  # fmt: skip
    assert "Next look 10 March 2028" in again
    note = AimNote.objects
    with acting_as("senco", write=False):
        wrong = note.get(words="Four came in February.")
    error = reverse("reports:note_error", args=[wrong.ref])
    assert "Made in error: Entered twice." in send("senco", error, reason="Entered twice.")
    assert "Set in error" in send("senco", to("aim_error", row), reason="Entered twice.")
    assert row.words not in text_of(senco.get(reverse("reports:aims")))
    assert tasks(row) == []


def _edition_of(page: Any) -> str:
    sent = page.text.split('name="edition"')[1].split('<option value="')[2]
    return str(sent.split('"')[0])


def set_of_record(actor: Any, org: Any, measure: str, by: date = JULY, **other: Any) -> PlanAim:
    given = {"words": f"Aim by {measure}", "measure": measure, "target": Decimal(90), "by": by,
             "owner": actor.person, **other}  # fmt: skip
    return aims.set_plan_aim(actor=actor, org=org, given=given)


@pytest.mark.requirement("S2-01")
def test_the_plan_draws_aims_then_and_now_names_nobody_and_keeps_the_answer_of_the_head():
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        few = set_of_record(actor, org, "reviews")
        answered(replace(actor, at=NOW - timedelta(days=20)), actor)
        row = set_of_record(actor, org, "concerns", target=Decimal(10))
        answered(replace(actor, at=NOW - timedelta(days=8)), actor)
        assert (few.start, row.start, row.less_is_better) == (None, 20, True)
        plan = writing.begin_report(
            actor=actor, org=org, kind="sen-strategic-plan", since=TODAY.replace(month=1, day=1)
        )
        part = ReportPart.objects.select_related("report__org").get(report=plan, part="stand")
        writing.write_part(actor=actor, report_part=part, words="As hoped.", version=None)
        approving.send_for_approval(actor=actor, report=plan, version=None)
    listed = signed_in("governor").get(reverse("reports:aims"))
    assert "Idris" not in listed.text
    assert "Aim by concerns Days until a concern" in text_of(listed)
    assert "20 days 10 March 2027 14 days at most 10 days" in text_of(listed)
    assert "too few pupils to say" in text_of(listed)
    decide, here = (reverse(f"reports:{name}", args=[plan.ref]) for name in ("decide", "show"))
    drawn = text_of(signed_in("governor").get(decide))
    assert "Our aims, then and now" in drawn
    assert "20 days, 10 March 2027 14 days 10 days by 9 July 2027" in drawn
    send("governor", decide, decision="return", reason="Say what training costs.")
    with acting_as("senco") as actor:
        again = Report.objects.select_related("org").get(pk=plan.pk)
        approving.send_for_approval(actor=actor, report=again, version=None)
    send("head", decide, decision="approve")
    with acting_as("senco") as actor:
        made = approving.publish_report(
            actor=actor, report=Report.objects.select_related("org").get(pk=plan.pk), version=None
        )
    for address in (here, reverse("reports:edition", args=[made.ref])):
        kept = text_of(signed_in("governor").get(address))
        assert "Sent back: Say what training costs." in kept
        assert "What was answered" in kept


def answered(then: Any, now: Any) -> None:
    """Let five concerns be raised on one day and taken up on another."""
    pupil = Pupil.objects.select_related("org").get(first_name="Idris")
    for number in range(5):
        row = raise_concern(actor=then, pupil=pupil, noticed=f"Looks away, {number}")
        take_up_strategies(actor=now, concern=row, version=None, trying="A card", until=JULY)


@pytest.mark.requirement("S2-01")
def test_a_look_waits_when_the_year_or_the_day_is_over_and_the_list_is_filtered_and_a_file():
    own: dict[str, Any] = {"own_measure": "Evenings", "start": Decimal(3), "target": Decimal(8),
                           "start_source": "The diary"}  # fmt: skip
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        row = set_of_record(actor, org, "own", start_on=TODAY - timedelta(days=400), **own)
        over = set_of_record(
            replace(actor, at=NOW - timedelta(days=30)), org, "own", words="Aim that is over",
            by=TODAY - timedelta(days=2), start_on=TODAY - timedelta(days=40), **own,
        )  # fmt: skip
    senco = signed_in("senco")
    assert "Say how an aim stands: Aim by own" in text_of(senco.get("/"))
    assert "A yearly look at this aim is due" in text_of(senco.get(to("aim", row)))
    assert "The day of this aim has come" in text_of(senco.get(to("aim", over)))
    for one in (row, over):
        send("senco", to("aim_note", one), words="Five came.")
    assert tasks(row) == [("Amara Okafor", JULY)]
    assert tasks(over) == [("Amara Okafor", TODAY - timedelta(days=2))]
    listed = reverse("reports:aims")
    due = text_of(senco.get(f"{listed}?state=look"))
    assert "Aim that is over" in due
    assert "Aim by own" not in due
    assert "There is none of these." in text_of(senco.get(f"{listed}?state=dropped"))
    rows = text_of(senco.get(f"{listed}?sort=-by"))
    assert rows.index("Aim by own") < rows.index("Aim that is over")
    file = senco.get(f"{listed}?file=csv").content.decode()
    assert "Five came." in file
    assert "The diary" in file
    with asks(10):
        senco.get(listed)
    with acting_as("senco") as actor:
        for number in range(3):
            set_of_record(actor, org, "own", words=f"One more, {number}", start_on=TODAY, **own)
    with asks(10):
        senco.get(listed)
    with asks(10):
        senco.get(to("aim", row))


@pytest.mark.requirement("S2-01")
def test_who_does_not_write_reports_reads_aims_and_changes_none():
    with acting_as("senco", write=False):
        row = PlanAim.objects.earliest("pk")
    governor = signed_in("governor")
    assert "Set an aim" not in text_of(governor.get(reverse("reports:aims")))
    assert "Note how it goes on" not in text_of(governor.get(to("aim", row)))
    assert governor.get(to("aim_end", row)).status_code == 403
    assert signed_in("teacher").get(to("aim", row)).status_code == 403
    assert signed_in("outsider").get(to("aim", row)).status_code == 404


def test_an_aim_is_handed_on_to_somebody_who_can_say_how_it_stands():
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        row = set_of_record(actor, org, "reviews")
        task = Task.objects.select_related("org", "person").get(source_ref=row.ref)
        with pytest.raises(Invalid, match="writes reports here"):
            hand_on(actor=actor, tasks=[task], to=Person.objects.get(first_name="Priya"))
        hand_on(actor=actor, tasks=[task], to=Person.objects.get(first_name="David"))
        assert PlanAim.objects.get(pk=row.pk).owner.first_name == "David"
    assert tasks(row) == [("David Whitcombe", JULY)]


def test_a_share_is_told_only_where_no_count_behind_it_could_name_a_child():
    assert share(20, 0) == Figure(Decimal(100))
    assert share(10, 5) == Figure(Decimal(67))
    assert share(9, 1) == share(3, 20) == share(12, 6, 2) == Figure(hidden=True)
    assert share(0, 0) == Figure()
