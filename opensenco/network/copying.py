"""Copying parts of a record into plain words, as far as whoever copies may see them.

Each part asks the same queries as the pages do, in the sender's name: what they may not see cannot
be copied. What is copied stands still from then on.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.cases import queries as cases
from opensenco.network.content import Block, Kind, Section
from opensenco.network.states import Part
from opensenco.people import queries as people
from opensenco.people.models import Pupil
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.support.queries.plans import Plan, PlanOutcome, plan_of
from opensenco.ui.words import day as said_day

MOST_PLANS = 3


def copied(actor: Actor, pupil: Pupil, parts: tuple[Part, ...], *, blind: bool) -> list[Section]:
    """Copy parts of a record, in the order given. A part with nothing in it says so.

    Args:
        blind: leave out names, birth dates and who does what.
    """
    sections = []
    for part in parts:
        blocks = COPIERS[part](actor, pupil, blind)
        kept = tuple(block for block in blocks if block.rows)
        nothing = Block("text", ((_("Nothing is on the record."),),))
        sections.append(Section(part.value, str(part.label), kept or (nothing,)))
    return sections


def block(kind: Kind, rows: Sequence[tuple[str, ...]], heading: str = "") -> Block:
    """Give a block without rows that say nothing."""
    return Block(kind, tuple(row for row in rows if row[-1].strip()), heading)


def on(day: date | None) -> str:
    """Say a day, or nothing."""
    return said_day(day) if day else ""


def _yes(answer: bool) -> str:
    return _("Yes") if answer else _("No")


def years(pupil: Pupil, day: date) -> str:
    """Say the year group on a day as schools do."""
    year = pupil.year_on(day)
    if year is None:
        return ""
    if year > 0:
        return _("Year %(year)s") % {"year": year}
    return _("Reception") if year == 0 else _("Nursery")


def about(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy who the pupil is; of a blind pack the year group and the language alone."""
    language = (_("Language at home"), pupil.home_language)
    interpreter = (_("Interpreter"), _("The family needs one.") if pupil.interpreter_needed else "")
    if blind:
        year = (_("Year group"), years(pupil, actor.today))
        return [block("terms", [year, language, interpreter])]
    people.attach_classes([pupil], actor.today)
    rows = [
        (_("Name"), f"{pupil.first_name} {pupil.last_name}"),
        (_("Known as"), pupil.known_as),
        (_("Date of birth"), on(pupil.birth_date)),
        (_("Unique pupil number"), pupil.upn),
        (_("Year group"), years(pupil, actor.today)),
        (_("Class"), getattr(pupil, "class_name", "")),
        (_("Joined"), on(pupil.joined_on)),
        (_("Left"), on(pupil.left_on)),
        language,
        interpreter,
    ]
    return [block("terms", rows)]


def family(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy contacts with what each may see, answer and be told."""
    return [
        block(
            "terms",
            [
                (_("Relation"), one.relation),
                (_("Phone"), one.phone),
                (_("Email"), one.email),
                (_("Language"), one.language),
                (_("Interpreter"), _("Needed.") if one.interpreter_needed else ""),
                (
                    _("Parental responsibility"),
                    _yes(one.parental_responsibility),
                ),
                (_("Must not see or be told"), _("Barred.") if one.barred else ""),
                (_("Restriction"), one.restriction),
            ],
            one.name,
        )
        for one in people.contacts_of(actor, pupil)
    ]


def needs(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy the status that holds today, why it was set, and the ranked needs."""
    held = support.status_of(actor, pupil)
    status = [
        (_("Status"), held.get_code_display() if held else _("No SEN status")),
        (_("Since"), on(held.starts) if held else ""),
        (_("Why"), held.reason if held else ""),
        (_("Parents told on"), on(held.told_on) if held else ""),
    ]
    ranked = [(need.title,) for need in support.needs_of(actor, pupil)]
    return [block("terms", status), block("list", ranked, _("Needs, the greatest first"))]


def profile(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy the one-page profile and what every adult does."""
    one = support.profile_of(actor, pupil)
    strategies = [(text,) for text in support.strategies_of(actor, pupil)]
    said = [
        (_("In their own words"), one.own_words),
        (_("Good at"), one.good_at),
        (_("What matters"), one.matters),
        (_("What helps"), one.helps),
        (_("What hinders"), one.hinders),
        (_("Said on"), on(one.said_on)),
        (_("Said with"), "" if blind else one.said_with),
    ] if one else []  # fmt: skip
    return [block("terms", said), block("list", strategies, _("What every adult does"))]


def plans(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy the newest plans with their outcomes and what the reviews found; at most three."""
    standing = [row for row in support.cycles_of(actor, pupil) if not row.in_error]
    found: list[Block] = []
    for row in standing[:MOST_PLANS]:
        row.pupil = pupil
        plan = plan_of(actor, row)
        found.append(_cycle(plan, blind))
        found += [_outcome(plan, outcome) for outcome in plan.outcomes]
    return found


def _cycle(plan: Plan, blind: bool) -> Block:
    row = plan.cycle
    rows = [
        (_("Stage"), row.get_stage_display()),
        (_("Begun on"), on(row.started_on)),
        (_("What was found"), row.found),
        (_("What the parents said"), row.parents_said),
        (_("At home"), row.at_home),
        (_("Agreed on"), on(row.agreed_on)),
        (_("Agreed with"), "" if blind else row.agreed_with),
        (_("To be reviewed on"), on(row.review_on)),
        (_("Reviewed on"), on(row.reviewed_on)),
        (_("Next step"), row.next_step),
        (_("Closed because"), row.closed_reason),
    ]
    return block("terms", rows, _("Plan %(number)s") % {"number": row.number})


def _outcome(plan: Plan, outcome: PlanOutcome) -> Block:
    row, review = outcome.row, outcome.review
    rows = [
        (_("Outcome"), row.text),
        (_("Begins at"), row.baseline),
        (_("Aims at"), row.aim),
        (_("By"), on(row.by)),
        (_("How anybody can tell"), row.measure),
        (_("Where the pupil is now"), outcome.latest),
        (_("Reached"), outcome.score_words),
        (_("The pupil said"), review.pupil_said if review else ""),
        (_("The parents said"), review.parent_said if review else ""),
        (_("The teacher said"), review.teacher_said if review else ""),
        (_("What next"), outcome.after_words),
    ]
    words = {"number": plan.cycle.number, "place": outcome.place}
    return block("terms", rows, _("Plan %(number)s, outcome %(place)s") % words)


def delivery(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy what was promised and what came of it, as the ledger stands."""
    found = []
    for one in provision.for_pupil(actor, pupil):
        row = one.allocation
        much = {"times": row.times_a_week, "minutes": row.minutes}
        who = row.person.name if row.person and not blind else row.provision.delivered_by
        rows = [
            (_("Promised"), _("%(times)s times a week, %(minutes)s minutes") % much),
            (_("From"), on(row.starts)),
            (_("Until"), on(row.ends)),
            (_("Delivered by"), who),
            (_("Delivered"), one.words),
            (_("Missed"), one.missed_words),
            (_("Ended because"), row.ended_reason),
        ]
        found.append(block("terms", rows, row.provision.name))
    return found


def timeline(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy the dated facts that are not confidential; what health or care says is apart."""
    facts = [fact for fact in cases.timeline(pupil, actor) if not fact.confidential]
    plain = [fact for fact in facts if fact.reader not in APART]
    return [block("dated", [(on(fact.on), fact.words) for fact in plain])]


def confidential(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy the dated facts that are confidential and that the sender may read."""
    facts = [fact for fact in cases.timeline(pupil, actor) if fact.confidential]
    return [block("dated", [(on(f.on), f.words) for f in facts if f.reader not in APART])]


def health(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy health alerts and what to do."""
    rows = [(one.alert, one.what_to_do or "–") for one in people.alerts_of(actor, pupil)]
    return [Block("terms", tuple(rows))]


def care(actor: Actor, pupil: Pupil, blind: bool) -> list[Block]:
    """Copy care status as it holds today."""
    rows = [
        (str(one.get_kind_display()), _("since %(day)s") % {"day": on(one.starts)})
        for one in people.care_of(actor, pupil)
    ]
    return [block("terms", list(rows))]


#: facts that ask these verbs of their reader stand in no timeline that leaves
APART = frozenset({"care.view", "health.view", "safeguarding.view", "contact.view"})
COPIERS: dict[Part, Callable[[Actor, Pupil, bool], list[Block]]] = {
    Part.ABOUT: about,
    Part.FAMILY: family,
    Part.NEEDS: needs,
    Part.PROFILE: profile,
    Part.PLANS: plans,
    Part.DELIVERY: delivery,
    Part.TIMELINE: timeline,
    Part.HEALTH: health,
    Part.CARE: care,
    Part.CONFIDENTIAL: confidential,
}
