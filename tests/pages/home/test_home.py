"""Each hat opens on what exists for it: whose turn it is, what is due, and nothing made up."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import get_resolver, reverse

from opensenco.cases import spine
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.letters import queries as wordings
from opensenco.letters.operations import mailings
from opensenco.letters.starter import starters
from opensenco.meetings import when
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.meetings.queries import candidates
from opensenco.notices.models import Notice
from opensenco.pages.home import show, slots
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.concerns import making
from tests.domain.support.steps import agreed, on_support
from tests.pages.concerns.walking import decide, record, text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def home(who: str) -> str:
    return text_of(signed_in(who).get("/"))


def test_the_senco_sees_whose_turn_it_is_yours_before_theirs_by_days():
    decide(record("ta", "Grace"))
    page = home("senco")
    assert page.index("Whose turn is it") < page.index("Yours: ") < page.index("Waiting on others")
    assert "New concern from Priya Raman: “He looks away and goes quiet" in page
    assert "Your turn 7 days" in page
    assert "Priya Raman asked today" in page


def test_a_date_stands_under_what_waits_for_it_with_strength_and_why_and_nowhere_else():
    page = home("senco")
    turn = page[page.index("Whose turn is it") : page.index("Also due, what the law says first")]
    assert "Your turn 7 days Wed 17 Mar in 7 days practice Why 17 March 2027" in turn
    assert "The rule The school takes a concern seriously whoever raises it" in turn
    assert "our rule IDN-12" in turn
    assert page.count("Wed 17 Mar") == 1
    assert "Nothing else is due in the next four weeks." in page


def test_what_the_law_wanted_is_told_once_and_before_what_only_waited_longer():
    with acting_as("senco") as actor:
        # told of the support by its first day: one legal date, one reminder, one task
        on_support(actor, making.pupil("Grace"), TODAY - timedelta(days=5))
    page = home("senco")
    yours = page[page.index("Yours: ") : page.index("Also due")]
    assert "Yours: 2, what the law says first, then the longest Grace Atherton" in yours
    assert "5 days past the legal date MUST" in yours
    assert yours.index("Grace Atherton") < yours.index("Idris Hassan-Cole")
    assert page.count("past the legal date") == 1
    assert "Alert: the parents have not been told" not in page


def test_the_first_few_stand_at_once_and_the_rest_on_a_click():
    for _each in range(8):
        making.raised("ta", "Grace")
    page = signed_in("senco").get("/").text
    shown, rest = page.split("3 more of yours")
    assert shown.count("os-turn--you") == 6
    assert rest.count("os-turn--you") == 3


def test_a_date_that_waits_for_nobody_yet_is_due_and_one_far_off_on_a_click():
    with acting_as("senco") as actor:
        agreed(actor, making.pupil("Grace"))
    page = home("senco")
    due = page[page.index("Also due") :]
    assert "2 later dates Sat 29 May in 80 days Review the support: Grace Atherton 4R" in due


def test_the_letter_of_the_status_stands_beside_a_name_for_who_co_ordinates_alone():
    assert 'class="os-st os-st--k"' in signed_in("senco").get("/").content.decode()
    for who in ("teacher", "ta", "admin", "parent"):
        assert "os-st--" not in signed_in(who).get("/").content.decode()


def test_a_head_teacher_sees_what_the_senco_sees():
    assert "Whose turn is it" in home("head")
    assert re.search("Good (morning|afternoon|evening), David", home("head"))


def test_a_shared_senco_is_told_which_school_each_thing_is_of():
    with acting_as("shared_senco"):
        walter = Pupil.objects.get(first_name="Walter")
    answer = signed_in("shared_senco").post(
        reverse("concerns:new", args=[walter.ref]), {"noticed": "He is tired."}
    )
    assert answer.status_code == 302
    page = home("shared_senco")
    assert "Walter Markerword Weir School" in page
    assert "Your turn today" in page


def test_a_teacher_sees_how_to_teach_their_pupils_at_once():
    page = home("teacher")
    assert "How to teach these pupils Idris Hassan-Cole 4R" in page
    assert "Give him ten seconds" in page
    assert "How to teach" not in home("other_teacher")


def test_a_teacher_sees_their_own_concerns_with_whose_turn_it_is():
    page = home("teacher")
    assert "Your concerns" in page
    assert "SENCO 7 days silent" in page
    assert "Whose turn is it" not in page


@pytest.fixture
def bare(monkeypatch):
    """Empty the slots that other journeys fill, which they do when the addresses are first read."""
    get_resolver().url_patterns  # noqa: B018
    monkeypatch.setattr(slots, "_parts", {})


@pytest.mark.usefixtures("bare")
def test_an_assistant_opens_on_their_groups_without_navigation():
    answer = signed_in("ta").get("/")
    assert "Now Wednesday 10 March 2027." in text_of(answer)
    assert "Language group Idris Hassan-Cole" in text_of(answer)
    assert "os-nav" not in answer.content.decode()
    assert reverse("concerns:choose") in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("governor", "EHC plan 0 SEN support under 5 Pupils by the broad area"),
        ("admin", "Nothing waits for you."),
        ("dsl", "What is marked for you only"),
        ("family", "Nothing waits for you."),
        ("district", "Nothing waits for you."),
        ("authority", "Nothing waits for you."),
        ("parent", "What is shared with you Idris Hassan-Cole"),
        ("professional", "What is shared with you Idris Hassan-Cole"),
    ],
)
def test_everybody_else_sees_what_exists_for_them(who: str, says: str):
    assert says in home(who)


@pytest.mark.parametrize("who", ["governor", "family", "district", "authority", "parent"])
def test_who_cannot_raise_a_concern_is_not_offered_to(who: str):
    assert "Record a concern" not in home(who)


def test_news_is_read_once_and_each_reads_their_own():
    decide(record("ta", "Grace"))
    client = signed_in("ta")
    page = client.get("/")
    assert "Your concern was answered." in text_of(page)
    with acting_as("ta", write=False):
        refs = [str(notice.ref) for notice in Notice.objects.filter(person=person("ta"))]
    signed_in("senco").post(reverse("home:read_news"), {"notice": [*refs, "nonsense"]})
    assert "Your concern was answered." in text_of(client.get("/"))
    client.post(reverse("home:read_news"), {"notice": refs})
    assert "Your concern was answered." not in text_of(client.get("/"))
    assert client.get(reverse("home:read_news")).status_code == 405


def test_what_others_wrote_in_the_last_week_is_told_without_what_one_may_not_read():
    record("ta", "Grace")
    assert "Jo Birkett recorded a concern." in home("senco")
    assert "recorded a concern" not in home("dsl")


def test_a_week_of_term_is_told_where_the_school_has_entered_its_terms():
    assert "week" not in home("senco").split("Whose turn")[0]
    with acting_as("senco") as actor:
        enter_term_dates(
            actor=actor, org=making.pupil().org, year=AcademicYear(2026), version=None,
            entries=[Entry(date(2027, 1, 4), date(2027, 3, 24), DayKind.TERM)],
        )  # fmt: skip
    assert "Wednesday 10 March 2027, week 10 of the spring term." in home("senco")


@pytest.mark.parametrize(
    ("hour", "said"), [(7, "Good morning"), (11, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_goes_by_the_hour_in_london(hour: int, said: str):
    from dataclasses import replace

    summer = datetime(2027, 6, 10, hour, 30, tzinfo=UTC)
    with acting_as("senco", write=False) as actor:
        assert show.greeting(replace(actor, at=summer)) == f"{said}, Amara"


@pytest.mark.usefixtures("bare")
def test_a_slot_is_filled_by_another_journey_and_an_unknown_one_is_refused():
    with pytest.raises(KeyError, match="no such slot"):
        slots.fill("nowhere")
    part = slots.Part("home/guest.html", lambda actor: {"who": actor.hat.key})
    slots.fill("senco.side", part)
    with acting_as("senco", write=False) as actor:
        (filled,) = slots.filled(actor, "senco.side")
        assert (filled.template, filled.show) == ("home/guest.html", {"who": actor.hat.key})
        assert slots.filled(actor, "assistant.now") == []


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("who", "count"),
    [("senco", 17), ("teacher", 19), ("ta", 11), ("dsl", 11), ("governor", 13), ("parent", 7)],
)
def test_a_home_page_asks_the_record_a_counted_number_of_times(who: str, count: int):
    client = signed_in(who)
    with asks(count):
        client.get("/")


def test_more_rows_ask_no_more_questions():
    making.raised("ta", "Grace")
    client = signed_in("senco")
    counts = []
    for _round in range(2):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
        for name in ("Grace", "Poppy", "Idris"):
            making.raised("ta", name)
    assert counts[0] == counts[1]


def test_a_task_about_no_child_says_what_is_to_be_done_and_then_the_place():
    from opensenco.access.actions import Action
    from opensenco.audit.acting import as_actor

    with acting_as("senco") as actor, as_actor(actor):
        school = making.pupil().org
        spine.open_task(
            actor=actor, org=school, kind="test.place", words="Enter your term dates.",
            source=school_source(school), role_action=Action.PLAN_WRITE,
        )  # fmt: skip
    assert "Enter your term dates. Larkrise Primary School" in home("senco")


def school_source(school):
    """A row of the school that is about no child."""
    from opensenco.people.models import Group

    return Group.objects.filter(org=school).order_by("id")[0]


@pytest.mark.requirement("S2-36")
def test_an_administrator_sees_what_is_to_be_booked_chased_and_sent_and_no_more():
    with acting_as("senco") as actor:
        idris = making.pupil("Idris")
        days = [when.at(TODAY + timedelta(days=7), time(15, 30))]
        near = [Invited(person=one.person, part=one.role) for one in candidates(actor, idris).near]
        wanted = Wanted(
            kind="sen-support-review", where=Where(30, "The library"), days=days, invited=near
        )
        plan_meeting(actor=actor, pupil=idris, wanted=wanted)
        mailings.begin_mailing(
            actor=actor, pupils=[idris], wording=wordings.of_starter(starters()["moving-on"])
        )
    page = home("admin")
    chase = page[page.index("Meetings to book and chase") :]
    assert "Idris Hassan-Cole 17 March 2027" in chase
    assert re.search(r"\d (person has|people have) not replied", chase)
    assert page.index("Meetings to book and chase") < page.index("Letters begun and not sent")
    for who in ("senco", "teacher", "dsl", "governor", "family"):
        assert "Meetings to book and chase" not in home(who), who
    for clinical in ("He looks away", "SLCN", "Outcome"):
        assert clinical not in page
