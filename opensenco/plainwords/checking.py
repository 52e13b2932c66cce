"""A plan is looked over: its sentences by the rules of their place, its parts by counts."""

import re
from collections.abc import Iterable, Iterator

from opensenco.kernel.words import say
from opensenco.plainwords import structure
from opensenco.plainwords.offering import offer_for
from opensenco.plainwords.plan import (
    Checked,
    Found,
    OutcomeText,
    Place,
    PlanText,
    ProvisionText,
)
from opensenco.plainwords.reading import ease, sentences
from opensenco.plainwords.rules import SEVERITIES, Rule, hits, of_scope, rules, said
from opensenco.plainwords.structure import counted, is_measured, says_where_it_begins

#: what an outcome lacks is said at the field that has a place for it
FIELDS = {"no-measure": "measure", "no-date": "by"}
#: words of the trade that a plan may use where they are what is taught, or known to everybody
EVERYDAY = frozenset({"jar-literacy", "jar-scores", "acr-people", "acr-school"})
TRADE = ("jargon", "acronym")


def check(plan: PlanText) -> Checked:
    """Look over a plan.

    Returns:
        The remarks in the order of the plan, the gravest of each place first.
    """
    found = [
        *(one for outcome in plan.outcomes for one in _of_outcome(plan, outcome)),
        *(one for row in plan.provision for one in _of_provision(row)),
        *_of_texts(plan),
        *structure.of_plan(plan),
    ]
    texts = structure.every_text(plan)
    return Checked(
        remarks=tuple(_each_once(_with_offers(plan, found))),
        sentences=sum(len(sentences(text)) for text in texts),
        rules=len(rules().wording) + len(rules().structure),
        ease=ease(*texts),
    )


def _with_offers(plan: PlanText, found: Iterable[Found]) -> Iterator[Found]:
    for one in found:
        yield Found(one.remark, one.place, one.sentence, offer_for(plan, one))


def _each_once(found: Iterable[Found]) -> list[Found]:
    """Give each remark of a place once, in the order of the plan, the gravest first."""
    seen: dict[tuple[str, str, str], list[Found]] = {}
    for one in found:
        key = (one.place.kind, one.place.key, "")
        there = seen.setdefault(key, [])
        if all(
            (one.remark.rule, one.place.part, one.sentence)
            != (other.remark.rule, other.place.part, other.sentence)
            for other in there
        ):
            there.append(one)
    return [
        one
        for there in seen.values()
        for one in sorted(there, key=lambda one: SEVERITIES.index(one.remark.severity))
    ]


def _of_outcome(plan: PlanText, row: OutcomeText) -> Iterator[Found]:
    by = say(row.by) if row.by else ""
    whole = ". ".join(part for part in (row.text, row.baseline, row.aim, row.measure, by) if part)
    settled = ["measure"] if is_measured(row) else []
    has = {"measure": bool(row.measure.strip()), "by": bool(by or plan.review_on)}
    for rule, sentence, words in hits("outcome", row.text, whole, settled):
        part = FIELDS.get(rule.id, "text")
        if not has.get(part) and not (rule.id == "no-number" and settled):
            yield Found(said(rule, words), Place("outcome", row.key, part), sentence)
    for scope in ("baseline", "aim", "measure"):
        text = getattr(row, scope)
        # a figure at the other end tells what the word means
        figure = scope == "aim" and counted(row.aim)
        for rule, sentence, words in [] if figure else hits(scope, text):
            yield Found(said(rule, words), Place("outcome", row.key, scope), sentence)
    if not row.baseline.strip() and not says_where_it_begins(row):
        yield structure.found("outcome-without-baseline", "outcome", row.key, "baseline", row.text)
    yield from structure.of_outcome(plan, row)
    yield from _trade("outcome", row.key, "text", row.text)


def _of_provision(row: ProvisionText) -> Iterator[Found]:
    settled = [*(["quantity"] if row.timed else []), *(["person"] if row.who.strip() else [])]
    scope = "provision" if row.kind == "provision" else "adjustment"
    for part, text in (("name", row.name), ("words", row.words)):
        # a name is a name: what it promises stands in the figures beside it
        if part == "name" and (row.words.strip() or row.timed):
            continue
        for rule, sentence, words in hits(scope, text, settled=settled):
            yield Found(said(rule, words), Place(row.kind, row.key, part), sentence)
    yield from _trade(row.kind, row.key, "words", row.words)


def _of_texts(plan: PlanText) -> Iterator[Found]:
    for number, text in enumerate(plan.strategies, start=1):
        for rule, sentence, words in hits("strategy", text):
            yield Found(said(rule, words), Place("strategy", str(number), "text"), sentence)
    for number, text in enumerate(plan.at_home, start=1):
        for rule, sentence, words in hits("home", text):
            yield Found(said(rule, words), Place("home", str(number), "text"), sentence)
    for one in sentences(plan.found):
        for rule, sentence, words in hits("found", one):
            yield Found(said(rule, words), Place("plan", "", "found"), sentence)
    yield from _trade("plan", "", "found", plan.found)


def _trade(kind: str, key: str, part: str, text: str) -> Iterator[Found]:
    """Say so where words of the trade stand close together; one alone is nobody's trouble."""
    for sentence in sentences(text):
        told = sorted({word for rule in _trade_rules() for word in _matches(rule, sentence)})
        if len(told) > rules().limits["jargon-heavy"]:
            yield structure.found("jargon-heavy", kind, key, part, sentence, ", ".join(told))


def _trade_rules() -> list[Rule]:
    return [
        rule
        for rule in of_scope("parent-text")
        if rule.category in TRADE and rule.id not in EVERYDAY
    ]


def _matches(rule: Rule, sentence: str) -> Iterator[str]:
    if rule.unless and rule.unless.search(sentence):
        return
    for match in rule.pattern.finditer(sentence):
        if re.search(r"\w", match.group()):
            yield match.group().strip().casefold()
