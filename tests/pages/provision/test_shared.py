"""An entry of a library is shared in a family of schools, taken over, never silently changed."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.scope import system_scope
from opensenco.people.operations import places
from opensenco.provision.models import Provision, SharedProvision
from opensenco.provision.operations import library, sharing
from tests.cast import NOW, TODAY, YESTERDAY
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import send
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
NAME = "Calm mornings"


def offered() -> SharedProvision:
    return SharedProvision.objects.select_related("org", "to").filter(name=NAME).order_by("-id")[0]


def ours() -> Provision:
    with acting_as("senco", write=False):
        return Provision.objects.get(name=NAME)


def shown(key: str, row: Provision) -> Any:
    return signed_in(key).get(reverse("provision:show", args=[row.ref]))


def at_the_mill(**values: Any) -> None:
    """Let the school that shares it have it in its library, change it, and share it again."""
    with acting_as("shared_senco") as actor:
        first = SharedProvision.objects.select_related("org", "to").get(
            name="Marlow mornings", minutes=10
        )
        there = first.org
        row = Provision.objects.filter(org=there, name=NAME).first()
        if row is None:
            row = library.add_provision(
                actor=actor, org=there, name=NAME, layer=2, minutes=10, times_a_week=5,
                purpose="A calm start to the day.",
            )  # fmt: skip
        library.change_provision(actor=actor, provision=row, **values)
        sharing.share_entry(actor=actor, provision=row, to=first.to)


def left(member: int, of: int) -> None:
    """Let a school have left those above it yesterday."""
    with system_scope("test"):
        places.end_affiliation(
            actor=installation_actor(NOW), ends=YESTERDAY,
            affiliation=Affiliation.objects.get(member=member, of=of),
        )  # fmt: skip


def test_what_a_school_of_the_family_shares_is_taken_over_with_its_source():
    at_the_mill()
    senco = signed_in("senco")
    page = senco.get(reverse("provision:library"))
    assert "Shared by schools of yours" in text_of(page)
    with acting_as("senco", write=False):
        there = offered()
        address = reverse("provision:take_over", args=[there.ref])
        source = there.org.name
    assert address in page.text
    taken = senco.post(address, follow=True)
    assert f"Taken over from {source}" in text_of(taken)
    assert ours().minutes == 10
    assert address not in senco.get(reverse("provision:library")).text, "it is ours already"
    assert signed_in("teacher").post(address).status_code == 403
    assert signed_in("outsider").post(address).status_code == 404


def test_what_the_source_changes_is_shown_and_a_person_decides():
    at_the_mill()
    with acting_as("senco") as actor:
        row = sharing.take_over_entry(
            actor=actor, org=Organisation.objects.get(name="Larkrise Primary School"),
            shared=offered(),
        )  # fmt: skip
        library.change_provision(actor=actor, provision=row, purpose="Our own words.")
    at_the_mill(minutes=15)
    page = shown("senco", row)
    assert "It has changed where it came from" in text_of(page)
    assert "There it was “10” and is “15” now. Yours: “10”." in text_of(page)
    assert ours().minutes == 10, "nothing changes by itself"
    follow = reverse("provision:follow", args=[row.ref])
    senco = signed_in("senco")
    assert "Taken over." in text_of(senco.post(follow, {"take": "yes"}, follow=True))
    now = ours()
    assert (now.minutes, now.purpose) == (15, "Our own words."), "what we changed ourselves stays"
    assert "It has changed where" not in text_of(shown("senco", row))
    at_the_mill(minutes=20)
    left(row.org_id, offered().to_id)
    assert "It has changed where" not in text_of(shown("senco", row)), "we belong there no more"
    above = offered().to
    with system_scope("test"):
        places.affiliate(actor=installation_actor(NOW), member=row.org, of=above, starts=TODAY)
    assert "Yours stays as it is." in text_of(senco.post(follow, {"take": "no"}, follow=True))
    assert ours().minutes == 15
    assert "It has changed where" not in text_of(shown("senco", row))


def test_a_school_shares_its_own_and_takes_it_back_and_others_are_not_asked():
    with acting_as("senco", write=False):
        row = Provision.objects.get(name="Language group")
        address = reverse("provision:share", args=[row.ref])
    senco = signed_in("senco")
    assert address in shown("senco", row).text
    page = senco.get(address)
    assert "Not shared." in text_of(page)
    assert "Shared, as it is now." in text_of(send(senco, page))
    assert "Shared since" in text_of(senco.get(address))
    assert "Language group" in text_of(signed_in("shared_senco").get(reverse("provision:library")))
    assert "Language group" not in text_of(signed_in("outsider").get(reverse("provision:library")))
    stopped = text_of(send(senco, senco.get(address), stop="1"))
    assert "It is offered there no more." in stopped
    elsewhere = signed_in("shared_senco").get(reverse("provision:library"))
    assert "Language group" not in text_of(elsewhere)


def test_what_is_known_has_its_source_and_a_strength_needs_words():
    with acting_as("senco", write=False):
        row = Provision.objects.get(name="Language group")
        address = reverse("provision:change", args=[row.ref])
    senco = signed_in("senco")
    refused = text_of(send(senco, senco.get(address), strength="moderate"))
    assert "Say what is known of whether it helps." in refused
    given = {"strength": "moderate", "evidence": "Three trials found more words after a term.",
             "evidence_from": "Report of the trial, 2024"}  # fmt: skip
    saved = text_of(send(senco, senco.get(address), **given))
    assert "Three trials found more words after a term." in saved
    assert "Moderate: fair support, with gaps" in saved
    effect = text_of(senco.get(reverse("provision:effect", args=[row.ref])))
    assert "Three trials found more words after a term. (Report of the trial, 2024)" in effect


def test_what_was_taken_back_or_shared_by_who_has_left_is_not_taken_over_by_an_old_address():
    at_the_mill()
    with acting_as("senco", write=False):
        old = offered()
        address = reverse("provision:take_over", args=[old.ref])
    at_the_mill(minutes=25)
    senco = signed_in("senco")
    with acting_as("shared_senco") as actor:
        row = Provision.objects.get(org=old.org, name=NAME)
        sharing.stop_sharing(actor=actor, provision=row, to=old.to)
    assert senco.post(address).status_code == 404, "it was offered once, and is no more"
    at_the_mill(minutes=30)
    assert "Taken over from" in text_of(senco.post(address, follow=True))
    assert ours().minutes == 30, "as it is offered now, whatever page it was taken from"


def test_a_school_that_leaves_the_family_shares_nothing_there_any_more():
    at_the_mill()
    with acting_as("senco", write=False):
        there = offered()
        address = reverse("provision:take_over", args=[there.ref])
    left(there.org_id, there.to_id)
    senco = signed_in("senco")
    assert address not in senco.get(reverse("provision:library")).text
    assert senco.post(address).status_code == 404
    with acting_as("shared_senco", write=False):
        row = Provision.objects.get(org=there.org_id, name=NAME)
        share = reverse("provision:share", args=[row.ref])
    mill = signed_in("shared_senco")
    page = mill.get(share)
    assert "Shared since" in text_of(page), "who has left can still take it back"
    assert "It is offered there no more." in text_of(send(mill, page, stop="1"))


def test_a_family_of_schools_writes_an_entry_itself_and_its_schools_take_it_over():
    family = signed_in("family")
    page = family.get(reverse("provision:offers"))
    assert "You offer nothing yet." in page.text
    told = {"name": "Family phonics", "layer": "2", "purpose": "Sounds.", "minutes": "15"}
    wrong = send(family, family.get(reverse("provision:offer")), **{**told, "name": ""})
    assert "<title>Error: " in wrong.text
    page = send(family, family.get(reverse("provision:offer")), **told)
    assert "Offered. Your settings find it in their library." in page.text
    again = send(family, family.get(reverse("provision:offer")), **told)
    assert "You offer one of this name already." in again.text
    senco = signed_in("senco")
    shelf = senco.get(reverse("provision:library"))
    assert "Written by" in text_of(shelf)
    with acting_as("senco", write=False):
        theirs = SharedProvision.objects.select_related("org", "to").get(name="Family phonics")
        assert theirs.org == theirs.to
    taken = senco.post(reverse("provision:take_over", args=[theirs.ref]), follow=True)
    assert "It is in your library now." in taken.text
    assert theirs.org.name in taken.text
    # changed there, it is shown here; taken back there, ours stays
    changing = family.get(reverse("provision:change_offer", args=[theirs.ref]))
    page = send(family, changing, minutes="20")
    assert "Changed. Whoever has a copy is shown what differs." in page.text
    with acting_as("senco", write=False):
        row = Provision.objects.get(name="Family phonics")
        now = SharedProvision.objects.filter(name="Family phonics").latest("id")
    assert "There it was “15” and is “20” now." in text_of(shown("senco", row))
    gone = family.post(reverse("provision:stop_offer", args=[now.ref]), follow=True)
    assert "You offer nothing yet." in gone.text
    assert "Family phonics" in senco.get(reverse("provision:library")).text
    assert "offers it no more. Yours stays." in text_of(shown("senco", row))
    # what a school shared is not the family's to change, nor does a school write in its name
    with acting_as("senco", write=False):
        other = SharedProvision.objects.filter(name="Marlow mornings").latest("id")
    assert family.get(reverse("provision:change_offer", args=[other.ref])).status_code == 404
    assert senco.get(reverse("provision:offers")).status_code == 403
