"""The short guide beside each step: whose words are shown, and the rules under it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.registry import visible
from opensenco.cases.models import Departure, DueDate, GuideEdition
from opensenco.cases.operations.everyday import PUBLISHING
from opensenco.cases.queries import not_done
from opensenco.gate.rows import find
from opensenco.law.rule import Rule
from opensenco.law.rules import get
from opensenco.law.strength import Strength
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day


@dataclass(frozen=True, slots=True)
class Shipped:
    """One guide as OpenSENCO ships it."""

    step: str
    title: str
    words: str
    rules: tuple[str, ...]


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
    """

    step: str
    title: str
    paragraphs: tuple[str, ...]
    whose: str
    lines: tuple[RuleLine, ...]
    pupil: Pupil | None = None
    departs: bool = False


@cache
def shipped() -> dict[str, Shipped]:
    """Give the guides by their step, in the order of the work."""
    text = resources.files("opensenco.cases.starter").joinpath("guides.toml").read_text("utf-8")
    return {
        one["step"]: Shipped(one["step"], one["title"], one["words"].strip(), tuple(one["rules"]))
        for one in tomllib.loads(text)["guide"]
    }


def guide_for(actor: Actor, step: str, pupil: Pupil | None = None) -> Guide:
    """Give the guide beside a step: the school's own words, else its authority's, else ours."""
    given = shipped()[step]
    found = _newest(sorted(actor.hat.orgs), actor.today, step).get(step)
    words, whose = (found.words, found.org.name) if found else (_(given.words), "")
    otherwise: dict[str, list[Departure]] = {}
    if pupil is not None and actor.can_somewhere(Action.PLAN_VIEW):
        rows = departures(actor).filter(pupil=pupil, rule__in=given.rules)
        for row in rows.select_related("by"):
            otherwise.setdefault(row.rule, []).append(row)
    return Guide(
        step=step,
        title=_(given.title),
        paragraphs=tuple(part.strip() for part in words.split("\n\n") if part.strip()),
        whose=whose,
        lines=tuple(RuleLine(get(rule), tuple(otherwise.get(rule, ()))) for rule in given.rules),
        pupil=pupil,
        # whoever writes plans and reads this step has the verb over this pupil: nothing is asked
        departs=pupil is not None and actor.can_somewhere(Action.PLAN_WRITE),
    )


def own_words(org: Organisation, today: date) -> dict[str, GuideEdition]:
    """Give by step the words that stand at a place, its own or those of above."""
    return _newest([org.pk], today)


def _newest(orgs: Sequence[int], today: date, step: str = "") -> dict[str, GuideEdition]:
    """Give the edition that counts of each step: one's own, else a trust's, else an authority's."""
    above = Affiliation.objects.filter(
        on_day(today), member__in=orgs, of__kind__in=PUBLISHING
    ).values("of")
    rows = GuideEdition._default_manager.filter(Q(org__in=list(orgs)) | Q(org__in=above))
    if step:
        rows = rows.filter(step=step)
    newest: dict[tuple[str, int], GuideEdition] = {}
    for row in rows.select_related("org").order_by("at", "id"):
        newest[row.step, row.org.pk] = row
    found: dict[str, GuideEdition] = {}
    ranked = sorted(newest.values(), key=lambda row: _rank(row, orgs))
    for row in ranked:
        if row.words:
            found.setdefault(row.step, row)
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
    every = dict.fromkeys(rule for one in shipped().values() for rule in one.rules)
    return [rule for rule in map(get, every) if rule.strength is Strength.SHOULD]
