"""Who asks is read from the proxies that are ours, and from nobody else."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from opensenco.config import environment
from opensenco.gate import proxies

OURS = (ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("2001:db8:1::/48"))


@pytest.mark.parametrize(
    ("nearest", "said", "who"),
    [
        # people reach the server itself: what they write of themselves is thrown away
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        # one proxy; whatever stands before its word was written by whoever asks
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        # two of ours in a row
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "9.9.9.9, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        # somebody inside our own network
        ("127.0.0.1", "10.1.7.7", "10.1.7.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        # forms in which addresses are written
        ("127.0.0.1", "203.0.113.9:50000", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8:2::7]:443", "2001:db8:2::7"),
        ("::ffff:127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1::1", "2001:db8:2::7", "2001:db8:2::7"),
        # what is no address ends the reading
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, unknown, 10.1.2.3", "10.1.2.3"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_right_most_address_that_is_not_ours_asks(nearest: str, said: str, who: str) -> None:
    meta = {"REMOTE_ADDR": nearest, proxies.FOR: said}
    proxies.place(meta, OURS)
    assert meta["REMOTE_ADDR"] == who
    assert proxies.FOR not in meta


def test_https_is_believed_of_our_proxy_alone() -> None:
    for nearest, scheme in (("127.0.0.1", "https"), ("203.0.113.9", "http")):
        meta = {"REMOTE_ADDR": nearest, proxies.PROTO: "https", "wsgi.url_scheme": "http"}
        proxies.place(meta, OURS)
        assert meta["wsgi.url_scheme"] == scheme
    meta = {"REMOTE_ADDR": "127.0.0.1", proxies.PROTO: "gopher", "wsgi.url_scheme": "http"}
    proxies.place(meta, OURS)
    assert meta["wsgi.url_scheme"] == "http"


def test_the_settings_name_addresses_and_networks() -> None:
    given = environment.proxies({"OPENSENCO_PROXIES": "127.0.0.1, 10.1.0.0/16,2001:db8:1::/48"})
    assert given == OURS
    assert environment.proxies({}) == ()
    for said in ("nginx", "10.1.2.3/16", "*"):
        with pytest.raises(ImproperlyConfigured, match="OPENSENCO_PROXIES names"):
            environment.proxies({"OPENSENCO_PROXIES": said})
    assert environment.origins(["senco.example", ".trust.example"]) == [
        "https://senco.example",
        "https://*.trust.example",
    ]


MANY = "There were too many tries."


@pytest.mark.django_db
def test_wrong_passwords_are_counted_by_who_asks_and_not_by_the_proxy(settings) -> None:
    settings.PROXIES = OURS
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}

    def told(who: str, number: int) -> str:
        visitor = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"6.6.6.{number}, {who}")
        form = {"login": f"nobody{number}@example.org", "password": "a wrong one of some length"}
        return visitor.post("/sign-in/", form).content.decode()

    assert MANY not in told("203.0.113.9", 1) + told("203.0.113.9", 2)
    assert MANY in told("203.0.113.9", 3)
    assert MANY not in told("203.0.113.10", 4), "somebody else may sign in"
