"""A list of parents and carers: found by name among those of the pupil."""

import pytest
from django.urls import reverse

from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.kernel.refs import short
from opensenco.people.models import Contact, Pupil
from tests.client import signed_in
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = (
    "Surname", "Forename", "DOB", "Contact Name", "Relationship", "Mobile", "Email", "Court Order",
)  # fmt: skip
IDRIS = ("Hassan-Cole", "Idris", "04/05/2018")
LEILA = (*IDRIS, "Hassan, Leila", "Mum", "7700900123", "leila@home.example", "")


def contact_list(actor, *rows, header=HEADER):
    return staged(actor, *rows, header=header, kind=ImportKind.CONTACTS, file_name="contacts.csv")


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def test_a_contact_is_changed_field_by_field_or_new_with_the_rights_that_follow():
    with acting_as("senco") as actor:
        file = contact_list(
            actor,
            LEILA,
            (*IDRIS, "Kit Cole", "Father", "01632 960 111", "", "Yes"),
            (*IDRIS, "Ms Ada Moor", "Social worker", "", "ada@authority.example", ""),
        )
        assert [row.match for row in rows_of(file)] == ["changed", "new", "new"]
        assert line(file, 2).changes == [
            {"field": "phone", "before": "01632 960 142", "after": "07700900123"},
            {"field": "email", "before": "", "after": "leila@home.example"},
        ]
        applied(actor, file)
        idris = Pupil.objects.get(first_name="Idris")
        kit = Contact.objects.get(pupil=idris, name="Kit Cole")
        assert (kit.relation, kit.parental_responsibility) == ("Father", True)
        assert (kit.may_see, kit.may_reply, kit.to_be_told) == (False, False, False)
        assert "court order" in kit.restriction
        ada = Contact.objects.get(pupil=idris, name="Ms Ada Moor")
        assert (ada.relation, ada.parental_responsibility, ada.may_see) == (
            "Social worker", False, False,
        )  # fmt: skip
        assert {row.match for row in rows_of(contact_list(actor, LEILA))} == {"unchanged"}
        header = (*HEADER[:4], "Address", "Postcode")
        here = (*IDRIS, "Leila Hassan", "Flat 2, 14 High Street, Thornwick", "th1 2ab")
        far = (*IDRIS, "Kit Cole", "x" * 60, "")
        file = contact_list(actor, here, far, header=header)
        assert line(file, 2).changes == [
            {"field": "address", "before": "",
             "after": "Flat 2\n14 High Street\nThornwick\nTH1 2AB"},
        ]  # fmt: skip
        assert line(file, 3).match == "unchanged"
        applied(actor, file)
        assert Contact.objects.get(name="Leila Hassan").address.endswith("Thornwick\nTH1 2AB")


def test_a_name_alone_is_never_enough_to_say_whose_parent_it_is():
    with acting_as("senco") as actor:
        header = ("Pupil", "Parent", "Phone")
        file = contact_list(
            actor,
            ("Atherton, Grace", "Una Atherton", "01632 960 000"),
            ("Nobody, Nia", "Una Nobody", ""),
            header=header,
        )
        assert [row.match for row in rows_of(file)] == ["doubtful", "refused"]
        grace = Pupil.objects.get(first_name="Grace")
        assert line(file, 2).candidates == [grace.pk]
        assert "Read the pupils in first" in said(line(file, 3).faults[0]["mend"])
        answers = {2: (Decision.USE, grace.pk)}
        file = decide(actor=actor, file_import=file, version=1, answers=answers)
        applied(actor, file)
        assert Contact.objects.get(pupil=grace).name == "Una Atherton"


def test_a_barred_contact_stays_barred_and_twice_in_the_list_is_once():
    with acting_as("senco") as actor:
        tony = (*IDRIS, "Tony Vicker", "Dad", "01632 960 777", "", "")
        file = contact_list(actor, tony, tony)
        assert [row.match for row in rows_of(file)] == ["changed", "refused"]
        applied(actor, file)
        row = Contact.objects.get(name="Tony Vicker")
        assert (row.phone, row.barred, row.may_see) == ("01632 960 777", True, False)


SYSTEMS = {
    "sims": (
        "Surname", "Forename", "DOB", "Priority 1 Contact", "Priority 1 Relationship",
        "Priority 1 Mobile", "Priority 2 Contact", "Priority 2 Relationship", "Priority 2 Mobile",
    ),
    "arbor": (
        "Legal Surname", "Legal Forename", "Date of birth", "Primary Guardian 1 Full Name",
        "Primary Guardian 1 Relationship", "Primary Guardian 1 Mobile Number",
        "Primary Guardian 2 Full Name", "Primary Guardian 2 Relationship",
        "Primary Guardian 2 Mobile Number",
    ),
    "bromcom": (
        "Surname", "Forename", "DOB", "Contact Name 1", "Relationship 1", "Telephone 1",
        "Contact Name 2", "Relationship 2", "Telephone 2",
    ),
    "by hand": (
        "Surname", "Forename", "DOB", "Parent 1", "Parent 1 Relation", "Mobile 1", "Parent 2",
        "Parent 2 Relation", "Mobile 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("system", list(SYSTEMS))
def test_several_contacts_of_one_row_come_in_however_a_system_numbers_them(system):
    with acting_as("senco") as actor:
        file = contact_list(
            actor,
            (
                *IDRIS,
                "Leila Hassan",
                "Mother",
                "01632 960 142",
                "Kit Cole",
                "Father",
                "01632960111",
            ),
            ("Atherton", "Grace", "12/09/2018", "", "", "", "Una Atherton", "Mother", ""),
            header=SYSTEMS[system],
        )
        rows = rows_of(file)
        assert [(*row.place, row.match, row.values["name"]) for row in rows] == [
            (2, 0, "unchanged", "Leila Hassan"), (2, 1, "new", "Kit Cole"),
            (3, 0, "new", "Una Atherton"),
        ]  # fmt: skip
        assert file.columns["left_out"] == []
        applied(actor, file)
        idris = Pupil.objects.get(first_name="Idris")
        assert Contact.objects.get(pupil=idris, name="Kit Cole").phone == "01632960111"
        assert Contact.objects.get(pupil__first_name="Grace", name="Una Atherton").may_see


def test_whose_six_contacts_are_is_asked_once_and_a_nameless_one_is_told():
    header = ["Pupil"]
    for number in range(1, 7):
        header += [f"Contact {number} Surname", f"Contact {number} Forename", f"Email {number}"]
    people = [f"Person{n}, A, a{n}@home.example".split(", ") for n in range(1, 6)]
    row = ["Atherton, Grace", *(cell for one in people for cell in one), "", "", "six@home.example"]
    with acting_as("senco") as actor:
        file = contact_list(actor, row, header=header)
        rows = rows_of(file)
        assert [row.match for row in rows] == ["doubtful"] * 5
        assert "Contact 6 has no name" in said(rows[0].notes[0]["said"])
        grace = Pupil.objects.get(first_name="Grace")
        file = decide(
            actor=actor, file_import=file, version=1, answers={2: (Decision.USE, grace.pk)}
        )
        applied(actor, file)
        made = Contact.objects.filter(pupil=grace, email__endswith="@home.example")
        assert sorted(one.name for one in made) == [f"A Person{n}" for n in range(1, 6)]


def test_of_a_contact_whose_pupil_is_in_doubt_only_the_pupil_is_asked():
    with acting_as("senco") as actor:
        file = contact_list(
            actor, ("Hassan-Cole", "Idris", "05/04/2018", "Kit Cole", "", "", "", "")
        )
        (row,) = rows_of(file)
        assert row.match == "doubtful"
        idris = short(Pupil.objects.get(first_name="Idris").ref)
    page = signed_in("senco").get(reverse("imports:show", args=[file.ref]) + "?show=doubtful").text
    assert f'value="{idris}"' in page
    assert "Leave this row out" in page
    assert 'value="add"' not in page
