"""Pupils and what is known of them apart from their support."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.audit.acting import acting
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.upn import read_upn
from opensenco.people.models import (
    CareStatus,
    Contact,
    Group,
    GroupPupil,
    HealthAlert,
    Pupil,
    RollSpell,
)
from opensenco.people.operations import identity
from opensenco.people.operations.identity import keys
from opensenco.people.states import WhyFormer

EDITABLE = {
    "first_name", "last_name", "known_as", "birth_date", "upn", "sex", "year_group", "part",
    "joined_on", "left_on", "left_to", "home_language", "interpreter_needed",
}  # fmt: skip
#: what the window of an envelope shows
MOST_ADDRESS_LINES, LONGEST_ADDRESS_LINE, LONGEST_ADDRESS = 6, 40, 200
OF_A_CONTACT = {
    "name", "relation", "phone", "email", "address", "language", "interpreter_needed", "barred",
    "parental_responsibility", "may_see", "may_reply", "to_be_told", "restriction", "person",
    "is_pupil",
}  # fmt: skip


def only(values: Mapping[str, Any], allowed: set[str]) -> None:
    """Refuse names that an operation does not write."""
    if unknown := set(values) - allowed:
        raise TypeError(f"this operation does not change {', '.join(sorted(unknown))}")


def _check_dates(today: date, birth_date: date) -> None:
    if birth_date > today:
        raise Invalid("birth_date", "The date of birth must be in the past.")
    if today.year - birth_date.year > 30:
        raise Invalid("birth_date", "Check the year of birth: this pupil would be over 30.")


def _free_upn(org: Organisation, upn: str) -> str:
    """Give the number in its right form; refused where another pupil here has it."""
    upn = str(read_upn(upn)) if upn else ""
    if upn and Pupil.objects.filter(org=org, upn=upn, in_error_at__isnull=True).exists():
        raise Invalid("upn", identity.taken())
    return upn


def new_pupil(today: date, org: Organisation, **values: Any) -> Pupil:
    """Give a pupil that is not saved yet, with the keys that find them.

    Raises:
        Invalid: a birth date that cannot be.
    """
    _check_dates(today, values["birth_date"])
    for name in ("first_name", "last_name", "known_as", "home_language"):
        values[name] = values.get(name, "").strip()
    named = keys(values["first_name"], values["last_name"], values["known_as"])
    return Pupil(org=org, **values, **named)


@operation(Action.PUPIL_ADD, on="org")
def add_pupil(
    *,
    actor: Actor,
    org: Organisation,
    first_name: str,
    last_name: str,
    birth_date: date,
    known_as: str = "",
    upn: str = "",
    sex: str = "U",
    year_group: int | None = None,
    part: Organisation | None = None,
    joined_on: date | None = None,
    home_language: str = "",
    interpreter_needed: bool = False,
    group: Group | None = None,
) -> Pupil:
    """Add a pupil to a setting, and to a class from today or their first day, if that is later.

    Nothing about need is asked.

    Raises:
        Invalid: a birth date or UPN that cannot be, or a UPN that another pupil here has.
    """
    pupil = new_pupil(
        actor.today,
        org,
        first_name=first_name,
        last_name=last_name,
        known_as=known_as,
        birth_date=birth_date,
        upn=_free_upn(org, upn),
        sex=sex,
        year_group=year_group,
        part=part,
        joined_on=joined_on,
        home_language=home_language,
        interpreter_needed=interpreter_needed,
    )
    pupil.save()
    if group is not None:
        starts = max(joined_on or actor.today, actor.today)
        row = GroupPupil(org=org, group=group, pupil=pupil, starts=starts)
        row.save()
    return pupil


@operation(Action.PUPIL_EDIT, on="pupil")
def change_pupil(
    *,
    actor: Actor,
    pupil: Pupil,
    version: int | None,
    why: str = WhyFormer.NOT_SAID,
    **values: Any,
) -> Pupil:
    """Change a pupil's own details. An earlier name or pupil number is kept, and guarded.

    Args:
        why: why a name or number changes, where it does (`people.states.WhyFormer`).

    Raises:
        Invalid: a birth date or a UPN that cannot be, or a UPN that another pupil here has.
        Stale: somebody else changed them in between.
    """
    keep_stay(pupil, values)
    before = identity.held(pupil)
    written = changed_values(actor.today, pupil, values)
    identity.refuse_taken(pupil, written.get("upn", ""))
    row = change(pupil, version=version, **written)
    identity.note(actor, [(row, before)], why)
    return row


def keep_stay(pupil: Pupil, values: Mapping[str, Any]) -> None:
    """Keep the stay that is over, where values take a pupil who left onto the roll anew.

    A list that is taken back says the days of that stay again, and then it stands twice no more.
    """
    left, joins = pupil.left_on, values.get("joined_on")
    if left is not None and joins is not None and joins > left:
        RollSpell(
            org_id=pupil.org_id, pupil=pupil, joined_on=pupil.joined_on, left_on=left,
            left_to=pupil.left_to,
        ).save()  # fmt: skip
    elif joins is not None and values.get("left_on") is not None:
        same = RollSpell.objects.filter(
            pupil=pupil, joined_on=joins, left_on=values["left_on"], in_error_at__isnull=True
        )
        actor = acting()
        for row in same:
            change(
                row, version=None, in_error_at=actor.next_moment(), in_error_by=actor.person,
                in_error_reason="It is the pupil's own stay again.",
            )  # fmt: skip


def changed_values(today: date, pupil: Pupil, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values to write into a pupil, checked, with the keys that find them.

    Raises:
        Invalid: a birth date or a UPN that cannot be.
    """
    only(values, EDITABLE)
    written = dict(values)
    if "birth_date" in written:
        _check_dates(today, written["birth_date"])
    if written.get("upn"):
        written["upn"] = str(read_upn(written["upn"]))
    turned = pupil.next_from is not None and pupil.next_from <= today
    if turned and {"year_group", "part"} & set(written):
        # what is said today replaces what the turn of the year said; a turn to come stays
        written.setdefault("year_group", pupil.next_year_group)
        written.setdefault("part", pupil.next_part)
        written.update(next_from=None, next_year_group=None, next_part=None)
    if "left_on" in written and written["left_on"] is None:
        written["left_to"] = ""
    written.update(
        keys(
            written.get("first_name", pupil.first_name),
            written.get("last_name", pupil.last_name),
            written.get("known_as", pupil.known_as),
        )
    )
    return written


@operation(Action.CONTACT_EDIT, on="pupil")
def add_contact(*, actor: Actor, pupil: Pupil, name: str, relation: str, **values: Any) -> Contact:
    """Add a parent, carer or other contact; a barred one may see, answer and be told nothing.

    Raises:
        Invalid: an address that does not fit into the window of an envelope.
    """
    only(values, OF_A_CONTACT)
    _tidy_address(values)
    if values.get("is_pupil"):
        values["parental_responsibility"] = False
    if values.get("barred"):
        values.update(may_see=False, may_reply=False, to_be_told=False)
    contact = Contact(org_id=pupil.org_id, pupil=pupil, name=name, relation=relation, **values)
    contact.save()
    return contact


@operation(Action.CONTACT_EDIT, on="contact")
def change_contact(
    *, actor: Actor, contact: Contact, version: int | None, **values: Any
) -> Contact:
    """Change a contact's details and what they may see, answer and be told.

    Raises:
        Invalid: an address that does not fit into the window of an envelope.
        Stale: somebody else changed them in between.
    """
    only(values, OF_A_CONTACT)
    _tidy_address(values)
    if values.get("is_pupil", contact.is_pupil):
        values["parental_responsibility"] = False
    if values.get("barred", contact.barred):
        values.update(may_see=False, may_reply=False, to_be_told=False)
    return change(contact, version=version, **values)


def _tidy_address(values: dict[str, Any]) -> None:
    """Keep an address as it stands on an envelope: no empty lines, nothing round them."""
    if "address" not in values:
        return
    lines = [clean for raw in values["address"].splitlines() if (clean := " ".join(raw.split()))]
    fits = len(lines) <= MOST_ADDRESS_LINES and len(", ".join(lines)) <= LONGEST_ADDRESS
    if not fits or any(len(one) > LONGEST_ADDRESS_LINE for one in lines):
        raise Invalid(
            "address",
            _("Write an address in at most %(lines)s lines of at most %(letters)s characters.")
            % {"lines": MOST_ADDRESS_LINES, "letters": LONGEST_ADDRESS_LINE},
        )
    values["address"] = "\n".join(lines)


@operation(Action.CARE_EDIT, on="pupil")
def record_care_status(
    *, actor: Actor, pupil: Pupil, kind: str, starts: date, ends: date | None = None
) -> CareStatus:
    """Record care status from a day."""
    row = CareStatus(org_id=pupil.org_id, pupil=pupil, kind=kind, starts=starts, ends=ends)
    row.save()
    return row


@operation(Action.HEALTH_EDIT, on="pupil")
def add_health_alert(
    *, actor: Actor, pupil: Pupil, alert: str, what_to_do: str = ""
) -> HealthAlert:
    """Add what every adult with the child must know and do."""
    row = HealthAlert(org_id=pupil.org_id, pupil=pupil, alert=alert, what_to_do=what_to_do)
    row.save()
    return row


@operation(Action.HEALTH_EDIT, on="health_alert")
def change_health_alert(
    *, actor: Actor, health_alert: HealthAlert, version: int | None, alert: str,
    what_to_do: str = "",
) -> HealthAlert:  # fmt: skip
    """Change what every adult with the child must know and do; they are asked to read it again.

    Raises:
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if health_alert.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
    if (alert, what_to_do) == (health_alert.alert, health_alert.what_to_do):
        return health_alert
    return change(health_alert, version=version, alert=alert, what_to_do=what_to_do)


@operation(Action.RECORD_INVALIDATE, on="row")
def mark_in_error(
    *, actor: Actor, row: Contact | CareStatus | HealthAlert, version: int | None, reason: str
) -> Contact | CareStatus | HealthAlert:
    """Mark a record as made in error, with a reason. It stays in the history.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", "Say in a few words what was wrong.")
    if row.in_error:
        raise NotPossible("This is marked as made in error already.")
    return change(
        row,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )
