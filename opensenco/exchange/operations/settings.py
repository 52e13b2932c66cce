"""Settings begin here: adopted from the register or added by name, with their first person."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.exchange.doubles import Judged, Verdict, judged, values_of
from opensenco.exchange.models import Establishment
from opensenco.exchange.operations.groups import bring_memberships
from opensenco.exchange.queries import known_person
from opensenco.exchange.readers.settings import SettingRow
from opensenco.exchange.register_queries import successors
from opensenco.exchange.states import ADOPTABLE, SettingKind, Status
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.dates import say
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.identifiers import read_postcode
from opensenco.kernel.ofsted import read_ofsted
from opensenco.people.operations import places, staff
from opensenco.people.policy import on_day

LONGEST_PHASE = 40


@operation(Action.REGISTER_TAKE)
def adopt_setting(*, actor: Actor, establishment: Establishment) -> Organisation:
    """Make a setting of the register an organisation here, under its authority.

    The authority becomes an organisation too where it is none yet; it is known by its
    code, since the same authority is spelt in several ways. Trusts and federations that are here
    are joined from the day that the register names.

    Raises:
        Invalid: it is adopted already.
        NotPossible: it has closed.
    """
    setting = places.keep(organisation_of(establishment))
    authority = _authority(actor, establishment)
    if authority is not None:
        places.affiliate(actor=actor, member=setting, of=authority, starts=actor.today)
    bring_memberships(actor=actor)
    return setting


def organisation_of(establishment: Establishment) -> Organisation:
    """Give a setting of the register as the organisation it would be here, not saved.

    Raises:
        NotPossible: it has closed.
    """
    if not ADOPTABLE[Status(establishment.status)]:
        raise NotPossible(closed_words(establishment))
    return Organisation(
        kind=Organisation.Kind.SETTING,
        name=establishment.name,
        urn=establishment.urn,
        # Special schools, units and many others have no phase in the register.
        phase=(establishment.phase or establishment.type_name)[:LONGEST_PHASE],
        town=establishment.town,
        postcode=establishment.postcode,
        opened_on=establishment.opened_on,
    )


@operation(Action.REGISTER_TAKE)
def add_setting(
    *,
    actor: Actor,
    name: str,
    kind: SettingKind,
    postcode: str = "",
    town: str = "",
    ofsted_urn: str = "",
) -> Organisation:
    """Add a setting that is not in the register: a childminder, a private nursery.

    Args:
        ofsted_urn: Ofsted's number, kept apart from those of the register.

    Raises:
        Invalid: no name, one that is too long, or no such postcode or Ofsted number.
        NotPossible: this setting is here already, or stands in the register.
    """
    row = checked(name, kind, postcode, town, ofsted_urn)
    return places.keep(new_organisation(row))


def checked(name: str, kind: SettingKind, postcode: str, town: str, ofsted_urn: str) -> SettingRow:
    """Give what was typed of a setting as a row of a list would say it.

    Raises:
        Invalid: no name, one that is too long, or no such postcode or Ofsted number.
        NotPossible: this setting is here already, or stands in the register.
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > 200:
        raise Invalid("name", _("Give the setting's name, in up to 200 characters."))
    if len(town) > 100:
        raise Invalid("town", _("Give the town in up to 100 characters."))
    place = read_postcode(postcode).text if postcode.strip() else ""
    row = SettingRow(
        0, clean, SettingKind(kind).value, read_ofsted(ofsted_urn), place, " ".join(town.split())
    )
    found = judged(row)
    if found.verdict is not Verdict.NEW:
        raise NotPossible(found.why or _("A setting of this name is here already."))
    return row


def new_organisation(row: SettingRow) -> Organisation:
    """Give a setting outside the register as the organisation it would be here, not saved."""
    return Organisation(
        kind=Organisation.Kind.SETTING,
        name=row.name,
        phase=str(SettingKind(row.kind).label),
        ofsted_urn=row.ofsted_urn,
        postcode=row.postcode,
        town=row.town,
    )


@operation(Action.REGISTER_TAKE)
def bring_settings(
    *, actor: Actor, rows: Sequence[Judged], under: Organisation | None = None
) -> list[Organisation]:
    """Add and correct the settings of a list, all of them in one go. Refused rows are left out.

    Args:
        under: the authority, area or agency that new ones belong to from today.

    Raises:
        NotPossible: two rows of the list are one setting.
    """
    done: list[Organisation] = []
    for one in rows:
        if one.verdict is Verdict.NEW:
            setting = places.keep(new_organisation(one.row))
            if under is not None:
                places.affiliate(actor=actor, member=setting, of=under, starts=actor.today)
            done.append(setting)
        elif one.verdict is Verdict.CHANGED and one.setting is not None:
            done.append(change(one.setting, version=None, **values_of(one.row)))
    return done


@operation(Action.PEOPLE_MANAGE, on="org")
def add_first_person(
    *,
    actor: Actor,
    org: Organisation,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    password: str,
) -> Membership:
    """Give a setting somebody who can sign in and add all others.

    Raises:
        Invalid: an address, name or password that cannot be; a role that this setting has not.
        NotPossible: this address signs somebody in already; see `add_role_to_known_person`.
    """
    if len(email) > 200 or email.count("@") != 1 or email.strip("@") != email:
        raise Invalid("email", _("Give an email address, like name@example.org."))
    if not first_name.strip() or not last_name.strip():
        raise Invalid("first_name", _("Give the first name and the surname."))
    if known_person(email) is not None:
        raise NotPossible(_("This email address signs somebody in already."))
    person = staff.add_person(actor=actor, first_name=first_name, last_name=last_name, email=email)
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise Invalid("password", " ".join(refused.messages)) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    return staff.give_role(actor=actor, org=org, person=person, role=role, starts=actor.today)


@operation(Action.PEOPLE_MANAGE, on="org")
def add_role_to_known_person(
    *, actor: Actor, org: Organisation, person: Person, role: str
) -> Membership:
    """Give somebody who signs in elsewhere a role here too. Their password stays theirs.

    Raises:
        NotPossible: they have this role here already.
        Invalid: a role that this setting has not.
    """
    held = Membership.objects.filter(on_day(actor.today), org=org, person=person, role=role)
    if held.exists():
        raise NotPossible(_("This person has this role here already."))
    return staff.give_role(actor=actor, org=org, person=person, role=role, starts=actor.today)


@operation(Action.REGISTER_TAKE)
def adopt_authority(*, actor: Actor, establishment: Establishment) -> Organisation:
    """Make the authority of a setting of the register an organisation, without the setting.

    Raises:
        NotPossible: the register names no authority for it.
    """
    found = _authority(actor, establishment)
    if found is None:
        raise NotPossible(_("The register names no authority here."))
    return found


def _authority(actor: Actor, establishment: Establishment) -> Organisation | None:
    """Give the authority of an establishment, made where it is not here yet."""
    code = establishment.la_code
    if not code or not code.strip("0"):
        return None
    known = Organisation.objects.filter(la_code=code).first()
    return known or places.add_organisation(
        actor=actor,
        kind=Organisation.Kind.AUTHORITY,
        name=establishment.la_name or code,
        la_code=code,
    )


def closed_words(establishment: Establishment) -> str:
    """Say that a setting has closed, and which one follows it where the links tell."""
    following = [f"{one.name} ({one.urn})" for one in successors(establishment.urn) if one.is_open]
    if following:
        return _("%(said)s The register names as following it: %(names)s.") % {
            "said": _closed(establishment.closed_on),
            "names": ", ".join(following),
        }
    return _closed(establishment.closed_on)


def _closed(on: date | None) -> str:
    if on is None:
        return _("The register says that this setting has closed. Adopt the one that follows it.")
    return _(
        "The register says that this setting closed on %(day)s. Adopt the one that follows it."
    ) % {"day": say(on)}
