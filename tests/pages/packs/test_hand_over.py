"""A school that joins another hands all its pupils over, and the other takes them over."""

import re
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.kernel.refs import short
from opensenco.network import jobs
from opensenco.network.models import Pack
from opensenco.network.operations import handing_over, handing_soon
from opensenco.network.states import SENSITIVE
from opensenco.notices.models import Notice
from tests.client import signed_in
from tests.packs import place
from tests.people import acting_as, person

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
PAGE = "/packs/hand-over/"


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def packs() -> list[Pack]:
    with system_scope("test", write=False):
        return list(Pack.objects.filter(purpose="moving").order_by("id"))


def test_all_pupils_are_handed_over_once_and_taken_over_by_the_other_school():
    senco = signed_in("senco")
    with acting_as("senco", write=False) as actor:
        school = Organisation.objects.get(pk=min(actor.hat.orgs))
        count = handing_over.staying(actor, school).count()
    page = text(senco.get(PAGE))
    assert f"{count} pupils are on the roll" in page
    assert "Health alerts, care status and confidential entries are in none" in page
    mill = place("mill")
    given = {"to": str(mill.ref), "words": "We close in July.", "sure": count + 1}
    assert "Write that number" in text(senco.post(PAGE, given))
    assert not packs()
    told = text(senco.post(PAGE, {**given, "sure": count}, follow=True))
    assert f"{count} packs are sent to Mill Lane School." in told
    sent = packs()
    assert len(sent) == count
    parts = {section["part"] for pack in sent for section in pack.content}
    assert not parts & {part.value for part in SENSITIVE}
    assert "have been handed over" in text(senco.post(PAGE, {**given, "sure": 0}))
    assert len(packs()) == count, "nobody is handed over twice"

    taker = signed_in("shared_senco")
    assert text(taker.get("/packs/take-over/")).count("from Larkrise Primary School") == count
    chosen = [short(pack.ref) for pack in sent]
    read = taker.post("/packs/take-over/", {"packs": chosen}, follow=True)
    assert f"Add {count} pupils" in text(read)


def test_many_are_sent_by_the_worker_in_the_senders_name(monkeypatch):
    monkeypatch.setattr(handing_soon, "AT_ONCE", 1)
    senco = signed_in("senco")
    with acting_as("senco", write=False) as actor:
        school = Organisation.objects.get(pk=min(actor.hat.orgs))
        count, key = handing_over.staying(actor, school).count(), actor.hat.key
    mill = place("mill")
    given = {"to": str(mill.ref), "words": "", "sure": count}
    assert f"{count} packs are being sent to Mill" in text(senco.post(PAGE, given, follow=True))
    assert not packs()
    asked = DBTaskResult.objects.get(task_path=jobs.hand_over.module_path)
    words = asked.args_kwargs["args"]
    jobs.hand_over.func(person("teacher").pk, key, *words[2:])
    assert not packs(), "in nobody else's name"
    for _again in range(2):
        jobs.hand_over.func(*words)
    assert len(packs()) == count
    with acting_as("senco", write=False) as actor:
        told = Notice.objects.filter(person=actor.person).latest("id").words
    assert told == f"The packs of {count} pupils were sent to Mill Lane School."
