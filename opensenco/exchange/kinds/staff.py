"""Staff lists: who works here, in which role. Each new colleague gets a one-time link later on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.roles import BY_CODE
from opensenco.access.roles_in_words import roles_of_tier
from opensenco.exchange.kinds.kind import (
    Beside,
    Decided,
    Kind,
    ListFile,
    Reading,
    Said,
    Values,
    Work,
    change,
    wanted,
)
from opensenco.exchange.kinds.staff_here import Colleague, StaffHere, name_key
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.fields import Field, Fields, whole_or_parts
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.staff_values import part_in_role, read_email, read_role
from opensenco.exchange.readers.values import read_date, read_name, split_name
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import ImportKind, Match
from opensenco.kernel.words import mark, sentence
from opensenco.people.operations import joining, staff
from opensenco.people.operations.staff import OF_A_PART
from opensenco.ui import words

STAFF_FIELDS = Fields(
    [
        Field(
            "email",
            mark("Email address"),
            "Work Email|Work E-mail|Email|E-mail|Email Address|E-mail Address|Main Email"
            "|Primary Email|Staff Email|Username|User Name|UPN Email",
            tells=read_email,
            doubt=mark("Column {number} seems to hold the email address."),
            missing=mark("This file has no column with the email address."),
        ),
        Field(
            "last_name",
            mark("Surname"),
            "Preferred Surname|Legal Surname|Surname|Last Name|Family Name|Staff Surname",
            missing=mark("This file has no column with the surname."),
        ),
        Field(
            "first_name",
            mark("First name"),
            "Preferred Forename|Preferred Name|Forename|First Name|Given Name|Legal Forename"
            "|Staff Forename|Known As",
            missing=mark("This file has no column with the first name."),
        ),
        Field("whole_name", mark("Whole name"), "Full Name|Name|Staff Name|Member of Staff|Staff"),
        Field(
            "role",
            mark("Role"),
            "Role|Job Title|Post|Position|Job|Staff Role|Primary Role|Business Role|Contract Role",
        ),
        Field(
            "part",
            mark("Part of the school"),
            "Part|Phase|Part of School|Key Stage|Section|Unit|Part of the school",
        ),
        Field(
            "starts",
            mark("First day"),
            "Start Date|Date of Arrival|Employment Start|Employment Start Date|Date Started|DOA",
            date=True,
        ),
        Field(
            "ends",
            mark("Last day"),
            "End Date|Leaving Date|Date of Leaving|Employment End|Employment End Date|DOL",
            date=True,
        ),
    ],
    needed=(("email",), *whole_or_parts("whole_name", ("last_name", "first_name"))),
    instead={"whole_name": ("last_name", "first_name")},
)
LONGEST_PART = 100
DEFAULT_ROLE = "TEACHER"
ORDER = ("email", "role", "part", "starts", "ends")
OTHER_ROLE = mark("This colleague is here with another role: {role}. The list would add this one.")
OTHER_ADDRESS = mark("A colleague of this name is here with another address.")
OWN = mark("This is you. A list does not change your own role.")
TWICE = mark("An earlier row of the list has the same address and role.")
LEFT_ALREADY = mark("This colleague left before today.")
NO_SUCH_ROLE = mark("This school does not have this role.")
WHICH_PART = mark("This role is for a part of the school, and the row names none that is here.")
CHOOSE_PART = mark("Write one of these under Part: {parts}.")
NO_PARTS = mark("This school has no parts. Write SENCO for all of it.")
CHOOSE_ROLE = mark("Write one of these: {roles}.")


class Staff(Kind):
    """Who works at a school and in which role."""

    code = ImportKind.STAFF
    fields = STAFF_FIELDS
    verbs = (Action.PEOPLE_MANAGE,)
    asks_names = True
    names = ("email",)
    labels = {
        "email": gettext_lazy("Email address"),
        "role": gettext_lazy("Role"),
        "part": gettext_lazy("Part of the school"),
        "starts": gettext_lazy("First day"),
        "ends": gettext_lazy("Last day"),
    }
    who = (("last_name", "first_name"), ("whole_name",), ("email",))
    said = Said(
        title=gettext_lazy("Staff"),
        file=gettext_lazy("Staff from %(name)s"),
        looks=gettext_lazy(
            "A row for each colleague. Email address, surname and first name are needed; role, "
            "part of the school (for a phase SENCO), first and last day are used where they are "
            "there. Somebody without a role becomes a teacher, who sees only the pupils whom they "
            "teach."
        ),
        found=gettext_lazy(
            "Colleagues are found by their address. Nobody’s role is taken away by a list. Give "
            "each new colleague their one-time link from “Staff and roles”."
        ),
        add=ngettext_lazy("Add %(num)s colleague", "Add %(num)s colleagues", "num"),
        change=ngettext_lazy("Change %(num)s colleague", "Change %(num)s colleagues", "num"),
        added=ngettext_lazy("%(num)s colleague added,", "%(num)s colleagues added,", "num"),
        nothing_yet=gettext_lazy("Nobody has been added yet."),
        new_one=gettext_lazy("Take this row"),
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read colleagues; a role that nobody knows refuses the row."""

        def one(row: OneRow) -> Values:
            last, first = (
                row.must("last_name", read_name, ""),
                row.must("first_name", read_name, ""),
            )
            if not (last and first) and row.layout.places("whole_name"):
                last, first = row.need(
                    "whole_name", lambda text: split_name(text, reading.name_order), ("", "")
                )
            elif not last:
                row.missing("last_name")
            role = row.must("role", read_role, DEFAULT_ROLE)
            starts, ends = row.may("starts", read_date, None), row.may("ends", read_date, None)
            return {
                "email": row.need("email", read_email, ""),
                "last_name": last,
                "first_name": first,
                "role": role,
                "part": _part_said(row) if role in OF_A_PART else "",
                "starts": starts.isoformat() if starts else "",
                "ends": ends.isoformat() if ends else "",
            }

        return read_list(table, STAFF_FIELDS, reading.columns, one)

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay colleagues beside those who have a role here, or for whom a link waits."""
        here = StaffHere(actor, org)
        known = {role.code for role in roles_of_tier(org.kind)}
        parts = _parts(org)
        seen: set[tuple[str, str, str]] = set()
        results = []
        for place, values in enumerate(rows):
            key = values["email"], values["role"], values.get("part", "")
            part = parts.get(folded(values.get("part", "")))
            if values["role"] not in known:
                found = Beside(Match.REFUSED, faults=(_no_role(org),))
            elif values["role"] in OF_A_PART and part is None:
                found = Beside(Match.REFUSED, faults=(_no_part(parts),))
            elif key in seen:
                found = Beside(Match.REFUSED, faults=(_twice(),))
            else:
                found = _beside(actor, here, values, part, chosen=place in decided)
            seen.add(key)
            results.append(found)
        return results

    def apply(self, work: Work) -> None:
        """Add colleagues as the page for staff does; end roles on the day that the list says."""
        for row in work.adding:
            _add(work, row)
        rows = Membership.objects.in_bulk([row.subject or 0 for row in work.changing])
        for row in work.changing:
            membership = rows[row.subject or 0]
            ends = date.fromisoformat(wanted(row)["ends"])
            staff.end_role(
                actor=work.actor, membership=membership, version=membership.version, on=ends
            )
            work.changed(row, membership, row.changes)

    def called(self, values: Values) -> str:
        """The name and the address."""
        name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
        return f"{name} ({values['email']})" if values.get("email") else name

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if value in ("", None):
            return ""
        if name in ("starts", "ends"):
            return words.day(date.fromisoformat(value))
        if name == "role" and value in BY_CODE:
            return str(BY_CODE[value].name)
        return str(value)

    def remarks(self, file: FileImport) -> list[str]:
        """What comes after applying, and which role colleagues get where no column says it."""
        after = _(
            "New colleagues can sign in once you have given them their one-time link, from "
            "“Staff and roles”."
        )
        if any(code == "role" for code, _heading in file.columns["used"]):
            return [after]
        no_role = _(
            "No column says the role: everybody who is new becomes a teacher, who sees only the "
            "pupils whom they teach. If a column holds it, say so below."
        )
        return [no_role, after]


def _part_said(row: OneRow) -> str:
    """The part that a row names, in its own column or in the title of the role."""
    return row.text("part")[:LONGEST_PART] or part_in_role(row.text("role"))


def _parts(org: Organisation) -> dict[str, Organisation]:
    """The parts of a school by name, and by name without "school"."""
    rows = Organisation.objects.filter(parent=org, kind=Organisation.Kind.PART).order_by("name")
    short = {folded(one.name).removesuffix(" school"): one for one in rows}
    return short | {folded(one.name): one for one in rows}


def _no_part(parts: Mapping[str, Organisation]) -> Fault:
    names = ", ".join(dict.fromkeys(one.name for one in parts.values()))
    mend = sentence(CHOOSE_PART, parts=names) if names else sentence(NO_PARTS)
    return Fault("", sentence(WHICH_PART), mend)


def _beside(
    actor: Actor, here: StaffHere, values: Values, part: Organisation | None, *, chosen: bool
) -> Beside:
    changes = _as_new({**values, "part": part.name} if part else values)
    gone = bool(values.get("ends")) and values["ends"] < actor.today.isoformat()
    roles = here.at(values["email"])
    same = next(
        (
            one
            for one in roles
            if one.role == values["role"] and (part is None or one.part == part.pk)
        ),
        None,
    )
    if same is not None:
        return _same(values, same, gone=gone)
    if roles and values["email"] == actor.person.email:
        return Beside(Match.UNCHANGED, roles[0].pk, reasons=(sentence(OWN),))
    reasons = []
    if roles:
        reasons.append(sentence(OTHER_ROLE, role=", ".join(one.role_name for one in roles)))
    elif any(
        name_key(one.first_name, one.last_name)
        == name_key(values["first_name"], values["last_name"])
        for one in here.colleagues
    ):
        reasons.append(sentence(OTHER_ADDRESS))
    if reasons:
        return Beside(Match.DOUBTFUL, reasons=tuple(reasons), changes=changes if chosen else [])
    why = (sentence(LEFT_ALREADY),) if gone else ()
    return Beside(Match.NEW, reasons=why, changes=changes, leave=gone)


def _same(values: Values, one: Colleague, *, gone: bool) -> Beside:
    """Give what a list changes of a role: the last day, where it is still to come."""
    ends = values.get("ends")
    if one.membership is None or not ends or gone or ends == one.ends:
        return Beside(Match.UNCHANGED, one.pk)
    return Beside(Match.CHANGED, one.pk, changes=[change("ends", one.ends, ends)])


def _as_new(values: Values) -> list[dict[str, Any]]:
    return [change(name, None, values[name]) for name in ORDER if values.get(name)]


def _no_role(org: Organisation) -> Fault:
    names = [role.label(org.senco_word) for role in roles_of_tier(org.kind)]
    return Fault(
        "", sentence(NO_SUCH_ROLE), sentence(CHOOSE_ROLE, roles=", ".join(map(str, names)))
    )


def _twice() -> Fault:
    return Fault("", sentence(TWICE), sentence("Keep one of the rows."))


def _add(work: Work, row: ImportRow) -> None:
    values = row.values
    today = work.actor.today
    starts = date.fromisoformat(values["starts"]) if values.get("starts") else today
    ends = date.fromisoformat(values["ends"]) if values.get("ends") else None
    added = joining.add_colleague(
        actor=work.actor,
        org=work.org,
        first_name=values["first_name"],
        last_name=values["last_name"],
        email=values["email"],
        role=values["role"],
        # a role begins when somebody gives it; what the list knows of earlier days is not ours
        starts=max(starts, today),
        ends=ends if ends is None or ends >= today else today,
        part=_parts(work.org).get(folded(values.get("part", ""))),
    )
    made: Any = added.invitation
    if made is None:
        made = Membership.objects.filter(
            org=work.org, person__email=values["email"], role=values["role"]
        ).latest("id")
    row.subject = made.pk
    work.made(row, made, row.changes)
