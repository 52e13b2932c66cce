"""Where sentences of plans and profiles came from, with numbers, as on a page or on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases import statements
from opensenco.cases.models import StatementSource
from opensenco.kernel.refs import short
from opensenco.support.models import Profile
from opensenco.support.queries.plans import Plan

#: the part of an outcome at which stands what shows how far it has come
EVIDENCE = "evidence"
#: what people type before one thing of a list
BULLETS = " \t-•*"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a plan or a profile that has sentences.

    Args:
        key: its name on the page and in forms, "found" or "outcome-1-text".
    """

    key: str
    host: Model
    part: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence and its source; `changed` where the sentence does not read so any more."""

    number: int
    row: StatementSource
    words: str
    heading: str
    changed: bool

    @property
    def key(self) -> str:
        """Its name in a form."""
        return short(self.row.ref)


@dataclass(frozen=True, slots=True)
class Shows:
    """Something of the record that shows how far an outcome has come.

    Args:
        words: what it shows. told: which record it is.
    """

    row: StatementSource
    words: str
    told: str

    @property
    def key(self) -> str:
        """Its name in a form."""
        return short(self.row.ref)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text, and the numbers of the notes that stand after them."""

    words: str
    numbers: list[int]


@dataclass(frozen=True)
class Sources:
    """The notes of a plan or profile, by the order in which it is read."""

    notes: list[Note] = field(default_factory=list)
    evidence: dict[object, list[Shows]] = field(default_factory=dict)
    _after: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def shows(self, outcome: Model) -> list[Shows]:
        """Give what shows how far an outcome has come, in the order in which it was named."""
        return self.evidence.get(_ref(outcome), [])

    def stretches(self, key: str, words: str) -> list[Stretch]:
        """Give a text of the plan in stretches, each with the numbers that follow it."""
        found, start = [], 0
        ends: dict[int, list[int]] = {}
        for end, number in self._after.get(key, []):
            ends.setdefault(end, []).append(number)
        for end in sorted(ends):
            found.append(Stretch(words[start:end], sorted(ends[end])))
            start = end
        return [*found, Stretch(words[start:], [])] if words[start:] or not found else found

    def lines(self, key: str, words: str) -> list[list[Stretch]]:
        """Give a text that has one thing a line, line by line, each in stretches."""
        found: list[list[Stretch]] = [[]]
        for stretch in self.stretches(key, words):
            first, *others = stretch.words.split("\n")
            found[-1].append(Stretch(first, [] if others else stretch.numbers))
            found += [[Stretch(one, [])] for one in others]
            if others:
                found[-1][-1] = Stretch(others[-1], stretch.numbers)
        for line in found:
            line[0] = Stretch(line[0].words.lstrip(BULLETS), line[0].numbers)
        return [line for line in found if any(one.words.strip() for one in line)]

    def marked(self, key: str, words: str) -> str:
        """Give a text of the plan with the numbers in brackets, for paper."""
        return "".join(
            one.words + "".join(f" [{number}]" for number in one.numbers)
            for one in self.stretches(key, words)
        )


def texts_of(plan: Plan, *, empty: bool = False) -> list[Text]:
    """Give the texts of a plan in the order in which it is read.

    Args:
        empty: those that say nothing as well.
    """
    cycle = plan.cycle
    found = [
        Text("found", cycle, "found", _("What we found"), cycle.found),
        *(
            Text(
                f"outcome-{one.place}-{part}", one.row, part,
                _("Outcome %(number)s") % {"number": one.place}, getattr(one.row, part),
            )
            for one in plan.outcomes
            for part in ("text", "baseline", "aim")
        ),
        Text("parents_said", cycle, "parents_said", _("Family"), cycle.parents_said),
        Text("at_home", cycle, "at_home", _("Family"), cycle.at_home),
    ]  # fmt: skip
    return found if empty else [one for one in found if one.words]


def texts_of_profile(profile: Profile | None, *, empty: bool = False) -> list[Text]:
    """Give the texts of a one-page profile in the order in which it is read.

    Args:
        empty: those that say nothing as well.
    """
    if profile is None:
        return []
    headings = {
        "own_words": _("In their own words"), "good_at": _("What they are good at"),
        "matters": _("What matters to them"), "helps": _("What helps"),
        "hinders": _("What gets in the way"), "communication": _("How they communicate"),
    }  # fmt: skip
    found = [
        Text(part, profile, part, heading, getattr(profile, part))
        for part, heading in headings.items()
    ]
    return found if empty else [one for one in found if one.words]


def place_of(texts: Sequence[Text], key: str) -> Text | None:
    """Give the text of a plan by its name."""
    return next((one for one in texts if one.key == key), None)


def sources_of(
    actor: Actor, plan: Plan, *, paper: bool = False, day: date | None = None
) -> Sources:
    """Give the sources of a plan's sentences that this reader may know of, numbered from 1.

    Args:
        paper: only those that may stand on paper, which is read by others than who prints it.
        day: as they stood at its end.
    """
    return sources_in(actor, texts_of(plan, empty=True), paper=paper, day=day)


def sources_in(
    actor: Actor, texts: Sequence[Text], *, paper: bool = False, day: date | None = None
) -> Sources:
    """Give the sources of the sentences of these texts, numbered from 1: see `sources_of`."""
    return _placed(_named(actor, texts, paper=paper, day=day), texts)


def sources_of_plans(
    actor: Actor, plans: Sequence[Plan], *, paper: bool = False, day: date | None = None
) -> list[Sources]:
    """Give the sources of several plans, each numbered from 1; as often asked, however many."""
    texts = [texts_of(plan, empty=True) for plan in plans]
    named = _named(actor, [one for several in texts for one in several], paper=paper, day=day)
    found = []
    for several in texts:
        refs = {_ref(one.host) for one in several}
        found.append(_placed([one for one in named if one.row.host_ref in refs], several))
    return found


def _named(
    actor: Actor, texts: Sequence[Text], *, paper: bool, day: date | None
) -> list[statements.Named]:
    hosts = list({id(one.host): one.host for one in texts}.values())
    found = statements.named(actor, hosts, day=day)
    return [one for one in found if one.told.on_paper or not paper]


def _placed(rows: Sequence[statements.Named], texts: Sequence[Text]) -> Sources:
    by_place = {(_label(one.host), _ref(one.host), one.part): one for one in texts}
    order = list(by_place)
    placed = []
    for one in rows:
        place = one.row.host_label, one.row.host_ref, one.row.part
        if place not in by_place:
            continue
        text = by_place[place]
        at = text.words.find(one.row.quote)
        # what has changed stands after what still reads so
        placed.append(((at < 0, order.index(place), at, one.row.pk), one, text, at))
    notes: list[Note] = []
    after: dict[str, list[tuple[int, int]]] = {}
    for number, (_key, one, text, at) in enumerate(sorted(placed, key=lambda p: p[0]), start=1):
        notes.append(Note(number, one.row, one.told.words, text.heading, at < 0))
        if at >= 0:
            after.setdefault(text.key, []).append((at + len(one.row.quote), number))
    evidence: dict[object, list[Shows]] = {}
    for one in rows:
        if one.row.part == EVIDENCE:
            shown = Shows(one.row, one.row.quote, one.told.words)
            evidence.setdefault(one.row.host_ref, []).append(shown)
    return Sources(notes, evidence, after)


def taken_away(actor: Actor, texts: Sequence[Text]) -> list[statements.Named]:
    """Give the sources of sentences that were taken away, for who may know of them."""
    return statements.named(actor, [one.host for one in texts], removed=True)


def _label(host: Model) -> str:
    return host._meta.label


def _ref(host: Model) -> object:
    return host.ref  # type: ignore[attr-defined]
