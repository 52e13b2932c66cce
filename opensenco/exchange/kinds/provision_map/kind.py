"""Provision maps: what each pupil is given, how often, how long, by whom."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
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
)
from opensenco.exchange.kinds.provision_map import applying
from opensenco.exchange.kinds.provision_map.comparison import MapHere
from opensenco.exchange.kinds.provision_map.library_here import is_known
from opensenco.exchange.kinds.provision_map.promise import SAID, key_of
from opensenco.exchange.kinds.provision_map.settling import unsettled
from opensenco.exchange.kinds.pupils.kind import pupil_candidates
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.map_columns import (
    FIELDS_OF_A_MAP,
    PROVISION,
    MapFields,
    columns_of_costs,
)
from opensenco.exchange.readers.map_rows import MapReader, merged_heading
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.table import Broken, Row
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.states import ImportKind
from opensenco.kernel.words import mark, sentence
from opensenco.provision.states import LAYER_NAMES
from opensenco.ui import words

MAP_FIELDS = MapFields([*pupil_here.FIELDS, *FIELDS_OF_A_MAP], is_known)
COSTS = mark(
    "Costs are not taken over ({names}): the record says what is given, how often and by whom, and "
    "has no place for a sum of money yet. Keep your map for them."
)
WHO = (pupil_here.UPN, pupil_here.LAST, pupil_here.FIRST, pupil_here.BORN, "class")


class ProvisionMap(Kind):
    """What a school gives to whom, as its own map has it."""

    code = ImportKind.PROVISION_MAP
    fields = MAP_FIELDS
    verbs = (Action.PROVISION_ALLOCATE, Action.CLASS_EDIT)
    asks_names = True
    adds_in_doubt = False
    labels = {
        "provision": gettext_lazy("Provision"),
        "layer": gettext_lazy("Layer"),
        "times_a_week": gettext_lazy("Times a week"),
        "minutes": gettext_lazy("Minutes each time"),
        "adult": gettext_lazy("Delivered by"),
        "group": gettext_lazy("Group"),
        "starts": gettext_lazy("First day"),
        "ends": gettext_lazy("Last day"),
    }
    who = (*Kind.who, (PROVISION,))
    said = Said(
        title=gettext_lazy("Provision map"),
        file=gettext_lazy("Provision map from %(name)s"),
        looks=gettext_lazy(
            "Any of four shapes. A row for each pupil and provision, with how often and how long. "
            "A row for each pupil and a column for each provision, with a tick, “3 x 20”, “daily "
            "15” or “Mon/Wed” in the cells. A row for each provision, with the names of those who "
            "get it. A row for each provision and a column for each pupil, with the same in the "
            "cells. Waves or layers, who delivers it, the group and the first and last day are "
            "used where they are there."
        ),
        found=gettext_lazy(
            "Provisions are found in your library, then in the starter library, by name. What the "
            "map does not say, such as how long, you are asked once for each provision. The record "
            "has no place for costs yet: they are left out, and the page names their columns."
        ),
        add=ngettext_lazy("Give %(num)s provision", "Give %(num)s provisions", "num"),
        change=ngettext_lazy("Change %(num)s provision", "Change %(num)s provisions", "num"),
        added=ngettext_lazy("%(num)s provision given,", "%(num)s provisions given,", "num"),
        nothing_yet=gettext_lazy("Nothing has been given yet."),
        new_one=gettext_lazy("Take this row"),
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read the promises of each row; one row can make several."""
        rows = tuple(_heading(row, len(table.header)) for row in table.rows)
        reader = MapReader(reading.name_order, read_who)
        found = read_list(replace(table, rows=rows), MAP_FIELDS, reading.columns, reader.read)
        costs = columns_of_costs(found.unused)
        told = (sentence(COSTS, names=", ".join(costs)),) if costs else ()
        return replace(found, notes=(*found.notes, *told))

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay promises beside those that pupils have, in a few questions however many there are."""
        here = MapHere(actor, org)
        return [here.beside(values, decided.get(place)) for place, values in enumerate(rows)]

    def apply(self, work: Work) -> None:
        """Add to the library what is missing, then give, then change what differs."""
        applying.MapWork(work).do()

    def called(self, values: Values) -> str:
        """The pupil, and what they get."""
        who = pupil_here.called(values) or values.get(pupil_here.FIRST, "")
        return f"{who}: {values[PROVISION]}" if values.get(PROVISION) else who

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if value in ("", None):
            return ""
        if name in ("starts", "ends"):
            return words.day(date.fromisoformat(value))
        return str(LAYER_NAMES[value]) if name == "layer" else str(value)

    def question(self, row: ImportRow) -> Hashable:
        """All that one row says of a pupil asks once who that is."""
        return row.line, *(row.values.get(name, "") for name in WHO)

    def answered(self, values: Values, answers: Mapping[str, Any]) -> Values:
        """Give a row what was said of its provision, and of the days of the whole map."""
        said = (answers.get("provisions") or {}).get(key_of(values.get(PROVISION, "")), {})
        days = {name: answers[name] for name in ("starts", "ends") if answers.get(name)}
        return {**days, **values, SAID: said} if said or days else values

    def open_questions(self, file: FileImport) -> int:
        """Give how many provisions a person still has to say something of."""
        return unsettled(file)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that a row could be about."""
        return pupil_candidates(actor, rows)

    def remarks(self, file: FileImport) -> list[str]:
        """What happens to rows without a first day."""
        if file.answers.get("starts"):
            return []
        return [_("What has no first day in the map begins on the day on which you apply it.")]


def read_who(one: OneRow, order: NameOrder) -> Values:
    """Give who a row says its pupil is: as in other lists, or a name as people say it."""
    name = one.text(pupil_here.WHOLE)
    told = any(one.text(code) for code in (pupil_here.UPN, pupil_here.LAST, pupil_here.BORN))
    if not name or told or "," in name:
        return pupil_here.read_pupil(one, order)
    first, _space, last = name.partition(" ")
    return {pupil_here.FIRST: first, pupil_here.LAST: last, "by_name": True}


def _heading(row: Row | Broken, width: int) -> Row | Broken:
    """Give a row of merged cells that says "Wave 2" as a heading between rows."""
    if isinstance(row, Broken) and merged_heading(row.cells):
        text = next(cell for cell in row.cells if cell.strip())
        return Row(row.line, [text, *[""] * (width - 1)])
    return row
