"""Copying what stands beside the plans: adjustments, home, the EHC plan, agencies, observations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.concerns import observations
from opensenco.concerns.follow_states import Stands
from opensenco.concerns.models import Observation, Referral, ReferralNews
from opensenco.ehc.models import EhcLine, EhcPlan
from opensenco.ehc.promised import Owed
from opensenco.ehc.states import MoveKind, Section
from opensenco.network.blocks import block, on, sentences, since_then
from opensenco.network.content import Block
from opensenco.network.record import Record
from opensenco.support.models import Adjustment, ConditionNote, HomeAction, NeedRating, PlanVersion
from opensenco.support.queries.ratings import SHOWN, compared
from opensenco.support.states import Helped, words_of
from opensenco.ui.words import begins


def beside(record: Record, blind: bool) -> list[Block]:
    """Copy what is changed for the pupil and what the family does, and whether it helped; notes."""
    held = record.beside()
    wrong = record.since(held.adjustments)
    found = [_adjustment(one, wrong.get(one.pk, ""), blind) for one in held.adjustments]
    wrong = record.since(held.at_home)
    found += [_at_home(one, wrong.get(one.pk, ""), blind) for one in held.at_home]
    wrong = record.since(held.notes)
    return found + [_note(one, wrong.get(one.pk, ""), blind) for one in held.notes]


def _adjustment(row: Adjustment, since: str, blind: bool) -> Block:
    asked = _("Asked on %(day)s") % {"day": on(row.helped_on)} if row.helped else ""
    rows = [
        (_("What is changed"), row.words),
        (_("Who does it"), "" if blind else row.who),
        (_("Since"), on(row.starts)),
        (_("Did it help"), sentences(words_of(Helped, row.helped), row.helped_words, asked)),
        (_("Until"), on(row.ended_on)),
        (_("Ended because"), row.ended_reason),
        (since_then(), since),
    ]
    return block("terms", rows, _("In the way: %(barrier)s") % {"barrier": row.barrier})


def _at_home(row: HomeAction, since: str, blind: bool) -> Block:
    who = "" if blind else row.answered_by
    told = {"who": who, "day": on(row.answered_on)}
    said = _("%(who)s on %(day)s") % told if who else on(row.answered_on)
    rows = [
        (_("What the family does"), row.words),
        (_("Who does it"), "" if blind else row.who),
        (_("Since"), on(row.starts)),
        (_("Did it help"), words_of(Helped, row.helped)),
        (_("What the family says"), row.answer),
        (_("Said by"), said if row.answer or row.helped else ""),
        (_("Until"), on(row.ended_on)),
        (since_then(), since),
    ]
    return block("terms", rows, _("At home since %(day)s") % {"day": on(row.starts)})


def _note(row: ConditionNote, since: str, blind: bool) -> Block:
    who = "" if blind else row.written_by.name
    rows = [
        (_("What staff know"), row.words),
        (_("From where"), sentences(row.source, on(row.source_on))),
        (_("Written on"), ", ".join(filter(None, (on(row.written_on), who)))),
        (_("To be read again by"), on(row.review_on)),
        (since_then(), since),
    ]
    return block("terms", rows, _("Note: %(title)s") % {"title": row.title})


def attested(name: str, rows: Iterable[PlanVersion], blind: bool) -> Block:
    """Say of a plan when it was agreed, with whom, and who attested it, version by version."""
    said = []
    for row in rows:
        with_whom = row.agreed_with and _("Agreed with: %(who)s") % {"who": row.agreed_with}
        by = _("Attested by %(who)s") % {"who": row.agreed_by.name}
        reader: Any = row.checked_by
        told = {"day": on(row.checked_on), "who": reader.name if reader else ""}
        read = _("Read through on %(day)s by %(who)s") % told if reader else ""
        until = _("To be reviewed by %(day)s") % {"day": on(row.review_on)}
        first = _("Version %(number)s, agreed on %(day)s") % {
            "number": row.number, "day": on(row.agreed_on),
        }  # fmt: skip
        said.append((sentences(first, *(("",) if blind else (with_whom, by, read)), until),))
    return block("list", said, _("%(plan)s: as it was attested") % {"plan": name})


def rated(rows: list[NeedRating], blind: bool) -> list[Block]:
    """Copy how much help was needed, question by question, the newest ratings beside each other."""
    shown = rows[:SHOWN]
    if not shown:
        return []
    days = [on(row.rated_on) for row in shown[::-1]]
    answers = []
    for one in compared(shown):
        levels = [level or _("not seen") for level in one.levels]
        answers.append((one.text, levels[0] if len(set(levels)) == 1 else _then(levels)))
    when = _("How much help is needed, rated on %(days)s") % {"days": _then(days)}
    beside_it = [
        (_("%(day)s, %(who)s") % {"day": on(row.rated_on), "who": row.rated_by.name}, row.words)
        if not blind
        else (on(row.rated_on), row.words)
        for row in shown
    ]
    seen = _("What was seen beside it")
    return [block("terms", answers, when), block("terms", beside_it, seen)]


def _then(texts: Sequence[str]) -> str:
    """Put what was said one after another in words that say so."""
    said = texts[0]
    for text in texts[1:]:
        said = _("%(before)s, then %(after)s") % {"before": said, "after": text}
    return said


def ehc(record: Record, blind: bool) -> list[Block]:
    """Copy the card of the EHC plan, the outcomes of section E and the provision of section F."""
    card = record.card()
    gone = [block("terms", _ended(one), _("An earlier EHC plan")) for one in card.ended]
    if card.plan is None:
        return gone
    wrong = record.since([card.plan]).get(card.plan.pk, "")
    since = record.since([*card.outcomes, *card.provision])
    return [
        block("terms", [*_whose(card.plan), *_days(card.plan), (since_then(), wrong)]),
        block("terms", [_line(one, since) for one in card.outcomes], _("Section E: outcomes")),
        block("terms", [_line(one, since) for one in card.provision], _("Section F: provision")),
        *_came(record.owed(card)),
        *gone,
    ]


def _whose(row: EhcPlan) -> list[tuple[str, str]]:
    reached = (row.officer, row.officer_phone, row.officer_email)
    return [
        (_("Authority"), row.authority),
        (_("Their reference"), row.their_reference),
        (_("Officer"), ", ".join(filter(None, reached))),
    ]


def _days(row: EhcPlan) -> list[tuple[str, str]]:
    reviewed = on(row.reviewed_on)
    if row.decided:
        reviewed = sentences(reviewed, row.get_decided_display())
    return [
        (_("First made"), on(row.made_on)),
        (_("Last review ended"), reviewed),
        (_("Newest amended plan"), on(row.amended_on)),
        (_("Next review meeting"), on(row.meeting_on)),
        (_("Papers sent"), on(row.papers_on)),
        (_("Report sent"), on(row.reported_on)),
        (_("Next move between phases"), _move(row)),
        (_("Next place named in the plan of"), on(row.named_on)),
    ]


def _move(row: EhcPlan) -> str:
    if not row.move_kind:
        return ""
    when = on(row.move_on) if row.move_on else str(row.move_year)
    return sentences(when, str(MoveKind(row.move_kind).label))


def _ended(row: EhcPlan) -> list[tuple[str, str]]:
    return [
        (_("Authority"), row.authority),
        (_("First made"), on(row.made_on)),
        (_("Ended"), on(row.ended_on)),
        (_("Why it ended"), row.end_reason),
    ]


def _line(row: EhcLine, since: dict[int, str]) -> tuple[str, str]:
    promised = [
        label % {"said": said}
        for label, said in (
            (_("Who: %(said)s"), row.who),
            (_("How much: %(said)s"), row.how_much),
            (_("How often: %(said)s"), row.how_often),
        )
        if said
    ]
    said = [row.words, "; ".join(promised), since.get(row.pk, "")]
    kind = _("Outcome") if row.section == Section.OUTCOME else _("Provision")
    return row.number or kind, "\n".join(filter(None, said))


def _came(rows: Sequence[Owed]) -> list[Block]:
    """Say of each row of section F what gives it, and how much of what is owed took place."""
    said = [
        (
            one.line.number or _("Provision"),
            "\n".join(filter(None, (
                one.asked_words, _("What gives it: %(said)s") % {"said": one.met_words},
                _("Delivered: %(said)s") % {"said": one.delivered_words} if one.ties else "",
                _("Missed: %(said)s") % {"said": one.missed_words} if one.missed else "",
            ))),
        )
        for one in rows
    ]  # fmt: skip
    return [block("terms", said, _("Section F: promised and delivered"))]


def agencies(record: Record, blind: bool) -> list[Block]:
    """Copy to whom the pupil was referred, and what came of it."""
    rows = record.referrals()
    since, news = record.since(rows), record.news(rows)
    found = []
    for row in rows:
        found.append(_referral(row, since.get(row.pk, "")))
        heard = [_heard(one) for one in news.get(row.pk, [])]
        about = {"service": row.service, "day": on(row.sent_on)}
        found.append(block("dated", heard, _("%(service)s, asked on %(day)s: news") % about))
    return found


def _referral(row: Referral, since: str) -> Block:
    agreed = _("%(who)s on %(day)s") % {"who": row.agreed_by, "day": on(row.agreed_on)}
    stands = _("%(stands)s, since %(day)s") % {
        "stands": begins(row.get_stands_display()), "day": on(row.stands_since),
    }  # fmt: skip
    rows = [
        (_("What is asked"), row.why),
        (_("Agreed by"), agreed),
        (_("Sent on"), on(row.sent_on)),
        (_("Where it stands"), stands),
        (_("We ask again on"), on(row.ask_again)),
        (since_then(), since),
    ]
    return block("terms", rows, row.service)


def _heard(one: ReferralNews) -> tuple[str, str]:
    return on(one.on), sentences(begins(str(Stands(one.stands).label)), begins(one.words))


def observed(record: Record, blind: bool) -> list[Block]:
    """Copy what adults saw who watched the pupil on purpose."""
    rows = record.observations()
    since = record.since(rows)
    return [_observation(one, record.family, since.get(one.pk, "")) for one in rows]


def _observation(row: Observation, family: bool, since: str) -> Block:
    rows = [
        (_("By"), row.by.name),
        (_("Where"), ", ".join(filter(None, (row.lesson, row.place)))),
        # who else was there can name other children
        (_("Who else was there"), "" if family else row.present),
        (_("What was seen"), row.seen),
        (_("Seen at set times"), _tally(row)),
        (_("What helped"), row.helped),
        (_("What hindered"), row.hindered),
        (_("What the plan asks for"), _looked(row)),
        (_("What to try next"), row.next_step),
        (since_then(), since),
    ]
    told = {"day": on(row.on), "how": row.get_kind_display()}
    return block("terms", rows, _("%(day)s: %(how)s") % told)


def _tally(row: Observation) -> str:
    counted = observations.counted(row)
    if counted is None:
        return ""
    looks = ngettext("%(num)s look", "%(num)s looks", counted.looks) % {"num": counted.looks}
    lines = ", ".join(f"{one.words}: {one.count}" for one in counted.lines)
    return _("%(looks)s. %(lines)s") % {"looks": looks, "lines": lines}


def _looked(row: Observation) -> str:
    return "\n".join(f"{one.what}: {one.words}: {one.was}" for one in observations.looked_for(row))


def diagnoses(record: Record, blind: bool) -> list[Block]:
    """Copy diagnoses as dated facts: by whom, and how the school knows."""
    rows = record.diagnoses()
    since = record.since(rows)
    return [
        block(
            "terms",
            [
                (_("Given on"), on(one.on)),
                (_("Given by"), one.given_by),
                (_("Known from"), one.known_from),
                (_("Written down on"), on(one.written_on)),
                (since_then(), since.get(one.pk, "")),
            ],
            one.what,
        )
        for one in rows
    ]
