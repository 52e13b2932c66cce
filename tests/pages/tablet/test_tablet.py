"""A shared tablet: enrolled by a code, used by six digits, for a few pages, until it is cut off."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from opensenco.access.models import Tablet, TabletPin
from opensenco.access.sessions import SessionStore
from opensenco.audit.models import Entry, Opening
from opensenco.cases.operations import tablets
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.refs import short
from opensenco.notices.models import Mail, Notice
from tests.cast import NOW
from tests.client import StrictClient, signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
PIN = "271828"
NAMES = "/tablet/"


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    # hashing slowly on purpose is what is not tried here
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def enrolled() -> tuple[StrictClient, StrictClient]:
    """Give the SENCO, and a device that has just been made the Rabbit room's."""
    amara = signed_in("senco")
    page = amara.post(
        "/school/tablets/add/", {"name": "Rabbit room", "roles": ["TA", "TEACHER"]}, follow=True
    )
    code = re.search(r"<code>(\d{4} \d{4})</code>", page.text)
    assert code
    assert "<code>" not in amara.get("/school/tablets/").text, "shown once"
    device = StrictClient()
    assert device.get(NAMES)["Location"] == "/tablet/enrol/"
    assert "opens nothing" in device.post("/tablet/enrol/", {"code": "11112222"}).text
    done = device.post("/tablet/enrol/", {"code": code[1]})
    assert done["Location"] == NAMES
    assert device.cookies["tablet"]["httponly"]
    again = StrictClient().post("/tablet/enrol/", {"code": code[1]})
    assert "opens nothing" in again.text, "a code works once"
    return amara, device


def chooses(key: str, pin: str = PIN) -> None:
    own = signed_in(key)
    assert "/me/number/" in own.get("/me/").text
    assert own.post("/me/number/", {"pin": pin, "again": pin})["Location"] == "/me/"


def test_nobody_is_asked_there_for_what_a_tablet_has_no_page_for(settings: Any):
    _amara, device = enrolled()
    chooses("ta")
    device.post(of("ta"), {"number": PIN})
    settings.CHILDREN = 0
    glance = re.search(r"/pupils/[\w-]{22}/profile/", device.get("/now/").text)
    assert glance
    assert device.get(glance[0]).status_code == 200
    # at a desk the same reader is asked who they are
    assert signed_in("senco").get(glance[0]).status_code == 302


def of(key: str) -> str:
    return f"/tablet/{short(person(key).ref)}/"


def test_somebody_taps_a_name_types_six_digits_and_opens_what_is_for_tablets_alone():
    amara, device = enrolled()
    names = device.get(NAMES)
    for name in ("Jo Birkett", "Priya Raman", "Owen Sharp"):
        assert name in names.text
    for name in ("Amara Okafor", "Kath Morton", "Leila Hassan", "Oscar Strand", "Idris"):
        assert name not in names.text
    assert device.get(of("senco")).status_code == 404
    assert "You have no number yet" in device.post(of("ta"), {"number": PIN}).text
    chooses("ta")
    assert "not your six digits" in device.post(of("ta"), {"number": "111222"}).text
    assert device.post(of("ta"), {"number": "271 828"})["Location"] == "/now/"
    now = device.get("/now/")
    assert "Rabbit room" in now.text
    assert "signs you out after 5 minutes" in text_of(now) or "5 minutes" in now.text
    assert now["Refresh"].endswith("url=/tablet/")
    glance = re.search(r"/pupils/[\w-]{22}/profile/", now.text)
    assert glance
    profile = device.get(glance[0])
    assert profile.status_code == 200
    assert 'href="/pupils/' not in profile.text, "nothing leads to what is refused here"
    sent = re.findall(r'action="(/pupils/[^"]*)"', profile.text)
    assert all(address.endswith("/profile/read/") for address in sent), "but that it was read"
    sheet = re.search(r'href="(/now/[\w-]{22}/)"', now.text)
    assert sheet
    form = device.get(sheet[1])
    assert form.status_code == 200
    assert "Refresh" not in form.headers, "what is being typed is not taken away"
    for refused in (
        "/",
        "/me/",
        "/me/password/",
        "/school/staff/",
        "/me/number/",
        "/sign-in/with/x/",
    ):
        answer = device.get(refused)
        assert answer.status_code == 403, refused
        assert "does not open on a shared tablet" in answer.text, refused
    with acting_as("senco", write=False):
        looked = Opening.objects.filter(person=person("ta")).order_by("-id")[0]
        assert looked.role == "Teaching assistant, Rabbit room"
        tried = Entry.objects.filter(verb="try_pin", person=person("ta"))
        assert tried.exists()
    assert "by Jo Birkett" in amara.get("/school/tablets/").text
    assert device.post("/tablet/done/")["Location"] == NAMES
    assert device.get("/now/")["Location"] == NAMES
    # five minutes without a touch: the server has ended it, whatever the screen shows
    device.post(of("ta"), {"number": PIN})
    assert device.session.get_expiry_age() <= 300
    SessionStore.get_model_class().objects.filter(session_key=device.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert device.get("/now/")["Location"] == NAMES


def test_a_tablet_that_is_cut_off_signs_out_whoever_is_on_it():
    amara, device = enrolled()
    chooses("ta")
    device.post(of("ta"), {"number": PIN})
    assert device.get("/now/").status_code == 200
    page = amara.get("/school/tablets/")
    row = re.search(
        r'href="(/school/tablets/[\w-]{22}/)"[^>]*>Cut off, or new code<[^>]*> Rabbit', page.text
    )
    assert row
    version = re.search(r'name="version" value="(\d+)"', amara.get(row[1]).text)
    assert version
    done = amara.post(row[1], {"version": version[1]}, follow=True)
    assert "Whoever was on it is signed out" in done.text
    gone = device.get("/now/")
    assert gone.status_code == 403
    assert "no longer in use for you" in gone.text
    assert device.get("/now/").status_code == 302
    assert device.get(NAMES)["Location"] == "/tablet/enrol/"
    assert device.get(of("ta"))["Location"] == "/tablet/enrol/"
    forged = StrictClient()
    for words in ("", "x", "a.b.c", f"{'A' * 22}.{'A' * 22}.x"):
        forged.cookies["tablet"] = words
        assert forged.get(NAMES)["Location"] == "/tablet/enrol/"


def test_a_role_that_ends_ends_the_session_on_the_tablet_too():
    _amara, device = enrolled()
    chooses("ta")
    device.post(of("ta"), {"number": PIN})
    from opensenco.access.models import Membership
    from opensenco.people.operations.staff import end_role
    from tests.cast import YESTERDAY

    with acting_as("head") as actor:
        row = Membership.objects.get(person=person("ta"))
        end_role(actor=actor, membership=row, version=None, on=YESTERDAY)
    assert device.get("/now/").status_code == 403
    assert device.get("/now/").status_code == 302
    assert "Jo Birkett" not in device.get(NAMES).text
    assert device.post(of("ta"), {"number": PIN}).status_code == 404


def test_wrong_digits_are_slowed_and_locked_and_their_owner_is_told():
    with acting_as("senco") as actor:
        org = actor.hat.memberships and Tablet.objects.filter(org__in=actor.hat.orgs)[0].org
        assert org
    with acting_as("ta") as actor:
        for easy in ("12345", "123456", "654321", "111111", "121212", "123123", "ab1234"):
            with pytest.raises(Invalid):
                tablets.set_pin(actor=actor, org=org, pin=easy)
        tablets.set_pin(actor=actor, org=org, pin=PIN)
        row = TabletPin.objects.get(person=actor.person)
        assert PIN not in row.pin
        tablet = Tablet.objects.filter(org=org)[0]
        for _try in range(2):
            assert tablets.try_pin(actor=actor, tablet=tablet, pin="111222") is False
        assert tablets.try_pin(actor=actor, tablet=tablet, pin="111222") is False
        with pytest.raises(NotPossible, match="Wait a minute"):
            tablets.try_pin(actor=actor, tablet=tablet, pin=PIN)
    for minutes in (2, 4, 6):
        with acting_as("ta") as actor:
            later = actor.__class__(actor.person, actor.hat, NOW + timedelta(minutes=minutes))
            tablet = Tablet.objects.filter(org=org)[0]
            assert tablets.try_pin(actor=later, tablet=tablet, pin="111222") is False
    with acting_as("ta") as actor:
        later = actor.__class__(actor.person, actor.hat, NOW + timedelta(hours=9))
        with pytest.raises(NotPossible, match="locked"):
            tablets.try_pin(actor=later, tablet=tablet, pin=PIN)
        assert Notice.objects.filter(person=actor.person, words__contains="is locked").exists()
    with acting_as("senco", write=False):
        mail = Mail.objects.order_by("-id")[0]
        assert (mail.to, "locked" in mail.words) == (person("ta").email, True)
    with acting_as("dsl", write=False):
        assert not TabletPin.objects.exists(), "nobody reads another's number, hashed or not"
    page = signed_in("ta").get("/me/number/")
    assert "Your number is locked" in page.text
    with acting_as("ta") as actor:
        tablets.set_pin(actor=actor, org=org, pin="314159")
        assert tablets.try_pin(actor=actor, tablet=tablet, pin="314159")
