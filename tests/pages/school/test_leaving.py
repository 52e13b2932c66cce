"""Whoever leaves has left: pages, sessions, links, calendar, tablets; what waits is handed on."""

import re
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.models import Invitation, Membership, Organisation
from opensenco.access.sessions import SessionStore
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.meetings.models import CalendarFeed
from opensenco.meetings.operations import feeds
from opensenco.people import staffing
from opensenco.people.models import Pupil
from opensenco.people.operations import joining, staff
from tests.cast import BY_KEY, PASSWORD, TODAY, YESTERDAY
from tests.client import StrictClient, signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def row_of(key: str) -> Membership:
    return Membership.objects.get(person__email=BY_KEY[key].email)


def stand(keys: list[str]) -> int:
    """Give how many of these sessions there still are."""
    sessions = SessionStore.get_model_class().objects
    return sessions.filter(session_key__in=keys).count()


def test_the_role_ends_at_once_and_everything_with_it():
    priya, elsewhere = signed_in("teacher"), signed_in("teacher")
    assert priya.get("/").status_code == 200
    keys = [str(client.session.session_key) for client in (priya, elsewhere)]
    assert stand(keys) == 2
    with acting_as("teacher") as actor:
        org = Organisation.objects.get(pk=min(actor.hat.orgs))
        key = feeds.new_key()
        feed = feeds.renew_feed(actor=actor, org=org, names=False, key=key)
        calendar = reverse("meetings:feed", args=[org.ref, feed.ref, key])
    assert StrictClient().get(calendar).status_code == 200
    with acting_as("senco") as actor:
        added = joining.add_colleague(
            actor=actor, org=org, first_name="Priya", last_name="Raman", role="TA", starts=TODAY,
            email="priya.again@larkrise.example",
        )  # fmt: skip
        assert added.invitation
    head = signed_in("head")
    with acting_as("head", write=False):
        page = reverse("school:end", args=[row_of("teacher").ref])
    shown = head.get(page)
    assert "At once" in shown.text
    version = re.search(r'name="version" value="(\d+)"', shown.text)
    assert version
    assert "Write the last day" in head.post(page, {"when": "day", "version": version[1]}).text
    done = head.post(page, {"when": "now", "version": version[1]}, follow=True)
    assert "The role has ended, and they are signed out." in done.text
    assert not stand(keys)
    for client in (priya, elsewhere):
        assert client.get("/")["Location"].startswith("/sign-in/")
    assert StrictClient().get(calendar).status_code == 404
    with acting_as("head", write=False):
        assert CalendarFeed.objects.get(pk=feed.pk).key == "", "it does not come back with a role"
    back = StrictClient()
    back.post("/sign-in/", {"login": BY_KEY["teacher"].email, "password": PASSWORD})
    no = back.get("/")
    assert no.status_code == 403
    assert "You have no role here today" in no.text
    assert back.get("/")["Location"].startswith("/sign-in/"), "the session has ended with that"


def test_the_links_that_wait_for_their_address_end_too():
    email = BY_KEY["ta"].email
    with acting_as("senco") as actor:
        org = Organisation.objects.get(pk=min(actor.hat.orgs))
        with_ends = joining.add_colleague(
            actor=actor, org=org, first_name="Jo", last_name="B", email="jo2@larkrise.example",
            role="TEACHER", starts=TODAY, ends=TODAY,
        )  # fmt: skip
        assert with_ends.invitation
        Invitation.objects.filter(pk=with_ends.invitation.pk).update(email=email)
        staff.end_role_at_once(actor=actor, membership=row_of("ta"), version=None)
        row = Invitation.objects.get(pk=with_ends.invitation.pk)
        assert row.withdrawn_at == actor.at
        assert [(one.email, one.came) for one in staffing.settled(actor)] == [(email, False)]
    link = reverse("school:join", args=[org.ref, row.ref, with_ends.key])
    assert StrictClient().get(link).status_code == 410


def test_a_last_day_ends_the_session_on_the_day_after():
    jo = signed_in("ta")
    with acting_as("senco") as actor:
        staff.end_role(actor=actor, membership=row_of("ta"), version=None, on=YESTERDAY)
    held = [str(jo.session.session_key)]
    assert stand(held) == 1
    assert jo.get("/now/").status_code == 403
    assert not stand(held)
    assert jo.get("/now/").status_code == 302


def test_what_waits_for_somebody_who_left_is_shown_until_a_colleague_has_it():
    senco = signed_in("senco")
    priya = person("teacher")
    with acting_as("senco") as actor:
        pupil = Pupil.objects.get(first_name="Idris")
        with as_actor(actor):
            task = spine.open_task(
                actor=actor, org=pupil.org, kind="plan.say", words="Say how the bus went.",
                source=pupil, pupil=pupil, person=priya,
            )  # fmt: skip
        who = row_of("teacher")
        end = reverse("school:end", args=[who.ref])
    assert task.words in text_of(senco.get(end))
    assert task.words not in text_of(senco.get("/school/staff/left/"))
    with acting_as("senco") as actor:
        staff.end_role_at_once(
            actor=actor, membership=Membership.objects.get(pk=who.pk), version=None
        )
    assert "has left" in text_of(senco.get("/school/staff/?show=ended")) or "have left" in text_of(
        senco.get("/school/staff/?show=ended")
    )
    assert task.words in text_of(senco.get("/school/staff/left/"))
    assert signed_in("admin").get("/school/staff/left/").status_code == 403


def test_an_invitation_is_sent_again_by_email_and_grows_too_old(settings: Any):
    from dataclasses import replace

    from opensenco.notices.models import Mail
    from opensenco.notices.sending import message

    settings.MAIL = replace(settings.MAIL, kind="smtp")
    with acting_as("senco") as actor:
        org = Organisation.objects.get(pk=min(actor.hat.orgs))
        added = joining.add_colleague(
            actor=actor, org=org, first_name="Nia", last_name="Penrose",
            email="nia@larkrise.example", role="TEACHER", starts=TODAY,
        )  # fmt: skip
        assert added.invitation
        ref = added.invitation.ref
    amara = signed_in("senco")
    old = reverse("school:join", args=[org.ref, ref, added.key])
    assert "17 March 2027" in text_of(amara.get("/school/staff/?show=waiting"))
    sent = amara.post(reverse("school:send", args=[ref]), follow=True)
    assert "A new link is on its way" in sent.text
    with acting_as("senco", write=False):
        mail = Mail.objects.order_by("-id")[0]
    body = str(message(mail).body)
    found = re.search(r"(/join/[^\s]+)", body)
    assert found
    assert found[1] not in mail.words, "the outbox does not hold it"
    assert "Nia" not in body
    assert StrictClient().get(old).status_code == 410
    assert "A role for you" in StrictClient().get(found[1]).text
    page = reverse("school:waiting", args=[ref])
    version = re.search(r'name="version" value="(\d+)"', amara.get(page).text)
    assert version
    amara.post(page, {"version": version[1]})
    assert StrictClient().get(found[1]).status_code == 410
    assert "Taken back" in text_of(amara.get("/school/staff/?show=waiting"))
