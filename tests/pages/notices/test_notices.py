"""Notices by day, not read first; what reaches one by mail; what became of a place's mail."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.models import Organisation
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.cases.queries import count_yours
from opensenco.gate.chrome import NEWS, chrome_for
from opensenco.notices import outbox
from opensenco.notices.backends.folder import Folder
from opensenco.notices.models import BadAddress, Mail, MailChoice, NoticeRead
from opensenco.notices.states import CameBack, How, MailState
from opensenco.people.models import Pupil
from tests.cast import NOW
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def tell(words: str, pupil: str = "Idris", who: str = "senco") -> None:
    with acting_as("teacher") as actor, as_actor(actor):
        about = Pupil.objects.get(first_name=pupil)
        spine.tell(actor=actor, org=about.org, words=words, pupil=about, person=person(who))


def press(client: Any, page: str, words: str, **more: str) -> Any:
    """Press the button of these words on a page, with the hidden keys of its form."""
    tree: Any = html5lib.parse(client.get(page).text, namespaceHTMLElements=False)
    for form in tree.iter("form"):
        button = next((b for b in form.iter("button") if words in "".join(b.itertext())), None)
        if button is None:
            continue
        sent: dict[str, list[str]] = {}
        for one in form.iter("input"):
            if one.get("type") == "hidden":
                sent.setdefault(one.get("name"), []).append(one.get("value"))
        if button.get("name"):
            sent.setdefault(button.get("name"), []).append(button.get("value"))
        to = form.get("action") or page
        return client.post(to, {**sent, **more}, follow=True)
    raise AssertionError(f"no button says {words!r}")


def test_notices_stand_by_day_not_read_first_and_of_one_pupil_where_asked() -> None:
    for words, pupil in (("First of Idris.", "Idris"), ("Of Grace.", "Grace"), ("Now.", "Idris")):
        tell(words, pupil)
    client = signed_in("senco")
    before = text_of(client.get("/notices/"))
    assert before.index("Not read yet") < before.index("Now.") < before.index("Of Grace.")
    after = text_of(press(client, "/notices/", "I have read this: Of Grace."))
    assert after.index("Now.") < after.index("Of Grace.")
    read = after.index("Priya Raman, 9:30. Read 10 March 2027")
    assert after.index("First of Idris.") < after.index("Of Grace.") < read
    with acting_as("senco", write=False):
        grace = Pupil.objects.get(first_name="Grace")
    of_grace = text_of(client.get(f"/notices/?pupil={grace.ref}"))
    assert "Of Grace." in of_grace
    assert "Now." not in of_grace
    for odd in ("nonsense", "", "00000000-0000-0000-0000-000000000000"):
        assert client.get("/notices/", {"pupil": odd}).status_code == 200
    press(client, "/notices/", "I have read all")
    assert "Not read yet" not in text_of(client.get("/notices/"))
    with acting_as("senco", write=False) as actor:
        assert NoticeRead.objects.filter(person=actor.person).count() >= 3


def test_how_many_stands_in_the_frame_and_asks_no_question_more() -> None:
    client = signed_in("senco")
    client.get("/me/")
    before = text_of(client.get("/me/"))
    assert "new notice" not in before
    tell("One.")
    tell("Two.")
    page = text_of(client.get("/me/"))
    assert "2 new notices" in page
    with acting_as("senco", write=False) as actor:
        chrome_for(actor, "home", 1)
        # what waits and notices together, and packs
        with asks(2):
            frame = chrome_for(actor, "home", 1)
        assert frame.news == 2
        # they are no tasks: what waits is what it was
        assert count_yours(actor, NEWS, "")[0] == 2
        assert frame.waiting == count_yours(actor, "")[0]


def test_what_reaches_me_is_chosen_under_the_account() -> None:
    client = signed_in("dsl")
    assert "What reaches me, and when" in text_of(client.get("/me/"))
    page = text_of(client.get("/me/mail/"))
    assert "dsl@larkrise.example" in page
    assert "What is marked for the safeguarding lead" in page
    assert "This server sends no email yet" in page
    chosen = {"mine": "digest", "role": "app", "urgent": "once", "digest_hour": "6",
              "quiet_from": "20", "quiet_until": "6"}  # fmt: skip
    said = press(client, "/me/mail/", "Save what reaches me", **chosen)
    assert "Saved. From now on this is what reaches you." in text_of(said)
    with acting_as("dsl", write=False) as actor:
        row = MailChoice.objects.get(person=actor.person)
        assert (row.mine, row.role, row.digest_hour) == (How.DIGEST, How.APP, 6)
        assert not row.school_days_only
    faults = press(client, "/me/mail/", "Save what reaches me", **{**chosen, "digest_hour": "25"})
    assert "1 thing to mend" in text_of(faults)
    # who is sent nothing of that kind is not asked, and keeps the usual
    teacher = signed_in("teacher")
    assert "safeguarding lead" not in text_of(teacher.get("/me/mail/"))
    del chosen["urgent"]
    press(teacher, "/me/mail/", "Save what reaches me", **chosen)
    with acting_as("teacher", write=False) as actor:
        assert MailChoice.objects.get(person=actor.person).urgent == How.ONCE


def came_back(who: str) -> None:
    with acting_as("senco") as actor:
        org = Organisation.objects.get(pk__in=actor.hat.orgs)
        outbox.post(
            org=org, to=person(who).email, subject="Waits", words="Waits.", at=NOW,
            person=person(who),
        )  # fmt: skip
        Mail.objects.filter(to=person(who).email).update(state=MailState.STOPPED)
        BadAddress.objects.create(
            org=org, address=person(who).email, person=person(who), why=CameBack.RETURNED,
            said="550 5.1.1", at=NOW,
        )  # fmt: skip


def test_whoever_gets_no_mail_is_told_and_says_that_the_address_is_right() -> None:
    came_back("teacher")
    client = signed_in("teacher")
    for page in ("/notices/", "/me/mail/"):
        assert "Email to you comes back" in text_of(client.get(page))
    assert "comes back" not in text_of(signed_in("ta").get("/notices/"))
    after = text_of(press(client, "/notices/", "The address is right"))
    assert "comes back" not in after
    with acting_as("senco", write=False):
        assert Mail.objects.get(to="teacher@larkrise.example").state == MailState.WAITING


def test_whoever_manages_people_sees_what_came_back_and_puts_it_right() -> None:
    came_back("dsl")
    client = signed_in("head")
    assert "Email to 1 address comes back" in text_of(client.get("/"))
    assert "comes back" not in text_of(signed_in("dsl").get("/"))
    page = text_of(client.get("/place/mail/"))
    assert "Desmond Raven dsl@larkrise.example" in page
    assert "Since 10 March 2027: mail to it was returned (550 5.1.1)" in page
    assert "Waits." not in page
    with acting_as("head", write=False):
        bad = BadAddress.objects.get(address="dsl@larkrise.example")
    # another school's SENCO, and somebody whose own it is not
    for who, status in (("outsider", 404), ("teacher", 403)):
        settle = reverse("notices:settle", args=[bad.ref])
        assert signed_in(who).post(settle).status_code == status
    said = text_of(press(client, "/place/mail/", "The address is right"))
    assert "Email to this address is tried again." in said
    assert "comes back" not in text_of(client.get("/"))
    with acting_as("head", write=False):
        assert Mail.objects.get(to="dsl@larkrise.example").state == MailState.WAITING
        assert BadAddress.objects.get(pk=bad.pk).settled_by == person("head")


def test_nobody_is_told_of_news_who_has_no_notices() -> None:
    assert "Notices" not in text_of(signed_in("governor").get("/me/"))
    with acting_as("governor", write=False) as actor:
        assert not actor.can_somewhere(Action.TASK_VIEW)


def test_a_demonstration_shows_the_mail_that_would_have_been_sent_and_nobody_else_does(
    settings: Any, tmp_path: Path
) -> None:
    settings.MAIL = replace(settings.MAIL, kind="folder", folder=tmp_path / "mail")
    way = Folder()
    made = EmailMessage(
        "Something waits", "Two <b>words</b> & café.", "a@b.example",
        ["teacher@larkrise.example"],
        headers={"Message-ID": "<1f@b.example>", "Date": "Wed, 10 Mar 2027 09:30:00 +0000"},
    )  # fmt: skip
    assert way.send_messages([made]) == way.send_messages([made]) == 1
    client = signed_in("head")
    assert "Something waits" not in text_of(client.get("/place/mail/"))
    settings.DEMO = True
    page = text_of(client.get("/place/mail/"))
    assert page.count("Something waits, teacher@larkrise.example, 10 March 2027, 9:30") == 1
    assert "Two &lt;b&gt;words&lt;/b&gt; &amp; café." in page
    settings.MAIL = replace(settings.MAIL, folder=tmp_path / "none")
    assert "Nothing has been sent yet." in text_of(client.get("/place/mail/"))
