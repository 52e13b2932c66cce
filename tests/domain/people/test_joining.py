"""A colleague is added by their address, and nobody learns where else that address signs in."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.actor import Actor, hats_of
from opensenco.access.models import Invitation, Membership, Organisation, Person
from opensenco.access.scope import Scope, scope
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people import joining as door
from opensenco.people import staffing
from opensenco.people.operations import joining, staff
from tests.cast import BY_KEY, NOW, TODAY
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
ELSEWHERE = BY_KEY["outsider"].email


def school(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def add(actor: Actor, email: str, **more) -> joining.Added:
    return joining.add_colleague(
        actor=actor, org=school(actor), first_name="Nia", last_name="Penrose", email=email,
        **{"role": "TEACHER", "starts": TODAY, **more},
    )  # fmt: skip


def waits(added: joining.Added) -> Invitation:
    assert added.invitation is not None
    return added.invitation


def link_of(added: joining.Added) -> door.Link:
    return door.Link(waits(added).org.ref, waits(added).ref, added.key)


def hats(who: Person) -> set[str]:
    with scope(Scope(person=who.pk)):
        return {f"{hat.name}, {hat.place}" for hat in hats_of(who, TODAY)}


def test_a_new_colleague_comes_through_the_link_and_has_the_role():
    with acting_as("senco") as actor:
        added = add(actor, " Nia.Penrose@Larkrise.example ")
        link = link_of(added)
    offer = door.offered(link, NOW)
    assert offer is not None
    assert (offer.email, offer.role) == ("nia.penrose@larkrise.example", "Teacher")
    new, may_choose = door.first_password(offer)
    assert may_choose
    assert not new.has_usable_password()
    door.take(link, new, NOW)
    assert hats(new) == {"Teacher, Larkrise Primary School"}


@pytest.mark.parametrize("email", ["free@nowhere.example", ELSEWHERE])
def test_until_they_come_they_stand_under_the_name_that_was_typed(email):
    with acting_as("senco") as actor:
        add(actor, email)
    with acting_as("head", write=False) as actor:
        (line,) = [x for x in staffing.lines(actor, "waiting", 0, 50) if x.email == email]
        assert line.name == "Nia Penrose"
        held = {x.email for x in staffing.lines(actor, "now", 0, 200)}
        assert email not in held


def test_a_taken_address_is_answered_as_a_free_one_is_with_the_same_questions():
    def statements(email: str) -> tuple[list[str], joining.Added]:
        with acting_as("senco") as actor, CaptureQueriesContext(connection) as asked:
            added = add(actor, email)
        said = [re.sub(r"'[^']*'|\d+|\bs\w+_x\w+|NULL", "?", q["sql"]) for q in asked]
        return [sql for sql in said if "SAVEPOINT" not in sql], added

    free, first = statements("somebody@nowhere.example")
    taken, second = statements(ELSEWHERE)
    assert free == taken
    assert len(first.key) == len(second.key)
    assert first.invitation
    assert second.invitation


def test_a_taken_address_gives_nothing_until_its_owner_comes():
    with acting_as("senco") as actor:
        add(actor, ELSEWHERE)
        assert not Person.objects.filter(email=ELSEWHERE).exists()
        assert not Membership.objects.filter(person__email=ELSEWHERE).exists()
    assert hats(person("outsider")) == {"SENCO, Outside Academy"}


def test_the_owner_of_an_address_takes_the_role_and_works_in_two_places():
    with acting_as("senco") as actor:
        link = link_of(add(actor, ELSEWHERE))
    olga = person("outsider")
    offer = door.offered(link, NOW)
    assert offer is not None
    assert door.first_password(offer)[1] is False, "their password is theirs"
    door.take(link, olga, NOW)
    assert hats(olga) == {"SENCO, Outside Academy", "Teacher, Larkrise Primary School"}


def test_a_link_serves_its_own_address_alone():
    with acting_as("senco") as actor:
        link = link_of(add(actor, ELSEWHERE))
    with pytest.raises(NotPossible):
        door.take(link, person("outside_teacher"), NOW)
    assert "Larkrise" not in " ".join(hats(person("outside_teacher")))


def test_a_school_that_made_the_account_cannot_come_in_by_it_elsewhere():
    """Outside makes an account for an address; Larkrise adds the same address later."""
    with acting_as("outsider") as actor:
        theirs = link_of(add(actor, "shared@address.example"))
    offer = door.offered(theirs, NOW)
    assert offer
    account, _may = door.first_password(offer)
    account.set_password("chosen-by-somebody-there")
    account.save()
    door.take(theirs, account, NOW)
    with acting_as("senco") as actor:
        ours = link_of(add(actor, "shared@address.example"))
    assert hats(account) == {"Teacher, Outside Academy"}
    with pytest.raises(NotPossible):
        door.take(replace(ours, key=theirs.key), account, NOW)


def test_a_first_password_is_chosen_only_by_the_link_of_the_school_that_made_the_account():
    with acting_as("outsider") as actor:
        add(actor, "not.come.yet@address.example")
    with acting_as("senco") as actor:
        ours = door.offered(link_of(add(actor, "not.come.yet@address.example")), NOW)
    assert ours is not None
    assert door.first_password(ours)[1] is False


def test_a_link_works_once():
    with acting_as("senco") as actor:
        link = link_of(add(actor, "once@larkrise.example"))
    new = Person.objects.get(email="once@larkrise.example")
    door.take(link, new, NOW)
    assert door.offered(link, NOW) is None
    with pytest.raises(NotPossible):
        door.take(link, new, NOW)


@pytest.mark.parametrize("days", [7, 8, 400])
def test_a_link_grows_too_old(days):
    with acting_as("senco") as actor:
        link = link_of(add(actor, "late@larkrise.example"))
    assert door.offered(link, NOW + timedelta(days=6, hours=23)) is not None
    assert door.offered(link, NOW + timedelta(days=days)) is None
    with pytest.raises(NotPossible):
        door.take(link, Person.objects.get(email="late@larkrise.example"), NOW + timedelta(days))


def test_a_guessed_secret_opens_nothing():
    with acting_as("senco") as actor:
        link = link_of(add(actor, "guess@larkrise.example"))
    for key in ("", "x", link.key[:-1], link.key + "x", link.key.swapcase()):
        assert door.offered(replace(link, key=key), NOW) is None
    with acting_as("outsider", write=False) as actor:
        elsewhere = school(actor).ref
    assert door.offered(replace(link, organisation=elsewhere), NOW) is None


def test_a_new_link_replaces_the_old_one():
    with acting_as("senco") as actor:
        added = add(actor, "lost@larkrise.example")
        old = link_of(added)
        new = replace(old, key=joining.renew_link(actor=actor, invitation=waits(added)))
    assert door.offered(old, NOW) is None
    assert door.offered(new, NOW) is not None


@pytest.mark.parametrize("email", ["free@nowhere.example", ELSEWHERE])
def test_a_role_taken_back_lets_nobody_in(email):
    with acting_as("senco") as actor:
        added = add(actor, email)
        joining.take_back(actor=actor, invitation=waits(added), version=1)
        with pytest.raises(NotPossible):
            joining.renew_link(actor=actor, invitation=Invitation.objects.get(email=email))
    assert door.offered(link_of(added), NOW) is None
    assert "Larkrise" not in " ".join(hats(Person.objects.get(email=email)))


def test_two_roles_that_wait_are_taken_by_one_link():
    with acting_as("senco") as actor:
        link = link_of(add(actor, ELSEWHERE))
        add(actor, ELSEWHERE, role="TA")
    door.take(link, person("outsider"), NOW)
    assert {
        "Teacher, Larkrise Primary School",
        "Teaching assistant, Larkrise Primary School",
    } < hats(person("outsider"))


@pytest.mark.parametrize("email", ["free@nowhere.example", ELSEWHERE])
def test_the_same_role_does_not_wait_twice(email):
    with acting_as("senco") as actor:
        add(actor, email)
        with pytest.raises(Invalid) as refused:
            add(actor, email)
    assert refused.value.field == "email"


def test_a_colleague_who_signs_in_here_gets_the_role_at_once():
    with acting_as("senco") as actor:
        added = add(actor, BY_KEY["ta"].email)
        assert (added.invitation, added.key) == (None, "")
        with pytest.raises(Invalid):
            add(actor, BY_KEY["ta"].email)
    assert "Teacher, Larkrise Primary School" in hats(person("ta"))


def test_nobody_gives_themselves_a_role_while_a_colleague_could():
    with acting_as("senco") as actor, pytest.raises(NotPossible):
        add(actor, BY_KEY["senco"].email, role="DSL")


def test_where_nobody_else_manages_staff_one_may():
    with acting_as("outsider") as actor:
        assert add(actor, ELSEWHERE, role="DSL").invitation is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"role": "FAMILY_SENCO"}, "role"),
        ({"role": "NO_SUCH"}, "role"),
        ({"ends": TODAY - timedelta(days=1)}, "ends"),
        ({"role": "SENCO_PHASE"}, "part"),
    ],
)
def test_a_role_that_cannot_be_is_refused_before_the_address_is_looked_at(more, field):
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        add(actor, ELSEWHERE, **more)
    assert refused.value.field == field


def test_another_schools_part_and_own_role_cannot_be_given():
    with acting_as("outsider") as actor:
        theirs = staff.shape_role(
            actor=actor, org=school(actor), name="Theirs", combines=["TA"], without=[]
        )
    with acting_as("senco") as actor:
        with pytest.raises(Invalid):
            add(actor, "x@y.example", role="TA", local_role=theirs)
        with pytest.raises(Invalid):
            add(actor, "x@y.example", role="TA", part=school(actor))
