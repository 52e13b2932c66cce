"""Copying whether what is given helps, and what the pupil and the family said."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from opensenco.concerns.models import Programme
from opensenco.network.blocks import block, on, sentences
from opensenco.network.content import Block, Row
from opensenco.network.record import Record
from opensenco.participation.models import Asked
from opensenco.participation.questions import in_words
from opensenco.participation.states import AskedAs
from opensenco.provision.in_words import in_words as scale_in_words
from opensenco.provision.in_words import lines, said
from opensenco.provision.models import Allocation
from opensenco.provision.progress import plain
from opensenco.provision.queries.points import Course
from opensenco.provision.usual_words import what_is_usual
from opensenco.support.queries.plans import plans_of


def effect(record: Record, blind: bool) -> list[Block]:
    """Copy what was measured of each provision with its aim line, and of short programmes."""
    found = []
    for row, course in record.courses():
        found += _course(row, course, blind)
    return found + [_programme(one) for one in record.programmes()]


def _course(row: Allocation, course: Course, blind: bool) -> list[Block]:
    scale, aim, line = course.scale, course.aim, course.line
    measured = f"{scale.name}, {scale_in_words(scale)}" if scale else ""
    aimed = ""
    if aim is not None:
        told = {"score": plain(aim.score), "day": on(aim.by), "set": on(aim.at.date())}
        aimed = _("%(score)s by %(day)s, set on %(set)s") % told
    terms = [
        (_("What is measured"), measured),
        (_("Aim"), aimed),
        (_("Where the pupil is"), said(course)),
        (_("What is usual"), what_is_usual(course.usual) if course.usual else ""),
    ]
    points: list[Row] = [
        (
            on(one.point.on),
            f"{one.score} ({one.kind})" if one.kind else one.score,
            plain(line.on(one.point.on)) if line else "",
            one.against,
            one.point.source if blind else sentences(one.point.person.name, one.point.source),
        )
        for one in reversed(lines(course))
    ]
    name = row.provision.name
    heading = _("%(name)s: point by point") % {"name": name}
    return [block("terms", terms, name), Block("points", tuple(points), heading)]


def _programme(row: Programme) -> Block:
    until = _("%(first)s to %(last)s") % {"first": on(row.begun_on), "last": on(row.until)}
    after = row.exit or _("Not measured again yet.")
    rows = [
        (_("When"), until),
        (_("Before"), row.entry),
        (_("After"), f"{after} ({on(row.ended_on)})" if row.ended_on else after),
        (_("What came of it"), row.words),
    ]
    return block("terms", rows, _("Short programme: %(measure)s") % {"measure": row.measure})


def voice(record: Record, blind: bool) -> list[Block]:
    """Copy what the pupil said, and what the family said, each with its day, the newest first."""
    pupil, family = _of_plans(record)
    for one in record.answers():
        # whose parent a pack is for is not known here: what one answered is not for the other
        if record.family and one.asked_as != AskedAs.PUPIL:
            continue
        words = _answers(one)
        where = pupil if one.asked_as == AskedAs.PUPIL else family
        who = "" if blind or one.asked_as == AskedAs.PUPIL else _who(one)
        where.append((one.answered_on, "\n".join(filter(None, (who, *words)))))
    profile = record.profile()
    if profile is not None:
        pupil.append((profile.said_on, profile.own_words))
    for row in record.beside().at_home:
        if row.answer:
            family.append((row.answered_on, row.answer))
    return [
        Block("dated", _in_days(pupil), _("The pupil")),
        Block("dated", _in_days(family), _("Parents and carers")),
    ]


Said = tuple[date | None, str]


def _of_plans(record: Record) -> tuple[list[Said], list[Said]]:
    """Give what both said when plans were made and reviewed."""
    pupil: list[Said] = []
    family: list[Said] = []
    cycles = record.cycles()
    for plan in plans_of(record.actor, record.pupil, cycles, record.day) if cycles else []:
        row = plan.cycle
        family.append((row.agreed_on or row.started_on, row.parents_said))
        for one in plan.outcomes:
            if one.review is not None:
                pupil.append((row.reviewed_on, one.review.pupil_said))
                family.append((row.reviewed_on, one.review.parent_said))
    return pupil, family


def _who(one: Asked) -> str:
    if one.person is not None:
        return _("%(who)s:") % {"who": one.person.name}
    return _("%(who)s:") % {"who": one.outside_name} if one.outside_name else ""


def _answers(one: Asked) -> list[str]:
    """Give what somebody answered, question by question; what they left empty is left out."""
    found = []
    for question in one.ask_round.questions.words.asked:
        answer = "; ".join(in_words(question, one.answers.get(question.code)))
        if answer:
            found.append(f"{question.text}: {answer}")
    return found


def _in_days(rows: Iterable[Said]) -> tuple[Row, ...]:
    """Put what was said in the order of its days, the newest first; what is empty is left out."""
    kept = [(day, words.strip()) for day, words in rows if words.strip()]
    kept = list(dict.fromkeys(kept))
    kept.sort(key=lambda pair: pair[0] or date.min, reverse=True)
    return tuple((on(day), words) for day, words in kept)
