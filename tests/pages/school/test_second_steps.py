"""Whoever runs the place sees who has a second step, and helps a colleague who lost theirs."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from opensenco.access import sealing
from opensenco.access.models import Membership
from opensenco.access.signing_in import SecondStepReset
from opensenco.audit.models import Entry
from opensenco.notices.models import Mail, Notice
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
OVERVIEW = "/school/staff/second-steps/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def has_an_app(key: str) -> str:
    data = {"secret": sealing.sealed(SECRET)}
    Authenticator.objects.create(user=person(key), type="totp", data=data)
    codes = {"seed": sealing.sealed(SECRET), "used_mask": 3}
    Authenticator.objects.create(user=person(key), type="recovery_codes", data=codes)
    with acting_as("senco", write=False):
        row = Membership.objects.get(person=person(key))
        return str(reverse("school:reset_second_step", args=[row.ref]))


def test_a_colleague_who_lost_theirs_is_helped_with_a_reason_that_they_read() -> None:
    amara = signed_in("senco")
    assert "Priya Raman" in text_of(amara.get(OVERVIEW))
    reset, jo = has_an_app("ta"), signed_in("ta")
    page = text_of(amara.get(OVERVIEW))
    assert "authenticator app 8 recovery codes left" in page
    assert "Colin Basing colin" in page.replace("governor@", "colin") or "none is needed" in page
    assert SECRET not in amara.get(OVERVIEW).text
    assert page.index("Priya Raman") < page.index("Jo Birkett"), "who has none stands first"

    assert "They are told that it was you" in text_of(amara.get(reset))
    assert "Fill in" in amara.post(reset, {"reason": " "}).text
    assert jo.get("/me/").status_code == 200
    done = amara.post(reset, {"reason": "Her phone fell into the pond."})
    assert done["Location"] == OVERVIEW
    assert "Jo Birkett was told" in text_of(amara.get(OVERVIEW))
    assert jo.get("/me/")["Location"].startswith("/sign-in/"), "signed out everywhere"
    assert not Authenticator.objects.filter(user=person("ta")).exists()
    with acting_as("senco", write=False):
        row = SecondStepReset.objects.latest("id")
        assert (row.by, row.reason) == (person("senco"), "Her phone fell into the pond.")
        assert Entry.objects.latest("id").verb == "reset_second_step"
        told = Notice.objects.filter(person=person("ta")).latest("id")
        assert "Amara Okafor" in told.words
        assert "pond" in told.words
        mail = Mail.objects.latest("id")
        assert (mail.to, "pond" in mail.words) == (person("ta").email, False)
    assert "nothing to reset" in amara.post(reset, {"reason": "Again."}).text
    assert "This is your own" in amara.post(has_an_app("senco"), {"reason": "Mine."}).text


@pytest.mark.worker
def test_whoever_runs_the_server_helps_where_nobody_else_can(capsys: pytest.CaptureFixture) -> None:
    has_an_app("head")
    call_command("resetsignin", person("head").email.upper(), reason="The only person here.")
    assert "Reset." in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=person("head")).exists()
    with acting_as("head", write=False):
        told = Notice.objects.filter(person=person("head")).latest("id")
        assert "The only person here." in told.words
    for address in (person("head").email, "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("resetsignin", address, reason="Again.")
