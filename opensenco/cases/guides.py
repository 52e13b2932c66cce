"""The short guide beside each step: whose words are shown, and the rules under it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.questions import counted, question
from opensenco.access.registry import visible
from opensenco.cases.dues import not_done
from opensenco.cases.models import Departure, DueDate, GuideEdition
from opensenco.cases.operations.everyday import PUBLISHING
from opensenco.gate.rows import find
from opensenco.law.rule import Rule
from opensenco.law.rules import get
from opensenco.law.strength import Strength
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day


class For(StrEnum):
    """For which kind of place a guide is worded."""

    SCHOOL = ""
    EARLY = "early"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One guide as OpenSENCO ships it.

    Args:
        early: the words for nurseries; empty where those for schools hold there too.
        alone: the words for a childminder; empty where those for nurseries hold there too.
        early_rules: the rules under both of them.
    """

    step: str
    title: str
    words: str
    rules: tuple[str, ...]
    early: str = ""
    alone: str = ""
    early_rules: tuple[str, ...] = ()

    def worded(self, place: For) -> For:
        """Give whose words such a place reads, where it has none of its own kind."""
        if place is For.ALONE and self.alone:
            return For.ALONE
        return For.EARLY if place and self.early else For.SCHOOL

    def said(self, place: For) -> str:
        """Give the words for such a place."""
        return {For.ALONE: self.alone, For.EARLY: self.early}.get(self.worded(place), self.words)

    def under(self, place: For) -> tuple[str, ...]:
        """Give the rules for such a place."""
        return self.early_rules if place and self.early_rules else self.rules

    def key(self, place: For) -> str:
        """Give what an edition of these words is kept under."""
        worded = self.worded(place)
        return f"{self.step}@{worded}" if worded else self.step


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule under a guide.

    Args:
        otherwise: where for this pupil it is not followed, and why.
    """

    rule: Rule
    otherwise: tuple[Departure, ...] = ()

    @property
    def may_differ(self) -> bool:
        """Whether guidance alone says it, so that one may do otherwise for a good reason."""
        return self.rule.strength is Strength.SHOULD


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide beside a step, as this person reads it.

    Args:
        whose: the school or authority whose words they are; empty for those that are shipped.
        pupil: whom the step is about; None on a page about nobody.
        departs: whether this person may say that they do otherwise.
        place: for which kind of place it is worded.
    """

    step: str
    title: str
    paragraphs: tuple[str, ...]
    whose: str
    lines: tuple[RuleLine, ...]
    pupil: Pupil | None = None
    departs: bool = False
    place: For = For.SCHOOL


def place_of(actor: Actor) -> For:
    """Give for which kind of place this person reads guides: where they work, in its words.

    Whoever works in several kinds of places, or above them, reads those for schools.
    """
    kinds = {kind_of_place(phase) for phase in actor.hat.phases}
    return kinds.pop() if len(kinds) == 1 else For.SCHOOL


def kind_of_place(phase: str) -> For:
    """Tell for which kind of place words are, by what its phase is called."""
    known = phase.casefold()
    if "childminder" in known:
        return For.ALONE
    return For.EARLY if "nursery" in known or "early years" in known else For.SCHOOL


@cache
def shipped() -> dict[str, Shipped]:
    """Give the guides by their step, in the order of the work."""
    text = resources.files("opensenco.cases.starter").joinpath("guides.toml").read_text("utf-8")
    return {
        one["step"]: Shipped(
            one["step"], one["title"], one["words"].strip(), tuple(one["rules"]),
            one.get("early", "").strip(), one.get("alone", "").strip(),
            tuple(one.get("early_rules", ())),
        )
        for one in tomllib.loads(text)["guide"]
    }  # fmt: skip


def guide_for(
    actor: Actor, step: str, pupil: Pupil | None = None, place: For | None = None
) -> Guide:
    """Give the guide beside a step: the school's own words, else its authority's, else ours.

    Args:
        place: for which kind of place; as it stands where this person works, where None is given.
    """
    return _guides(actor, [step], pupil, place_of(actor) if place is None else place)[0]


def every_guide(actor: Actor, place: For) -> list[Guide]:
    """Give the guides of every step for one kind of place, in the order of the work."""
    return _guides(actor, list(shipped()), None, place)


def _guides(actor: Actor, steps: list[str], pupil: Pupil | None, place: For) -> list[Guide]:
    asked = [shipped()[step] for step in steps]
    # what a place wrote before kinds of places had words of their own is for its own kind
    own = place == place_of(actor)
    meant = {one.step: one.key(place) for one in asked if own}
    keys = {*meant, *(one.key(place) for one in asked)}
    kept = _newest(sorted(actor.hat.orgs), actor.today, sorted(keys), meant)
    rules = {rule for one in asked for rule in one.under(place)}
    otherwise: dict[str, list[Departure]] = {}
    if pupil is not None and actor.can_somewhere(Action.PLAN_VIEW):
        rows = departures(actor).filter(pupil=pupil, rule__in=rules)
        for row in rows.select_related("by"):
            otherwise.setdefault(row.rule, []).append(row)
    return [_guide(actor, one, place, kept.get(one.key(place)), otherwise, pupil) for one in asked]


def _guide(
    actor: Actor,
    given: Shipped,
    place: For,
    found: GuideEdition | None,
    otherwise: Mapping[str, Sequence[Departure]],
    pupil: Pupil | None,
) -> Guide:
    words = found.words if found else _(given.said(place))
    rules = given.under(place)
    return Guide(
        step=given.step,
        title=_(given.title),
        paragraphs=tuple(part.strip() for part in words.split("\n\n") if part.strip()),
        whose=found.org.name if found else "",
        lines=tuple(RuleLine(get(rule), tuple(otherwise.get(rule, ()))) for rule in rules),
        place=given.worded(place),
        pupil=pupil,
        # whoever writes plans and reads this step has the verb over this pupil: nothing is asked
        departs=pupil is not None and actor.can_somewhere(Action.PLAN_WRITE),
    )


def _newest(
    orgs: Sequence[int], today: date, keys: Sequence[str], meant: Mapping[str, str]
) -> dict[str, GuideEdition]:
    """Give the edition that counts of each step: one's own, else a trust's, else an authority's.

    Args:
        meant: what the own editions of some steps count for instead.
    """
    above = Affiliation.objects.filter(
        on_day(today), member__in=orgs, of__kind__in=PUBLISHING
    ).values("of")
    rows = GuideEdition._default_manager.filter(
        Q(org__in=list(orgs)) | Q(org__in=above), step__in=keys
    )
    newest: dict[tuple[str, int], GuideEdition] = {}
    for row in rows.select_related("org").order_by("at", "id"):
        own = row.org.pk in orgs
        newest[meant.get(row.step, row.step) if own else row.step, row.org.pk] = row
    found: dict[str, GuideEdition] = {}
    ranked = sorted(newest.items(), key=lambda pair: _rank(pair[1], orgs))
    for (key, _org), row in ranked:
        if row.words:
            found.setdefault(key, row)
    return found


def _rank(row: GuideEdition, orgs: Sequence[int]) -> tuple[int, int]:
    if row.org.pk in orgs:
        return (0, row.org.pk)
    return (1 if row.org.kind == Organisation.Kind.TRUST else 2, row.org.pk)


def departures(actor: Actor) -> QuerySet[Departure]:
    """Give where guidance is not followed, the newest first, as far as this actor may read it."""
    rows = visible(actor, Action.PLAN_VIEW, Departure).filter(in_error_at__isnull=True)
    return rows.order_by("-on", "-id")


def departure(actor: Actor, ref: object) -> Departure:
    """Give the departure of a reference that this actor may take back.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.RECORD_INVALIDATE, Departure, ref, "pupil")  # type: ignore[arg-type]


def count_unexplained(actor: Actor) -> int:
    """Count the same."""
    return sum(_count_unexplained.ask(actor))


@question
def _count_unexplained(actor: Actor) -> QuerySet[Any, int]:
    return counted(unexplained(actor))


def unexplained(actor: Actor) -> QuerySet[DueDate]:
    """Give dates of guidance that have gone by, and of which nobody has said why."""
    said = Departure.objects.filter(
        pupil=OuterRef("pupil"), rule=OuterRef("rule"), on__gte=OuterRef("on"),
        in_error_at__isnull=True,
    )  # fmt: skip
    late = not_done(actor).filter(
        strength=Strength.SHOULD.value, on__lt=actor.today, pupil__isnull=False
    )
    rows = late.filter(~Exists(said)).select_related("pupil", "org")
    return rows.order_by(F("on").asc(nulls_last=True), "id")


def may_differ() -> list[Rule]:
    """Give the rules of guidance that stand under any guide, each once."""
    every = dict.fromkeys(
        rule for one in shipped().values() for rule in (*one.rules, *one.early_rules)
    )
    return [rule for rule in map(get, every) if rule.strength is Strength.SHOULD]
