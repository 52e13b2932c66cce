"""No form asks for a diagnosis, and none can be needed: the one place to keep one is its own."""

import re
from collections.abc import Iterator, Sequence

import pytest
from django import forms
from django.urls import reverse

from opensenco.access.keys import all_models
from opensenco.gate.page import Logs
from opensenco.people.models import Pupil
from tests.client import signed_in
from tests.contracts.test_routes import ALL, at_every, door, fill
from tests.contracts.walk import Named, parts
from tests.people import acting_as
from tests.support.undone import undone

#: the pages on which a diagnosis that somebody gave is kept
KEPT = re.compile(r"followed:(diagnos|correct_diagnosis)")
#: the tick with which what is kept goes along to others; test_beside_plans: never set at first
GOES_ALONG = re.compile(r"Diagnoses(: only where they need it)?")
PICKERS = re.compile(r"packs:(share|parts|paper_new)")
ASKED = re.compile(r"<(label|legend|h1)\b[^>]*>(.*?)</\1>", re.S)
READ = parts(
    one for one in ALL if door(one[1]).reads and not KEPT.match(one[0])
    and door(one[1]).logs is not Logs.NOTHING
)  # fmt: skip


def every_form() -> Iterator[type[forms.BaseForm]]:
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    yield from (kind for kind in found if kind.__module__.startswith("opensenco."))


@pytest.mark.requirement("S4-35")
@pytest.mark.rule("IDN-03")
def test_no_field_of_any_form_or_record_is_a_diagnosis_but_in_its_own_place():
    asked = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in every_form()
        for name, field in getattr(kind, "base_fields", {}).items()
        if "diagnos" in f"{name} {field.label}".casefold()
    }
    assert asked == {
        "opensenco.pages.followed.forms.DiagnosisForm.what",
        "opensenco.pages.followed.forms.NewDiagnosisForm.what",
    }
    held = {
        model._meta.label
        for model in all_models()
        if not hasattr(model, "instance_type")
        and any("diagnos" in field.name for field in model._meta.fields)
    }
    assert not held, "a diagnosis is a record of its own and no field of another"


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.requirement("S4-35")
@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize("doors", READ)
def test_no_page_asks_for_a_diagnosis(doors: Sequence[Named]):
    client = signed_in("senco")
    asked = []

    def check(name: str, entry) -> None:
        if door(entry).who.get("senco") != 200:
            return
        answer = client.get(reverse(name, kwargs=fill(entry, "senco")))
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            return
        for _kind, words in ASKED.findall(answer.content.decode()):
            asked.append(words)
            if PICKERS.match(name) and GOES_ALONG.fullmatch(words.strip()):
                continue
            assert "diagnos" not in words.casefold(), f"{name} asks: {words}"

    at_every(doors, check)
    assert len(asked) > 50, "so little was read that nothing is proven"


@pytest.mark.django_db
@pytest.mark.requirement("S4-35", "S4-23")
@pytest.mark.rule("IDN-03", "IDN-12")
def test_a_concern_a_plan_and_a_provision_begin_for_a_child_with_no_code_and_no_diagnosis():

    with acting_as("senco", write=False):
        grace = Pupil.objects.get(first_name="Grace")
    client = signed_in("senco")
    with undone():
        for address, given in (
            (reverse("concerns:new", args=[grace.ref]), {"noticed": "She hides her book."}),
            (reverse("plans:start", args=[grace.ref]), {"found": "She guesses words."}),
        ):
            answer = client.post(address, given)
            assert answer.status_code == 302, address
