"""The machine's clock jumps an hour back or a day forward while people work."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bench.load_people import Fields
from opensenco.access import devices
from opensenco.access.signing_in import WebSession
from opensenco.audit.history import as_of
from opensenco.gate import strength
from opensenco.gate.models import Draft
from opensenco.kernel import clock
from opensenco.kernel.clock import Steady, london_date
from opensenco.notices import sending
from opensenco.notices.states import MailState
from opensenco.ops import clearing, living, posting
from opensenco.people.models import Pupil
from opensenco.threads.models import Message
from tests.cast import NOW
from tests.client import StrictClient, signed_in
from tests.domain.notices.mailing import House, house, of, posted
from tests.people import acting_as, person
from tests.support.databases import Copy
from tests.support.forms import forms_on


class Machine:
    """The machine's clock, which can be put elsewhere; all that reads a clock reads this one."""

    def __init__(self, moment: datetime) -> None:
        self.moment, self.ran = moment, 0.0

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.moment += timedelta(**span)
        self.ran += timedelta(**span).total_seconds()

    def put(self, **span: float) -> None:
        """Put the clock elsewhere, while no time goes by."""
        self.moment += timedelta(**span)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Machine:
    one = Machine(NOW + timedelta(minutes=1))
    settings.FROZEN_TODAY = ""
    monkeypatch.setattr(clock, "_steady", Steady(lambda: one.moment, lambda: one.ran))
    monkeypatch.setattr(strength, "time", SimpleNamespace(time=lambda: one.moment.timestamp()))
    monkeypatch.setattr(timezone, "now", lambda: one.moment)
    return one


def of_grace(name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name="Grace").ref])


def send(client: StrictClient, path: str, **given: str) -> None:
    (form, *_more) = forms_on(client.get(path).text)
    answer = client.post(path, {**form.sent(lambda _field: None), **given})
    assert answer.status_code == 302, path


@pytest.mark.django_db
def test_what_is_done_after_an_hour_back_stands_after_what_was_done_before(
    machine: Machine,
) -> None:
    senco, teacher = signed_in("senco"), signed_in("teacher")
    talk, details = of_grace("threads:show"), of_grace("pupils:change")
    said = [f"Message {number} of the day." for number in range(4)]
    for number, words in enumerate(said):
        send((senco, teacher)[number % 2], talk, words=words)
        send(senco, details, known_as=f"Gracie {number}")
        machine.later(seconds=20)
        if number == 1:
            machine.put(hours=-1)
    page = senco.get(talk).text
    places = [page.index(words) for words in said]
    assert places in (sorted(places), sorted(places, reverse=True))
    with acting_as("senco", write=False):
        rows = Message.objects.filter(words__in=said).order_by("id")
        moments = [row.written_at for row in rows]
        assert moments == sorted(set(moments))
        row = Pupil.objects.get(first_name="Grace")
        assert row.known_as == "Gracie 3"
        assert as_of(Pupil, london_date(NOW)).get(pk=row.pk).known_as == "Gracie 3"
        names = list(row.history.values_list("known_as", flat=True)[:4])
        assert names == [f"Gracie {number}" for number in (3, 2, 1, 0)]


@pytest.mark.django_db
def test_history_keeps_its_order_also_where_the_clock_goes_back_by_a_day(machine: Machine) -> None:
    senco, details = signed_in("senco"), of_grace("pupils:change")
    send(senco, details, known_as="Early")
    machine.put(hours=-5)
    send(senco, details, known_as="Late")
    with acting_as("senco", write=False):
        (row,) = as_of(Pupil, london_date(NOW)).filter(first_name="Grace")
        assert row.known_as == "Late"


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)])
def test_pages_open_drafts_stay_and_nobody_is_let_in_who_is_not_known(
    machine: Machine, jump: timedelta
) -> None:
    client, path = signed_in("senco"), of_grace("concerns:new")
    words = {"noticed": "Half a sentence", "finish_later": "1"}
    client.post(path, Fields(client.get(path).text).data | words)
    known, secret = person("senco"), "a browser's own secret"
    devices.arrive(known, secret, "Firefox", machine.moment)
    devices.remember(known, secret, machine.moment + timedelta(hours=12))
    machine.put(seconds=jump.total_seconds())
    # a day is longer than a browser is remembered for
    assert devices.is_remembered(known, secret, machine.moment) is (jump < timedelta(hours=12))
    for address in ("/", "/register/", of_grace("pupils:show"), "/messages/", "/concerns/"):
        assert client.get(address).status_code == 200, address
    assert "Half a sentence" in client.get(path).text
    send(client, path, noticed="The whole sentence")
    with acting_as("senco", write=False) as actor:
        assert not Draft.objects.filter(person=actor.person).exists()


@pytest.mark.django_db
def test_whoever_is_signed_out_by_a_day_forward_keeps_the_words(machine: Machine) -> None:
    client, path = signed_in("senco"), of_grace("concerns:new")
    data = Fields(client.get(path).text).data | {"noticed": "What was typed yesterday"}
    machine.put(days=1)
    # the database's own clock has jumped as well
    WebSession.objects.update(expire_date=NOW - timedelta(days=400))
    answer: Any = client.post(path, data)
    assert answer.status_code == 401
    client.force_login(person("senco"))
    assert "What was typed yesterday" in client.get(path).text


@pytest.mark.django_db
@pytest.mark.worker
def test_the_day_s_clearing_waits_once_whatever_the_clock_does(machine: Machine) -> None:
    for jump in (timedelta(), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)):
        machine.put(seconds=jump.total_seconds())
        clearing.begin()
        clearing.begin()
        path = clearing.clear_each_day.module_path
        assert DBTaskResult.objects.filter(task_path=path, status="READY").count() == 1


@pytest.fixture
def mails(own_database: Copy, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


@pytest.mark.worker
@pytest.mark.parametrize("hours", [-1, 24])
def test_no_mail_goes_out_twice_or_is_lost_where_the_clock_jumps(mails: House, hours: int) -> None:
    sent, waits = posted("sent@b.example"), posted("waits@b.example")
    mails.post.busy.add("waits@b.example")
    with mails.up():
        assert mails.rounds()
        mails.later(hours=hours)
        mails.post.busy.clear()
        for _minute in range(70):
            mails.rounds()
            mails.later(minutes=1)
    assert [of(mail).state for mail in (sent, waits)] == [MailState.SENT] * 2
    assert sorted(mails.post.to) == ["sent@b.example", "waits@b.example"]


@pytest.mark.worker
@pytest.mark.skipif(not living.LOCKS, reason="this system has no locks that end with a process")
def test_a_mail_that_one_worker_is_at_is_no_other_s_though_a_day_went_by_at_once(
    mails: House, own_database: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = posted("a@b.example")
    at_it, go_on = threading.Event(), threading.Event()
    really = sending.send

    def slowly(*given: Any) -> Any:
        at_it.set()
        assert go_on.wait(60)
        return really(*given)

    def one_worker() -> None:
        try:
            mails.rounds()
        finally:
            connections.close_all()

    monkeypatch.setattr(posting, "send", slowly)
    with mails.up(), living.Living(own_database.data):
        one = threading.Thread(target=one_worker, daemon=True)
        one.start()
        assert at_it.wait(60)
        mails.later(days=1)
        with living.Living(own_database.data):
            monkeypatch.setattr(posting, "send", really)
            assert mails.rounds()
        assert not mails.post.got, "the other is at it still"
        go_on.set()
        one.join(60)
    assert mails.post.to == ["a@b.example"]
    assert of(mail).state == MailState.SENT
