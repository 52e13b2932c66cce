"""What a concern ends in leads on by the pages, with nothing typed again."""

import re
from datetime import date

import pytest
from django.urls import reverse

from opensenco.cases.models import DueDate, Task
from opensenco.concerns.models import Concern, Diagnosis, Programme, Referral, ReferralAdvice
from opensenco.concerns.operations.following import set_own_days
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations.giving import end_allocation
from opensenco.support.models import Cycle
from opensenco.support.operations import plans
from tests.client import signed_in
from tests.domain.concerns import making
from tests.pages.concerns.walking import decide, latest, record, text_of, to
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def grace() -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.get(first_name="Grace")


def page_to(name: str, ref: object) -> str:
    return reverse(f"followed:{name}", args=[ref])


def on_concern(row: Concern, by: str = "senco") -> str:
    return text_of(signed_in(by).get(to("show", row)))


@pytest.mark.requirement("S4-42", "S4-21")
def test_a_concern_ends_in_a_referral_with_consent_and_it_is_asked_after():
    row = record("ta", "Grace")
    decide(row, outcome="referral", owner=str(person("senco").ref))
    client = signed_in("senco")
    address = f"{page_to('refer', grace().ref)}?concern={short(row.ref)}"
    assert address in client.get(to("show", row)).text
    page = client.get(address).text
    assert "She guesses long words from the first letter." in page, "what is known is not retyped"
    given = {"service": "Reading service", "why": "She guesses words.", "agreed_by": "",
             "agreed_on": "9/3/2027", "sent_on": "10/3/2027", "ask_again": "21/4/2027"}  # fmt: skip
    refused = text_of(client.post(address, given))
    assert "Fill in “Who agreed to it”" in refused
    unproven = text_of(client.post(address, given | {"agreed_by": "Ana"}))
    assert "Choose the paper, or say how they agreed and who heard it." in unproven
    given["proof_words"] = "On the phone, to Amara Okafor"
    late = text_of(client.post(address, given | {"agreed_by": "Ana", "agreed_on": "11/3/2027"}))
    assert "They agree before it is sent." in late
    shown = text_of(
        client.post(address, given | {"agreed_by": "Ana Atherton, mother"}, follow=True)
    )
    assert "Who agreed Ana Atherton, mother, on 9 March 2027" in shown
    assert "Proof that they agreed: On the phone, to Amara Okafor" in shown
    with acting_as("senco", write=False):
        sent = Referral.objects.get(service="Reading service")
        waits = Task.objects.get(source_ref=sent.ref, settled_at__isnull=True)
    assert (waits.since, waits.person_id) == (date(2027, 4, 21), person("senco").pk)
    assert latest().state == "settled"
    assert "Reading service Sent, no answer yet" in on_concern(row)
    told = text_of(signed_in("teacher").get(reverse("pupils:show", args=[grace().ref])))
    assert "Referred to Reading service. Ana Atherton, mother agreed." in told
    news = page_to("news", sent.ref)
    heard = {"version": sent.version, "on": "10/3/2027", "stands": "waiting", "words": "26 weeks.",
             "ask_again": "1/9/2027"}  # fmt: skip
    assert "26 weeks." in text_of(client.post(news, heard, follow=True))
    missing = {**heard, "version": sent.version + 1, "ask_again": ""}
    assert "Choose the day on which you ask" in text_of(client.post(news, missing))
    listed = text_of(client.get(reverse("followed:referrals")))
    assert "Reading service Accepted, on a waiting list" in listed
    ended = {**heard, "version": sent.version + 1, "stands": "reported", "ask_again": ""}
    silent = text_of(client.post(news, {**ended, "words": ""}))
    assert "Choose the paper they sent, or write what they said." in silent
    client.post(news, ended)
    with acting_as("senco", write=False):
        assert not Task.objects.filter(source_ref=sent.ref, settled_at__isnull=True).exists()
    wrong = {"version": sent.version + 2, "reason": "It was her brother."}
    client.post(page_to("referral_in_error", sent.ref), wrong)
    told = text_of(signed_in("teacher").get(reverse("pupils:show", args=[grace().ref])))
    assert "A referral was recorded here in error" in told
    assert "Referred to Reading service" not in told


@pytest.mark.requirement("S4-21")
@pytest.mark.rule("APD-06")
def test_what_a_specialist_advised_is_a_paper_and_becomes_an_action_a_strategy_or_a_reason():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Grace")
        slip, report = file_documents(
            actor=actor, pupil=pupil,
            papers=[
                Paper(Incoming("slip.txt", [b"Yes, please."]), "Slip", "letter"),
                Paper(Incoming("report.txt", [b"Show pictures."]), "Their report", "letter"),
            ],
        )  # fmt: skip
    client = signed_in("senco")
    given = {"service": "Speech therapy", "why": "Does she hear word ends?", "agreed_by": "Ana",
             "agreed_on": "9/3/2027", "sent_on": "10/3/2027", "ask_again": "21/4/2027",
             "proof": short(slip.ref)}  # fmt: skip
    sent = client.post(page_to("refer", pupil.ref), given, follow=True)
    assert "Proof that they agreed: Slip" in text_of(sent)
    assert reverse("documents:show", args=[slip.ref]) in sent.text
    with acting_as("senco", write=False):
        row = Referral.objects.get(service="Speech therapy")
    news = {"version": row.version, "on": "10/3/2027", "stands": "reported", "words": "",
            "report": short(report.ref)}  # fmt: skip
    told = client.post(page_to("news", row.ref), news, follow=True)
    assert "What they sent Their report" in text_of(told)
    advise = page_to("advise", row.ref)
    assert advise in told.text
    action = {"words": "Show pictures of each step", "becomes": "action", "owner": "", "due": ""}
    assert "Choose who does it." in text_of(client.post(advise, action))
    action |= {"owner": short(person("senco").ref), "due": "24/3/2027"}
    shown = text_of(client.post(advise, action, follow=True))
    assert "Show pictures of each step Amara Okafor does it by 24 March 2027." in shown
    assert "Do what Speech therapy advised: “Show pictures of each step”" in text_of(
        client.get("/")
    )
    strategy = {"words": "Say her name before you ask", "becomes": "strategy"}
    shown = text_of(client.post(advise, strategy, follow=True))
    assert "Every adult does it in class from now on." in shown
    profile = signed_in("senco").get(reverse("plans:profile", args=[pupil.ref]))
    assert "Say her name before you ask" in text_of(profile)
    refused = {"words": "A room of her own", "becomes": "not", "why": ""}
    assert "Say in a sentence why it is not done." in text_of(client.post(advise, refused))
    shown = text_of(client.post(advise, refused | {"why": "There is no room free."}, follow=True))
    assert "Not done: There is no room free." in shown
    with acting_as("senco", write=False):
        waits = ReferralAdvice.objects.get(becomes="action")
    done = {"version": waits.version, "done": "yes", "result": "She follows three steps now."}
    shown = text_of(client.post(page_to("advice", waits.ref), done, follow=True))
    assert "Done, Amara Okafor, 10 March 2027. She follows three steps now." in shown
    with acting_as("senco", write=False):
        assert not Task.objects.filter(source_ref=waits.ref, settled_at__isnull=True).exists()


@pytest.mark.requirement("S4-41")
def test_a_concern_ends_in_a_short_programme_that_is_measured_before_and_after():
    row = record("ta", "Grace")
    decide(row, outcome="short_intervention", owner=str(person("senco").ref), until="7/4/2027")
    client = signed_in("senco")
    library = re.search(r'href="([^"]*library[^"]*)"', client.get(to("show", row)).text)
    assert library
    shelf = client.get(library[1].replace("&amp;", "&")).text
    with acting_as("senco", write=False):
        provision = Provision.objects.filter(ended_on__isnull=True).earliest("pk")
    give = re.search(rf'href="([^"]*{short(provision.ref)}/give/[^"]*)"', shelf)
    assert give
    address = give[1].replace("&amp;", "&")
    page = client.get(address).text
    assert 'value="7"' in page, "the day to look again is its last day"
    given = {"pupils": [short(grace().ref)], "times_a_week": "3", "minutes": "20",
             "starts-day": "10", "starts-month": "3", "starts-year": "2027", "ends-day": "7",
             "ends-month": "4", "ends-year": "2027", "measure": "Words in a minute"}  # fmt: skip
    assert "Fill in “Where is the pupil now”" in text_of(client.post(address, given))
    shown = text_of(client.post(address, given | {"entry": "31"}, follow=True))
    assert "Words in a minute Before: 31" in shown
    with acting_as("senco", write=False):
        programme = Programme.objects.get(concern=row)
    # what is given ends early, elsewhere: the programme ends with it, and is measured then
    with acting_as("senco") as actor:
        gift = Allocation.objects.get(ref=programme.allocation)
        end_allocation(
            actor=actor, allocation=gift, ends=date(2027, 3, 12), reason="The adult has left."
        )
        programme.refresh_from_db()
        assert programme.until == date(2027, 3, 12)
        waits = Task.objects.get(source_ref=row.ref, settled_at__isnull=True)
        assert waits.since == date(2027, 3, 12)
    assert "Until 12 March 2027" in text_of(client.get(to("show", row)))
    measure = page_to("measure", programme.ref)
    assert "Measured: Words in a minute. Before: 31" in text_of(client.get(measure))
    after = {"version": programme.version, "exit": "44", "words": "She asks for the next book."}
    assert "After: 44, 10 March 2027" in text_of(client.post(measure, after, follow=True))
    about = text_of(client.get(page_to("pupil", grace().ref)))
    assert "Words in a minute: 31 → 44" in about
    assert "A short intervention" in about
    record_page = text_of(client.get(reverse("pupils:show", args=[grace().ref])))
    assert "After the short programme: 44. Before it: 31" in record_page


@pytest.mark.requirement("S4-41")
def test_a_request_for_an_assessment_is_kept_with_the_day_it_was_sent():
    row = record("ta", "Grace")
    decide(row, outcome="ehc_request", owner=str(person("senco").ref))
    client = signed_in("senco")
    sent = page_to("sent", row.ref)
    assert sent in client.get(to("show", row)).text
    early = {"version": latest().version, "sent_on": "1/3/2027"}
    assert "Give the day on which it was sent" in text_of(client.post(sent, early))
    shown = text_of(client.post(sent, early | {"sent_on": "10/3/2027"}, follow=True))
    assert "Request sent 10 March 2027" in shown
    assert latest().until == date(2027, 4, 21)


@pytest.mark.requirement("S4-34", "S3-24")
@pytest.mark.rule("IDN-12", "APD-03")
def test_days_from_a_concern_to_the_first_plan_stand_against_the_schools_own_number():
    client = signed_in("senco")
    days = reverse("followed:own_days")
    assert days in client.get(reverse("school:own_words")).text
    given = {"name": "first_plan", "days": "3", "first": "1/3/2027", "because": "SEN policy, 2027"}
    assert "From a concern to the first plan: 3 school days" in text_of(
        client.post(days, given, follow=True)
    )
    too_many = text_of(client.post(days, {**given, "name": "reply", "days": "100"}))
    assert "Enter a whole number from 1 to 60." in too_many
    row = record("ta", "Grace")
    assert "First plan by" not in on_concern(row)
    decide(row, outcome="sen_support", owner=str(person("senco").ref))
    shown = on_concern(row)
    assert "First plan by 15 March 2027" in shown
    assert "0 days, 0 school days of them so far." in shown
    assert "The school set this number of days: SEN policy, 2027." in shown
    listed = text_of(client.get(reverse("concerns:list")))
    assert "Mon 15 Mar" in listed
    start = f"{reverse('plans:start', args=[grace().ref])}?concern={short(row.ref)}"
    made = client.post(start, {"found": "She guesses."})
    with acting_as("senco", write=False):
        assert latest().planned_on is None
        due = DueDate.objects.get(source_ref=row.ref, step="first-plan")
        assert due.done_on is None
    agree(made.headers["Location"])
    assert "0 days, 0 school days of them, agreed on 10 March 2027." in on_concern(row)
    with acting_as("senco", write=False):
        due = DueDate.objects.get(source_ref=row.ref, step="first-plan")
        assert due.done_on == date(2027, 3, 10)


def agree(address: str) -> None:
    """Agree the plan that has just begun."""
    with acting_as("senco") as actor:
        cycle = Cycle.objects.select_related("pupil", "pupil__org").order_by("-id")[0]
        assert short(cycle.ref) in address
        plans.agree_plan(actor=actor, cycle=cycle, review_on=date(2027, 6, 1))


@pytest.mark.requirement("S4-34")
def test_a_first_plan_that_is_late_stands_on_the_home_page_with_why():
    row = making.triaged(making.raised(about="Grace"), "sen_support", owner=person("senco"))
    with acting_as("senco") as actor:
        set_own_days(
            actor=actor, org=row.org, name="first_plan", days=1, first=date(2027, 1, 1),
            because="SEN policy, 2027",
        )  # fmt: skip
    home = text_of(signed_in("senco").get("/"))
    assert "Why 11 March 2027" in home
    assert "The first plan is agreed within 1 school day" in home
    making.settled(row, by="senco")
    assert "First plan after the concern" in text_of(signed_in("senco").get("/"))


@pytest.mark.requirement("S4-42", "S4-35")
@pytest.mark.rule("IDN-03")
def test_a_diagnosis_is_a_dated_fact_with_its_source_for_those_who_see_health():
    client = signed_in("senco")
    address = page_to("diagnosis", grace().ref)
    assert address in client.get(page_to("diagnoses", grace().ref)).text
    given = {"what": "Glue ear", "on": "2/2/2027", "given_by": "Dr Low, hearing clinic",
             "known_from": "", "document": ""}  # fmt: skip
    assert "Fill in “How do we know”" in text_of(client.post(address, given))
    told = text_of(client.post(address, given | {"known_from": "Her mother told us"}, follow=True))
    assert "Glue ear Dr Low, hearing clinic, 2 February 2027 Known from: Her mother told us" in told
    with acting_as("senco", write=False):
        row = Diagnosis.objects.get(what="Glue ear")
    for who, status in (("teacher", 200), ("admin", 403), ("other_teacher", 403)):
        assert signed_in(who).get(page_to("diagnoses", grace().ref)).status_code == status
    seen = text_of(signed_in("teacher").get(reverse("pupils:show", args=[grace().ref])))
    assert "Diagnosis: Glue ear, by Dr Low, hearing clinic" in seen
    hidden = text_of(signed_in("admin").get(reverse("pupils:show", args=[grace().ref])))
    assert "Glue ear" not in hidden
    right = {**given, "version": row.version, "known_from": "A letter", "what": "Glue ear, left"}
    client.post(page_to("correct_diagnosis", row.ref), right)
    seen = text_of(client.get(reverse("pupils:show", args=[grace().ref])))
    assert "Diagnosis: Glue ear, left" in seen
    assert "Diagnosis: Glue ear, by" not in seen
    wrong = {"version": row.version + 1, "reason": "It was her brother."}
    client.post(page_to("diagnosis_in_error", row.ref), wrong)
    assert "No diagnosis is kept." in text_of(client.get(page_to("diagnoses", grace().ref)))


def test_the_pages_ask_a_counted_number_of_times():
    client = signed_in("senco")
    with acting_as("senco", write=False):
        idris = Pupil.objects.get(first_name="Idris")
        seen = Referral.objects.get(pupil=idris)
    for address, most in (
        (reverse("followed:referrals"), 8),
        (page_to("pupil", idris.ref), 12),
        (page_to("referral", seen.ref), 15),
    ):
        with asks(most):
            client.get(address)
