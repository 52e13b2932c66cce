"""Who is on site today, what was handed over for today, and whom to call when a SENCO is not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Membership, Organisation
from opensenco.cases.operations.covering import arrange_cover
from opensenco.people.operations.staff import give_role
from opensenco.provision.models import Allocation
from opensenco.staffing.models import SiteDay, StandIn
from opensenco.threads.operations.writing import write_message
from tests.cast import TODAY
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.staffing.test_today import away, language
from tests.pages.tablet import test_tablet
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
HERE = "/today/here/"
WEDNESDAY = str(TODAY.weekday())
LARKRISE, QUESTIONS = "Larkrise Primary School", 14
__all__ = ["language"]


def seen_by(key: str) -> str:
    return text_of(signed_in(key).get(HERE))


def says(key: str, whose: str = "", **given: Any) -> str:
    """Say where somebody is on Wednesdays, on the page that the page of the day leads to."""
    client = signed_in(key)
    words = "Say when they are where" if whose else "Say when you are where"
    link = rf'href="({HERE}[^/"]+/)"[^>]*>{words}(?:<span[^>]*>: ([^<]*))?'
    [to] = {to for to, name in re.findall(link, client.get(HERE).text) if name == whose}
    form = client.get(f"{to}?weekday={WEDNESDAY}")
    sent = as_it_stands(form, **{"weekdays": [WEDNESDAY], **given})
    return text_of(client.post(to, sent, follow=True))


def place(name: str) -> str:
    return str(Organisation.objects.get(name=name).ref)


def with_a_shared_senco() -> None:
    """Marek, SENCO of two small schools, is SENCO of Larkrise too."""
    marek = person("shared_senco")
    with acting_as("head") as actor:
        [org] = actor.hat.orgs
        give_role(
            actor=actor, org=Organisation.objects.get(pk=org), person=marek,
            role="SENCO_SHARED", starts=TODAY,
        )  # fmt: skip


@pytest.mark.requirement("S2-44")
def test_colleagues_see_who_is_here_and_whom_to_call_when_the_senco_is_elsewhere(
    language: Allocation,
):
    with_a_shared_senco()
    # nobody has said anything yet: the SENCOs are looked for here, and all who give support
    assert "Amara Okafor has not said when they are here." in seen_by("teacher")
    larkrise, weir = place(LARKRISE), place("Weir School")
    assert "Not at work" in says("senco", place="none")
    refused = says("shared_senco", place=weir, until_at="13:00", then_place=larkrise)
    assert "Say until when you are at the first place" in refused
    said = says(
        "shared_senco", place=weir, from_at="8:30", until_at="13:00", reach="Office 01632 960 118",
        then_place=larkrise, then_from_at="13:30", then_until_at="15:30", then_reach="Extension 4",
    )  # fmt: skip
    assert "Weir School, 8:30 to 13:00 Office 01632 960 118 ; Larkrise Primary School" in said
    page = signed_in("teacher").get(HERE)
    shown = text_of(page)
    assert "Amara Okafor does not work on Wednesdays." in shown
    called = shown[shown.index("Marek Zielin Shared SENCO") :]
    assert "Marek Zielin is at Weir School on Wednesdays, and here from 13:30." in called
    assert 'href="tel:01632960118"' in page.text
    assert called.index("Marek Zielin") < called.index("Dilys Corring")
    assert called.index("Dilys Corring") < called.index("David Whitcombe")
    # what they said stands in the record of each of their schools, and nowhere else
    with acting_as("shared_senco", write=False):
        kept = set(SiteDay.objects.filter(who=person("shared_senco")).values_list("org__name"))
    assert {name for (name,) in kept} >= {"Mill Lane School", "Weir School"}
    # somebody stands in: they are called before the other school
    with acting_as("head") as actor:
        org = language.pupil.org
        role = Membership.objects.select_related("person", "part", "org").get(
            org=org, person=person("senco")
        )
        arrange_cover(
            actor=actor, org=org, away=role, person=person("other_teacher"), starts=TODAY,
            ends=TODAY + timedelta(days=2),
        )  # fmt: skip
    shown = seen_by("ta")
    assert "Amara Okafor is away. Owen Sharp stands in until 12 March 2027." in shown
    shared = shown.rindex("Marek Zielin is at Weir School on Wednesdays", 0, shown.index("Dilys"))
    assert shown.index("Owen Sharp stands in for Amara") < shared


@pytest.mark.requirement("S2-44")
def test_who_comes_later_leaves_earlier_or_is_away_and_what_was_handed_over(language: Allocation):
    whole_day = says("senco", whose="Jo Birkett", place=place(LARKRISE))
    assert "Wednesday : Larkrise Primary School, the whole day" in whole_day
    ta = "Jo Birkett Teaching assistant"
    assert f"Here now {ta}" in seen_by("admin")
    says("ta", from_at="14:15")
    assert f"Comes later {ta} , from 14:15" in seen_by("admin")
    says("ta", from_at="8:30", until_at="14:15", reach="Walkie-talkie 3")
    assert f"Here now {ta} , until 14:15 Walkie-talkie 3" in seen_by("admin")
    away()
    assert "Jo Birkett is away today." in seen_by("teacher")
    senco = signed_in("senco")
    board = reverse("staffing:today")
    steps = re.search(r'name="steps" value="([^"]*)"', senco.get(board).text)
    assert steps
    senco.post(board, {"steps": steps[1], "note": "The cards are behind the door."}, follow=True)
    with acting_as("senco", write=False):
        assert StandIn.objects.filter(on=TODAY, note="The cards are behind the door.").exists()
    # a message for the day is read by those who work with the pupil, and by whoever stands in today
    idris = reverse("threads:show", args=[language.pupil.ref])
    teacher = signed_in("teacher")
    form = teacher.get(idris)
    for on, words in ((TODAY, "He slept badly."), (TODAY + timedelta(days=1), "Cake at two.")):
        sent = as_it_stands(form, words=words, for_day=f"{on.day}/{on.month}/{on.year}")
        assert "Sent." in text_of(teacher.post(idris, sent, follow=True))
        form = teacher.get(idris)
    assert "for 10 March 2027" in text_of(form)
    gone = as_it_stands(form, words="Too late.", for_day="9/3/2027")
    assert "Choose today, or a day in the next two weeks." in text_of(teacher.post(idris, gone))
    for key in ("teacher", "ta", "senco", "other_teacher"):
        assert "Idris : He slept badly. Priya Raman, 10 March 2027" in seen_by(key), key
        assert "Cake" not in seen_by(key)
    for key in ("admin", "dsl"):
        assert "slept" not in seen_by(key)
    # read by whoever stands in and by who arranges it, about pupils they reach, and by nobody else
    for key in ("senco", "other_teacher"):
        assert "The cards are behind the door. Amara Okafor" in seen_by(key)
    for key in ("admin", "dsl"):
        assert "Nothing was handed over to be read by you today." in seen_by(key)
    for key in ("teacher", "admin", "dsl"):
        assert "cards" not in seen_by(key)
    # on a shared tablet without what was said in threads, which do not open there
    _amara, tablet = test_tablet.enrolled()
    test_tablet.chooses("other_teacher")
    tablet.post(test_tablet.of("other_teacher"), {"number": test_tablet.PIN})
    assert f'href="{HERE}"' in tablet.get(reverse("provision:now")).text
    on_tablet = tablet.get(HERE)
    assert "The cards are behind the door." in text_of(on_tablet)
    assert "slept" not in on_tablet.text
    assert 'href="/pupils/' not in on_tablet.text


def test_the_page_is_found_by_those_who_need_it_and_asks_no_more_for_more_adults(
    language: Allocation,
):
    for key in ("teacher", "ta", "admin", "senco", "dsl"):
        assert f'href="{HERE}"' in signed_in(key).get("/").text, key
    assert f'href="{HERE}"' in signed_in("ta").get(reverse("provision:now")).text
    assert signed_in("governor").get(HERE).status_code == 403
    client = signed_in("teacher")
    client.get(HERE)
    with asks(QUESTIONS):
        client.get(HERE)
    with acting_as("ta") as actor:
        write_message(actor=actor, pupil=language.pupil, words="He is tired.", for_day=TODAY)
    with_a_shared_senco()
    says("ta", from_at="8:30")
    away()
    with asks(QUESTIONS):
        client.get(HERE)


def test_nobody_says_it_of_others_but_who_keeps_hours_and_only_of_schools_where_they_work():
    with acting_as("ta", write=False):
        jo = Membership.objects.get(person=person("ta"))
    page = reverse("staffing:days", args=[jo.ref])
    assert signed_in("teacher").get(page).status_code == 403
    assert "Mill Lane School" not in signed_in("senco").get(page).text
    form = signed_in("ta").get(page)
    again = as_it_stands(form, weekdays=[], reach="0" * 121)
    refused = text_of(signed_in("ta").post(page, again))
    assert "Choose at least one weekday." in refused
    backwards = as_it_stands(form, weekdays=["0"], from_at="12:00", until_at="9:00")
    assert "It must end later than it begins." in text_of(signed_in("ta").post(page, backwards))
