"""Each adult says that they have read what helps; what is changed is read again."""

import pytest

from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible
from opensenco.notices.models import Notice
from opensenco.people.models import Group, GroupPupil
from opensenco.people.queries import adults_of, pupils_taught
from opensenco.people.working_with import groups_shared, who_works_with
from opensenco.support.models import Profile, ProfileRead
from opensenco.support.operations import having_read as verbs
from opensenco.support.operations import needs, profile
from opensenco.support.queries import having_read, strategies_by_class, strategies_of
from opensenco.support.queries.classes import class_sheet, sheet_of
from opensenco.support.queries.having_read import Version
from opensenco.support.queries.who_read import outstanding
from tests.cast import TODAY
from tests.domain.support.steps import pupil
from tests.people import acting_as, person
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


def unread(actor) -> list[tuple[str, bool]]:
    found = having_read.unread(actor, pupils_taught(actor))
    return [(one.pupil.first_name, one.again) for one in found]


def says_read(actor, name: str = "Idris") -> list[ProfileRead]:
    row = pupil(name)
    version = having_read.version_of(row) or Version()
    return verbs.read_profiles(actor=actor, pupils=[row], seen={row.pk: version})


@pytest.mark.requirement("S2-02")
def test_what_is_new_is_asked_about_until_one_says_that_one_has_read_it():
    with acting_as("teacher") as actor:
        assert unread(actor) == [("Idris", False)]
        says_read(actor)
        assert unread(actor) == []
    with acting_as("senco") as actor:
        profile.write_profile(
            actor=actor, pupil=pupil("Idris"), helps="A timer", strategies=["Sit"]
        )
    with acting_as("teacher") as actor:
        assert unread(actor) == [("Idris", True)]
        says_read(actor)
        assert unread(actor) == []


def test_what_is_other_is_said_part_by_part():
    with acting_as("teacher") as actor:
        (read,) = says_read(actor)
    with acting_as("senco") as actor:
        idris = pupil("Idris")
        row = Profile.objects.get(pupil=idris)
        profile.write_profile(
            actor=actor, pupil=idris, own_words=row.own_words, good_at=row.good_at,
            matters=row.matters, helps=row.helps, hinders="Long talk from the front\nCrowds",
            communication="Signs when tired",
            strategies=["Give him ten seconds", "Let him point", "One step at a time"],
        )  # fmt: skip
    with acting_as("teacher") as actor:
        changes = having_read.changed_since(actor, idris, read)
    assert changes == [
        ("What does not help", ["Crowds"], []),
        ("How they communicate", ["Signs when tired"], []),
        ("What every adult does in class", ["Let him point"], ["Show a picture with new words"]),
    ]


def test_whoever_writes_has_read():
    with acting_as("teacher") as actor:
        profile.write_profile(actor=actor, pupil=pupil(), helps="A timer")
        assert ("Grace", False) not in unread(actor)
        needs.write_strategies(actor=actor, pupil=pupil(), texts=["Sit near the door"])
        assert [one.pupil.first_name for one in having_read.unread(actor, [pupil()])] == []


def test_only_words_that_have_stood_are_read_and_only_once():
    with acting_as("teacher") as actor:
        idris = pupil("Idris")
        assert (
            verbs.read_profiles(actor=actor, pupils=[idris], seen={idris.pk: Version(9, 9)}) == []
        )
        says_read(actor)
        says_read(actor)
        mine = ProfileRead.objects.filter(pupil=idris, person=actor.person)
        assert mine.count() == 1
        assert Version.read("one-two") is None
        assert Version.read("2-11-1") == (2, 11, 1)
        assert Version.read("2-11") == (2, 11, 0), "a page from before alerts were counted"


def test_a_parent_and_who_does_not_teach_the_pupil_say_nothing():
    with acting_as("parent") as actor, pytest.raises((Refused, NotAllowed)):
        verbs.read_profiles(actor=actor, pupils=[pupil("Idris")], seen={})
    with acting_as("senco", write=False):
        idris = pupil("Idris")
    with acting_as("other_teacher") as actor, pytest.raises(Refused):
        verbs.read_profiles(actor=actor, pupils=[idris], seen={idris.pk: Version(1, 3)})


def test_those_who_have_not_read_are_reminded_once_until_they_read():
    with acting_as("senco") as actor:
        idris = pupil("Idris")
        before = [(one.name, one.current) for one in having_read.readers_of(idris, TODAY)]
        assert all(not current for _name, current in before)
        told = verbs.remind_to_read(actor=actor, pupils=[idris])
        assert {one.name for one in told} == {name for name, _current in before}
        assert verbs.remind_to_read(actor=actor, pupils=[idris]) == []
        assert having_read.readers_of(idris, TODAY)[0].reminded_at == actor.at
    with acting_as("teacher") as actor:
        says_read(actor)
        assert not having_read.reminders([idris.pk]).filter(person=actor.person).exists()
    with acting_as("senco") as actor:
        readers = {one.name: one for one in having_read.readers_of(idris, TODAY)}
        teacher = readers[person("teacher").name]
        assert (teacher.current, teacher.reminded_at) == (True, None)
        assert not Notice.objects.filter(words__contains="Idris").exists()


def test_the_whole_place_is_seen_in_as_many_questions_whatever_there_is():
    with acting_as("senco") as actor:
        with asks(11):
            first = outstanding(actor)
        profile.write_profile(actor=actor, pupil=pupil(), helps="A timer")
        with asks(11):
            second = outstanding(actor)
        more = {one.person.name: [each.pupil.first_name for each in one.pupils] for one in second}
        assert more[person("teacher").name] == ["Grace", "Idris"]
        assert {one.person.name for one in first} <= set(more)
        shared = who_works_with([pupil("Idris").pk], TODAY)[pupil("Idris").pk]
        assert {one.pk for one in shared} == {
            one.person.pk for one in adults_of(pupil("Idris"), TODAY)
        }


@pytest.mark.requirement("S2-02")
def test_what_helps_in_one_class_stands_first_there_and_nowhere_else():
    with acting_as("teacher") as actor:
        idris = pupil("Idris")
        (group,) = groups_shared(actor, idris)
        texts = ["Maths: squared paper", "Let him use cubes"]
        profile.write_class_strategies(actor=actor, pupil=idris, group=group, texts=texts)
        assert strategies_by_class(actor, idris) == [(group, texts)]
        assert strategies_of(actor, idris)[0] == "Give him ten seconds"
        (card,) = [one for one in class_sheet(actor) if one.pupil == idris]
        assert card.strategies == [*texts, "Give him ten seconds"]
        (one,) = sheet_of(actor, group).cards
        assert one.card.strategies == card.strategies
        with pytest.raises(Invalid):
            profile.write_class_strategies(
                actor=actor, pupil=idris, group=group, texts=["a", "b", "c", "d"]
            )
    with acting_as("ta") as actor:
        (card,) = [one for one in class_sheet(actor) if one.pupil == idris]
        assert card.strategies[0] == "Give him ten seconds"


def test_a_class_that_the_pupil_is_not_in_has_nothing_of_them():
    with acting_as("senco") as actor:
        inside = GroupPupil.objects.filter(pupil=pupil("Idris")).values("group")
        elsewhere = Group.objects.filter(kind="class").exclude(pk__in=inside).order_by("pk")[0]
        with pytest.raises(NotPossible):
            profile.write_class_strategies(
                actor=actor, pupil=pupil("Idris"), group=elsewhere, texts=["Sit"]
            )
