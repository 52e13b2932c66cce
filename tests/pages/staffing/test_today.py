"""Somebody is away: who loses what is seen, somebody stands in, the ledger knows, it is undone."""

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.ehc.operations import cards, giving
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.refs import short
from opensenco.notices.models import Notice
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Session
from opensenco.provision.operations.giving import Terms
from opensenco.provision.operations.sessions import Held, log_session
from opensenco.provision.operations.timetables import At, give_at, set_timetable
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import WhyNot
from opensenco.provision.timetable import Hour
from opensenco.staffing.models import Absence, StandIn
from opensenco.staffing.operations import cover
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.ehc.test_section_f import owed
from tests.pages.provision.hands import link_to
from tests.pages.provision.hands import send as send_as_filled
from tests.pages.staffing.test_hours import hours, send
from tests.pages.tablet import test_tablet
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
AT = Hour(TODAY.weekday(), time(13, 30), time(14, 0))


@pytest.fixture
def language() -> Allocation:
    """Jo gives Idris language on Wednesdays at half past one; Owen can give support too."""
    hours("other_teacher", 600)
    with acting_as("senco") as actor:
        row = Allocation.objects.select_related("pupil__org", "provision", "group").get(
            pupil__first_name="Idris", provision__name="Language group", ends__gte=TODAY
        )
        set_timetable(actor=actor, allocations=[row], hours=[At(AT)], starts=TODAY, because="So.")
    return row


def away(**more: Any) -> Absence:
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        return cover.mark_away(actor=actor, org=org, who=person("ta"), on=TODAY, **more)


def day() -> str:
    return text_of(signed_in("senco").get(reverse("staffing:today")))


def chooses(title: str) -> Any:
    """Do what stands on the page of the day under a title."""
    client = signed_in("senco")
    page = client.get(reverse("staffing:today")).text
    part = page[page.index(title) :]
    steps = re.search(r'name="steps" value="([^"]*)"', part)
    assert steps
    return client.post(reverse("staffing:today"), {"steps": steps[1], "note": ""}, follow=True)


def told(key: str) -> list[str]:
    with acting_as(key, write=False):
        return [row.words for row in Notice.objects.filter(person=person(key)).order_by("-id")]


def ledger() -> list[Session]:
    with acting_as("senco", write=False):
        return list(standing_sessions(Session.objects.filter(on=TODAY)))


@pytest.mark.requirement("S1-10", "S1-23")
def test_somebody_is_away_and_a_colleague_stands_in_reads_what_helps_and_logs_it(
    language: Allocation,
):
    assert "Nobody is marked as away." in day()
    page = reverse("staffing:mark_away")
    shown = text_of(send("senco", page, who=_key("ta"), until_at="14:15"))
    assert "Jo Birkett : until 14:15" in shown
    assert "13:30 Language group" in shown
    log = reverse("provision:log", args=[language.ref])
    owen = signed_in("other_teacher")
    assert owen.get(log).status_code == 403
    assert "Owen Sharp stands in" in shown
    assert "Nothing is lost" in shown
    assert "Arranged. Those concerned are told." in text_of(chooses("Owen Sharp stands in"))
    assert "No session is without an adult." in day()
    assert told("other_teacher")[0].startswith(
        "You stand in for Jo Birkett on 10 March 2027, 13:30"
    )
    assert "You stand in today" in text_of(owen.get("/"))
    assert log in owen.get(reverse("provision:now")).text
    with acting_as("other_teacher", write=False):
        row = StandIn.objects.get(person=person("other_teacher"))
    note = text_of(owen.get(reverse("staffing:cover_note", args=[row.ref])))
    assert "You stand in for Jo Birkett" in note
    assert owen.get(log).status_code == 200


def test_what_somebody_stood_in_for_is_theirs_in_the_ledger_whoever_logs_it(language: Allocation):
    away()
    chooses("Owen Sharp stands in")
    senco = signed_in("senco")
    log = reverse("provision:log", args=[language.ref])
    send_as_filled(senco, senco.get(log))
    [row] = ledger()
    assert (row.person, row.given_by) == (person("senco"), person("other_teacher"))
    staff = senco.get(reverse("provision:ledger") + "?by=staff")
    assert "Owen Sharp nothing was promised of them 1" in text_of(staff)


def test_who_came_after_all_has_it_back_and_who_stood_in_reaches_nobody_any_more(
    language: Allocation,
):
    absence = away()
    chooses("Owen Sharp stands in")
    page = reverse("staffing:absence", args=[absence.ref])
    assert "What has not begun is theirs again" in text_of(send("senco", page))
    assert told("other_teacher")[0].startswith("You need not stand in for Jo Birkett")
    log = reverse("provision:log", args=[language.ref])
    assert signed_in("other_teacher").get(log).status_code == 403
    assert "Jo Birkett : came after all" in day()
    again = signed_in("senco").post(page, {"version": "2"})
    assert "They have come after all." in text_of(again)


def test_whoever_leads_a_part_takes_nobody_from_pupils_of_another_part(language: Allocation):
    with acting_as("senco") as actor:
        poppy = Pupil.objects.select_related("org").get(first_name="Poppy")
        terms = Terms(times_a_week=1, minutes=30, starts=TODAY, person=person("other_teacher"))
        give_at(
            actor=actor, pupils=[poppy], provision=language.provision, terms=terms, hours=[At(AT)]
        )
    away()
    shown = text_of(signed_in("phase_senco").get(reverse("staffing:today")))
    assert "Owen Sharp takes" not in shown, "he is with Poppy then"
    assert "Owen Sharp stands in" not in shown
    assert "Poppy" not in shown
    roster = text_of(signed_in("phase_senco").get(reverse("staffing:roster")))
    assert "Owen Sharp 30 min of 10 h" in roster, "what is promised elsewhere takes hours as well"


def test_what_is_not_held_is_in_the_ledger_at_once_its_teachers_are_told_and_it_is_put_right(
    language: Allocation,
):
    absence = away()
    before = len(told("teacher"))
    assert "1 child loses 30 min" in day()
    chooses("Nobody stands in")
    [row] = ledger()
    assert (row.went, row.reason) == ("not_held", WhyNot.STAFF_ABSENT)
    assert told("teacher")[0].startswith("A session of your pupils is not held on 10 March 2027")
    assert len(told("teacher")) == before + 1
    with acting_as("senco", write=False):
        choice = StandIn.objects.get(absence=absence)
    back = reverse("staffing:take_choice_back", args=[choice.ref])
    assert "Taken back. Those concerned are told." in text_of(send("senco", back))
    assert [one.went for one in ledger()] == ["mistake"]
    assert "13:30 Language group" in day()


def test_two_sessions_of_one_day_are_missed_twice_and_each_is_put_right_alone(
    language: Allocation,
):
    early = Hour(TODAY.weekday(), time(10, 30), time(11, 0))
    with acting_as("senco") as actor:
        set_timetable(
            actor=actor, allocations=[language], hours=[At(AT), At(early)], starts=TODAY,
            because="So.",
        )  # fmt: skip
    absence = away()
    with acting_as("senco") as actor:
        for hour in (early, AT):
            lost = cover.Arranged(absence, [language], hour.starts_at, hour.ends_at)
            cover.arrange(actor=actor, absences=[absence], sessions=[lost])
        assert [one.went for one in ledger()] == ["not_held"] * 2
        row = StandIn.objects.select_related("org").get(absence=absence, starts_at=early.starts_at)
        cover.take_choice_back(actor=actor, stand_in=row)
        assert sorted(one.went for one in ledger()) == ["mistake", "not_held"]


def test_what_somebody_wrote_before_stays_when_a_choice_is_taken_back(language: Allocation):
    with acting_as("ta") as actor:
        held = Held(not_held=WhyNot.STAFF_ABSENT)
        log_session(actor=actor, allocations=[language], on=TODAY, held=held)
    absence = away()
    with acting_as("senco") as actor:
        later = replace(actor, at=actor.at + timedelta(minutes=1))
        lost = cover.Arranged(absence, [language], AT.starts_at, AT.ends_at)
        [row] = cover.arrange(actor=later, absences=[absence], sessions=[lost])
        assert [one.went for one in ledger()] == ["not_held"]
        cover.take_choice_back(actor=later, stand_in=row)
        assert [one.went for one in ledger()] == ["not_held"]


def test_one_session_is_chosen_for_with_a_note_and_a_day_that_has_changed_is_refused(
    language: Allocation,
):
    absence = away()
    page = reverse("staffing:choose", args=[absence.ref])
    client = signed_in("senco")
    form = as_it_stands(client.get(page))
    shown = text_of(client.get(page))
    assert "Owen Sharp takes 13:30 Language group Nothing is lost. is new to these pupils" in shown
    answer = client.post(page, {**form, "note": "The pictures are in the blue box."}, follow=True)
    assert "Arranged." in text_of(answer)
    with acting_as("other_teacher", write=False):
        row = StandIn.objects.get(person=person("other_teacher"))
    assert "The pictures are in the blue box." in text_of(
        signed_in("other_teacher").get(reverse("staffing:cover_note", args=[row.ref]))
    )
    again = client.post(reverse("staffing:today"), {"steps": form["steps"], "note": ""})
    assert "The day has changed since you opened this page." in text_of(again)


def test_the_note_stands_at_the_session_it_is_for_also_on_a_shared_tablet_for_that_person_alone(
    language: Allocation, settings: Any
):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    absence, words = away(), "The pictures are in the blue box."
    client = signed_in("senco")
    page = reverse("staffing:choose", args=[absence.ref])
    client.post(page, {**as_it_stands(client.get(page)), "note": words})
    now, log = reverse("provision:now"), reverse("provision:log", args=[language.ref])
    _amara, tablet = test_tablet.enrolled()
    test_tablet.chooses("other_teacher")
    tablet.post(test_tablet.of("other_teacher"), {"number": test_tablet.PIN})
    for owen in (signed_in("other_teacher"), tablet):
        for address in (now, log):
            assert f"You stand in for Jo Birkett today. {words}" in text_of(owen.get(address))
        note = owen.get(link_to(owen.get(now), "What helps each of them"))
        assert (note.status_code, words in note.text) == (200, True)
    for address in (now, log):
        assert words not in signed_in("ta").get(address).text
    assert words not in signed_in("other_teacher").get(f"{log}?earlier=1").text
    with acting_as("senco") as actor:
        cover.came_after_all(actor=actor, absence=absence, version=1)
    assert "You stand in" not in tablet.get(now).text


def test_what_is_tied_to_section_f_is_said_to_weigh_most_until_the_plan_ends(language: Allocation):
    away()
    assert "section F" not in day().partition("Counted:")[0]
    row = owed()
    assert "section F" not in day().partition("Counted:")[0], "nobody has said what gives it"
    with acting_as("senco") as actor:
        said = giving.Said("provision", [language.provision])
        giving.say_what_gives(actor=actor, line=row, said=said)
    shown = day()
    assert "tied to section F of an EHC plan, which must be given" in shown
    assert "1 child loses 30 min; to 1 it is owed by section F of their EHC plan" in shown
    with acting_as("senco") as actor:
        cards.end_plan(actor=actor, plan=row.plan, version=None, on=TODAY, reason="Ceased.")
    assert "section F" not in day().partition("Counted:")[0]


@pytest.mark.requirement("S1-24")
def test_the_roster_shows_the_week_beside_the_hours_and_what_has_no_adult(language: Allocation):
    hours("ta", 20)
    senco = signed_in("senco")
    page = reverse("staffing:roster")
    assert page in senco.get(reverse("provision:list")).text
    shown = text_of(senco.get(page))
    assert "More is promised than there are hours" in shown
    assert "13:30–14:00 Language group" in shown
    with asks(19):
        senco.get(page)
    jo = re.search(r'href="(/staff/roster/[^"?]+/)[^"]*">Jo Birkett', senco.get(page).text)
    assert jo
    own = text_of(senco.get(jo[1]))
    assert "13:30–14:00 Language group" in own
    assert "Caseload" in own
    file = senco.get(page + "?file=csv").content.decode("utf-8-sig")
    assert "Jo Birkett,Wednesday,13:30,14:00,Language group" in file


def _key(key: str) -> str:
    return short(person(key).ref)


def test_more_people_away_ask_no_more(language: Allocation):
    away()
    senco = signed_in("senco")
    with asks(28):
        senco.get(reverse("staffing:today"))
    with acting_as("senco") as actor:
        org = Pupil.objects.select_related("org").get(first_name="Idris").org
        for key in ("teacher", "other_teacher"):
            cover.mark_away(actor=actor, org=org, who=person(key), on=TODAY)
    with asks(28):
        senco.get(reverse("staffing:today"))


def test_a_crafted_form_puts_nobody_in_two_places(language: Allocation):
    with acting_as("senco") as actor:
        poppy = Pupil.objects.select_related("org").get(first_name="Poppy")
        terms = Terms(times_a_week=1, minutes=30, starts=TODAY, person=person("ta"))
        (other,) = give_at(
            actor=actor, pupils=[poppy], provision=language.provision, terms=terms,
            hours=[At(AT)], because="So.",
        )  # fmt: skip
    absence = away()
    jan = person("other_teacher")
    with acting_as("senco") as actor:
        both = [
            cover.Arranged(absence, [row], AT.starts_at, AT.ends_at, jan)
            for row in (language, other)
        ]
        with pytest.raises(NotPossible, match="cannot be there at that hour"):
            cover.arrange(actor=actor, absences=[absence], sessions=both)
        cover.arrange(actor=actor, absences=[absence], sessions=both[:1])
        with pytest.raises(NotPossible, match="cannot be there at that hour"):
            cover.arrange(actor=actor, absences=[absence], sessions=both[1:])
        # nor does whoever is away themselves
        gone = cover.Arranged(absence, [other], AT.starts_at, AT.ends_at, person("ta"))
        with pytest.raises(NotPossible, match="cannot be there at that hour"):
            cover.arrange(actor=actor, absences=[absence], sessions=[gone])
