"""Classes and groups: who is in them, and who teaches, runs or covers them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.classes_here import Classes
from opensenco.exchange.kinds.kind import (
    Beside,
    Candidate,
    Change,
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
from opensenco.exchange.kinds.pupil_here import PupilsHere
from opensenco.exchange.kinds.pupils.kind import pupil_candidates
from opensenco.exchange.kinds.staff_here import Colleague, StaffHere
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.class_values import read_does, read_group_kind, read_group_name
from opensenco.exchange.readers.fields import Field, Fields
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OneRow, short_text
from opensenco.exchange.readers.staff_values import read_email
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import Decision, ImportKind, Match
from opensenco.kernel.clock import london_date
from opensenco.kernel.words import mark, sentence
from opensenco.people.days import running
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations import groups
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind, StaffPart

CLASS_FIELDS = Fields(
    [
        Field(
            "group",
            mark("Class or group"),
            "Class|Class Name|Group|Group Name|Teaching Group|Set|Class Code|Registration Group"
            "|Reg Group|Reg|Form|Tutor Group|Class/Group",
            missing=mark("This file has no column with the class or group."),
        ),
        Field("kind", mark("Kind of group"), "Kind|Group Type|Class Type|Type of Group"),
        Field(
            "teacher_email",
            mark("Email address of the teacher"),
            "Teacher Email|Teacher E-mail|Staff Email|Tutor Email|Class Teacher Email|Email|E-mail",
        ),
        Field(
            "teacher",
            mark("Name of the teacher"),
            "Teacher|Class Teacher|Teacher Name|Main Teacher|Staff|Staff Name|Tutor|Form Tutor"
            "|Registration Tutor|Supervisor",
        ),
        Field("does", mark("What the adult does"), "Does|Adult Role|Role|Part"),
        Field("subject", mark("Subject"), "Subject|Course|Subject Name"),
        *pupil_here.FIELDS,
    ],
    needed=(
        ("group",),
        ("teacher", "teacher_email", *(one.code for one in pupil_here.FIELDS)),
    ),
    instead=pupil_here.INSTEAD,
)
NO_TEACHER = mark("Nobody among the staff has this name or address.")
TEACHERS = mark("Several colleagues could be meant by this name.")
STAFF_FIRST = mark("Read the staff in first, or write the email address.")
TEACHER_LEFT_OUT = mark("{name} is nobody among the staff, and was left out.")
NOT_COME = mark("{name} has not come to us yet. Put them into the class when they have.")
WHO = (pupil_here.UPN, pupil_here.LAST, pupil_here.FIRST)


class ClassLists(Kind):
    """Who is in which class or group, and who teaches it."""

    code = ImportKind.CLASSES
    fields = CLASS_FIELDS
    verbs = (Action.CLASS_EDIT,)
    asks_names = True
    labels = {
        "group": gettext_lazy("Class or group"),
        "teacher": gettext_lazy("Teacher"),
        "runs": gettext_lazy("Runs or assists"),
        "covers": gettext_lazy("Covers"),
    }
    who = (*Kind.who, ("teacher",), ("teacher_email",), ("group",))
    said = Said(
        title=gettext_lazy("Classes and groups"),
        file=gettext_lazy("Classes and groups from %(name)s"),
        looks=gettext_lazy(
            "A row for each pupil of a class, for each teacher of a class, or for both: the class, "
            "and who the pupil or the teacher is. The kind of group (class, teaching group or "
            "support group) and the subject are used where they are there."
        ),
        found=gettext_lazy(
            "Pupils are found by UPN or name, teachers by address or name. A pupil is in one class "
            "at a time and in any number of groups. Nobody is taken out of a group by a list."
        ),
        add=ngettext_lazy("Add %(num)s place in a class", "Add %(num)s places in classes", "num"),
        change=ngettext_lazy("Move %(num)s pupil", "Move %(num)s pupils", "num"),
        added=ngettext_lazy("%(num)s place added,", "%(num)s places added,", "num"),
        nothing_yet=gettext_lazy("No class has been changed."),
        new_one=gettext_lazy("Take this row"),
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read classes, and whom each row puts into them."""

        def one(row: OneRow) -> Values:
            values = {
                "group": row.need("group", read_group_name, ""),
                "kind": row.may("kind", read_group_kind, ""),
                "teacher_email": row.may("teacher_email", read_email, ""),
                "teacher": row.text("teacher"),
                "does": row.may("does", read_does, StaffPart.TEACHES.value),
                "subject": row.may("subject", short_text, ""),
            }
            named = any(row.text(code.code) for code in pupil_here.FIELDS)
            if named:
                values |= pupil_here.read_pupil(row, reading.name_order)
            elif not (values["teacher"] or values["teacher_email"]):
                row.missing("teacher" if row.layout.places("teacher") else "group")
            return values

        return read_list(table, CLASS_FIELDS, reading.columns, one)

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay rows beside who is in each class and who teaches it."""
        here = _Here(actor, org)
        return [here.beside(values, decided.get(place, 0)) for place, values in enumerate(rows)]

    def apply(self, work: Work) -> None:
        """Make the classes that are missing, put adults into them, then pupils."""
        classes = Classes(work)
        for row in work.rows:
            _put_staff(work, classes, row)
        rows = [row for row in work.rows if "group" in wanted(row)]
        pupils = Pupil.objects.in_bulk([row.pupil_id or 0 for row in rows])
        into_class: list[ImportRow] = []
        into_group: list[ImportRow] = []
        for row in rows:
            is_class = _kind(row, classes) == GroupKind.CLASS
            (into_class if is_class else into_group).append(row)
        classes.put(
            into_class,
            [pupils[row.pupil_id or 0] for row in into_class],
            [row.values["group"] for row in into_class],
        )
        for row in into_group:
            group = classes.called(row, row.values["group"], _kind(row, classes))
            made = groups.put_pupil_in_group(
                actor=work.actor, group=group, pupil=pupils[row.pupil_id or 0],
                starts=work.actor.today,
            )  # fmt: skip
            work.made(row, made, row.changes)

    def called(self, values: Values) -> str:
        """The pupil, or else the adult, and the class."""
        who = pupil_here.called(values) or values.get("teacher") or values.get("teacher_email", "")
        return f"{who} ({values['group']})" if values.get("group") else who

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        return str(value or "")

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils, or the colleagues, that a row could be about."""
        staff = [row for row in rows if not pupil_here.called(row.values)]
        found = pupil_candidates(actor, [row for row in rows if row not in staff])
        people = Person.objects.in_bulk([pk for row in staff for pk in row.candidates])
        for row in staff:
            found[row.pk] = [
                Candidate(pk, f"staff-{pk}", f"{people[pk].name} ({people[pk].email})")
                for pk in row.candidates
                if pk in people
            ]
        return found

    def remarks(self, file: FileImport) -> list[str]:
        """The classes that will be made."""
        wanted = ImportRow.objects.filter(file=file).exclude(match=Match.REFUSED)
        named = {row.values["group"] for row in wanted.exclude(decision=Decision.LEAVE)}
        rows = Group.objects.filter(running(london_date(file.compared_at)), org_id=file.org_id)
        known = {name.casefold() for name in rows.values_list("name", flat=True)}
        names = ", ".join(sorted(name for name in named if name.casefold() not in known))
        return [_("Classes that will be made: %(names)s.") % {"names": names}] if names else []


@dataclass
class _Here:
    """The classes of a place, with what earlier rows of the list have said already."""

    actor: Actor
    org: Organisation
    said: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        today = on_day(self.actor.today)
        self.pupils = PupilsHere(self.actor, self.org, by_name_alone=True)
        self.staff = StaffHere(self.actor, self.org)
        groups = Group.objects.filter(running(self.actor.today), org=self.org)
        self.groups = {group.name.casefold(): group for group in groups}
        inside = GroupPupil.objects.filter(today, org=self.org).values_list("pupil_id", "group_id")
        self.inside = set(inside)
        beside = GroupStaff.objects.filter(today, org=self.org)
        self.taught = set(beside.values_list("person_id", "group_id", "does"))

    def beside(self, values: Values, chosen: int | None) -> Beside:
        """Give what one row is; `chosen` is what a person said of it, 0 for nothing."""
        if not pupil_here.called(values):
            return self._staff_alone(values, chosen)
        found = self.pupils.find(values)
        if found.fault:
            return Beside(Match.REFUSED, faults=(found.fault,))
        known = found.pupil or next((k for k in found.candidates if k.pk == chosen), None)
        ids = tuple(one.pk for one in found.candidates)
        if known is None:
            return Beside(Match.DOUBTFUL, candidates=ids, reasons=found.reasons)
        staff, reasons = self._teacher_of(values)
        moves = self._place(values, known.pk, known.values["group"])
        changes = [*moves, *staff]
        match = Match.UNCHANGED if not changes else Match.NEW
        if moves and moves[0]["before"]:
            match = Match.CHANGED
        plain = Beside(match, known.pk, known.pk, reasons=reasons, changes=changes)
        if found.pupil:
            return plain
        return replace(
            plain, match=Match.DOUBTFUL, candidates=ids, reasons=(*found.reasons, *reasons)
        )

    def _place(self, values: Values, pupil: int, class_now: str) -> list[Change]:
        group = self.groups.get(values["group"].casefold())
        key = ("pupil", str(pupil), values["group"].casefold())
        if key in self.said or (group and (pupil, group.pk) in self.inside):
            return []
        self.said.add(key)
        kind = group.kind if group else values.get("kind") or GroupKind.CLASS
        return [change("group", class_now if kind == GroupKind.CLASS else None, values["group"])]

    def _staff_alone(self, values: Values, chosen: int | None) -> Beside:
        several = self._meant(values)
        if not several:
            return Beside(Match.REFUSED, faults=(_no_teacher(),))
        one = several[0] if len(several) == 1 else None
        one = one or next((c for c in several if c.person and c.person.pk == chosen), None)
        ids = tuple(c.person.pk for c in several if c.person)
        if one is None:
            return Beside(Match.DOUBTFUL, candidates=ids, reasons=(sentence(TEACHERS),))
        if one.person is None:
            fault = Fault("", sentence(NOT_COME, name=one.name), sentence(STAFF_FIRST))
            return Beside(Match.REFUSED, faults=(fault,))
        changes = self._teaches(values, one)
        match = Match.NEW if changes else Match.UNCHANGED
        plain = Beside(match, one.person.pk, changes=changes)
        if len(several) == 1:
            return plain
        return replace(plain, match=Match.DOUBTFUL, candidates=ids, reasons=(sentence(TEACHERS),))

    def _teacher_of(self, values: Values) -> tuple[list[Change], tuple[Any, ...]]:
        """Give the teacher whom a pupil's row names besides; one we do not know is left out."""
        name = values.get("teacher") or values.get("teacher_email")
        if not name:
            return [], ()
        several = self._meant(values)
        if len(several) == 1 and several[0].person:
            return self._teaches(values, several[0]), ()
        return [], (sentence(TEACHER_LEFT_OUT, name=name),)

    def _meant(self, values: Values) -> list[Colleague]:
        if email := values.get("teacher_email"):
            return self.staff.at(email)[:1]
        return self.staff.called(values.get("teacher", ""))

    def _teaches(self, values: Values, one: Colleague) -> list[Change]:
        group = self.groups.get(values["group"].casefold())
        person = one.person.pk if one.person else 0
        does = values.get("does") or StaffPart.TEACHES.value
        key = ("staff", str(person), values["group"].casefold(), does)
        if key in self.said or (group and (person, group.pk, does) in self.taught):
            return []
        self.said.add(key)
        return [change(_LABEL[does], None, one.name) | {"person": person}]


_LABEL = {
    StaffPart.TEACHES.value: "teacher",
    StaffPart.RUNS.value: "runs",
    StaffPart.COVERS.value: "covers",
}


def _kind(row: ImportRow, classes: Classes) -> str:
    """Give the kind of the group of a row: as it is, else as the list says, else a class."""
    return classes.kind_of(row.values["group"]) or row.values.get("kind") or GroupKind.CLASS.value


def _put_staff(work: Work, classes: Classes, row: ImportRow) -> None:
    for one in row.changes:
        if "person" not in one:
            continue
        group = classes.called(row, row.values["group"], _kind(row, classes))
        made = groups.put_staff_in_group(
            actor=work.actor,
            group=group,
            person=Person.objects.get(pk=one["person"]),
            does=row.values.get("does") or StaffPart.TEACHES,
            subject=row.values.get("subject", ""),
            starts=work.actor.today,
        )
        work.made(row, made, [change(one["field"], None, one["after"])])


def _no_teacher() -> Fault:
    return Fault("", sentence(NO_TEACHER), sentence(STAFF_FIRST))
