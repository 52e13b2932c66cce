"""What is said of who can see what is what the registry allows, for everybody and every verb."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.models import Membership, Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import RULES, visible
from opensenco.access.roles_in_words import SIGHT, seen
from opensenco.access.scope import Scope, scope
from opensenco.cases.operations.everyday import open_out_of_duty
from opensenco.people import who_sees
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.operations import groups, staff
from tests.cast import CAST, NOW, TODAY, YESTERDAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def told(pupil: Pupil, actor: Actor) -> dict[str, set[str]]:
    """Give what the page says each person sees of a pupil."""
    said: dict[str, set[str]] = {}
    for seer in who_sees.about_pupil(actor, pupil):
        said.setdefault(seer.name, set()).update(seer.sees)
    return said


def allowed(key: str, pupil_id: int) -> set[str]:
    """Give what the registry lets one person see of a pupil, in the same words."""
    who = person(key)
    found: set[Action] = set()
    with scope(Scope(person=who.pk)):
        for hat in hats_of(who, TODAY):
            actor = Actor(who, hat, NOW)
            with scope(actor.scope):
                found |= {
                    action
                    for action in SIGHT
                    if (action, Pupil) in RULES
                    and hat.reach(action) not in (None, Reach.OWN)
                    and visible(actor, action, Pupil).filter(pk=pupil_id).exists()
                }
    return set(seen(found))


def ruled(words: set[str]) -> set[str]:
    return words & set(seen(action for action in SIGHT if (action, Pupil) in RULES))


@pytest.mark.parametrize("name", ["Idris", "Grace", "Poppy"])
def test_it_says_of_all_staff_what_the_registry_allows(name: str):
    with acting_as("other_teacher") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        open_out_of_duty(actor=actor, pupil=idris, reason="Covering the class all day")
    with acting_as("senco", write=False) as actor:
        pupil = Pupil.objects.get(first_name=name)
        said = told(pupil, actor)
    for player in CAST:
        if player.place == "larkrise" and player.role not in {"PARENT", "PROFESSIONAL"}:
            who = f"{player.first_name} {player.last_name}"
            assert ruled(said.get(who, set())) == allowed(player.key, pupil.pk), who


def test_each_line_says_how_the_person_reaches_the_pupil():
    with acting_as("senco", write=False) as actor:
        idris = Pupil.objects.get(first_name="Idris")
        how = {seer.name: seer.how for seer in who_sees.about_pupil(actor, idris)}
    assert how["Priya Raman"] == "teaches 4R"
    assert how["Jo Birkett"] == "runs or assists Language group"
    assert how["Hannah Clegg"] == "by name"
    assert how["Leila Hassan"] == "Mother"
    assert how["Dilys Corring"] == "Upper school"
    assert how["Amara Okafor"] == "the whole organisation"
    for nobody in ("Owen Sharp", "Colin Basing", "Ellen Gone", "Farah Soon", "Tony Vicker"):
        assert nobody not in how


def test_contacts_are_named_to_those_who_may_see_contacts():
    with acting_as("ta", write=False) as actor:
        names = set(told(Pupil.objects.get(first_name="Idris"), actor))
    assert "Amara Okafor" in names
    assert "Leila Hassan" not in names


def test_it_says_until_when_the_last_open_way_lasts():
    until = TODAY + timedelta(days=30)
    with acting_as("head") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        groups.assign_staff(
            actor=actor, pupil=idris, person=person_here("Sharp"), starts=TODAY, ends=until
        )
        line = next(
            s for s in who_sees.about_pupil(actor, idris) if s.name == "Owen Sharp"
        )  # fmt: skip
    assert (line.how, line.until) == ("by name", until)


def person_here(surname: str):
    return Membership.objects.select_related("person").get(person__last_name=surname).person


def test_who_stopped_teaching_yesterday_is_not_listed():
    with acting_as("head", write=False) as actor:
        grace = Pupil.objects.get(first_name="Grace")
        assert "Priya Raman" in told(grace, actor)
    with acting_as("head") as actor:
        group = Group.objects.get(name="4R")
        groups.put_pupil_in_group(
            actor=actor, group=Group.objects.get(name="2P"), pupil=grace, starts=TODAY
        )
        assert GroupPupil.objects.get(group=group, pupil=grace).ends == YESTERDAY
        names = told(grace, actor)
    assert "Priya Raman" not in names
    assert "Owen Sharp" in names


def test_a_place_is_told_by_role_with_the_people_of_today():
    with acting_as("governor", write=False) as actor:
        (place,) = who_sees.at_places(actor)
    roles = {role.name: role for role in place.roles}
    assert place.name == "Larkrise Primary School"
    assert roles["SENCO"].people == ("Amara Okafor",)
    assert roles["Phase SENCO"].people == ("Dilys Corring (Upper school)",)
    assert set(roles["Teacher"].people) == {"Priya Raman", "Owen Sharp"}
    assert roles["Visiting professional"].people == ("Hannah Clegg",)
    assert (roles["Parent or carer"].people, roles["Parent or carer"].named) == ((), False)
    assert roles["Governor or proprietor"].sees == []


def test_each_school_of_a_shared_role_is_told_apart_and_spelled_its_way():
    with acting_as("shared_senco", write=False) as actor:
        places = who_sees.at_places(actor)
    assert [place.name for place in places] == ["Mill Lane School", "Weir School"]
    assert next(role.name for role in places[0].roles) == "Shared SENDCo"


def test_a_schools_own_role_is_told_by_what_is_left_of_it():
    with acting_as("head") as actor:
        school = Organisation.objects.get(pk=min(actor.hat.orgs))
        own = staff.shape_role(
            actor=actor, org=school, name="Office assistant", combines=["TA", "SEN_ADMIN"],
            without=["import.pupils", "contact.edit"],
        )  # fmt: skip
        staff.give_role(
            actor=actor, org=school, person=person_here("Morton"), role="TA", local_role=own,
            starts=TODAY,
        )  # fmt: skip
        (place,) = who_sees.at_places(actor)
    role = next(role for role in place.roles if role.name == "Office assistant")
    verbs = " ".join(line.sentence for line in role.can)
    assert role.people == ("Kath Morton",)
    assert "find a pupil by name" in verbs
    assert "import pupils" not in verbs


def test_more_staff_do_not_mean_more_questions():
    def asked() -> int:
        with acting_as("senco", write=False) as actor:
            idris = Pupil.objects.get(first_name="Idris")
            with CaptureQueriesContext(connection) as queries:
                who_sees.about_pupil(actor, idris)
                who_sees.at_places(actor)
        return len(queries)

    before = asked()
    with acting_as("head") as actor:
        school = Organisation.objects.get(pk=min(actor.hat.orgs))
        for number in range(6):
            new = staff.add_person(
                actor=actor, first_name="New", last_name=f"Person{number}",
                email=f"new{number}@larkrise.example",
            )  # fmt: skip
            staff.give_role(actor=actor, org=school, person=new, role="TEACHER", starts=TODAY)
            groups.put_staff_in_group(
                actor=actor, group=Group.objects.get(name="4R"), person=new, starts=TODAY
            )
    assert asked() == before
    assert before <= 8
