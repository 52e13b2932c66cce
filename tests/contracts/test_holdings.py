"""What belongs to a child is found whole, and everything personal says what it is and why."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from opensenco.access.installation import installation_actor
from opensenco.access.keys import all_models
from opensenco.access.models import Organisation
from opensenco.access.personal import OF_APPS, PARTS, declared, part_of, personal_fields
from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.exchange.models import ImportRow
from opensenco.gate.models import Draft
from opensenco.people.models import Pupil
from opensenco.protection import copying, held, marks
from opensenco.threads.models import SencoQuestion
from tests.cast import NOW
from tests.contracts.walk import each
from tests.world_sentinels import WORD

MODELS = [one for one in all_models() if not hasattr(one, "instance_type")]
#: words that stand in rows about nobody in particular, or about people who work there
OF_THE_PLACE = {"work", "accounts", "imports"}


def label(model: Any) -> str:
    return str(model._meta.label)


@each(MODELS, label)
def test_a_model_belongs_to_a_part_of_the_record(model: Any) -> None:
    assert model._meta.app_label in OF_APPS, "say in access/personal.py what its app's models are"
    assert part_of(model).code in PARTS


@each(MODELS, label)
def test_a_key_to_a_pupil_is_followed(model: Any) -> None:
    """Asked of the fields themselves, and not by the way in which the search finds them."""
    to_pupil = [f for f in model._meta.get_fields() if getattr(f, "related_model", None) is Pupil]
    forward = [f for f in to_pupil if getattr(f, "attname", "")]
    assert not forward or model in held.belonging()


def texts_of(row: models.Model) -> Iterator[str]:
    for field in row._meta.fields:
        if isinstance(field, models.CharField | models.TextField | models.JSONField):
            yield str(getattr(row, field.attname))


@pytest.mark.worker
@pytest.mark.django_db
def test_a_word_planted_in_every_model_is_found_in_what_is_gathered_about_the_child() -> None:
    """Outside Academy's rows say it wherever there are words, and all are about one child."""
    with system_scope("looking for planted words"):
        there = Organisation.objects.get(name="Outside Academy")
        zebedee = Pupil.objects.select_related("org").get(first_name="Zebedee")
        tie_to(zebedee)
        child = held.whose(zebedee)
        names = marks.names_round(child)
        copier = copying.Copier(child, names)
        pieces = [one for model in held.belonging() for one in copier.of(model)]
        found = {(one.label, one.of_ref) for one in pieces}
        nowhere = {label(m) for m in held.belonging()} - {name for name, _ref in found}
        assert not nowhere, "the tests' world has no row of theirs about the child"
        said = {one.label for one in pieces if any(WORD in text for _l, text in one.values)}
        for model in MODELS:
            if not {"org", "ref"} <= {f.name for f in model._meta.fields}:
                continue
            every: list[Any] = list(model._default_manager.filter(org=there))
            rows = [row for row in every if WORD in str([*texts_of(row)])]
            missed = [row for row in rows if (label(model), row.ref) not in found]
            about_others = part_of(model).code in OF_THE_PLACE or names_nobody(model)
            assert not missed or about_others or others(missed), f"{label(model)}: {missed[:3]}"
            held_words = model in held.belonging() and rows and not declared(model, "copy_of")
            assert not held_words or missed or label(model) in said, f"{label(model)} says nothing"
        assert any(one.lead for one in pieces)
        assert not [one for one in pieces if one.part == "safeguarding" and not one.lead]


def tie_to(pupil: Pupil) -> None:
    """Let the rows be about the child that may be about nobody."""
    ImportRow.objects.filter(org=pupil.org_id).update(pupil=pupil)
    Draft.objects.filter(org=pupil.org_id).update(about=pupil.ref)
    question = SencoQuestion.objects.filter(org=pupil.org_id).earliest("pk")
    actor = installation_actor(NOW, frozenset({pupil.org_id}))
    question.pk, question.ref, question.pupil = None, uuid.uuid4(), pupil
    with as_actor(actor):
        question.save()


def names_nobody(model: Any) -> bool:
    """Whether a model says that none of its words are personal, or only who wrote them."""
    people = {f.name for f in model._meta.fields if f.is_relation}
    return not set(personal_fields(model)) - people


def others(rows: list[Any]) -> bool:
    """Whether rows are about nobody, or about the other child that the world has there."""
    pupils = [getattr(row, "pupil", None) for row in rows]
    return all(one is None or one.first_name != "Zebedee" for one in pupils)


@each([m for m in MODELS if personal_fields(m)], label)
def test_what_is_told_to_people_about_a_model_can_be_said(model: Any) -> None:
    part = part_of(model)
    assert all(str(one).strip() for one in (part.words, part.why, part.source, part.basis))
