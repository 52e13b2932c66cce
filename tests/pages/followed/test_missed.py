"""Who might be missed: signs with their reasons, set aside or raised by a person and by nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from opensenco.concerns.models import Concern, SetAside
from opensenco.kernel.refs import short
from opensenco.people.models import Group, Pupil
from opensenco.people.operations.pupils import change_pupil
from opensenco.support.operations import records
from opensenco.support.queries.missed import in_words, missed
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.concerns import making
from tests.pages.concerns.walking import text_of, to
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
LIST = "followed:missed"


def pupil(first_name: str) -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name=first_name)


def absent(who: str, percent: str, ends: date = date(2027, 2, 12), **before: str) -> None:
    with acting_as("senco") as actor:
        row = Pupil.objects.get(first_name=who)
        spans = [{"starts": date(2027, 1, 5), "ends": ends, "percent": Decimal(percent)}]
        if before:
            was = {"starts": date(2026, 9, 2), "ends": date(2026, 12, 18)}
            spans.insert(0, {**was, "percent": Decimal(before["was"])})
        records.record_attendance(actor=actor, pupils=[row] * len(spans), spans=spans)


def scored(who: str, *scores: tuple[date, int]) -> None:
    with acting_as("senco") as actor:
        row = Pupil.objects.get(first_name=who)
        results = [
            {"on": on, "test": "Word reading", "measure": "standardised", "number": number}
            for on, number in scores
        ]
        records.record_results(actor=actor, pupils=[row] * len(results), results=results)


def in_trouble(who: str, times: int) -> None:
    with acting_as("senco") as actor:
        row = Pupil.objects.get(first_name=who)
        entries = [
            {"on": TODAY - timedelta(days=number), "category": "Disruption", "words": f"{number}"}
            for number in range(1, times + 1)
        ]
        records.record_incidents(actor=actor, pupils=[row] * times, incidents=entries)


def listed(by: str = "senco", **query: str) -> str:
    return text_of(signed_in(by).get(reverse(LIST), query))


@pytest.mark.requirement("S4-40")
@pytest.mark.rule("IDN-11")
def test_each_sign_is_told_with_its_numbers_and_days_and_none_does_anything():
    assert "No sign is seen." in listed()
    absent("Grace", "86.4", was="97.0")
    scored("Grace", (date(2026, 6, 1), 101), (date(2027, 2, 1), 83))
    in_trouble("Grace", 5)
    absent("Poppy", "89.9")
    page = listed()
    assert "Attendance 86.4 per cent from 5 January 2027 to 12 February 2027." in page
    assert "before that it was 97.0 per cent" in page
    assert "Word reading: a score of 83 on 1 February 2027." in page
    assert "Word reading: from 101 on 1 June 2026 to 83 on 1 February 2027." in page
    assert (
        "5 entries of the behaviour log since 10 December 2026, the last on 9 March 2027." in page
    )
    assert page.index("Atherton, Grace") < page.index("Wren, Poppy"), "most signs first"
    assert "Wren, Poppy" not in listed(sign="behaviour")
    with acting_as("senco", write=False):
        group = Group.objects.get(name="2P")
    of_class = listed(group=short(group.ref))
    assert "Wren, Poppy" in of_class
    assert "Atherton, Grace" not in of_class
    with acting_as("senco", write=False):
        assert not Concern.objects.filter(pupil=pupil("Grace")).exists()


def test_who_is_in_hand_or_better_again_or_has_a_status_does_not_stand_there():
    absent("Idris", "80.0", date(2027, 3, 5))
    assert "Hassan-Cole" not in listed(), "he has SEN support"
    scored("Poppy", (date(2026, 6, 1), 80), (date(2027, 2, 1), 99))
    absent("Poppy", "95.0", was="82.0")
    assert "Wren" not in listed(), "better again"
    in_trouble("Grace", 3)
    assert "Atherton" not in listed(), "too few"
    absent("Grace", "85.0")
    assert "Atherton" in listed()
    making.raised("teacher", "Grace")
    assert "Atherton" not in listed(), "a concern is open"


def test_several_concerns_that_led_nowhere_are_a_sign():
    for _time in range(2):
        making.triaged(making.raised("teacher", "Grace"), "no_action")
    assert "2 concerns since 10 March 2026, the last on 10 March 2027." in listed(sign="concerns")


def test_the_language_at_home_is_told_and_never_counted():
    with acting_as("senco") as actor:
        row = Pupil.objects.get(first_name="Grace")
        change_pupil(actor=actor, pupil=row, version=None, home_language="Polish")
    assert "No sign is seen." in listed()
    absent("Grace", "85.0")
    assert "Speaks Polish at home. Language alone is never a special educational need." in listed()


def test_a_pupil_is_set_aside_with_a_reason_until_a_day():
    absent("Grace", "85.0")
    client, row = signed_in("senco"), pupil("Grace")
    aside = reverse("followed:aside", args=[row.ref])
    assert aside in client.get(reverse(LIST)).text
    given = {"reason": "Ill", "until": "1/5/2027"}
    assert "Say in a few words why" in text_of(client.post(aside, given))
    client.post(aside, given | {"reason": "Chicken pox, back every day since."})
    assert "Atherton" not in listed()
    shown = listed(show="aside")
    assert "Amara Okafor set this aside on 10 March 2027 until 1 May 2027: Chicken pox" in shown
    with acting_as("senco", write=False):
        kept = SetAside.objects.get(pupil=row)
        assert "Attendance 85.0 per cent" in kept.signs


def test_a_concern_is_raised_from_there_with_the_reasons_in_it():
    absent("Grace", "85.0")
    client, row = signed_in("senco"), pupil("Grace")
    address = to("new", row) + "?signs=1"
    assert address in client.get(reverse(LIST)).text
    assert "Attendance 85.0 per cent from 5 January 2027" in client.get(address).text
    assert "Attendance 85.0" not in signed_in("teacher").get(address).text


def test_everybody_on_the_list_has_a_reason_and_a_longer_list_asks_no_more():
    absent("Grace", "85.0")
    client = signed_in("senco")
    with asks(19):
        client.get(reverse(LIST))
    absent("Poppy", "90.0", was="99.0")
    in_trouble("Poppy", 6)
    with asks(19):
        client.get(reverse(LIST))
    with acting_as("senco", write=False) as actor:
        rows = in_words(actor, list(missed(actor)))
        assert len(rows) == 2
        assert all(one.reasons for one in rows)


@pytest.mark.requirement("S4-40")
def test_a_school_goes_by_its_own_numbers_from_a_day_on():
    scored("Grace", (date(2027, 2, 1), 88))
    absent("Poppy", "91.5")
    senco, here = signed_in("senco"), reverse("followed:own_signs")
    page = senco.get(reverse(LIST)).text
    assert "Atherton, Grace" not in page
    assert "Wren, Poppy" not in page
    assert here in page
    given = {"which": "score", "number": "88", "first": "11/3/2027", "because": "SEN policy, 2027"}
    # from tomorrow on: nothing changes today
    assert "score of at most so much: <b>84</b>" in senco.post(here, given, follow=True).text
    assert "Atherton, Grace" not in senco.get(reverse(LIST)).text
    senco.post(here, {**given, "first": "1/3/2027"})
    senco.post(here, {**given, "which": "attendance", "number": "92", "first": "1/3/2027"})
    page = senco.get(reverse(LIST)).text
    assert "Word reading: a score of 88 on 1 February 2027." in page
    assert "Attendance 91.5 per cent from" in page
    assert "Attendance of 92 per cent or less" in page
    told = senco.get(here).text
    assert "score of at most so much: <b>88</b>" in told
    assert "84 where nobody sets another" in told
    assert "SEN policy, 2027." in told
    refused = senco.post(here, {**given, "number": "150"}).text
    assert "Between 55 and 100." in refused
    assert signed_in("teacher").get(here).status_code == 403
