"""The plan check beside a plan, and the page that lists its rules."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.plainwords.plan import Found, ProvisionText, Slot
from opensenco.plainwords.rules import ANY, Reader, Remark, Rule, Rules, rules
from opensenco.support import queries as support
from opensenco.support.checking import check_plan
from opensenco.support.queries import Plan, beside

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "ta": 403,
           "parent": 200}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One remark as the page shows it.

    Args:
        key: its name in an address; it says nothing of the pupil.
        url: where it is mended; `heading` what it is about.
    """

    key: str
    found: Found
    url: str
    heading: str

    @property
    def remark(self) -> Remark:
        """What the rule says."""
        return self.found.remark

    @property
    def part(self) -> str:
        """The part of its place."""
        return self.found.place.part


@dataclass(frozen=True)
class Check:
    """What is said of a plan beside its page."""

    lines: list[Line] = field(default_factory=list)
    dismissed: list[Any] = field(default_factory=list)
    sentences: int = 0
    rules: int = 0
    age: int | None = None

    def about(self, outcome: int, *parts: str) -> list[Line]:
        """Give the remarks on parts of one outcome; 0 is the plan as a whole."""
        kind, key = ("outcome", str(outcome)) if outcome else ("plan", "")
        return [
            one
            for one in self.lines
            if (one.found.place.kind, one.found.place.key) == (kind, key)
            and (not parts or one.part in parts)
        ]


def check_of(actor: Actor, plan: Plan, around: "Around") -> Check:
    """Look over a plan, and leave out what was set aside for the sentences as they are now."""
    pupil = plan.pupil
    provided = around.provided
    given = [one for one in provided if _in_the_plan(one, plan, actor)]
    found = check_plan(
        plan,
        around.profile,
        [*_provision(given, plan, around), *_adjustments(plan, around)],
        support.strategies_of(actor, pupil),
        [need.title for need in around.needs],
        [one.words for one in around.beside.running_at_home],
    )
    aside = beside.dismissed_of(actor, plan.cycle)
    marks = {(one.rule, one.place, one.sentence): one for one in aside}
    standing, dismissed = [], {}
    for one in found.remarks:
        rule, kind, part, sentence = one.mark
        row = marks.get((rule, f"{kind} {part}", sentence))
        if row is None:
            standing.append(one)
        else:
            dismissed[row.pk] = row
    given_by = {str(n): one for n, one in enumerate(given)}
    return Check(
        lines=_lines(standing, plan, given_by, around),
        dismissed=[(row, _message(row.rule)) for row in dismissed.values()],
        sentences=found.sentences,
        rules=found.rules,
        age=found.ease.age,
    )


def _message(rule: str) -> str:
    every = rules()
    words = {one.id: one.message for one in every.wording}
    return words.get(rule) or every.structure[rule].message


@dataclass(frozen=True)
class Around:
    """What the check looks at besides the plan itself.

    Args:
        provided: all that the pupil is given (`provision.queries.Delivery`).
        needs: ranked (`support.queries.NeedLine`).
    """

    profile: Any
    provided: Sequence[Any]
    needs: Sequence[Any]
    beside: "beside.Beside"


def _in_the_plan(one: Any, plan: Plan, actor: Actor) -> bool:
    """What serves an outcome of this plan, or runs for none."""
    row = one.allocation
    ours = {outcome.row.pk for outcome in plan.outcomes}
    over = row.ends is not None and row.ends < actor.today
    return row.outcome_id in ours or (row.outcome_id is None and not over)


def _titles(plan: Plan, around: Around) -> dict[str, str]:
    """The name of the need that each outcome answers, by its place; of those that say so."""
    titles = {need.code: need.title for need in around.needs}
    found = {str(one.place): titles.get(one.row.need, "") for one in plan.outcomes}
    return {place: title for place, title in found.items() if title}


def _provision(given: Iterable[Any], plan: Plan, around: Around) -> list[ProvisionText]:
    places = {one.row.pk: str(one.place) for one in plan.outcomes}
    titles = _titles(plan, around)
    return [
        ProvisionText(
            key=str(number),
            name=one.name,
            outcomes=frozenset(filter(None, [places.get(one.allocation.outcome_id, "")])),
            needs=frozenset(
                filter(None, [titles.get(places.get(one.allocation.outcome_id, ""), "")])
            ),
            minutes=one.allocation.minutes,
            times_a_week=one.allocation.times_a_week,
            who=one.by if one.allocation.person or one.allocation.group else "",
            slots=tuple(
                Slot(hour.weekday, hour.starts_at, hour.ends_at, hour.week) for hour in one.hours
            ),
        )
        for number, one in enumerate(given)
    ]


def _adjustments(plan: Plan, around: Around) -> list[ProvisionText]:
    places = {one.row.root: str(one.place) for one in plan.outcomes}
    titles = _titles(plan, around)

    def serves(one: Any) -> str:
        return places.get(one.outcome_root, "")

    return [
        ProvisionText(
            key=f"a{number}", kind="adjustment", name=one.barrier, words=one.words, who=one.who,
            outcomes=_only(serves(one)), needs=_only(titles.get(serves(one), "")),
        )
        for number, one in enumerate(around.beside.running)
    ]  # fmt: skip


def _only(name: str) -> frozenset[str]:
    return frozenset([name] if name else [])


def _lines(
    found: Sequence[Found], plan: Plan, given: Mapping[str, Any], around: Around
) -> list[Line]:
    times: Counter[str] = Counter()
    lines = []
    for one in found:
        times[one.remark.rule] += 1
        key = f"{one.remark.rule}.{times[one.remark.rule]}"
        lines.append(Line(key, one, _url(one, plan, given, around), _heading(one, given)))
    return lines


def _heading(one: Found, given: Mapping[str, Any]) -> str:
    place = one.place
    if place.kind == "outcome":
        return _("Outcome %(place)s") % {"place": place.key}
    if place.kind == "provision":
        return str(given[place.key].name)
    words = {"strategy": _("In class"), "home": _("At home"), "need": _("Needs"),
             "adjustment": _("Adjustments")}  # fmt: skip
    return words.get(place.kind, _("What we found") if place.part == "found" else "")


def _url(one: Found, plan: Plan, given: Mapping[str, Any], around: Around) -> str:
    """Give where on the page, or on which page, a remark is mended."""
    place, ref = one.place, plan.pupil.ref
    if place.kind == "outcome":
        return _in_an_outcome(one, plan)
    if place.kind == "provision":
        return reverse("provision:allocation", args=[given[place.key].allocation.ref])
    if place.kind == "adjustment":
        row = around.beside.running[int(place.key.removeprefix("a"))]
        return reverse("plans:change_adjustment", args=[row.ref])
    if place.part == "profile" or place.kind == "strategy":
        return reverse("plans:write_profile", args=[ref])
    if place.kind == "home":
        return "#id_at_home"
    places = {"outcomes": "#plan", "provision": "#plan", "reading": "#checks"}
    return places.get(place.part, f"#id_{place.part}")


def _in_an_outcome(one: Found, plan: Plan) -> str:
    place = one.place
    if place.part == "text":
        return f"#remark-{place.key}-{one.remark.rule}"
    if place.part == "provision":
        return "#plan" if place.key == "1" else f"#outcome-{place.key}"
    number = plan.outcomes[int(place.key) - 1].row.number
    return f"#id_outcome_{number}_{place.part}"


@dataclass(frozen=True)
class RuleLine:
    """One rule as the page of rules tells it."""

    id: str
    message: str
    better: str
    severity: str
    where: str


@page(Action.PLAN_VIEW, logs=Logs.NOTHING, tab="register", who=READERS)
def rule_list(request: HttpRequest, actor: Actor) -> Answer:
    """List every rule of the plan check: what it looks for, why, and what is better."""
    every = rules()
    groups = [
        (title, [_rule(rule, every) for rule in every.wording if rule.category == category])
        for category, title in every.categories.items()
    ]
    counted = [_counted(rule, every) for rule in every.structure]
    groups = [(title, found) for title, found in groups if found]
    readers: tuple[Reader, ...] = every.readers
    return Answer(
        "plans/rules.html",
        {"groups": [*groups, (_("Counts and blanks"), counted)], "readers": readers,
         "number": sum(len(found) for _title, found in groups) + len(counted)},
    )  # fmt: skip


def _rule(rule: Rule, every: Rules) -> RuleLine:
    where = [every.scopes[one] for one in every.scopes if one in rule.scopes]
    everywhere = ANY in rule.scopes
    return RuleLine(
        rule.id, rule.message, rule.better, every.severities[rule.severity],
        every.scopes[ANY] if everywhere else "; ".join(where),
    )  # fmt: skip


def _counted(name: str, every: Rules) -> RuleLine:
    remark = every.structure[name]
    limit = every.limits[name]
    where = every.facts[name] + (f" ({limit})" if limit else "")
    return RuleLine(name, remark.message, remark.better, every.severities[remark.severity], where)
