"""What the environment says of signing in by accounts elsewhere is understood, or refused."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from opensenco.access.elsewhere.told import NotBelieved, read, was_second_step
from opensenco.config import elsewhere
from opensenco.config.environment import refuse_unknown

TENANT = "https://login.microsoftonline.com/0b1e/v2.0"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    secret = tmp_path / "secret"
    secret.write_text("very secret\n")
    return {
        "OPENSENCO_OIDC": "entra google",
        "OPENSENCO_OIDC_ENTRA_KIND": "microsoft",
        "OPENSENCO_OIDC_ENTRA_ISSUER": TENANT,
        "OPENSENCO_OIDC_ENTRA_CLIENT": "abc",
        "OPENSENCO_OIDC_ENTRA_SECRET_FILE": str(secret),
        "OPENSENCO_OIDC_ENTRA_DOMAINS": "School.example, other.example",
        "OPENSENCO_OIDC_GOOGLE_KIND": "google",
        "OPENSENCO_OIDC_GOOGLE_CLIENT": "def",
        "OPENSENCO_OIDC_GOOGLE_SECRET_FILE": str(secret),
        "OPENSENCO_OIDC_GOOGLE_ASKS": "prompt=select_account",
    }


def test_each_listed_provider_is_read_and_its_secret_is_never_shown(env: dict[str, str]):
    refuse_unknown(env)
    entra, google = elsewhere.read(env)
    assert (entra.name, entra.issuer, entra.secret) == ("Microsoft", TENANT, "very secret")
    assert entra.proves("somebody@school.example")
    assert not entra.proves("somebody@evil.example")
    assert (google.issuer, google.asks) == (
        "https://accounts.google.com", (("prompt", "select_account"),),
    )  # fmt: skip
    assert "very secret" not in repr(entra)
    assert elsewhere.read({}) == ()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OPENSENCO_OIDC", "Entra!", "short names"),
        ("OPENSENCO_OIDC_ENTRA_KIND", "facebook", "Use one of"),
        ("OPENSENCO_OIDC_ENTRA_ISSUER", "http://login.example", "https"),
        ("OPENSENCO_OIDC_ENTRA_ISSUER", TENANT.replace("0b1e", "common"), "one tenant"),
        ("OPENSENCO_OIDC_ENTRA_CLIENT", "", "is missing"),
        ("OPENSENCO_OIDC_ENTRA_SECRET_FILE", "/nowhere/at/all", "cannot be read"),
        ("OPENSENCO_OIDC_ENTRA_DOMAINS", "not a domain", "domains"),
        ("OPENSENCO_OIDC_GOOGLE_ASKS", "=x", "question"),
    ],
)
def test_what_is_not_understood_stops_with_a_hint(env: dict[str, str], name, value, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        elsewhere.read({**env, name: value})


def test_a_misspelt_variable_of_a_provider_is_named(env: dict[str, str]):
    with pytest.raises(ImproperlyConfigured, match="OPENSENCO_OIDC_ENTRA_CLIENT"):
        refuse_unknown({**env, "OPENSENCO_OIDC_ENTRA_CLIENTS": "x"})


def test_what_a_provider_says_is_believed_as_far_as_it_holds_together(env: dict[str, str]):
    entra, google = elsewhere.read(env)
    token = {"iss": TENANT, "sub": "s", "email": "A@School.example", "nonce": "n"}
    told = read(entra, {"id_token": token})
    assert (told.email, told.verified, told.second_step) == ("a@school.example", True, False)
    elsewhere_of_it = read(entra, {"id_token": {**token, "email": "a@evil.example"}})
    assert elsewhere_of_it.verified is False
    assert read(entra, {"id_token": {**token, "email": "a@evil.example", "xms_edov": "1"}}).verified
    # the address of one answer is never proven by the other
    user = {"sub": "s", "email": "b@evil.example", "email_verified": True}
    mixed = {"id_token": {**token, "email": "a@evil.example"}, "userinfo": user}
    assert read(entra, mixed).verified is False
    assert read(entra, {"id_token": {**token, "email": "no address"}}).email == ""
    same = read(entra, {"id_token": {**token, "iss": TENANT + "/"}})
    assert same.uid == told.uid
    assert read(google, {"id_token": {**token, "iss": google.issuer}}).uid != told.uid
    for wrong in (
        {}, {"userinfo": {"sub": "s"}}, {"id_token": {**token, "iss": "https://evil.example"}},
        {"id_token": token, "userinfo": {"sub": "another"}}, {"id_token": {**token, "sub": 5}},
    ):  # fmt: skip
        with pytest.raises(NotBelieved):
            read(entra, wrong)


@pytest.mark.parametrize(
    ("amr", "acr", "two"),
    [
        (["pwd"], None, False),
        (["pwd", "pin"], None, False),
        (["otp"], None, False),
        (["pwd", "otp"], None, True),
        (["face", "hwk"], None, True),
        (["mfa"], None, True),
        ("mfa", None, False),
        (None, "two", True),
        (["pwd"], "one", False),
        ([{"x": 1}, "pwd"], 5, False),
    ],
)
def test_two_steps_are_two_kinds_of_proof(amr, acr, two):
    assert was_second_step(amr, acr, ("two",)) is two
