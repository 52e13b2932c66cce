"""When a subject access request is answered (GOV-04). See docs/law/subject-access.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, Excuse, due_by
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.governance import GOV_04

REPLY = "reply"
EXTENDED = "extended-reply"
_MONTHS = {REPLY: 1, EXTENDED: 3}
_TITLES = {
    REPLY: mark("Answer the subject access request"),
    EXTENDED: mark("Answer the subject access request, extended"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """`received`: the day the request came in, to anybody at the school.

    `identity`: the day on which proof of identity came, where it had to be asked for. `paused`:
    from the day on which the school asked what was meant to the day of the answer, both left out;
    an open end while no answer has come. `extended`: the day the person was told that two more
    months are needed. `replied`: the day of the answer.
    """

    received: date
    identity: date | None = None
    paused: tuple[Span, ...] = ()
    extended: date | None = None
    replied: date | None = None

    def __post_init__(self) -> None:
        others = {"identity": self.identity, "extended": self.extended, "replied": self.replied}
        GOV_04.check_days(received=self.received, **others)
        for fact, day in others.items():
            GOV_04.check_order(received=self.received, **{fact: day})
        for fact in ("identity", "extended"):
            GOV_04.check_order(**{fact: others[fact], "replied": self.replied})
        for span in self.paused:
            GOV_04.check_order(received=self.received, paused=span.first, replied=self.replied)
        if any(span.last is None for span in sorted(self.paused, key=_by_first)[:-1]):
            raise BadFact(GOV_04.id, "paused", mark("Only the last question can be unanswered."))

    @property
    def starts(self) -> date:
        """The day from which the month runs."""
        return max(self.received, self.identity or self.received)


@answers(GOV_04)
def timetable(*, facts: RequestFacts, holidays: BankHolidays) -> tuple[Due, ...]:
    """The steps `reply` (one month) and `extended-reply` (three), each moved to the next working
    day where it ends on no such day; no date while the person's answer is awaited.

    Telling the person in time that the request is complex excuses `reply`. Raises
    CalendarNotCovered where the bank holidays are not known yet.
    """
    told_in_time = facts.extended is not None and facts.extended <= (
        _ends(facts, _MONTHS[REPLY]) or facts.extended
    )
    return (
        _step(facts, holidays, REPLY, excused_by=_excuse(facts) if told_in_time else ()),
        _step(facts, holidays, EXTENDED, extra=_on_extension(facts, in_time=told_in_time)),
    )


def _by_first(span: Span) -> date:
    return span.first


def _ends(facts: RequestFacts, months: int) -> date | None:
    """The day on which the time runs out, before any weekend is looked at.

    The days of a pause are added. A question asked after the time had run out stops nothing. None
    while a question that stopped the clock is unanswered.
    """
    ends = within_months(event=facts.starts, months=months)
    reached = facts.starts
    for span in sorted(facts.paused, key=_by_first):
        first = max(span.first, reached)
        if first > ends:
            break
        if span.last is None:
            return None
        if span.last >= first:
            ends += timedelta(days=(span.last - first).days + 1)
            reached = span.last + timedelta(days=1)
    return ends


def _step(
    facts: RequestFacts,
    holidays: BankHolidays,
    step: str,
    *,
    excused_by: tuple[Excuse, ...] = (),
    extra: tuple[Sentence, ...] = (),
) -> Due:
    ends = _ends(facts, _MONTHS[step])
    on = None if ends is None else _working(holidays, ends)
    return due_by(
        GOV_04,
        step=step,
        title=_TITLES[step],
        on=on,
        reasons=(*_reasons(facts, step), *_rolled(ends, on), *extra),
        moved_by=(
            sentence(mark("Proof of identity that has to be asked for.")),
            sentence(mark("The days while the person is asked what they mean.")),
        ),
        excused_by=excused_by,
        done_on=facts.replied,
    )


def _working(holidays: BankHolidays, day: date) -> date:
    if holidays.is_working_day(day):
        return day
    return holidays.within_working_days(event=day, days=1)


def _reasons(facts: RequestFacts, step: str) -> tuple[Sentence, ...]:
    told = [sentence(mark("The request came in on {received}."), received=facts.received)]
    if facts.starts != facts.received:
        words = mark("Time runs from {identity}, when proof of identity came.")
        told.append(sentence(words, identity=facts.starts))
    told.append(
        counted(
            mark("It is answered within {count} month, school holidays included."),
            mark("Extended, it is answered within {count} months, school holidays included."),
            count=_MONTHS[step],
        )
    )
    told += [_pause(span) for span in facts.paused]
    return tuple(told)


def _pause(span: Span) -> Sentence:
    if span.last is None:
        words = mark("On {first} the person was asked what they mean. Time stands still.")
        return sentence(words, first=span.first)
    words = mark("The days from {first} to {last}, while the person was asked, do not count.")
    return sentence(words, first=span.first, last=span.last)


def _rolled(ends: date | None, on: date | None) -> tuple[Sentence, ...]:
    if ends is None or ends == on:
        return ()
    words = mark("{ends} is no working day, so it is the next working day.")
    return (sentence(words, ends=ends),)


def _excuse(facts: RequestFacts) -> tuple[Excuse, ...]:
    words = mark("The person was told on {extended} that two more months are needed.")
    return (Excuse(GOV_04.provision, sentence(words, extended=facts.extended or facts.received)),)


def _on_extension(facts: RequestFacts, *, in_time: bool) -> tuple[Sentence, ...]:
    if facts.extended is None:
        words = mark("Only for a complex request, and if the person is told in the first month.")
        return (sentence(words),)
    if in_time:
        return ()
    words = mark("The person was told on {extended}, too late: the extension does not count.")
    return (sentence(words, extended=facts.extended),)


TIMETABLES = (
    Timetable(
        name="subject-access",
        title=mark("Answering a subject access request"),
        facts=(
            Fact("received", FactKind.DAY, mark("The day it came in."), required=True),
            Fact("identity", FactKind.DAY, mark("The day proof of identity came, if asked for.")),
            Fact(
                "paused",
                FactKind.OPEN_SPAN,
                mark("From the day the person was asked what they mean to their answer."),
                repeated=True,
            ),
            Fact(
                "extended",
                FactKind.DAY,
                mark("The day they were told of two more months."),
                past=True,
            ),
            Fact("replied", FactKind.DAY, mark("The day of the answer."), past=True),
        ),
        rules=(GOV_04,),
        steps=(REPLY, EXTENDED),
        takes=RequestFacts,
        gives=(timetable,),
    ),
)
