"""The guide beside each step, in whose words, and a reason wherever guidance is not followed."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.cases.guides import For, shipped
from opensenco.cases.models import Departure, DueDate, GuideEdition
from opensenco.cases.operations.guiding import do_otherwise
from opensenco.concerns.models import Concern
from opensenco.kernel.errors import Invalid
from opensenco.law.rules import get as get_rule
from opensenco.people.models import Pupil
from opensenco.people.operations.places import affiliate
from opensenco.support.models import Cycle
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.contracts.test_routes import ALL, door
from tests.documents.pdf.papers import Printed
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
#: pages of one pupil on which a step is done, and their journeys
PAGES = {
    "status": "plans", "profile": "plans", "choose": "plans", "new": "asking", "record": "contacts",
}  # fmt: skip
WHY = "His parents work nights; we ring them every month instead."


def idris() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def where(name: str) -> str:
    with acting_as("senco", write=False):
        pupil = Pupil.objects.get(first_name="Idris")
        if name == "concern":
            return reverse("concerns:show", args=[Concern.objects.filter(pupil=pupil)[0].ref])
        if name == "ehc":
            return reverse("ehc:card", args=[pupil.ref])
        if name == "plan":
            return reverse("plans:plan", args=[Cycle.objects.filter(pupil=pupil)[0].ref])
        return reverse(f"{PAGES[name]}:{name}", args=[pupil.ref])


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


@pytest.mark.requirement("S3-45")
@pytest.mark.parametrize(
    ("step", "title", "rule"),
    [
        ("concern", "A concern", "SHOULD IDN-12"),
        ("status", "SEN status", "MUST IDN-15"),
        ("plan", "A review", "SHOULD APD-05"),
        ("ehc", "An EHC plan", "MUST REV-01"),
        ("profile", "A pupil&#39;s profile", "SHOULD APD-03"),
        ("choose", "What helps in class", "SHOULD APD-04"),
        ("new", "Asking people", "MUST GOV-12"),
        ("record", "The contact log", "SHOULD APD-09"),
    ],
)
def test_a_guide_of_a_minute_stands_beside_each_step_with_the_rules_under_it(
    step: str, title: str, rule: str
):
    shown = text_of(signed_in("senco").get(where(step)))
    assert f"Guide of a minute: {title}" in shown
    assert rule in shown
    assert "Our reading: docs/law/" in shown
    assert "In the words that come with OpenSENCO." in shown


@pytest.mark.requirement("S3-45", "S0-12")
def test_each_guide_stands_beside_the_pages_of_its_step_and_asks_once_for_its_words():
    beside = {getattr(door(entry).view, "guide", "") for _name, entry in ALL}
    beside |= {"plan", "review"}  # one page, whose stage says which of the two stands there
    assert set(shipped()) <= beside
    senco = signed_in("senco")
    senco.get("/missed/")
    with CaptureQueriesContext(connection) as asked:
        assert "Guide of a minute: Who might be missed" in text_of(senco.get("/missed/"))
    assert sum("cases_guideedition" in each["sql"] for each in asked) == 1
    listed = text_of(senco.get("/steps/"))
    paper = Printed(senco.get("/steps/?file=pdf").content)
    titles = [words for tag, words in paper.headings if tag == "H2"]
    assert titles == [one.title for one in shipped().values()]
    for one in shipped().values():
        for place in For:
            assert 20 < len(one.said(place).split()) <= 160, one.step
            assert all(get_rule(rule) for rule in one.under(place))
        assert one.words.split("\n")[0] in html.unescape(listed)


@pytest.mark.worker
@pytest.mark.requirement("S3-45", "S0-12")
@pytest.mark.rule("APD-15")
def test_a_nursery_and_a_childminder_read_words_of_their_own_with_the_early_years_rule():
    called = {"Private or voluntary nursery": "The key person stays responsible every day.",
              "Childminder": "What does not fit into your day will not happen."}  # fmt: skip
    schools = "The class teacher stays responsible every day"
    assert schools in text_of(signed_in("senco").get("/steps/?step=plan"))
    send("senco", "/steps/words/?step=review", words="We look at it over tea.")
    for phase, early in called.items():
        with system_scope("what kind of place this is"):
            Organisation.objects.filter(name="Larkrise Primary School").update(phase=phase)
        shown = text_of(signed_in("senco").get("/steps/?step=plan"))
        assert early in shown
        assert schools not in shown
        assert "SHOULD APD-15" in shown
        own = text_of(signed_in("senco").get("/steps/?step=review"))
        assert "over tea" in own, "what a place wrote before"
        beside = text_of(signed_in("ta").get(where("profile")))
        assert "A child who does not talk yet tells you by what they turn to" in beside
        assert "SHOULD APD-15" in beside
        paper = Printed(signed_in("senco").get("/steps/?step=plan&file=pdf").content)
        assert early in paper.text
    # the authority words the three kinds of places apart, and a place words its own
    with system_scope("a childminder belongs to its authority"):
        ours = Organisation.objects.get(name="Larkrise Primary School")
        above = Organisation.objects.get(name="Thornshire County Council")
        affiliate(actor=installation_actor(NOW), member=ours, of=above, starts=TODAY)
    send("officer", "/steps/words/?step=plan&for=school", words="Ask the head of year.")
    send("officer", "/steps/words/?step=plan&for=alone", words="Ring your agency first.")
    shown = text_of(signed_in("senco").get("/steps/?step=plan"))
    assert "Ring your agency first. In the words of Thornshire County Council." in shown
    assert "Ask the head of year." not in shown
    send("senco", "/steps/words/?step=plan", words="At my table we plan at breakfast.")
    assert "plan at breakfast" in text_of(signed_in("senco").get("/steps/?step=plan"))
    assert "plan at breakfast" not in text_of(signed_in("officer").get("/steps/?step=plan"))


@pytest.mark.worker
@pytest.mark.requirement("S0-12")
def test_the_schools_words_stand_before_its_authoritys_and_both_before_ours():
    with system_scope("a school belongs to its authority"):
        ours = Organisation.objects.get(name="Larkrise Primary School")
        above = Organisation.objects.get(name="Thornshire County Council")
        affiliate(actor=installation_actor(NOW), member=ours, of=above, starts=TODAY)
    send("officer", "/steps/words/?step=status", words="Ring us before you decide.")
    senco = signed_in("senco")
    belongs = text_of(senco.get(where("status")))
    assert "Ring us before you decide." in belongs
    assert "In the words of Thornshire County Council." in belongs
    listed = senco.get("/steps/")
    assert "/steps/words/?for=school&amp;step=status" in listed.text
    told = text_of(send("senco", "/steps/words/?step=status", words="Talk at home first."))
    assert "Saved. It is shown beside the step from now on." in told
    shown = text_of(signed_in("teacher").get(where("status")))
    assert "Talk at home first." in shown
    assert "In the words of Larkrise Primary School." in shown
    send("senco", "/steps/words/?step=status", words="")
    assert "Ring us before you decide." in text_of(senco.get(where("status")))
    with acting_as("senco", write=False):
        assert GuideEdition._default_manager.filter(org=idris().org).count() == 2
    assert signed_in("teacher").get("/steps/words/").status_code == 403


@pytest.mark.requirement("S0-51")
def test_a_guide_goes_on_paper_in_the_places_own_words_tagged_and_without_what_is_told_meanwhile():
    own = "Talk at home first."
    address = "/steps/?step=status&file=pdf"
    assert address.replace("&", "&amp;") in signed_in("senco").get(where("status")).text
    client = signed_in("senco")
    words = "/steps/words/?step=status"
    client.post(words, as_it_stands(client.get(words), words=own))
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    paper = Printed(answer.content)
    assert paper.root["/MarkInfo"]["/Marked"]
    assert paper.headings[:2] == [("H1", "Guide of a minute: SEN status"), ("H2", "SEN status")]
    for said in (own, "In the words of Larkrise Primary School.", "MUST IDN-15"):
        assert said in paper.text
    assert "Change the words" not in paper.text
    assert "Saved. It is shown" not in paper.text
    assert "Saved. It is shown" in text_of(client.get("/steps/"))
    every = Printed(signed_in("teacher").get("/steps/?file=pdf").content)
    titles = [words for tag, words in every.headings if tag == "H2"]
    assert titles[:2] == ["A concern", "Watching a pupil"]


@pytest.mark.requirement("S2-49")
@pytest.mark.rule("APD-08")
def test_doing_otherwise_than_guidance_asks_for_a_reason_that_is_kept_and_listed():
    senco = signed_in("senco")
    page = senco.get(where("plan"))
    address = reverse("steps:depart", args=[idris().ref])
    assert f"{address}?rule=APD-08" in page.text
    assert f"{address}?rule=REV-01" not in page.text
    refused = send("senco", f"{address}?rule=APD-08", words="No.")
    assert "Guidance is departed from with a reason." in text_of(refused)
    send("senco", f"{address}?rule=APD-08", words=WHY)
    beside = text_of(senco.get(where("plan")))
    assert f"Here otherwise: {WHY} Amara Okafor, 10 March 2027" in beside
    listed = text_of(senco.get("/otherwise/"))
    assert "APD-08" in listed
    assert WHY in listed
    assert WHY in senco.get("/otherwise/?file=csv").text
    with acting_as("senco", write=False):
        row = Departure.objects.get(rule="APD-08")
    wrong = reverse("steps:in_error", args=[row.ref])
    assert "Marked as made in error." in text_of(send("senco", wrong, reason="They do meet."))
    assert WHY not in text_of(senco.get("/otherwise/"))


@pytest.mark.requirement("S2-49")
def test_a_date_of_guidance_that_went_by_asks_why_until_somebody_says():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        known = DueDate.objects.filter(pupil=pupil).first()
        assert known is not None
        DueDate.objects.create(
            org=pupil.org, pupil=pupil, source_label=known.source_label, source_ref=pupil.ref,
            step="cycle-review", rule="APD-05", on=actor.today.replace(day=1), strength="should",
            provision=known.provision, data=known.data, reader="plan.view",
        )  # fmt: skip
    senco = signed_in("senco")
    home = text_of(senco.get("/"))
    assert "1 date of guidance has gone by, and nobody has said why" in home
    listed = senco.get("/otherwise/")
    assert "1 date of guidance has gone by: say why, or do it" in text_of(listed)
    address = reverse("steps:depart", args=[idris().ref]) + "?rule=APD-05"
    assert address in listed.text
    send("senco", address, words="He was in hospital on that day.")
    assert "has gone by" not in text_of(senco.get("/otherwise/"))
    assert "nobody has said why" not in text_of(senco.get("/"))


def test_the_law_itself_leaves_no_choice():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        for rule in ("IDN-15", "XXX-99"):
            with pytest.raises(Invalid):
                do_otherwise(actor=actor, pupil=pupil, rule=rule, words=WHY)
