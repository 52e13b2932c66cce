"""Parents and carers: how to reach them, and what they are to the child."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.kind import (
    Beside,
    Candidate,
    Decided,
    Kind,
    ListFile,
    Reading,
    Said,
    Values,
    Work,
    change,
    differing,
    wanted,
)
from opensenco.exchange.kinds.pupil_here import PupilsHere
from opensenco.exchange.kinds.pupils.kind import pupil_candidates
from opensenco.exchange.models import ImportRow
from opensenco.exchange.readers import contact_columns
from opensenco.exchange.readers.any_list import Part, read_list
from opensenco.exchange.readers.contact_columns import MOST, code
from opensenco.exchange.readers.contact_values import read_address, read_phone, read_relation
from opensenco.exchange.readers.fields import Field, Fields, whole_or_parts
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OneRow, short_text
from opensenco.exchange.readers.staff_values import read_email
from opensenco.exchange.readers.values import read_name, read_yes_no
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import ImportKind, Match
from opensenco.kernel.text import search_key
from opensenco.kernel.words import mark, sentence
from opensenco.people.models import Contact, Pupil
from opensenco.people.operations import pupils, rolls

_ONE_CONTACT = (
    Field("title", mark("Title"), "Contact Title|Parent Title|Title|Salutation"),
    Field(
        "last_name",
        mark("Surname of the contact"),
        "Contact Surname|Contact Last Name|Parent Surname|Carer Surname|Guardian Surname",
        missing=mark("This file has no column with the name of the contact."),
    ),
    Field(
        "first_name",
        mark("First name of the contact"),
        "Contact Forename|Contact First Name|Parent Forename|Parent First Name|Carer Forename",
        missing=mark("This file has no column with the first name of the contact."),
    ),
    Field(
        "name",
        mark("Whole name of the contact"),
        "Contact Name|Contact Full Name|Contact|Parent Name|Parent|Parent/Carer|Carer Name"
        "|Carer|Guardian|Parent Carer Name|Contact 1 Name|Parent 1 Name|Priority 1 Contact",
    ),
    Field(
        "relation",
        mark("Relation to the pupil"),
        "Relationship|Relation|Relationship to Pupil|Relationship to Student|Relation to Pupil"
        "|Contact Relationship|Relationship Type|Contact 1 Relationship",
    ),
    Field(
        "phone",
        mark("Telephone"),
        "Mobile|Mobile Phone|Mobile Number|Telephone|Phone|Phone Number|Main Telephone"
        "|Primary Telephone|Contact Mobile|Contact Phone|Home Telephone|Tel|Contact 1 Mobile",
    ),
    Field(
        "email",
        mark("Email address"),
        "Email|E-mail|Email Address|E-mail Address|Contact Email|Parental Email|Parent Email"
        "|Primary Email|Home Email|Contact 1 Email",
    ),
    Field(
        "address",
        mark("Postal address"),
        "Address|Full Address|Home Address|Postal Address|Contact Address|Parent Address"
        "|Address Block|Contact 1 Address",
    ),
    Field("postcode", mark("Postcode"), "Postcode|Post Code|Contact Postcode|Home Postcode"),
    Field("language", mark("Language"), "Contact Language|Language|Spoken Language"),
    Field(
        "parental_responsibility",
        mark("Parental responsibility"),
        "Parental Responsibility|Has Parental Responsibility|Parental Resp|PR",
    ),
    Field("court_order", mark("Court order"), "Court Order|Court Orders|Has Court Order"),
)
CONTACT_FIELDS = Fields(
    [*pupil_here.FIELDS, *contact_columns.with_first(_ONE_CONTACT), *contact_columns.others()],
    needed=(*pupil_here.NEEDED, *whole_or_parts("name", ("last_name", "first_name"))),
    instead={
        **pupil_here.INSTEAD,
        **{
            contact_columns.code("name", number): (
                contact_columns.code("last_name", number),
                contact_columns.code("first_name", number),
            )
            for number in range(1, contact_columns.MOST + 1)
        },
    },
)
ORDER = (
    "name", "relation", "phone", "email", "address", "language", "parental_responsibility",
    "may_see", "restriction",
)  # fmt: skip
#: what a new contact may do follows parental responsibility; a person may change it later
RIGHTS = ("may_see", "may_reply", "to_be_told")
PARENTS = frozenset({"Mother", "Father", "Parent"})
OTHER_CONTACT = mark("This pupil has a contact of another name with this address.")
NO_NAME = mark("Contact {number} has no name and was left out.")
LONGEST_POSTCODE = 8
_NAMES = ("name", "last_name")
TWICE = mark("An earlier row of the list has the same contact of this pupil.")


class Contacts(Kind):
    """The parents, carers and other contacts of pupils."""

    code = ImportKind.CONTACTS
    fields = CONTACT_FIELDS
    verbs = (Action.CONTACT_VIEW, Action.CONTACT_EDIT)
    asks_names = True
    names = ("name",)
    who = (*Kind.who, ("last_name", "first_name"), ("name",))
    labels = {
        "name": gettext_lazy("Name"),
        "relation": gettext_lazy("Relation"),
        "phone": gettext_lazy("Telephone"),
        "email": gettext_lazy("Email address"),
        "address": gettext_lazy("Postal address"),
        "language": gettext_lazy("Language"),
        "parental_responsibility": gettext_lazy("Parental responsibility"),
        "may_see": gettext_lazy("May see what is shared with parents"),
        "restriction": gettext_lazy("Restriction"),
    }
    said = Said(
        title=gettext_lazy("Parents and carers"),
        file=gettext_lazy("Parents and carers from %(name)s"),
        looks=gettext_lazy(
            "A row for each contact of each pupil, or for each pupil with up to six contacts "
            "(“Parent 1 Name”, “Contact 2 Mobile”): who the pupil is (UPN, or name and date of "
            "birth) and the name of the contact. Relation, telephone, email, language and "
            "parental responsibility are used where they are there."
        ),
        found=gettext_lazy(
            "A contact is found by the name, among those of the pupil. Who has no parental "
            "responsibility, or a court order, sees and answers nothing until you say so."
        ),
        add=ngettext_lazy("Add %(num)s contact", "Add %(num)s contacts", "num"),
        change=ngettext_lazy("Change %(num)s contact", "Change %(num)s contacts", "num"),
        added=ngettext_lazy("%(num)s contact added,", "%(num)s contacts added,", "num"),
        nothing_yet=gettext_lazy("No contact has been changed."),
        new_one="",
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read contacts, each with who their pupil is."""

        def one(row: OneRow) -> Sequence[Part]:
            who = pupil_here.read_pupil(row, reading.name_order)
            return [Part({**who, **contact}) for contact in _contacts(row)]

        return read_list(table, CONTACT_FIELDS, reading.columns, one)

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay contacts beside those that their pupils have."""
        here = PupilsHere(actor, org, by_name_alone=False)
        held = _held(org)
        seen: set[tuple[int, str]] = set()
        results = []
        for place, values in enumerate(rows):
            found = here.find(values)
            chosen = decided.get(place)
            sure = found.pupil.pk if found.pupil else None
            if sure is None and chosen in {known.pk for known in found.candidates}:
                sure = chosen
            if found.fault:
                results.append(Beside(Match.REFUSED, faults=(found.fault,)))
            elif sure is None:
                ids = tuple(known.pk for known in found.candidates)
                results.append(Beside(Match.DOUBTFUL, candidates=ids, reasons=found.reasons))
            else:
                key = sure, search_key(values["name"])
                one = _beside(values, sure, held.get(sure, []), twice=key in seen)
                seen.add(key)
                results.append(one if found.pupil else _as_decided(one, found))
        return results

    def apply(self, work: Work) -> None:
        """Add and change contacts."""
        here = Pupil.objects.in_bulk([row.pupil_id or 0 for row in work.rows])
        held = _held(work.org)
        known = {
            row.pk: one
            for row in work.rows
            if (one := _same_name(row.values, held.get(row.pupil_id or 0, [])))
        }
        adding = [row for row in work.rows if row.pk not in known]
        if adding:
            made = rolls.add_contacts(
                actor=work.actor,
                pupils=[here[row.pupil_id or 0] for row in adding],
                values=[_new_values(row) for row in adding],
            )
            for row, contact in zip(adding, made, strict=True):
                work.made(row, contact, row.changes)
        for row in work.rows:
            if there := known.get(row.pk):
                pupils.change_contact(
                    actor=work.actor, contact=there, version=there.version, **wanted(row)
                )
                work.changed(row, there, row.changes)

    def called(self, values: Values) -> str:
        """The contact and whose they are."""
        return f"{values.get('name', '')} ({pupil_here.called(values)})" if values else ""

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value or "")

    def question(self, row: ImportRow) -> Hashable:
        """All contacts of one row ask once whose they are."""
        who = (pupil_here.UPN, pupil_here.LAST, pupil_here.FIRST, pupil_here.BORN)
        return row.line, *(row.values.get(name, "") for name in who)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that a contact could be of."""
        return pupil_candidates(actor, rows)


def _contacts(row: OneRow) -> list[Values]:
    """Give the contacts of one row; the places of those whom it does not have are empty."""
    several = [n for n in range(2, MOST + 1) if any(row.text(code(name, n)) for name in _NAMES)]
    first = any(row.text(name) for name in _NAMES) or not several
    for number in range(2, MOST + 1):
        if number not in several and (row.text(code("phone", number)) or _email(row, number)):
            row.note(code("phone", number), sentence(NO_NAME, number=number))
    return [_contact(row, number) for number in ([1] if first else []) + several]


def _email(row: OneRow, number: int) -> str:
    return row.text(code("email", number))


def _contact(row: OneRow, number: int) -> Values:
    """Give one of the contacts of a row."""
    right: bool | None = row.may(code("parental_responsibility", number), read_yes_no, None)
    return {
        "name": _name(row, number),
        "relation": row.may(code("relation", number), read_relation, ""),
        "phone": row.may(code("phone", number), read_phone, ""),
        "email": row.may(code("email", number), read_email, ""),
        "address": _address(row, number),
        "language": row.may("language", short_text, "") if number == 1 else "",
        "parental_responsibility": right,
        "restriction": _restriction(row, number),
    }


def _address(row: OneRow, number: int) -> str:
    """The address with the postcode as its last line."""
    postcode = " ".join(row.text(code("postcode", number)).upper().split())[:LONGEST_POSTCODE]

    def read(text: str) -> str:
        return read_address(text if postcode in text.upper() else f"{text}\n{postcode}")

    return row.may(code("address", number), read, "")


def _name(row: OneRow, number: int) -> str:
    """The whole name: with its title where there is no first name."""
    last = row.must(code("last_name", number), read_name, "")
    title = row.text(code("title", number))
    first = row.must(code("first_name", number), read_name, "") or title
    if last:
        return f"{first} {last}".strip()
    whole = row.need(code("name", number), read_name, "")
    surname, comma, forename = whole.partition(",")
    return f"{forename.strip()} {surname.strip()}" if comma else whole


def _restriction(row: OneRow, number: int) -> str:
    """What a file says of a court order: yes, or the words of it."""
    text = row.text(code("court_order", number))
    said: bool | None = row.may(code("court_order", number), _yes_no_or_words, None)
    if not said:
        return ""
    plain = text if len(text.split()) > 1 else ""
    return plain or _("The school’s system has a court order for this contact.")


def _yes_no_or_words(text: str) -> bool:
    return True if len(text.split()) > 1 else read_yes_no(text)


def _held(org: Organisation) -> dict[int, list[Contact]]:
    """Give the contacts of each pupil here."""
    held: dict[int, list[Contact]] = {}
    for one in Contact.objects.filter(org=org, in_error_at__isnull=True).order_by("id"):
        held.setdefault(one.pupil_id, []).append(one)
    return held


def _same_name(values: Values, held: Sequence[Contact]) -> Contact | None:
    key = search_key(values["name"])
    return next((one for one in held if search_key(one.name) == key), None)


def _beside(values: Values, pupil: int, held: Sequence[Contact], *, twice: bool) -> Beside:
    if twice:
        fault = Fault("", sentence(TWICE), sentence("Keep one of the rows."))
        return Beside(Match.REFUSED, faults=(fault,))
    known = _same_name(values, held)
    if known is None:
        email = values.get("email", "")
        other = email and any(one.email.lower() == email for one in held)
        reasons = (sentence(OTHER_CONTACT),) if other else ()
        return Beside(Match.NEW, pupil, pupil, reasons=reasons, changes=_as_new(values))
    said = {name: values[name] for name in ORDER if name in values}
    if known.restriction:
        said.pop("restriction", None)
    elif said.get("restriction"):
        said["may_see"] = False
    changes = differing({name: getattr(known, name) for name in ORDER}, said, ORDER)
    match = Match.CHANGED if changes else Match.UNCHANGED
    return Beside(match, pupil, pupil, changes=changes)


def _as_decided(one: Beside, found: pupil_here.Found) -> Beside:
    """Give a doubtful row whose pupil a person has named."""
    if one.match is Match.REFUSED:
        return one
    ids = tuple(known.pk for known in found.candidates)
    return replace(one, match=Match.DOUBTFUL, candidates=ids, reasons=found.reasons)


def _as_new(values: Values) -> list[dict[str, Any]]:
    right = _right(values)
    said = {**values, "parental_responsibility": right, "may_see": _sees(values, right=right)}
    return [change(name, None, said[name]) for name in ORDER if said.get(name) not in (None, "")]


def _right(values: Values) -> bool:
    """What the file says, else what the relation makes likely: only a parent has it."""
    said = values.get("parental_responsibility")
    return bool(values.get("relation") in PARENTS if said is None else said)


def _sees(values: Values, *, right: bool) -> bool:
    return right and not values.get("restriction")


def _new_values(row: ImportRow) -> dict[str, Any]:
    said = wanted(row)
    return {
        "relation": _("Contact"),
        **{name: value for name, value in said.items() if name != "may_see"},
        **dict.fromkeys(RIGHTS, bool(said.get("may_see"))),
    }
