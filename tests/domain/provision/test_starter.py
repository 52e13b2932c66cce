"""The starter library: every entry can be copied as it is, and faults are named."""

import pytest

from opensenco.kernel.errors import Invalid
from opensenco.provision.models import Provision
from opensenco.provision.operations import library as verbs
from opensenco.provision.starter import StarterFault, library, read
from opensenco.provision.states import Layer
from tests.domain.provision.steps import pupil
from tests.people import acting_as

ENTRY = """
[areas]
all-areas = "All areas"
[roles]
ta = "Teaching assistant"
[[provision]]
id = "one"
name = "One"
aliases = ["uno"]
area = "all-areas"
layer = "targeted"
wave = 2
age_from = 4
age_to = 11
group_min = 1
group_max = 6
group_usual = 4
minutes = 20
sessions_per_week = 3
weeks = 10
delivered_by = ["ta"]
training = "Half a day."
purpose = "To try."
how_it_runs = "Well."
entry_measure = "Before"
exit_measure = "After"
evidence_strength = "strong"
evidence_source = "A review"
evidence_note = "It helps."
evidence_checked = "finding-read"
cautions = ""
"""


def test_the_shipped_library_has_something_for_every_layer():
    entries = library().entries.values()
    assert len(entries) > 100
    assert {entry.layer for entry in entries} == set(Layer.values)


def test_an_entry_is_read_whole():
    entry = read(ENTRY).entries["one"]
    assert (entry.minutes, entry.times_a_week, entry.weeks, entry.group) == (20, 3, 10, (1, 4, 6))
    assert entry.delivered_by == ("Teaching assistant",)
    assert entry.evidence == "It helps. (A review)"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('name = "One"', 'name = " "', "name is empty"),
        ('area = "all-areas"', 'area = "elsewhere"', "no such area"),
        ("wave = 2", "wave = 3", "layer and wave differ"),
        ("minutes = 20", "minutes = 2000", "minutes must be between"),
        ("group_usual = 4", "group_usual = 9", "group sizes"),
        ("age_from = 4", "age_from = 14", "ages must rise"),
        ('delivered_by = ["ta"]', 'delivered_by = ["wizard"]', "wizard"),
        ('purpose = "To try."', "", "purpose"),
        ('"finding-read"', '"heard"', "unknown strength"),
    ],
)
def test_a_faulty_entry_is_named_with_its_fault(was, becomes, said):
    with pytest.raises(StarterFault, match=f"one: .*{said}"):
        read(ENTRY.replace(was, becomes))


def test_two_entries_of_one_id_are_refused():
    with pytest.raises(StarterFault, match="one: there are two"):
        read(ENTRY + ENTRY[ENTRY.index("[[provision]]") :])


def test_evidence_that_nobody_read_is_not_shown_as_fact():
    assert read(ENTRY.replace("finding-read", "from-knowledge")).entries["one"].evidence == ""


def test_the_library_is_searched_by_name_alias_and_layer():
    assert [entry.id for entry in read(ENTRY).found("UNO")] == ["one"]
    assert read(ENTRY).found("uno", layer=3) == []
    assert library().found("reading", layer=Layer.TARGETED)


@pytest.mark.django_db
@pytest.mark.requirement("S4-19")
def test_every_entry_can_be_copied_into_a_schools_own_library():
    with acting_as("senco") as actor:
        before = Provision.objects.count()
        for key in library().entries:
            verbs.add_from_starter(actor=actor, org=pupil().org, starter=key)
        assert Provision.objects.count() - before == len(library().entries)


@pytest.mark.django_db
def test_copying_twice_gives_the_schools_own_again():
    with acting_as("senco") as actor:
        key = next(iter(library().entries))
        first = verbs.add_from_starter(actor=actor, org=pupil().org, starter=key)
        verbs.change_provision(actor=actor, provision=first, name="Our own name")
        assert verbs.add_from_starter(actor=actor, org=pupil().org, starter=key) == first
        with pytest.raises(Invalid):
            verbs.add_from_starter(actor=actor, org=pupil().org, starter="no-such")
