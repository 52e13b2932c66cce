"""Lists made before a name or number changed still find the pupil, and never bring the old back."""

import pytest

from opensenco.exchange import naming
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.reports import refused_as_file
from opensenco.exchange.states import Match
from opensenco.people.models import Pupil
from opensenco.people.operations import identity, pupils
from tests.exchange.lists import IDRIS, NOOR, changed, line, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db

OLD, NEW, TEMPORARY = "T891999922005", "W891999921006", "Q89199902400A"


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(upn__in=[OLD, NEW, TEMPORARY])


def fields(row: ImportRow) -> dict[str, tuple[object, object]]:
    return {one["field"]: (one["before"], one["after"]) for one in row.changes}


def give(actor, upn: str) -> Pupil:
    row = Pupil.objects.select_related("org").get(first_name="Idris")
    return pupils.change_pupil(actor=actor, pupil=row, version=None, upn=upn)


def test_a_list_with_the_former_number_finds_the_pupil_and_leaves_the_new_one():
    with acting_as("senco") as actor:
        row = give(actor, OLD)
        identity.change_upn(actor=actor, pupil=row, version=None, upn=NEW, why="renumbered")
        told = line(staged(actor, changed(IDRIS, upn=OLD, sex="", year="5")), 2)
        assert (told.match, told.pupil) == (Match.CHANGED, idris())
        assert fields(told) == {"year_group": (4, 5)}


def test_a_former_number_with_another_name_and_birth_date_is_a_question():
    with acting_as("senco") as actor:
        row = give(actor, OLD)
        identity.change_upn(actor=actor, pupil=row, version=None, upn=NEW, why="renumbered")
        other = changed(
            IDRIS, upn=OLD, legal_surname="Vane", legal_forename="Abe", dob="01/01/2018"
        )
        told = line(staged(actor, other), 2)
        assert (told.match, told.candidates) == (Match.DOUBTFUL, [row.pk])


def test_a_permanent_number_takes_the_place_of_a_temporary_one():
    with acting_as("senco") as actor:
        give(actor, TEMPORARY)
        told = line(staged(actor, changed(IDRIS, upn=NEW, sex="")), 2)
        assert (told.match, fields(told)) == (Match.CHANGED, {"upn": (TEMPORARY, NEW)})


def test_a_list_with_the_old_name_never_brings_it_back():
    with acting_as("senco") as actor:
        row = give(actor, OLD)
        identity.change_name(
            actor=actor, pupil=row, version=None, first_name="Idris", last_name="Fairlight",
            why="adoption",
        )  # fmt: skip
    for who in ("senco", "admin"):
        with acting_as(who) as actor:
            told = line(staged(actor, changed(IDRIS, upn=OLD, sex="")), 2)
            assert (told.match, told.changes) == (Match.UNCHANGED, [])


def test_by_a_guarded_name_alone_nobody_is_proposed_to_whoever_may_not_see_it():
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(first_name="Idris")
        identity.change_name(
            actor=actor, pupil=row, version=None, first_name="Ivor", last_name="Fairlight",
            why="safety",
        )  # fmt: skip
        other_birth = changed(IDRIS, dob="01/01/2017")
        told = line(staged(actor, other_birth), 2)
        assert (told.match, told.candidates) == (Match.DOUBTFUL, [row.pk])
        assert "had this name before" in " ".join(str(one) for one in told.reasons)
    with acting_as("admin") as actor:
        assert line(staged(actor, other_birth), 2).match == Match.NEW


def test_refused_rows_of_an_old_list_name_nobody_by_a_name_that_the_reader_may_not_see():
    def told(who: str) -> tuple[str, bytes]:
        with acting_as(who, write=False) as actor:
            one = FileImport.objects.get(pk=file.pk)
            return naming.namer(actor, one).name(line(one, 2)), refused_as_file(actor, one)[0]

    with acting_as("senco") as actor:
        file = staged(actor, changed(IDRIS, upn="X"), NOOR)
        assert line(file, 2).match == Match.REFUSED
        apply_import(actor=actor, file_import=file, version=file.version)
    name, content = told("admin")
    assert (name, b"Hassan-Cole" in content) == ("Hassan-Cole, Idris", True)
    with acting_as("senco") as actor:
        identity.change_name(
            actor=actor, pupil=Pupil.objects.select_related("org").get(first_name="Idris"),
            version=None, first_name="Ivor", last_name="Fairlight", why="safety",
        )  # fmt: skip
    name, content = told("admin")
    assert (name, b"Hassan" in content, b",2,UPN" in content) == ("", False, True)
    name, content = told("senco")
    assert (name, b"Hassan-Cole" in content) == ("Hassan-Cole, Idris", True)
