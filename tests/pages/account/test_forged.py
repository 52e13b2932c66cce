"""Whoever forges what a provider says is signed in as nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount

from tests.cast import BY_KEY, PASSWORD
from tests.client import StrictClient
from tests.pages.account.test_elsewhere import BACK, FIRST, THERE, asked, comes_back, put
from tests.support import forging
from tests.support.provider import Provider

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture(scope="module")
def near() -> Iterator[Provider]:
    """One provider for this file, which is told to forge."""
    running = Provider(f"http://testserver{BACK}")
    yield running
    running.stop()


def test_a_forged_token_or_description_signs_nobody_in(near: Provider, settings: Any) -> None:
    put(settings, near)
    email = BY_KEY["senco"].email
    near.knows("amara", email=email, email_verified=True, amr=["mfa"])
    amara = StrictClient()
    comes_back(near, amara, "amara")
    amara.post(FIRST, {"login": email, "password": PASSWORD})
    assert SocialAccount.objects.count() == 1
    for how in ("not", *forging.TOKEN):
        near.forges(how)
        visitor = StrictClient()
        answer = comes_back(near, visitor, "amara")
        if how in ("not", "rightly"):
            assert answer["Location"] == "/", "the provider's own word is taken"
            assert visitor.get("/me/").status_code == 200
            continue
        assert answer["Location"] == f"{THERE}not/?failed", how
        assert visitor.get("/me/").status_code == 302, how
        assert "signed_in_elsewhere_first" not in visitor.session, how
    near.forges("description")
    assert asked(StrictClient()).endswith("?failed"), "its description names another issuer"
    near.forges("")
    assert SocialAccount.objects.count() == 1
