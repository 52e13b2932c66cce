"""Staff and roles by pages: added, let in once, ended; a role that ended gives nothing at once."""

import re

import pytest
from django.urls import reverse

from opensenco.access.models import LocalRole, Membership, Organisation, Person
from opensenco.people.operations import staff
from tests.cast import BY_KEY, TODAY, YESTERDAY
from tests.client import StrictClient, does_second_step, signed_in
from tests.people import acting_as
from tests.support.undone import undone

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/join/[^<\s]+)")
STRONG = "three words that have nothing"


def found(pattern: re.Pattern[str] | str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, f"not on the page: {pattern}"
    return match.group(1)


def fields(email: str, **more: str) -> dict[str, str]:
    return {
        "first_name": "Nia", "last_name": "Penrose", "email": email, "role": "TEACHER",
        "starts-day": "10", "starts-month": "3", "starts-year": "2027", **more,
    }  # fmt: skip


def added(email: str, **more: str) -> str:
    client = signed_in("senco")
    answer = client.post(reverse("school:add"), fields(email, **more), follow=True)
    assert answer.status_code == 200
    return answer.text


def test_a_new_colleague_is_added_and_comes_in_through_the_link():
    page = added("nia@larkrise.example")
    path = found(LINK, page)
    visitor = StrictClient()
    assert "A role for you at Larkrise Primary School" in visitor.get(path).text
    answer = visitor.post(path, {"password1": STRONG, "password2": STRONG})
    assert answer["Location"] == reverse("account_login")
    visitor.post(answer["Location"], {"login": "nia@larkrise.example", "password": STRONG})
    does_second_step(visitor)
    assert "Who can see what at Larkrise" in visitor.get(reverse("school:who_sees")).text
    assert StrictClient().get(path).status_code == 410


def test_the_link_is_shown_once():
    client = signed_in("senco")
    first = client.post(reverse("school:add"), fields("nia@larkrise.example"), follow=True)
    assert LINK.search(first.text)
    again = client.get(reverse("school:link"))
    assert not LINK.search(again.text)
    assert "shown once" in again.text


def test_the_page_is_the_same_where_the_address_signs_in_elsewhere():
    def plain(email: str) -> tuple[str, ...]:
        page = added(email)
        path = found(LINK, page)
        behind = StrictClient().get(path).text
        listed = signed_in("senco").get(reverse("school:staff") + "?show=waiting").text
        changing = r"/join/[^<\s\"]+|/waiting/[^\"]+|value=\"[^\"]{20,}\"|\(\d+\)|, \d+"
        texts = (re.sub(changing, "?", text) for text in (page, behind, listed))
        return tuple(text.replace(email, "?") for text in texts)

    with undone():
        taken = plain(BY_KEY["outsider"].email)
    assert plain("free@nowhere.example") == taken


def test_who_signs_in_elsewhere_keeps_their_password_and_takes_the_role_with_it():
    path = found(LINK, added(BY_KEY["outsider"].email))
    before = Person.objects.get(email=BY_KEY["outsider"].email).password
    answer = StrictClient().post(path, {"password1": STRONG, "password2": STRONG})
    assert "signs in already" in answer.text
    assert Person.objects.get(email=BY_KEY["outsider"].email).password == before
    olga = signed_in("outsider")
    assert "Take this role" in olga.get(path).text
    assert olga.post(path)["Location"] == reverse("account:hats")
    assert "Larkrise Primary School" in olga.get(reverse("account:hats")).text


def test_somebody_else_who_is_signed_in_cannot_take_it():
    path = found(LINK, added(BY_KEY["outsider"].email))
    other = signed_in("outside_teacher")
    assert "somebody else" in other.get(path).text
    assert other.post(path).status_code == 200
    assert "Larkrise" not in other.get(reverse("account:hats")).text


def test_a_weak_first_password_is_refused_and_the_link_still_works():
    path = found(LINK, added("nia@larkrise.example"))
    answer = StrictClient().post(path, {"password1": "short", "password2": "short"})
    assert "Nothing is set yet" in answer.text
    assert StrictClient().get(path).status_code == 200


def test_a_double_click_adds_once():
    client = signed_in("senco")
    page = client.get(reverse("school:add")).text
    once = found(r'name="once" value="([^"]+)"', page)
    first = client.post(reverse("school:add"), fields("nia@larkrise.example", once=once))
    second = client.post(reverse("school:add"), fields("nia@larkrise.example", once=once))
    assert first["Location"] == second["Location"] == reverse("school:link")


def test_a_refused_form_keeps_what_was_typed():
    answer = signed_in("senco").post(
        reverse("school:add"), fields("nia@larkrise.example", role="SENCO_PHASE")
    )
    assert "Choose the part" in answer.text
    assert "nia@larkrise.example" in answer.text


def test_a_role_is_ended_by_a_page_and_a_running_session_has_nothing_the_day_after():
    teacher = signed_in("teacher")
    assert teacher.get(reverse("school:who_sees")).status_code == 200
    with acting_as("head", write=False):
        row = Membership.objects.get(person__last_name="Raman")
    page = reverse("school:end", args=[row.ref])
    answer = signed_in("head").post(
        page, {"on-day": "9", "on-month": "3", "on-year": "2027", "version": "1"}, follow=True
    )
    assert "ends on that day" in answer.text
    assert teacher.get(reverse("school:who_sees")).status_code == 403
    assert "Priya Raman" in signed_in("head").get(reverse("school:staff") + "?show=ended").text


def test_the_second_of_two_who_end_a_role_sees_both_days():
    with acting_as("head") as actor:
        row = Membership.objects.get(person__last_name="Raman")
        staff.end_role(actor=actor, membership=row, version=1, on=TODAY)
    answer = signed_in("senco").post(
        reverse("school:end", args=[row.ref]),
        {"on-day": "20", "on-month": "3", "on-year": "2027", "version": "1"},
    )
    assert "Two versions of the same record" in answer.text
    assert "10 March 2027" in answer.text


def test_a_lost_link_is_made_anew_and_the_role_can_be_taken_back():
    first = found(LINK, added("nia@larkrise.example"))
    client = signed_in("head")
    listed = client.get(reverse("school:staff") + "?show=waiting").text
    waits = re.findall(r'href="(/school/staff/waiting/[^"]+)"', listed)
    pages = [(path, client.get(path).text) for path in waits]
    (path,) = [path for path, text in pages if "Nia Penrose" in text]
    again = client.post(f"{path}link/", follow=True)
    second = found(LINK, again.text)
    assert StrictClient().get(first).status_code == 410
    assert StrictClient().get(second).status_code == 200
    version = found(r'name="version" value="(\d+)"', client.get(path).text)
    client.post(path, {"version": version})
    assert StrictClient().get(second).status_code == 410


def test_an_own_role_is_made_given_and_told():
    client = signed_in("head")
    answer = client.post(
        reverse("school:add_role"),
        {"name": "Office help", "combines": ["SEN_ADMIN", "TA"], "without": ["pupil.add"]},
        follow=True,
    )
    assert "Office help" in answer.text
    assert "Made of SEN administrator, Teaching assistant" in answer.text
    with acting_as("head", write=False):
        own = LocalRole.objects.get(name="Office help")
    assert "They sign in here already" in added(BY_KEY["admin"].email, role=str(own.ref))
    with acting_as("head", write=False):
        row = Membership.objects.get(local_role=own)
    assert (row.role, row.starts) == ("SEN_ADMIN", TODAY)


def test_an_own_role_is_changed_and_a_verb_it_never_had_is_refused():
    with acting_as("head", write=False):
        own = LocalRole.objects.get()
    page = reverse("school:change_role", args=[own.ref])
    wrong = {"name": own.name, "combines": ["TA"], "without": ["plan.write"], "version": "1"}
    assert "Take away only" in signed_in("head").post(page, wrong).text
    right = {**wrong, "without": ["session.log"]}
    assert signed_in("head").post(page, right).status_code == 302
    both = signed_in("senco").post(page, {**right, "without": [], "version": "1"}).text
    assert "Two versions of the same record" in both
    assert "log sessions" in both


def test_our_words_are_changed_and_stand_on_every_page():
    words = {"senco_word": "SENDCo", "safeguarding_words": "Tell Desmond Raven at once.",
             "version": "1"}  # fmt: skip
    answer = signed_in("head").post(reverse("school:own_words"), words, follow=True)
    assert "The words are changed" in answer.text
    assert "SENDCo" in signed_in("senco").get(reverse("school:who_sees")).text
    with acting_as("senco", write=False) as actor:
        place = Organisation.objects.get(pk=min(actor.hat.orgs))
    assert place.safeguarding_words == "Tell Desmond Raven at once."
    late = {**words, "senco_word": "INCCO"}
    assert "Two versions" in signed_in("head").post(reverse("school:own_words"), late).text


def test_a_shared_senco_says_which_school_and_writes_words_for_each():
    client = signed_in("shared_senco")
    assert "Mill Lane School" in client.get(reverse("school:own_words")).text
    page = client.get(reverse("school:add")).text
    assert "Weir School" in page
    refused = client.post(reverse("school:add"), fields("nia@weir.example"))
    assert "Choose an answer for “School”" in refused.text


def test_a_role_of_yesterday_is_no_way_back():
    with acting_as("head") as actor:
        row = Membership.objects.get(person__last_name="Morton")
        staff.end_role(actor=actor, membership=row, version=1, on=YESTERDAY)
    assert signed_in("admin").get("/").status_code == 403
