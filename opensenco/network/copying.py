"""Copying parts of a record into plain words, as far as whoever copies may see them.

Each part asks the same queries as the pages do, in the sender's name: what they may not see cannot
be copied. What is copied stands still from then on.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actor import Actor
from opensenco.network import copying_beside as beside
from opensenco.network import copying_effect
from opensenco.network.blocks import block, on, since_then
from opensenco.network.content import Block, Section
from opensenco.network.record import Entry, Record
from opensenco.network.states import Part
from opensenco.people import queries as people
from opensenco.people.models import Contact, Pupil
from opensenco.support import queries as support
from opensenco.support.queries.plans import Plan, PlanOutcome, plans_of
from opensenco.support.queries.sources import (
    Sources,
    sources_in,
    sources_of_plans,
    texts_of_profile,
)

#: in a pack that is sent: what the receiver needs to go on
MOST_PLANS = 3


def copied(actor: Actor, pupil: Pupil, parts: tuple[Part, ...], *, blind: bool) -> list[Section]:
    """Copy parts of a record for a pack, in the order given; at most the three newest plans.

    Args:
        blind: leave out names, birth dates and who does what.
    """
    record = Record(actor, pupil, pupil, plans=MOST_PLANS)
    return sections_of(record, parts, blind=blind)


def sections_of(record: Record, parts: tuple[Part, ...], *, blind: bool) -> list[Section]:
    """Copy parts of a record that is read now or as it stood; one with nothing in it says so."""
    sections = []
    for part in parts:
        kept = tuple(block for block in COPIERS[part](record, blind) if block.rows)
        nothing = Block("text", ((_("Nothing is on the record."),),))
        source = "" if blind else record.source(part)
        sections.append(Section(part.value, str(part.label), kept or (nothing,), source=source))
    return sections


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


def about(record: Record, blind: bool) -> list[Block]:
    """Copy who the pupil is; of a blind pack the year group and the language alone."""
    pupil, year = record.then, years(record.then, record.on)
    language = (_("Language at home"), pupil.home_language)
    interpreter = (_("Interpreter"), _("The family needs one.") if pupil.interpreter_needed else "")
    if blind:
        return [block("terms", [(_("Year group"), year), language, interpreter])]
    people.attach_classes([pupil], record.on)
    rows = [
        (_("Name"), f"{pupil.first_name} {pupil.last_name}"),
        (_("Known as"), pupil.known_as),
        (_("Date of birth"), on(pupil.birth_date)),
        (_("Unique pupil number"), pupil.upn),
        (_("Year group"), year),
        (_("Class"), getattr(pupil, "class_name", "")),
        (_("Joined"), on(pupil.joined_on)),
        (_("Left"), on(pupil.left_on)),
        language,
        interpreter,
    ]
    return [block("terms", rows)]


def family(record: Record, blind: bool) -> list[Block]:
    """Copy contacts with what each may see, answer and be told; for the family who they are."""
    rows = record.contacts()
    since = record.since(rows)
    return [
        block("terms", [*_who(one, record.family), (since_then(), since.get(one.pk, ""))], one.name)
        for one in rows
    ]


def _who(one: Contact, family: bool) -> list[tuple[str, str]]:
    who = [(_("Relation"), one.relation)]
    responsible = (_("Parental responsibility"), _yes(one.parental_responsibility))
    if family:
        return [*who, responsible]
    return [
        *who,
        (_("Phone"), one.phone),
        (_("Email"), one.email),
        (_("Language"), one.language),
        (_("Interpreter"), _("Needed.") if one.interpreter_needed else ""),
        responsible,
        (_("Must not see or be told"), _("Barred.") if one.barred else ""),
        (_("Restriction"), one.restriction),
    ]


def needs(record: Record, blind: bool) -> list[Block]:
    """Copy the status that holds, why it was set, and the ranked needs."""
    actor, pupil, day = record.actor, record.pupil, record.day
    held = support.status_of(actor, pupil, day)
    since = record.since([held] if held else [])
    status = [
        (_("Status"), held.get_code_display() if held else _("No SEN status")),
        (_("Since"), on(held.starts) if held else ""),
        (_("Why"), held.reason if held else ""),
        (_("Parents told on"), on(held.told_on) if held else ""),
        (since_then(), since.get(held.pk, "") if held else ""),
    ]
    ranked = [(need.title,) for need in support.needs_of(actor, pupil, day)]
    return [
        block("terms", status),
        block("list", ranked, _("Needs, the greatest first")),
        *beside.rated(record.ratings(), blind),
    ]


def profile(record: Record, blind: bool) -> list[Block]:
    """Copy the one-page profile and what every adult does."""
    actor, pupil, day = record.actor, record.pupil, record.day
    one = support.profile_of(actor, pupil, day)
    strategies = [(text,) for text in support.strategies_of(actor, pupil, day)]
    texts = [] if blind else texts_of_profile(one)
    sources = sources_in(actor, texts, paper=True, day=day)
    said = [
        (_("In their own words"), sources.marked("own_words", one.own_words)),
        (_("Good at"), sources.marked("good_at", one.good_at)),
        (_("What matters"), sources.marked("matters", one.matters)),
        (_("What helps"), sources.marked("helps", one.helps)),
        (_("What hinders"), sources.marked("hinders", one.hinders)),
        (_("How they communicate"), sources.marked("communication", one.communication)),
        (_("Said on"), on(one.said_on)),
        (_("Said with"), "" if blind else one.said_with),
    ] if one else []  # fmt: skip
    every = block("list", strategies, _("What every adult does"))
    return [block("terms", said), every, _sources(sources)]


def plans(record: Record, blind: bool) -> list[Block]:
    """Copy the newest plans with their outcomes and what the reviews found.

    However many there are, the database is asked as often.
    """
    actor, day, found = record.actor, record.day, list[Block]()
    cycles = record.cycles()
    made = plans_of(actor, record.pupil, cycles, day) if cycles else []
    known = [] if blind else sources_of_plans(actor, made, paper=True, day=day)
    since = record.since(cycles)
    wrong = record.since(one.row for plan in made for one in plan.outcomes)
    versions = record.versions(cycles)
    for place, plan in enumerate(made):
        sources = Sources() if blind else known[place]
        name = record.called(plan.cycle, blind=blind)
        found.append(_cycle(name, plan, sources, since.get(plan.cycle.pk, ""), blind))
        found += [_outcome(name, one, sources, wrong.get(one.row.pk, "")) for one in plan.outcomes]
        kept = versions.get(plan.cycle.pk, [])
        found += [_sources(sources, name), beside.attested(name, kept, blind)]
    return found


def _cycle(name: str, plan: Plan, sources: Sources, since: str, blind: bool) -> Block:
    row = plan.cycle
    rows = [
        (_("Stage"), row.get_stage_display()),
        (_("Begun on"), on(row.started_on)),
        (_("What was found"), sources.marked("found", row.found)),
        (_("What the parents said"), sources.marked("parents_said", row.parents_said)),
        (_("At home"), sources.marked("at_home", row.at_home)),
        (_("Agreed on"), on(row.agreed_on)),
        (_("Agreed with"), "" if blind else row.agreed_with),
        (_("To be reviewed on"), on(row.review_on)),
        (_("Reviewed on"), on(row.reviewed_on)),
        (_("Next step"), row.next_step),
        (_("Closed because"), row.closed_reason),
        (since_then(), since),
    ]
    return block("terms", rows, name)


def _outcome(name: str, outcome: PlanOutcome, sources: Sources, since: str) -> Block:
    row, review, key = outcome.row, outcome.review, f"outcome-{outcome.place}"
    rows = [
        (_("Outcome"), sources.marked(f"{key}-text", row.text)),
        (_("Begins at"), sources.marked(f"{key}-baseline", row.baseline)),
        (_("Aims at"), sources.marked(f"{key}-aim", row.aim)),
        (_("By"), on(row.by)),
        (_("How anybody can tell"), row.measure),
        (_("Where the pupil is now"), outcome.latest),
        (_("Reached"), outcome.score_words),
        (_("The pupil said"), review.pupil_said if review else ""),
        (_("The parents said"), review.parent_said if review else ""),
        (_("The teacher said"), review.teacher_said if review else ""),
        (_("What shows it"), "\n".join(f"{o.words} ({o.told})" for o in sources.shows(row))),
        (_("What next"), outcome.after_words),
        (since_then(), since),
    ]
    words = {"plan": name, "place": outcome.place}
    return block("terms", rows, _("%(plan)s, outcome %(place)s") % words)


def _sources(sources: Sources, plan: str = "") -> Block:
    """Say where the marked sentences came from; only what may stand on paper is named."""
    rows = []
    for note in sources.notes:
        when = f", {on(note.row.said_on)}" if note.row.said_on else ""
        changed = " " + _("The words have changed since.") if note.changed else ""
        rows.append((f"[{note.number}] {note.words}{when}.{changed}",))
    heading = _("%(plan)s: where this comes from") if plan else _("Where this comes from")
    return block("list", rows, heading % {"plan": plan} if plan else heading)


def delivery(record: Record, blind: bool) -> list[Block]:
    """Copy what was promised and what came of it, as the ledger stands."""
    found = []
    deliveries = record.deliveries()
    since = record.since(one.allocation for one in deliveries)
    for one in deliveries:
        row = one.allocation
        much = ngettext(
            "%(times)s time a week, %(minutes)s minutes",
            "%(times)s times a week, %(minutes)s minutes",
            row.times_a_week,
        ) % {"times": row.times_a_week, "minutes": row.minutes}
        who = row.person.name if row.person and not blind else row.provision.delivered_by
        rows = [
            (_("For the outcome"), row.outcome.text if row.outcome else ""),
            (_("Promised"), much),
            (_("From"), on(row.starts)),
            (_("Until"), on(row.ends)),
            (_("Delivered by"), who),
            (_("Delivered"), one.words),
            (_("Missed"), one.missed_words),
            (_("Ended because"), row.ended_reason),
            (since_then(), since.get(row.pk, "")),
        ]
        found.append(block("terms", rows, row.provision.name))
    return found


def own(record: Record, blind: bool) -> list[Block]:
    """Copy what the school's own fields say; a blind pack cannot have them."""
    return [block("terms", [(one.name, one.words) for one in record.own()])]


def timeline(record: Record, blind: bool) -> list[Block]:
    """Copy the dated facts that are not confidential; what health or care says is apart."""
    return [_dated(one for one in record.entries() if not one.confidential)]


def confidential(record: Record, blind: bool) -> list[Block]:
    """Copy the dated facts that are confidential and that the sender may read."""
    return [_dated(one for one in record.entries() if one.confidential)]


def _dated(entries: Iterable[Entry]) -> Block:
    righted = _("%(words)s (Put right or taken back later.)")
    return block(
        "dated",
        [
            (on(one.on), righted % {"words": one.words} if one.righted else one.words)
            for one in entries
            if one.reader not in APART
        ],
    )


def health(record: Record, blind: bool) -> list[Block]:
    """Copy health alerts and what to do."""
    alerts = record.alerts()
    since = record.since(alerts)
    rows = [(one.alert, one.what_to_do or "–") for one in alerts]
    wrong = [(one.alert, since[one.pk]) for one in alerts if one.pk in since]
    return [Block("terms", tuple(rows)), block("terms", wrong, since_then())]


def care(record: Record, blind: bool) -> list[Block]:
    """Copy the care status that holds."""
    held = record.care()
    since = record.since(held)
    rows = []
    for one in held:
        said = _("since %(day)s") % {"day": on(one.starts)}
        wrong = since.get(one.pk, "")
        rows.append((str(one.get_kind_display()), f"{said}. {wrong}" if wrong else said))
    return [block("terms", rows)]


#: facts that ask these verbs of their reader stand in no timeline that leaves
APART = frozenset({"care.view", "health.view", "safeguarding.view", "contact.view"})
COPIERS: dict[Part, Callable[[Record, bool], list[Block]]] = {
    Part.ABOUT: about,
    Part.FAMILY: family,
    Part.NEEDS: needs,
    Part.PROFILE: profile,
    Part.PLANS: plans,
    Part.BESIDE: beside.beside,
    Part.EHC: beside.ehc,
    Part.DELIVERY: delivery,
    Part.EFFECT: copying_effect.effect,
    Part.VOICE: copying_effect.voice,
    Part.AGENCIES: beside.agencies,
    Part.OBSERVED: beside.observed,
    Part.OWN: own,
    Part.TIMELINE: timeline,
    Part.DIAGNOSES: beside.diagnoses,
    Part.HEALTH: health,
    Part.CARE: care,
    Part.CONFIDENTIAL: confidential,
}
