"""Nothing is locked in: every table leaves in the file of a place, or is named with its reason."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import NOT_PROVIDED

from opensenco.access.keys import all_models
from opensenco.access.tenancy import PersonRows
from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.bringing import FILLED
from opensenco.exchange.leaving.guide import guide
from opensenco.exchange.leaving.inside import INSIDE, NO_NUMBERS, NUMBERED
from tests.contracts.walk import ROOT, each

BASES = [model for model in what.carried() if not what.is_history(model)]
SECRET = re.compile(r"password|secret|token|nonce|digest|hash|(^|_)(key|code|otp|seed)(_|$)")
#: fields that sound like a secret and are none
NO_SECRETS = {
    "search_key": "the name without capitals and accents, to find by",
    "sort_key": "the name as it is sorted",
    "digest": "of a file's bytes; it opens nothing",
    "documents.PaperText.key": "words of a paper, to find it by",
    "support.SenStatus.code": "N, K or E",
    "support.Need.code": "a code of the list of needs",
    "access.Organisation.la_code": "an authority's code, which is public",
    "access.Invitation.key_until": "until when a link works whose secret stays",
}


def fields() -> Iterator[tuple[str, models.Field]]:
    for model in BASES:
        for field in what.fields_of(model):
            yield f"{model._meta.label}.{field.name}", field


@each(all_models(), lambda model: str(model._meta.label))
def test_a_table_leaves_or_is_named_with_its_reason(model):
    if what.is_history(model):
        assert model in what.carried() or model.instance_type._meta.label in what.LEFT_OUT
        return
    label = model._meta.label
    assert (model in what.carried()) != (label in what.LEFT_OUT), "what.LEFT_OUT: say why it stays"
    if model in what.carried():
        assert any(f.name == "ref" for f in model._meta.fields), "outside a row is known by its ref"
        try:
            what.owner(model)
        except TypeError as unsaid:
            raise AssertionError(str(unsaid)) from unsaid
        theirs = isinstance(model.tenancy, PersonRows) and not model.tenancy.org_too
        assert not theirs, "what.LEFT_OUT: only its person reads it, so no copy of a place holds it"


def test_what_stays_out_is_there_and_has_a_reason() -> None:
    for label, why in what.LEFT_OUT.items():
        assert why, label
        apps.get_model(label)
    for (label, name), why in what.LEFT_OUT_FIELDS.items():
        assert why, label
        field = apps.get_model(label)._meta.get_field(name)
        needed = not field.null and field.default is NOT_PROVIDED
        assert not needed or (label, name) in FILLED or label == what.PEOPLE, (
            f"{label}.{name} cannot be empty: say in bringing.FILLED what comes in its place"
        )


@each(list(fields()), lambda one: one[0])
def test_no_secret_leaves(one):
    name, field = one
    if SECRET.search(field.name):
        known = name in NO_SECRETS or field.name in NO_SECRETS
        assert known, "what.LEFT_OUT_FIELDS: say why it stays, or here why it is no secret"


@each(list(fields()), lambda one: one[0])
def test_no_number_of_a_row_leaves_inside_a_value(one):
    """A number means another row elsewhere, and comparing two files would not notice."""
    name, field = one
    if isinstance(field, models.JSONField) or (
        isinstance(field, models.BigIntegerField) and field.name.endswith("_id")
    ):
        assert (name in NO_NUMBERS) != (name in NUMBERED), (
            "inside.INSIDE: name rows by their references; inside.NO_NUMBERS where there is none"
        )


def test_what_is_said_of_fields_is_said_of_fields_there_are() -> None:
    there = {name for name, _field in fields()}
    assert not (NO_NUMBERS | NUMBERED) - there
    assert {name.rsplit(".", 1)[0] for name in NUMBERED} == INSIDE.keys()
    kept = {name.removesuffix(".digest") for name in there if name.endswith(".digest")}
    assert kept == {*what.WITH_FILES, *what.WITHOUT_FILES}, "whose digest names a kept file?"


def test_the_data_dictionary_is_what_the_code_says() -> None:
    page = ROOT / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == guide(), (
        "opensenco export dictionary > docs/data-dictionary.md"
    )
