"""The school's own fields: typed, open by role, and what they said before is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opensenco.access.actions import Action
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale
from opensenco.protection.copying import pieces
from opensenco.protection.held import whose
from opensenco.protection.marks import names_round
from opensenco.support.models import OwnField, OwnFieldChoice, OwnFieldValue
from opensenco.support.operations import own_fields as verbs
from opensenco.support.operations.own_fields import FieldWords
from opensenco.support.operations.own_values import fill_in_fields
from opensenco.support.queries import own_fields as queries
from tests.cast import TODAY
from tests.domain.support.steps import pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
KINDS = {
    "line": ("Bus 12", "Bus 12"),
    "text": ("Bus 12.\nBack at four.", "Bus 12.\nBack at four."),
    "yes_no": (False, "No"),
    "date": (date(2027, 2, 14), "14 February 2027"),
    "number": (0, "0"),
}


def school() -> Organisation:
    return pupil("Idris").org


def made(actor, name: str = "Way home", kind: str = "line", **more) -> OwnField:
    words = FieldWords(name, **more)
    return verbs.make_field(actor=actor, org=school(), kind=kind, words=words)


def says(actor, who: str = "Idris") -> dict[str, str]:
    shown = queries.on_page(actor, pupil(who))
    return dict(shown.lines) if shown else {}


def fill(actor, field: OwnField, value, **more) -> None:
    fill_in_fields(actor=actor, pupil=pupil("Idris"), given={str(field.ref): value}, **more)


def test_each_kind_holds_what_it_is_for_and_nothing_else():
    with acting_as("senco") as actor:
        for kind, (value, words) in KINDS.items():
            field = made(actor, f"A {kind}", kind)
            fill(actor, field, value)
            assert says(actor)[f"A {kind}"] == words
            odd = date(2027, 1, 1) if kind == "yes_no" else True
            if kind not in ("line", "text"):
                with pytest.raises(Invalid):
                    fill(actor, field, odd)
        several = made(actor, "Ways", "choices", choices=["Bus", "Taxi", "Walks"])
        bus, taxi, _walks = OwnFieldChoice.objects.filter(field=several).order_by("position")
        fill(actor, several, [str(bus.ref), str(taxi.ref)])
        assert says(actor)["Ways"] == "Bus; Taxi"
        with pytest.raises(Invalid):
            fill(actor, several, [str(field.ref)])


def _kept(row: OwnFieldValue) -> None:
    with transaction.atomic():
        row.save()
        transaction.get_connection().check_constraints()


def test_the_database_refuses_a_value_of_another_kind_and_a_choice_of_another_field():
    with acting_as("senco") as actor:
        number = made(actor, "Locker", "number")
        one = made(actor, "Way", "choice", choices=["Bus", "Taxi"])
        other = made(actor, "House", "choice", choices=["Oak", "Ash"])
        oak = OwnFieldChoice.objects.filter(field=other).first()
        idris = pupil("Idris")
        for wrong in (
            {"field": number, "kind": "line", "text": "Bus"},
            {"field": number, "kind": "number", "text": "Bus"},
            {"field": one, "kind": "choice", "choice": oak},
        ):
            row = OwnFieldValue(
                org=idris.org, pupil=idris, written_by=actor.person, starts=TODAY, **wrong
            )
            with pytest.raises(IntegrityError):
                _kept(row)


def test_what_it_said_before_is_kept_and_the_second_writer_is_told():
    with acting_as("senco") as actor:
        field = made(actor)
        fill(actor, field, "Bus")
        seen = queries.values_version(pupil("Idris"))
        fill(actor, field, "Bus", version=seen)
        fill(actor, field, "Taxi", version=seen)
        with pytest.raises(Stale):
            fill(actor, field, "Walks", version=seen)
        assert dict(queries.then(actor, pupil("Idris"), TODAY))["Way home"] == "Taxi"
        fill(actor, field, None)
        assert field.name not in says(actor)
        lines = queries.before(actor, pupil("Idris"))
        assert [(one.words, one.ended_on) for one in lines] == [("Taxi", TODAY), ("Bus", TODAY)]
        assert queries.then(actor, pupil("Idris"), TODAY) == []


def test_a_field_is_open_to_the_roles_that_it_names_and_never_wider_than_the_page():
    with acting_as("senco") as actor:
        field = made(actor, sees=["TA"], fills=["TEACHER"])
        closed = made(actor, "Locker")
        fill(actor, field, "Bus")
        fill(actor, closed, "12")
    with acting_as("teacher") as actor:
        assert says(actor) == {"Way home": "Bus"}
        shown = queries.on_page(actor, pupil("Idris"))
        assert shown
        assert shown.fills
        fill(actor, field, "Taxi")
        with pytest.raises(NotAllowed):
            fill(actor, closed, "13")
    with acting_as("ta") as actor:
        assert says(actor) == {"Way home": "Taxi"}
        with pytest.raises(NotAllowed):
            fill(actor, field, "Walks")
    with acting_as("other_teacher") as actor:
        assert not visible(actor, Action.PUPIL_VIEW, OwnFieldValue).filter(field=field).exists()
        with pytest.raises(Refused):
            fill(actor, field, "Walks")
    for who in ("admin", "dsl", "parent"):
        with acting_as(who) as actor:
            assert "Way home" not in says(actor)
    with acting_as("phase_senco") as actor:
        assert visible(actor, Action.PUPIL_VIEW, OwnField).filter(pk=closed.pk).exists()


def test_a_choice_taken_out_and_a_field_retired_leave_what_they_said():
    with acting_as("senco") as actor:
        field = made(actor, kind="choice", choices=["Bus", "Taxi"])
        bus = OwnFieldChoice.objects.get(field=field, label="Bus")
        fill(actor, field, str(bus.ref))
        words = FieldWords("Way home", choices=["Taxi", "Walks"])
        verbs.change_field(actor=actor, field=field, words=words, version=field.version)
        assert says(actor)["Way home"] == "Bus"
        offered = {f.field.pk: f.offered for f in queries.fields_to_fill(actor, pupil("Idris"))}
        assert {c.label for c in offered[field.pk]} == {"Bus", "Taxi", "Walks"}
        verbs.retire_field(actor=actor, field=field)
        assert "Way home" not in says(actor)
        with pytest.raises(NotPossible):
            fill(actor, field, None)
        assert [one.words for one in queries.before(actor, pupil("Idris"))] == ["Bus"]
        made(actor)
        with pytest.raises(NotPossible):
            verbs.bring_field_back(actor=actor, field=field)


def test_fields_are_named_once_ordered_and_made_by_who_may():
    with acting_as("senco") as actor:
        made(actor, "First")
        second = made(actor, "Second")
        verbs.move_field(actor=actor, field=second, earlier=True)
        names = [one.field.name for one in queries.fields_made(actor)]
        assert names.index("Second") < names.index("First")
        for words in (FieldWords("first"), FieldWords("?!"), FieldWords("New", sees=["PARENT"])):
            with pytest.raises(Invalid):
                verbs.make_field(actor=actor, org=school(), kind="line", words=words)
        with pytest.raises(Invalid):
            made(actor, "List", "choice", choices=["One"])
        for number in range(4):
            made(actor, f"Column {'abcd'[number]}", on_register=True)
        with pytest.raises(Invalid):
            made(actor, "Too many", on_register=True)
    with acting_as("admin") as actor, pytest.raises(Refused):
        made(actor, "Mine")


def test_the_copy_for_a_family_that_asks_says_the_field_and_what_it_said():
    with acting_as("senco") as actor:
        field = made(actor, kind="choice", choices=["Bus", "Taxi"])
        bus = OwnFieldChoice.objects.get(field=field, label="Bus")
        fill(actor, field, str(bus.ref))
        child = whose(pupil("Idris"))
        copied = [
            dict(one.values)
            for one in pieces(child, names_round(child))
            if one.label == "support.OwnFieldValue"
        ]
    assert [(one["Field"], one["Choice"]) for one in copied] == [("Way home", "Bus")]
