"""The world that every test database is a copy of; built by operations, so it cannot be impossible.

Run as `python -m tests.world` by the test set-up, as the worker.
"""

import os
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opensenco.config.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402

from opensenco.access.actor import Actor, chosen, hats_of  # noqa: E402 (Django must be set up first)
from opensenco.access.installation import installation_actor  # noqa: E402
from opensenco.access.models import Organisation, Person  # noqa: E402
from opensenco.access.scope import system_scope  # noqa: E402
from opensenco.people.models import Pupil  # noqa: E402
from opensenco.people.operations import groups, joining, places, pupils, staff  # noqa: E402
from opensenco.people.states import CareKind, StaffPart  # noqa: E402
from tests.cast import BY_KEY, CAST, LONG_AGO, NOW, PASSWORD, TODAY  # noqa: E402
from tests.world_concerns import make_concerns  # noqa: E402
from tests.world_contacts import make_contacts, make_letters, make_view  # noqa: E402
from tests.world_documents import make_documents  # noqa: E402
from tests.world_ehc import make_card, make_tie  # noqa: E402
from tests.world_guides import make_departure  # noqa: E402
from tests.world_handover import make_hand_over  # noqa: E402
from tests.world_packs import make_packs  # noqa: E402
from tests.world_provision import make_offer, make_provision, make_shared, make_work  # noqa: E402
from tests.world_records import make_records  # noqa: E402
from tests.world_sentinels import make_sentinels  # noqa: E402
from tests.world_support import make_support  # noqa: E402
from tests.world_threads import make_advice, make_messages  # noqa: E402
from tests.world_watched import make_watched  # noqa: E402

Places = dict[str, Organisation]
People = dict[str, Person]


def build() -> None:
    """Make the two schools, the tiers above, the cast and the pupils."""
    with system_scope("making the tests' world"):
        actor = installation_actor(NOW)
        there = make_places(actor)
        people = make_people(actor, there)
        make_larkrise(actor, there, people)
        make_others(actor, there)
        make_concerns(people["teacher"])
        make_documents(people["teacher"])
        make_work(_with_every_verb(actor), people["ta"])
        make_contacts(people["teacher"])
        make_letters(people["senco"])
        make_view(people["senco"])
        make_messages(people["teacher"], people["ta"], people["senco"])
        make_watched(people["teacher"], people["senco"])
        _hand_idris_over(people)
        make_own_roles(actor, there)
        make_sentinels(_with_every_verb(actor), there, people)
        make_packs(_with_every_verb(actor), there, people)
        make_shared(there["mill"], there["family"])
        make_offer(there["authority"])


def _hand_idris_over(people: People) -> None:
    """Let the SENCO have handed Idris over to his teacher."""
    hat = chosen(hats_of(people["senco"], TODAY), None)
    assert hat is not None
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    make_hand_over(Actor(people["senco"], hat, NOW), people["teacher"], idris, "Marlow")


def make_places(actor: Actor) -> Places:
    """Make the organisations of every tier."""

    def place(kind: str, name: str, **more: object) -> Organisation:
        return places.add_organisation(actor=actor, kind=kind, name=name, **more)  # type: ignore[arg-type]

    authority = place("authority", "Thornshire County Council", la_code="892")
    there = {
        "authority": authority,
        "district": place("area", "Carrow district", parent=authority),
        "family": place("group", "Larkrise family of schools", parent=authority),
        "larkrise": place("setting", "Larkrise Primary School", urn="990101", phase="Primary"),
        "mill": place("setting", "Mill Lane School", urn="990102", senco_word="SENDCo"),
        "weir": place("setting", "Weir School", urn="990103", senco_word="SENDCo"),
        "outside": place("setting", "Outside Academy", urn="990901"),
    }
    there["upper"] = place("part", "Upper school", parent=there["larkrise"])
    there["lower"] = place("part", "Lower school", parent=there["larkrise"])
    for school in ("larkrise", "mill", "weir"):
        places.affiliate(actor=actor, member=there[school], of=there["family"], starts=LONG_AGO)
    return there


def make_people(actor: Actor, there: Places) -> People:
    """Make the cast and give each their role."""
    people: People = {}
    # one slow hash for all of them
    password = make_password(PASSWORD)
    for player in CAST:
        person = staff.add_person(
            actor=actor,
            first_name=player.first_name,
            last_name=player.last_name,
            email=player.email,
        )
        person.password = password
        person.save()
        people[player.key] = person
        homes = ["mill", "weir"] if player.key == "shared_senco" else [player.place]
        for home in homes:
            staff.give_role(
                actor=actor,
                org=there[home],
                person=person,
                role=player.role,
                starts=player.starts,
                ends=player.ends,
                part=there.get(player.part),
            )
    return people


def make_larkrise(actor: Actor, there: Places, people: People) -> None:
    """Make the pupils of Larkrise, their classes and who works with them."""
    school = there["larkrise"]
    made: dict[str, Pupil] = {}
    for first, last, born, year, part in PUPILS:
        made[first] = pupils.add_pupil(
            actor=actor,
            org=school,
            first_name=first,
            last_name=last,
            birth_date=born,
            year_group=year,
            part=there[part],
            joined_on=LONG_AGO,
        )
    for name, members, teacher in (
        ("4R", ("Idris", "Grace"), "teacher"),
        ("2P", ("Poppy",), "other_teacher"),
    ):
        group = groups.add_group(actor=actor, org=school, name=name)
        for member in members:
            groups.put_pupil_in_group(actor=actor, group=group, pupil=made[member], starts=LONG_AGO)
        groups.put_staff_in_group(actor=actor, group=group, person=people[teacher], starts=LONG_AGO)
    language = groups.add_group(actor=actor, org=school, name="Language group", kind="support")
    groups.put_pupil_in_group(actor=actor, group=language, pupil=made["Idris"], starts=LONG_AGO)
    groups.put_staff_in_group(
        actor=actor, group=language, person=people["ta"], does=StaffPart.RUNS, starts=LONG_AGO
    )
    make_round_idris(actor, made["Idris"], people)
    cycle = make_support(_with_every_verb(actor), made["Idris"])
    make_provision(_with_every_verb(actor), people, made["Idris"], language, cycle)
    make_records(_with_every_verb(actor), made["Idris"])
    make_card(_with_every_verb(actor), made["Poppy"], "Marlow")
    make_tie(_with_every_verb(actor), made["Poppy"], "Marlow")
    make_departure(_with_every_verb(actor), made["Idris"], "Marlow")
    make_advice(_with_every_verb(actor), made["Idris"], "Marlow")


PUPILS = (
    ("Idris", "Hassan-Cole", date(2018, 5, 4), 4, "upper"),
    ("Grace", "Atherton", date(2018, 9, 12), 4, "upper"),
    ("Poppy", "Wren", date(2020, 2, 29), 2, "lower"),
)


def make_round_idris(actor: Actor, idris: Pupil, people: People) -> None:
    """Give Idris contacts, care status, a health alert, and visitors by name."""
    keeper = _with_every_verb(actor)
    pupils.add_contact(
        actor=keeper, pupil=idris, name="Leila Hassan", relation="Mother",
        phone="01632 960 142", person=people["parent"],
    )  # fmt: skip
    pupils.add_contact(
        actor=keeper, pupil=idris, name="Tony Vicker", relation="Father", barred=True,
        restriction="Court order of 2 May 2025", person=people["barred"],
    )  # fmt: skip
    pupils.record_care_status(actor=keeper, pupil=idris, kind=CareKind.PREVIOUSLY, starts=LONG_AGO)
    pupils.add_health_alert(
        actor=keeper, pupil=idris, alert="Wears glasses", what_to_do="Remind him for board work"
    )
    groups.assign_staff(actor=keeper, pupil=idris, person=people["professional"], starts=LONG_AGO)
    groups.assign_staff(
        actor=keeper, pupil=idris, person=people["past_professional"], starts=LONG_AGO,
    )  # fmt: skip


def make_others(actor: Actor, there: Places) -> None:
    """Make one pupil in each other school, with words that must never be seen in ours."""
    for place, first in (("outside", "Zebedee"), ("mill", "Milly"), ("weir", "Walter")):
        pupils.add_pupil(
            actor=actor,
            org=there[place],
            first_name=first,
            last_name="Markerword",
            birth_date=date(2017, 1, 1),
            year_group=5,
        )


def make_own_roles(actor: Actor, there: Places) -> None:
    """Give both schools a role of their own, and somebody at another school whom it waits for."""
    for place, name, first, last, email in (
        ("larkrise", "Inclusion assistant", "Oscar", "Strand", BY_KEY["outside_teacher"].email),
        ("outside", "Markerword helper", "Olive", "Markerword", "olive@outside.example"),
    ):
        own = staff.shape_role(
            actor=actor, org=there[place], name=name, combines=["TA", "SEN_ADMIN"],
            without=["import.pupils"],
        )  # fmt: skip
        joining.add_colleague(
            actor=actor, org=there[place], first_name=first, last_name=last, email=email,
            role="TA", local_role=own, starts=TODAY,
        )  # fmt: skip


def _with_every_verb(actor: Actor) -> Actor:
    """Give the installation's actor the verbs of a SENCO, to fill the world."""
    from dataclasses import replace

    from opensenco.access.grants import SENCO_GRANTS

    return replace(actor, hat=replace(actor.hat, grants={**actor.hat.grants, **SENCO_GRANTS}))


if __name__ == "__main__":
    assert NOW.date() == TODAY
    build()
