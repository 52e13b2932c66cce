"""Pupil lists."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
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
    wanted,
)
from opensenco.exchange.kinds.pupils import applying
from opensenco.exchange.kinds.pupils.comparison import beside
from opensenco.exchange.kinds.pupils.leaving import with_what_ends
from opensenco.exchange.kinds.pupils.own import Own, is_own, own_of
from opensenco.exchange.kinds.pupils.roll import roll_of
from opensenco.exchange.kinds.pupils.values import (
    GROUP,
    LABELS,
    PLACES,
    PROMISES,
    SEN,
    TAKEN,
    TAKEN_FOR_SEN,
    said_of,
)
from opensenco.exchange.kinds.pupils.words import in_words
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.pupil import PupilRow
from opensenco.exchange.readers.pupil_columns import PUPIL_FIELDS, PupilField
from opensenco.exchange.readers.pupils import read_pupil_table
from opensenco.exchange.states import Decision, ImportKind, Match
from opensenco.kernel.clock import london_date
from opensenco.kernel.refs import short
from opensenco.people.days import on_roll, running
from opensenco.people.models import Group, Pupil
from opensenco.people.queries import attach_classes
from opensenco.people.states import GroupKind
from opensenco.ui import words

#: needed besides where a list brings SEN status and needs
FOR_SEN = (Action.STATUS_SET, Action.NEEDS_SET)


class Pupils(Kind):
    """Pupils of a school's roll, with their classes, SEN status, needs and the school's own fields.

    Args:
        own: the fields of one place, for one hat; none where no place is known.
    """

    code = ImportKind.PUPILS
    verbs = (Action.PUPIL_ADD, Action.PUPIL_EDIT, Action.CLASS_EDIT)
    names = ("last_name", "first_name")
    follows = frozenset({PLACES, PROMISES})
    who = (
        (PupilField.SURNAME, PupilField.FORENAME),
        (PupilField.FULL_NAME,),
        (PupilField.UPN,),
    )
    asks_names = True
    asks_sen = True
    said = Said(
        title=gettext_lazy("Pupils"),
        file=gettext_lazy("Pupils from %(name)s"),
        looks=gettext_lazy(
            "A row of headings and a row for each pupil. Surname, first name and date of birth are "
            "needed. UPN, year, class, sex, home language, dates of entry and leaving, SEN status "
            "and needs are used where they are there, and your own fields under their names. "
            "Everything else is left out."
        ),
        found=gettext_lazy(
            "Pupils are found by UPN, else by name and date of birth. Where that leaves a doubt, "
            "you decide. An empty cell changes nothing, and pupils who are not in the list are "
            "left alone."
        ),
        add=ngettext_lazy("Add %(num)s pupil", "Add %(num)s pupils", "num"),
        change=ngettext_lazy("Change %(num)s pupil", "Change %(num)s pupils", "num"),
        added=ngettext_lazy("%(num)s pupil added,", "%(num)s pupils added,", "num"),
        nothing_yet=gettext_lazy("No pupil has been changed."),
        new_one=gettext_lazy("A new pupil"),
    )

    def __init__(self, own: Own | None = None) -> None:
        self.own = own or Own()
        self.fields = self.own.columns(PUPIL_FIELDS, TAKEN | TAKEN_FOR_SEN)
        self.labels = {**LABELS, **{code: row.name for code, row in self.own.seen.items()}}

    def here(self, actor: Actor, org: Organisation) -> "Pupils":
        """Pupils, with the school's own fields that are open to this hat."""
        return Pupils(own_of(actor, org))

    def taken(self, actor: Actor) -> frozenset[str]:
        """Everything we keep; SEN status and needs for who may set them alone."""
        ours = TAKEN | TAKEN_FOR_SEN if brings_sen(actor) else TAKEN
        return frozenset({*ours, *self.own.open})

    def could_take(self) -> frozenset[str]:
        """Everything we keep."""
        return frozenset(TAKEN | TAKEN_FOR_SEN)

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read the pupils; lines about one pupil are joined."""
        file = read_pupil_table(
            table,
            reading.columns,
            today=actor.today,
            blank_sen_is_none=reading.blank_sen_is_none,
            name_order=reading.name_order,
            fields=self.fields,
            more=self.own.readers(),
        )
        sen = brings_sen(actor)
        return ListFile(
            items=tuple(said_of(row, sen=sen) for row in file.rows if isinstance(row, PupilRow)),
            refused=file.refused,
            used={code: file.used[code] for code in self.fields.by_code if code in file.used},
            unused=file.unused,
            header=file.header,
            digest=file.source.digest,
            notes=file.notes,
            sheet=table.sheet,
        )

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay pupils beside the roll, those who left too."""
        sen = brings_sen(actor)
        taken = rows if sen else [_without_sen(values) for values in rows]
        said = [self.own.only_open(values) for values in taken]
        codes = {name for values in said for name in values if is_own(name)}
        roll = roll_of(actor, org, sen=sen, more=lambda pupils: self.own.held(pupils, codes))
        found = beside(said, roll, actor.today, decided)
        return with_what_ends(found)

    def apply(self, work: Work) -> None:
        """Add and change pupils, put them into classes, set SEN status and needs, fill in."""
        applying.PupilWork(work, self.own).do()

    def clashes(
        self, actor: Actor, org: Organisation, rows: Sequence[ImportRow]
    ) -> Mapping[int, str]:
        """Refuse a UPN that another pupil has."""
        numbers = {row.pk: wanted(row).get("upn", "") for row in rows if row.decision}
        holders = Pupil.objects.filter(
            org=org, upn__in={*numbers.values()} - {""}, in_error_at__isnull=True
        )
        held = dict(holders.values_list("upn", "pk"))
        why = _("Another pupil here has the UPN of this row. Correct one of them first.")
        return {
            row.line: why
            for row in rows
            if held.get(numbers.get(row.pk, ""), row.subject) != row.subject
        }

    def called(self, values: Values) -> str:
        """Surname and first name, as in the register."""
        return ", ".join(filter(None, (values.get("last_name"), values.get("first_name"))))

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if is_own(name):
            return "" if value is None else self.own.in_words(name, value)
        return in_words(name, value)

    def shown(self, actor: Actor, name: str) -> bool:
        """SEN is shown to who may see the register alone, what is promised to who may see that.

        A field of the school's own is shown to whom it is open.
        """
        if is_own(name):
            return name in self.own.seen
        if name == PROMISES:
            return actor.can_somewhere(Action.PROVISION_VIEW)
        return name not in SEN or actor.can_somewhere(Action.REGISTER_VIEW)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that rows could be about, with their classes."""
        return pupil_candidates(actor, rows)

    def missing(self, file: FileImport) -> Any:
        """Pupils on the roll whom no row is about, surely or perhaps."""
        named = ImportRow.objects.filter(file=file)
        doubtful = named.filter(match=Match.DOUBTFUL).values_list("candidates", flat=True)
        perhaps = set(chain.from_iterable(doubtful))
        day = london_date(file.compared_at)
        rows = Pupil.objects.filter(on_roll(day), org_id=file.org_id, in_error_at__isnull=True)
        # a person may have said that somebody has left, and then that they stay after all
        sure = (
            named.filter(pupil__isnull=False)
            .exclude(line=0, decision=Decision.LEAVE)
            .values("pupil")
        )
        return rows.exclude(pk__in=sure).exclude(pk__in=perhaps).order_by("sort_key", "id")

    def remarks(self, file: FileImport) -> list[str]:
        """The classes that will be made, and what ends with pupils who leave."""
        made = classes_to_make(file, GROUP)
        told = [_("Classes that will be made: %(names)s.") % {"names": ", ".join(made)}]
        ends = _("Where a pupil gets a last day, their classes and groups, the adults who work "
                 "with them by name and what was promised to them end with it.")  # fmt: skip
        leave = any(one["field"] in (PLACES, PROMISES) for one in _to_do(file))
        return [*(told if made else []), *([ends] if leave else [])]


def brings_sen(actor: Actor) -> bool:
    """Tell whether this hat may also take SEN status and needs from a file."""
    return all(actor.hat.reach(action) is Reach.ALL for action in FOR_SEN)


def _without_sen(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in SEN}


def pupil_candidates(actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
    """Give for each doubtful row the pupils it could be about, in words that tell them apart."""
    ids = set(chain.from_iterable(row.candidates for row in rows))
    pupils = Pupil.objects.in_bulk([*ids])
    attach_classes(pupils.values(), actor.today)
    known = {pk: Candidate(pk, short(pupil.ref), _told(pupil)) for pk, pupil in pupils.items()}
    return {row.pk: [known[pk] for pk in row.candidates if pk in known] for row in rows}


def _told(pupil: Any) -> str:
    facts = [_("born %(day)s") % {"day": words.day(pupil.birth_date)}]
    if pupil.class_name:
        facts.insert(0, pupil.class_name)
    if pupil.upn:
        facts.append(pupil.upn)
    return _("This is %(name)s (%(facts)s)") % {
        "name": f"{pupil.first_name} {pupil.last_name}",
        "facts": ", ".join(facts),
    }


def classes_to_make(file: FileImport, field: str) -> list[str]:
    """Give the names of the classes that applying a file would make."""
    named = {one["after"] for one in _to_do(file) if one["field"] == field}
    classes = Group.objects.filter(
        running(london_date(file.compared_at)), org_id=file.org_id, kind=GroupKind.CLASS
    )
    known = {name.casefold() for name in classes.values_list("name", flat=True)}
    return sorted(name for name in named if name.casefold() not in known)


def _to_do(file: FileImport) -> list[Change]:
    """Give every field that applying a file would change, of rows that leave no doubt."""
    rows = ImportRow.objects.filter(file=file, match__in=[Match.NEW, Match.CHANGED]).exclude(
        decision=Decision.LEAVE
    )
    return list(chain.from_iterable(rows.values_list("changes", flat=True)))
