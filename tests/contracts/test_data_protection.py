"""The papers of data protection are what the models declare, and their notices are for anybody."""

import pytest
from django.urls import reverse

from opensenco.access.keys import all_models
from opensenco.access.personal import (
    DUTY,
    NO_SPECIAL,
    PARTS,
    PUBLIC_INTEREST,
    SAFEGUARDING,
    TASK,
    part_of,
    personal_fields,
)
from opensenco.access.registry import RULES
from opensenco.ops.data_protection import papers
from tests.client import StrictClient
from tests.contracts.walk import ROOT

FOLDER = ROOT / "docs" / "data-protection"


@pytest.mark.rule("GOV-02", "GOV-03")
def test_the_papers_are_as_the_models_say():
    found = papers()
    assert {path.name for path in FOLDER.glob("*.md")} == set(found)
    other = [name for name, text in found.items() if (FOLDER / name).read_text("utf-8") != text]
    assert not other, f"Run `opensenco data-protection --to docs/data-protection`: {other}"


@pytest.mark.rule("GOV-03")
def test_every_personal_field_of_every_model_stands_in_the_record_of_processing():
    text = " ".join((FOLDER / "record-of-processing.md").read_text("utf-8").split())
    for model in all_models():
        if hasattr(model, "instance_type") or not personal_fields(model):
            continue
        assert f"`{model._meta.label}`" in text
        for name, why in personal_fields(model).items():
            assert f"{name}: {' '.join(why.split())}" in text, f"{model._meta.label}.{name}"
        assert str(part_of(model).words) in text


@pytest.mark.rule("GOV-01")
def test_nothing_rests_on_consent_and_what_is_of_a_special_category_says_its_condition():
    text = " ".join((FOLDER / "record-of-processing.md").read_text("utf-8").split())
    for part in PARTS.values():
        assert str(part.basis) in (str(TASK), str(DUTY)), part.code
        assert str(part.special) in (str(PUBLIC_INTEREST), str(SAFEGUARDING), str(NO_SPECIAL))
        assert str(part.basis) in text
        assert str(part.special) in text
    assert str(PARTS["health"].special) == str(PUBLIC_INTEREST)


def test_whoever_is_said_to_see_a_part_has_a_rule_that_gives_it_to_them():
    ruled = {action for action, _model in RULES}
    for part in PARTS.values():
        assert set(part.verbs) <= ruled, part.code
        assert part.verbs or part.code == "drafts", "say whose roles see it"


@pytest.mark.django_db
@pytest.mark.rule("GOV-03")
def test_each_notice_is_read_without_an_account_from_the_foot_of_every_page():
    nobody = StrictClient()
    hub = nobody.get(reverse("public:privacy")).text
    assert reverse("public:privacy") in nobody.get(reverse("public:help")).text
    for name, says in (
        ("for_parents", "Health alerts"), ("for_pupils", "The computer remembers who has looked."),
        ("for_staff", "Who looked and who changed what"),
    ):  # fmt: skip
        assert reverse(f"public:{name}") in hub
        assert says in nobody.get(reverse(f"public:{name}")).text
