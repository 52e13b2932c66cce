"""A map is applied by provision's own operations: what is missing goes into the library, then
pupils are given what they are given, on the same terms together.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.models import Person
from opensenco.exchange.kinds.kind import Change, Work, change, wanted
from opensenco.exchange.kinds.provision_map.promise import NEW
from opensenco.exchange.models import ImportRow
from opensenco.people.days import running
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups
from opensenco.people.states import GroupKind
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import giving, library
from opensenco.provision.operations.giving import Promise, Terms
from opensenco.support.operations.status import Telling

ONE_DAY = timedelta(days=1)


class MapWork:
    """The rows of a map being applied."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.actor = work.actor
        rows = work.rows
        self.pupils = Pupil.objects.select_related("org").in_bulk([r.pupil_id or 0 for r in rows])
        people = {one["person"] for row in rows for one in row.changes if "person" in one}
        self.people = Person.objects.in_bulk(people)
        groups_now = Group.objects.filter(running(work.actor.today), org=work.org)
        self.groups = {group.name.casefold(): group for group in groups_now}
        self.provisions: dict[str, Provision] = {}
        #: what was given, so that who delivers it hears of the whole map once
        self.given: list[Allocation] = []

    def do(self) -> None:
        """Give what is new, all on the same terms together, then change what differs."""
        together: dict[tuple[Any, ...], list[ImportRow]] = defaultdict(list)
        # a doubtful row whose pupil a person has named may give or change
        changing = []
        for row in self.work.rows:
            if "held" in row.changes[0]:
                changing.append(row)
            else:
                together[self._terms_key(row)].append(row)
        self._give(list(together.values()))
        held = Allocation.objects.select_related(
            "pupil__org", "provision", "group", "person", "outcome"
        )
        promises = held.in_bulk([_held(row) for row in changing])
        if changing:
            self._change([(row, promises[_held(row)]) for row in changing])
        giving.tell_who_delivers(self.actor, self.given)

    def _terms_key(self, row: ImportRow) -> tuple[Any, ...]:
        said = wanted(row)
        names = ("provision", "times_a_week", "minutes", "group", "starts", "ends")
        return (_what(row)["as"], *(said.get(name) for name in names), _person(row.changes))

    def _give(self, together: list[list[ImportRow]]) -> None:
        """Give everybody what they get, in one go; rows of one list are on the same terms."""
        rows: list[ImportRow] = []
        promises: list[Promise] = []
        for some in together:
            promise = Promise(self._provision(some[0]), self._terms(some[0]))
            rows += some
            promises += [promise] * len(some)
        if not rows:
            return
        made = giving.allocate_each(
            actor=self.actor,
            pupils=[self.pupils[row.pupil_id or 0] for row in rows],
            promises=promises,
            notify=False,
        )
        self.given += made
        for row, one in zip(rows, made, strict=True):
            self.work.made(row, one, row.changes)

    def _terms(self, row: ImportRow) -> Terms:
        said = wanted(row)
        return Terms(
            times_a_week=said["times_a_week"],
            minutes=said["minutes"],
            starts=_day(said.get("starts")) or self.actor.today,
            ends=_day(said.get("ends")),
            person=self.people.get(_person(row.changes) or 0),
            group=self._group(row, said.get("group", "")),
        )

    def _provision(self, row: ImportRow) -> Provision:
        """Give the entry of the school's library; it is made where there is none."""
        what = _what(row)
        key = f"{what['as']}:{what['after'].casefold()}" if what["as"] == NEW else what["as"]
        if key not in self.provisions:
            self.provisions[key] = self._made(row, what)
        return self.provisions[key]

    def _made(self, row: ImportRow, what: Change) -> Provision:
        kind, _colon, name = what["as"].partition(":")
        if kind == "own":
            return Provision.objects.get(ref=name)
        before = Provision.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        if kind == "starter":
            one = library.add_from_starter(actor=self.actor, org=self.work.org, starter=name)
        else:
            said = wanted(row)
            one = library.add_provision(
                actor=self.actor, org=self.work.org, name=what["after"], layer=said["layer"],
                minutes=said["minutes"], times_a_week=said["times_a_week"],
                group_usual=row.values.get("size") or 1,
            )  # fmt: skip
        if one.pk > before:
            self.work.made(row, one, [change("name", None, one.name)])
        return one

    def _group(self, row: ImportRow, name: str) -> Group | None:
        """Give the group of a name; a support group is made where there is none."""
        if not name:
            return None
        key = name.casefold()
        if key not in self.groups:
            group = groups.add_group(
                actor=self.actor, org=self.work.org, name=name, kind=GroupKind.SUPPORT
            )
            self.groups[key] = group
            self.work.made(row, group, [change("name", None, name)])
        return self.groups[key]

    def _change(self, changing: list[tuple[ImportRow, Allocation]]) -> None:
        """Move last days; or end what runs and promise it anew on the terms of the map."""
        before = [held.ends.isoformat() if held.ends else None for _row, held in changing]
        anew = [
            (row, held, self._anew(row, held))
            for row, held in changing
            if set(wanted(row)) != {"ends"}
        ]
        begins = {row.pk: promise.terms.starts for row, _held, promise in anew}
        giving.end_each(
            actor=self.actor,
            allocations=[held for _row, held in changing],
            ends=[
                begins[row.pk] - ONE_DAY
                if row.pk in begins
                else date.fromisoformat(wanted(row)["ends"])
                for row, _held in changing
            ],
            reason=_("As in the provision map that was read in"),
        )
        for (row, held), earlier in zip(changing, before, strict=True):
            last = held.ends.isoformat() if held.ends else None
            self.work.changed(row, held, [change("ends", earlier, last)])
        if not anew:
            return
        made = giving.allocate_each(
            actor=self.actor,
            pupils=[held.pupil for _row, held, _promise in anew],
            promises=[promise for _row, _held, promise in anew],
            notify=False,
        )
        self.given += made
        for (row, _was, _promise), one in zip(anew, made, strict=True):
            self.work.made(row, one, row.changes)

    def _anew(self, row: ImportRow, held: Allocation) -> Promise:
        said = wanted(row)
        starts = max(_day(row.values.get("starts")) or self.actor.today, held.starts + ONE_DAY)
        told = Telling(held.told_on, held.told_how, held.told_words) if held.told_on else None
        terms = Terms(
            times_a_week=said.get("times_a_week", held.times_a_week),
            minutes=said.get("minutes", held.minutes),
            starts=starts,
            ends=_day(said.get("ends")) or held.ends,
            person=self.people.get(_person(row.changes) or 0) or held.person,
            group=held.group,
        )
        return Promise(held.provision, terms, held.outcome, told)


def _what(row: ImportRow) -> Change:
    return next(one for one in row.changes if one["field"] == "provision")


def _held(row: ImportRow) -> int:
    return int(row.changes[0]["held"])


def _person(changes: list[Change]) -> int | None:
    return next((one["person"] for one in changes if "person" in one), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
