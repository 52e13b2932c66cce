"""Which column of a list of contacts is which: one contact of a row, or up to six of them.

Systems write several contacts into the row of their pupil, each under headings with a number:
"Parent 1 Name", "Contact 2: Mobile", "Priority 1 Contact", "Email 3".
"""

from collections.abc import Iterable
from dataclasses import replace

from opensenco.exchange.readers.fields import Field
from opensenco.kernel.words import mark

MOST = 6
_WHO = (
    "Contact {n}", "Parent {n}", "Parent/Carer {n}", "Parent or Carer {n}", "Carer {n}",
    "Guardian {n}", "Primary Guardian {n}", "Priority {n}", "Priority {n} Contact",
    "Priority Contact {n}", "Contact Priority {n}", "Emergency Contact {n}", "Parental Contact {n}",
    "Next of Kin {n}",
)  # fmt: skip
_BEHIND = ("{what} {n}", "Contact {what} {n}", "Parent {what} {n}", "Parent/Carer {what} {n}")
#: what stands behind "Parent 1", by field; an empty one is "Parent 1" alone
_WHAT = {
    "title": "Title|Salutation",
    "last_name": "Surname|Last Name|Family Name|Legal Surname",
    "first_name": "Forename|First Name|Given Name|Legal Forename|Preferred Forename",
    "name": "Name|Full Name|Display Name||Contact Name|Addressee",
    "relation": "Relationship|Relation|Relationship to Pupil|Relationship to Student"
    "|Relationship Type|Type",
    "phone": "Mobile|Mobile Number|Mobile Phone|Mobile Telephone|Telephone|Phone|Phone Number"
    "|Telephone Number|Main Telephone|Primary Telephone|Main Phone|Home Telephone|Home Phone|Tel",
    "email": "Email|E-mail|Email Address|E-mail Address|Primary Email|Main Email|Home Email",
    "address": "Address|Full Address|Home Address|Postal Address|Main Address|Address Block",
    "postcode": "Postcode|Post Code|Home Postcode",
    "parental_responsibility": "Parental Responsibility|Has Parental Responsibility|PR"
    "|Parental Resp",
    "court_order": "Court Order|Court Orders|Has Court Order",
}
_TITLES = {
    "title": mark("Contact {number}: title"),
    "last_name": mark("Contact {number}: surname"),
    "first_name": mark("Contact {number}: first name"),
    "name": mark("Contact {number}: whole name"),
    "relation": mark("Contact {number}: relation"),
    "phone": mark("Contact {number}: telephone"),
    "email": mark("Contact {number}: email address"),
    "address": mark("Contact {number}: postal address"),
    "postcode": mark("Contact {number}: postcode"),
    "parental_responsibility": mark("Contact {number}: parental responsibility"),
    "court_order": mark("Contact {number}: court order"),
}
#: what only a number could make of it: these behind-forms would be too short to be sure
_UNSURE = frozenset({"Type", "Name", ""})


def code(name: str, number: int) -> str:
    """The code of a field of one of several contacts: the first has those of a list of one."""
    return name if number == 1 else f"{name}_{number}"


def headings(name: str, number: int) -> str:
    """The headings of a field of one of several contacts."""
    several = []
    for what in _WHAT[name].split("|"):
        several += [f"{who} {what}".format(n=number).strip() for who in _WHO]
        behind = _BEHIND[1:] if what in _UNSURE else _BEHIND
        several += [form.format(what=what, n=number) for form in behind if what]
    return "|".join(several)


def with_first(fields: Iterable[Field]) -> list[Field]:
    """The fields of one contact, with the headings that the first of several has."""
    return [
        replace(field, headings=f"{field.headings}|{headings(field.code, 1)}")
        if field.code in _WHAT
        else field
        for field in fields
    ]


def others() -> list[Field]:
    """The fields of the second contact and those after it."""
    return [
        Field(code(name, number), title, headings(name, number), number=number)
        for number in range(2, MOST + 1)
        for name, title in _TITLES.items()
    ]
