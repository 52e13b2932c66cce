"""From a visit to advice, to a lesson that was shown, to a further look, and what came of it."""

import re

import pytest
from django.urls import reverse

from opensenco.concerns.models import Observation
from opensenco.kernel.refs import short
from opensenco.threads.models import Advice
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.threads.test_advice import latest
from tests.pages.threads.test_thread import idris
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
LIST, MINE = "/colleagues/", "/colleagues/me/"


def whose(row: Advice | Observation) -> str:
    """Give the surname of the colleague."""
    person = row.learner if isinstance(row, Advice) else row.colleague
    return person.last_name if person else ""


def newest() -> Observation:
    with acting_as("senco", write=False):
        return Observation.objects.select_related("colleague").order_by("-id")[0]


def links(page: str, words: str) -> str:
    """Give the address of a link by its words."""
    (found, *_more) = re.findall(rf'href="([^"]+)">{words}', page)
    return found.replace("&amp;", "&")


def visited() -> tuple[str, list[str]]:
    """Let the SENCO visit the teacher's lesson; give what its page says, and what was marked."""
    senco = signed_in("senco")
    form = senco.get(reverse("observing:visit", args=[idris().ref]))
    marks = re.findall(r'name="(asked_\w+)" value="yes"', form.text)
    (priya,) = re.findall(r'<option value="([^"]+)"[^>]*>Priya Raman', form.text)
    given = as_it_stands(form, colleague=priya, lesson="History", seen="Four things at once.",
                         next_step="One thing at a time, with the card.")  # fmt: skip
    given |= {marks[0]: "no", marks[1]: "yes"}
    return senco.post(
        reverse("observing:visit", args=[idris().ref]), given, follow=True
    ).text, marks


@pytest.mark.requirement("S3-26", "S2-28", "S3-30")
@pytest.mark.rule("APD-04")
def test_a_visit_leads_to_what_is_shown_and_to_a_further_look_and_nothing_is_typed_again():
    page, marks = visited()
    assert "Whose lesson Priya Raman" in text_of(signed_in("teacher").get(
        reverse("observing:show", args=[newest().ref])
    ))  # fmt: skip
    senco = signed_in("senco")
    form = senco.get(links(page, "Write down what you showed in a lesson"))
    assert "The lesson that was seen" in text_of(form)
    taught = as_it_stands(form)
    assert taught["words"] == ["One thing at a time, with the card."]
    assert taught["strategies"], "what was looked for and not seen is what is taught"
    sent = senco.post(form.wsgi_request.get_full_path(), taught, follow=True)
    row = latest()
    assert (row.kind, whose(row), row.to_whom) == ("modelling", "Raman", "Priya Raman")
    assert row.visit == newest().ref
    assert "Four things at once." in text_of(sent)
    again = senco.get(links(sent.text, "Look at a lesson again"))
    assert "A further look" in text_of(again)
    given = as_it_stands(again)
    assert given["lesson"] == ["History"]
    given |= {"seen": "One thing, and he began.", marks[0]: "yes"}
    address = reverse("observing:visit", args=[idris().ref])
    seen = senco.post(address, given, follow=True)
    assert newest().follows == row.ref
    assert whose(newest()) == "Raman"
    # from what was shown both lessons are seen side by side, and the words of what came of it
    walk = senco.get(links(seen.text, "Shown in the lesson"))
    assert "Not seen Seen" in text_of(walk)
    came = senco.get(links(walk.text, "Say what came of it"))
    given = as_it_stands(came)
    assert given["came_of"] == ["One thing, and he began."]
    senco.post(came.wsgi_request.get_full_path(), given)
    told = text_of(signed_in("teacher").get(MINE))
    for words in ("Four things at once.", "Shown in the lesson", "What came of it: One thing"):
        assert words in told
    before = text_of(signed_in("teacher").get(MINE, {"year": "2025"}))
    assert "Asked 22 August 2026 about Idris Hassan-Cole" in before
    assert "May he use the big ruler?" in before
    whole = senco.get(LIST)
    assert "judges nobody" in text_of(whole)
    one = text_of(senco.get(links(whole.text, "Priya Raman")))
    assert "What came of it: One thing, and he began." in one
    assert "Priya Raman,Teacher,0,0,1,2,1" in senco.get(LIST, {"file": "csv"}).text


def test_a_further_look_follows_a_visit_by_itself_and_only_visits_are_of_a_colleague():
    page, _marks = visited()
    first = newest()
    senco = signed_in("senco")
    form = senco.get(links(page, "Look again"))
    senco.post(reverse("observing:visit", args=[idris().ref]), as_it_stands(form, seen="Calm."))
    assert newest().follows == first.ref
    narrative = reverse("observing:narrative", args=[idris().ref])
    assert "Whose lesson?" not in senco.get(narrative).text
    # what an address names that is not of this pupil ties nothing
    odd = senco.get(
        reverse("threads:advise_about", args=[idris().ref]), {"visit": short(idris().ref)}
    )
    assert "The lesson that was seen" not in odd.text
    assert signed_in("teacher").get(LIST).status_code == 403
    assert "Four things" not in text_of(signed_in("other_teacher").get(MINE))


def test_the_pages_ask_a_fixed_number_of_times():
    visited()
    with acting_as("senco", write=False):
        about = Advice.objects.filter(pupil=idris()).order_by("id")[0]
    walk = reverse("threads:walk", args=[about.ref])
    counts = {("senco", LIST): 10, ("teacher", MINE): 8, ("senco", walk): 11}
    people = {key: signed_in(key) for key in ("senco", "teacher")}
    for _again in range(2):
        for (key, address), count in counts.items():
            with asks(count):
                people[key].get(address)
        visited()
