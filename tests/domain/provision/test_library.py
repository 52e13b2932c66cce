"""The library: a starter that comes with the product, and the school's own."""

import copy
import tomllib

import pytest

from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.provision import queries
from opensenco.provision.library import FILE, BadLibrary, read, starter
from opensenco.provision.models import Provision
from opensenco.provision.operations import library
from tests.domain.provision.steps import item
from tests.domain.support.steps import there
from tests.people import acting_as


def data() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_the_starter_library_keeps_its_own_rules():
    found = starter()
    assert len(found.entries) > 100
    assert {entry.layer for entry in found.entries} == {"universal", "targeted", "specialist"}
    assert all(found.who(entry) for entry in found.entries)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"layer": "wave 2"}, "layer"),
        ({"area": "maths"}, "area"),
        ({"group_usual": 99}, "group_usual"),
        ({"minutes": None}, "minutes"),
        ({"minutes": "20"}, "minutes is not"),
        ({"costed": 1}, "costed is not"),
        ({"purpose": " "}, "purpose"),
        ({"delivered_by": ["wizard"]}, "wizard"),
        ({"price": 3}, "unknown keys"),
        ({"id": "adapted-teaching"}, "id used twice"),
    ],
)
def test_a_library_that_cannot_be_is_refused(change, says):
    broken = copy.deepcopy(data())
    entry = next(one for one in broken["provision"] if one["id"] == "visual-timetable")
    entry.update(change)
    with pytest.raises(BadLibrary, match=says):
        read(broken)


def test_another_schema_is_refused():
    with pytest.raises(BadLibrary):
        read({**data(), "version": 2})


@pytest.mark.django_db
@pytest.mark.rule("APD-12")
@pytest.mark.requirement("S4-19")
def test_a_school_brings_the_starter_in_once():
    with acting_as("senco") as actor:
        org = there(Pupil.objects.first()).org
        made = library.bring_in_starter(actor=actor, org=org)
        # the world has one of them already
        assert len(made) == queries.starter_size() - 1
        assert library.bring_in_starter(actor=actor, org=org) == []
        assert len(queries.library(actor)) == queries.starter_size()


@pytest.mark.django_db
def test_the_library_is_found_by_other_names_layer_and_area():
    with acting_as("senco") as actor:
        org = there(Pupil.objects.first()).org
        library.bring_in_starter(actor=actor, org=org, ids=["visual-timetable", "adapted-teaching"])
        found = [row.name for row in queries.library(actor, words="now and next board")]
        assert found == ["Visual timetable"]
        assert {row.layer for row in queries.library(actor, layer="specialist")} <= {"specialist"}
        assert "Adapted whole-class teaching" in [
            row.name for row in queries.library(actor, area="cognition-and-learning")
        ]


@pytest.mark.django_db
def test_an_unknown_entry_is_refused():
    with acting_as("senco") as actor, pytest.raises(Invalid):
        library.bring_in_starter(actor=actor, org=there(Pupil.objects.first()).org, ids=["spells"])


@pytest.mark.django_db
def test_a_school_adds_changes_and_retires_its_own():
    with acting_as("senco") as actor:
        org = there(Pupil.objects.first()).org
        row = library.add_provision(
            actor=actor, org=org, name="Forest Friday", layer="targeted", times=1, minutes=60
        )
        with pytest.raises(Invalid, match="Choose another name"):
            library.add_provision(actor=actor, org=org, name="Forest Friday", layer="targeted")
        library.change_provision(actor=actor, provision=row, version=1, minutes=90)
        with pytest.raises(Stale):
            library.change_provision(actor=actor, provision=row, version=1, minutes=45)
        library.retire_provision(actor=actor, provision=row)
        assert row.name not in [one.name for one in queries.library(actor)]
        with pytest.raises(NotPossible):
            library.retire_provision(actor=actor, provision=row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"layer": "wave"}, "layer"),
        ({"area": "maths"}, "area"),
        ({"minutes": 0}, "minutes"),
        ({"times": 51}, "times"),
        ({"group_size": 41}, "group_size"),
    ],
)
def test_an_item_that_cannot_be_is_refused_at_its_field(values, field):
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        library.add_provision(
            actor=actor,
            org=there(Pupil.objects.first()).org,
            **{"name": "X", "layer": "targeted", **values},
        )
    assert refused.value.field == field


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["teacher", "ta", "admin", "phase_senco"])
def test_only_who_runs_the_place_changes_the_library(who):
    with acting_as(who) as actor, pytest.raises(Refused):
        library.retire_provision(actor=actor, provision=Provision.objects.get())


@pytest.mark.django_db
def test_another_schools_library_is_its_own():
    with acting_as("outsider", write=False) as actor:
        assert queries.library(actor) == []
    with acting_as("teacher", write=False) as actor:
        assert queries.item(actor, item().ref).name
