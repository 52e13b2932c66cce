"""What a plan lacks or has too much of: counts and blanks, with the texts of the rules' file."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensenco.plainwords.doubled import doubles
from opensenco.plainwords.plan import Found, OutcomeText, Place, PlanText, ProvisionText
from opensenco.plainwords.reading import ease, same_words, sentences, words
from opensenco.plainwords.rules import rules

WEEK = 7
#: beside counting, what says that nobody helps or all of it is done is a measure too
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|hundred|half|both|once|twice|every|each|all|alone|without|no|none|zero|never|"
    r"daily|weekly|unaided|unprompted|independently|nobody)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\b.{1,80}\bto\b", re.IGNORECASE | re.DOTALL)
_BEGINS = re.compile(
    r"\b(?:now|currently|at present|baseline|at the moment|today|so far|starting (?:point|from)|"
    r"up from|instead of|compared (?:to|with)|was)\b[^.]*(?:\d|\b(?:no|none|never|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|half|not)\b)|\bfrom\b[^.]{0,60}\b(?:\d|none|zero|one|two|"
    r"three|four|five|six|needing|with)",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\b(?:measur\w+|tall(?:y|ies)|count\w*|chart\w*|timed?|checklist|observ\w+|record\w*|test\w*|"
    r"scor\w+|rat(?:es|ed|ing)|out of|\d+ ?%|per cent|in \d+|of \d+)",
    re.IGNORECASE,
)


def found(rule: str, kind: str, key: str, part: str, sentence: str, told: str = "") -> Found:
    """Give the remark of a rule about counts and blanks, in its place."""
    remark = rules().structure[rule]
    return Found(replace(remark, words=told), Place(kind, key, part), sentence)


def counted(text: str) -> bool:
    """Tell whether a text has a figure or a word that is as good as one."""
    return bool(_COUNTED.search(text))


def is_quantified(row: ProvisionText) -> bool:
    """Tell whether the words of a provision say how often or how long."""
    return bool(rules().quantity.search(f"{row.name}. {row.words}"))


def is_measured(row: OutcomeText) -> bool:
    """Tell whether an outcome has an end that can be seen, a start, and a way to see both."""
    ends = counted(row.aim) or bool(re.search(r"\d", row.text)) or _goes_from_to(row.text)
    begins = bool(row.baseline.strip()) or says_where_it_begins(row)
    how = bool(row.measure.strip()) or bool(_HOW.search(row.text))
    return ends and begins and (how or counted(row.baseline) or says_where_it_begins(row))


def _goes_from_to(text: str) -> bool:
    match = _FROM_TO.search(text)
    return bool(match and re.search(r"\d", text[match.start() :]))


def says_where_it_begins(row: OutcomeText) -> bool:
    """Tell whether the words of an outcome say where the pupil is now."""
    return bool(_BEGINS.search(row.text)) or _goes_from_to(row.text)


def serving(plan: PlanText, row: OutcomeText) -> list[ProvisionText]:
    """Give what is done for an outcome: what names it, or names its need and no outcome."""
    return [
        one
        for one in plan.provision
        if row.key in one.outcomes or (row.need and not one.outcomes and row.need in one.needs)
    ]


def of_outcome(plan: PlanText, row: OutcomeText) -> Iterator[Found]:
    """Give what one outcome lacks."""
    if not serving(plan, row):
        yield found("outcome-without-provision", "outcome", row.key, "provision", row.text)
    if row.aim.strip() and same_words(row.aim) == same_words(row.baseline):
        yield found("target-not-beyond-baseline", "outcome", row.key, "aim",
                    f"{row.baseline} → {row.aim}")  # fmt: skip
    unchanged = row.before and same_words(row.before) == same_words(row.text)
    if unchanged and same_words(row.baseline_before) == same_words(row.baseline):
        yield found("same-text-as-last", "outcome", row.key, "text", row.text)


def of_plan(plan: PlanText) -> Iterator[Found]:
    """Give what the plan as a whole lacks or has too much of."""
    limits = rules().limits
    yield from _needs(plan)
    yield from _provision(plan)
    weeks = (plan.review_on - plan.starts).days / WEEK if plan.review_on and plan.starts else 0
    outcomes, strategies = len(plan.outcomes), len(plan.strategies)
    holds = {
        "too-many-outcomes": (outcomes > limits["too-many-outcomes"], "outcomes", outcomes),
        "no-pupil-voice": (not plan.pupil_said, "profile", ""),
        "no-strength": (not plan.strengths, "profile", ""),
        "too-many-strategies": (
            strategies > limits["too-many-strategies"], "profile", strategies
        ),
        "no-parent-voice": (not plan.parents_said, "parents_said", ""),
        "no-review-date": (plan.review_on is None, "review_on", ""),
        "review-too-far": (weeks > limits["review-too-far"], "review_on", plan.review_on or ""),
    }  # fmt: skip
    for rule, (fires, part, facts) in holds.items():
        if fires:
            yield found(rule, "plan", "", part, str(facts))
    yield from _hard_words(plan)


def _needs(plan: PlanText) -> Iterator[Found]:
    """Needs that nothing answers. Where nobody said what answers what, anything answers all."""
    answered = {need for one in plan.provision for need in one.needs}
    served = {key for one in plan.provision for key in one.outcomes}
    answered |= {row.need for row in plan.outcomes if row.need and row.key in served}
    linked = any(one.needs for one in plan.provision) or any(row.need for row in plan.outcomes)
    for need in plan.needs:
        if need not in answered and (linked or not (plan.provision or plan.strategies)):
            yield found("need-without-provision", "need", need, "provision", need, need)


def _provision(plan: PlanText) -> Iterator[Found]:
    keys = {row.key for row in plan.outcomes}
    needs = {row.need for row in plan.outcomes if row.need}
    for one in plan.provision:
        if one.kind == "provision" and not one.outcomes & keys and not one.needs & needs:
            yield found("provision-without-outcome", one.kind, one.key, "outcome", one.name)
        if one.kind == "provision" and not one.timed and not is_quantified(one):
            yield found("provision-missing-numbers", one.kind, one.key, "words", one.words)
        if one.kind == "provision" and one.timed and not one.who.strip():
            yield found("nobody-named", one.kind, one.key, "who", one.name)
    for rule, other, both in doubles(plan.provision):
        yield found(rule, other.kind, other.key, "doubled", both, both)


def _hard_words(plan: PlanText) -> Iterator[Found]:
    limits = rules().limits
    age = ease(*every_text(plan)).age
    if age is not None and age > limits["hard-to-read"]:
        yield found("hard-to-read", "plan", "", "reading", str(age), str(age))
    home = ease(*plan.at_home).age
    if home is not None and home > limits["home-hard-to-read"]:
        yield found("home-hard-to-read", "plan", "", "at_home", str(home), str(home))
    for kind, key, text in [
        ("plan", "", plan.found),
        *(("outcome", row.key, row.text) for row in plan.outcomes),
        *((one.kind, one.key, one.words) for one in plan.provision),
    ]:
        for one in sentences(text):
            if len(words(one)) > limits["long-sentence-in-plan"]:
                part = "found" if kind == "plan" else "words" if kind != "outcome" else "text"
                yield found("long-sentence-in-plan", kind, key, part, one)


def every_text(plan: PlanText) -> list[str]:
    """Give all texts of a plan that its writers answer for."""
    return [
        text
        for text in (
            plan.found,
            *(part for row in plan.outcomes for part in (row.text, row.measure)),
            *(part for one in plan.provision for part in (one.words,)),
            *plan.strategies,
            *plan.at_home,
        )
        if text.strip()
    ]
