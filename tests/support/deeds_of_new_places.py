"""What an installation's commands and those above do with new places, once each."""

from datetime import date
from pathlib import Path

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.cases.operations.census import enter_census_days
from opensenco.exchange.doubles import judged
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations import below, first_people, guiding, register, settings
from opensenco.exchange.readers.settings import SettingRow
from opensenco.exchange.register import prepared as register_of
from opensenco.exchange.states import SettingKind, Step
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.timetables.census_days import Collection
from tests.cast import NOW
from tests.people import acting_as
from tests.support.deeds_of_places import about_a_closed_school, about_families

REGISTER = Path(__file__).parent.parent / "exchange" / "extracts" / "gias_135.csv"


def about_new_places() -> None:
    """What an installation's commands do: the register, schools, and who begins there."""
    with system_scope("killing operations"):
        actor = installation_actor(NOW)
        with register_of(REGISTER, {}, 0) as found:
            register.take_over_register(actor=actor, prepared=found)
        school = settings.adopt_setting(
            actor=actor, establishment=Establishment.objects.get(urn="900001")
        )
        settings.adopt_authority(actor=actor, establishment=Establishment.objects.get(urn="900001"))
        own = settings.add_setting(actor=actor, name="Hill Nursery", kind=SettingKind.NURSERY)
        settings.add_first_person(
            actor=actor, org=school, email="first@school.example", first_name="Ida",
            last_name="Fen", role="SENCO", password="words-that-nobody-guesses",
        )  # fmt: skip
        known = Person.objects.get(email="first@school.example")
        settings.add_role_to_known_person(actor=actor, org=own, person=known, role="SENCO")
        days = {Collection.AUTUMN: date(2027, 10, 14)}
        enter_census_days(actor=actor, year=AcademicYear(2027), days=days)
        row = SettingRow(line=2, name="Vale Nursery", kind="nursery", postcode="NG1 1AA")
        settings.bring_settings(actor=actor, rows=[judged(row)])
        about_families(actor)
        about_a_closed_school(actor)
        Establishment.objects.filter(urn="900004").update(la_code="892")
    with acting_as("officer") as officer:
        authority = Organisation.objects.get(pk=min(officer.hat.orgs))
        theirs = Establishment.objects.get(urn="900004")
        below.adopt_below(actor=officer, org=authority, establishment=theirs)
        below.add_below(
            actor=officer, org=authority, name="Sunny Days", kind="childminder", postcode="NG1 1AA"
        )
        sunny = Organisation.objects.select_related("added_by").get(name="Sunny Days")
        first_people.invite_first(
            actor=officer, org=authority, setting=sunny, first_name="Sol", last_name="Day",
            email="sol@sunny.example", role="CHILDMINDER",
        )  # fmt: skip
        guiding.put_off_above(actor=officer, org=authority, step=Step.TERMS)
        guiding.take_up_above(actor=officer, org=authority, step=Step.TERMS)
