"""Due dates as plain data: to keep in a table and read again, and to print for programs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, Value
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.due import Answer, Due, Excuse, state
from opensenco.law.parameters import Origin, Used
from opensenco.law.strength import Provision, Strength

Data = dict[str, Any]


def report(due: Due, today: date) -> Data:
    """One step as a program reads it: plain English, dates as ISO, the state on `today`.

    `last_working_day` is the working day on or before the due day, for convenience alone (CAL-07);
    it is null where the table of bank holidays does not reach. `right` is true of what somebody may
    do and need not: it is never late.
    """
    now = state(due, today)
    return {
        "step": due.step,
        "due": _day(due.on),
        "last_working_day": _day(_working(due.on)),
        "rule": due.rule,
        "strength": str(due.strength),
        "verified": due.verified,
        "provision": str(due.provision),
        "address": due.provision.address,
        "reason": " ".join(str(reason) for reason in due.reasons),
        "state": now.name,
        "state_words": str(now.words),
        "right": due.right is not None,
        "window": str(due.window) if due.window else None,
        "done": _day(due.done_on),
        "moved_by": [str(each) for each in due.moved_by],
        "excused_by": [str(each.reason) for each in due.excused_by],
        "used": [_used_out(each) for each in due.used],
    }


def to_data(due: Due) -> Data:
    """Everything in `due` as JSON can hold it. `from_data` gives back an equal `Due`."""
    return {
        "step": due.step,
        "title": due.title,
        "rule": due.rule,
        "on": _day(due.on),
        "provision": [due.provision.instrument, due.provision.paragraph, due.provision.address],
        "strength": str(due.strength),
        "verified": due.verified,
        "reasons": [_words_out(each) for each in due.reasons],
        "window": str(due.window) if due.window else None,
        "moved_by": [_words_out(each) for each in due.moved_by],
        "excused_by": [
            {
                "provision": [
                    each.provision.instrument,
                    each.provision.paragraph,
                    each.provision.address,
                ],
                "reason": _words_out(each.reason),
            }
            for each in due.excused_by
        ],
        "done_on": _day(due.done_on),
        "soon_days": due.soon_days,
        "used": [_used_out(each) for each in due.used],
        "comes": due.comes,
        "answer": due.answer and [due.answer.name, _words_out(due.answer.words)],
        "right": due.right and _words_out(due.right),
    }


def from_data(data: Mapping[str, Any]) -> Due:
    """The `Due` that `to_data` wrote down. A KeyError or ValueError where it did not."""
    return Due(
        step=data["step"],
        title=data["title"],
        rule=data["rule"],
        on=_read_day(data["on"]),
        provision=Provision(*data["provision"]),
        strength=Strength(data["strength"]),
        verified=data["verified"],
        reasons=tuple(_words_in(each) for each in data["reasons"]),
        window=Span.parse(data["window"]) if data["window"] else None,
        moved_by=tuple(_words_in(each) for each in data["moved_by"]),
        excused_by=tuple(
            Excuse(Provision(*each["provision"]), _words_in(each["reason"]))
            for each in data["excused_by"]
        ),
        done_on=_read_day(data["done_on"]),
        soon_days=data["soon_days"],
        used=tuple(_used_in(each) for each in data["used"]),
        comes=data["comes"],
        answer=_answer_in(data.get("answer")),
        right=_words_in(data["right"]) if data.get("right") else None,
    )


def _answer_in(data: list[Any] | None) -> Answer | None:
    return Answer(data[0], _words_in(data[1])) if data else None


def _working(day: date | None) -> date | None:
    try:
        return None if day is None else england().last_working_day(on_or_before=day)
    except CalendarNotCovered:
        return None


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _value_out(value: Value) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _value_in(value: Any) -> Value:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    return value if isinstance(value, int) else str(value)


def _words_out(words: Sentence) -> Data:
    return {
        "text": words.template,
        "values": [[name, _value_out(value)] for name, value in words.values],
        "many": words.many,
        "count": words.count,
    }


def _words_in(data: Mapping[str, Any]) -> Sentence:
    values = tuple((name, _value_in(value)) for name, value in data["values"])
    return Sentence(data["text"], values, data["many"], data["count"])


def _used_out(used: Used[Any]) -> Data:
    return {
        "key": used.key,
        "value": _value_out(used.value),
        "first": used.first.isoformat(),
        "last": _day(used.last),
        "origin": str(used.origin),
        "source": used.source,
    }


def _used_in(data: Mapping[str, Any]) -> Used[Any]:
    return Used(
        key=data["key"],
        value=_value_in(data["value"]),
        first=date.fromisoformat(data["first"]),
        last=_read_day(data["last"]),
        origin=Origin(data["origin"]),
        source=data["source"],
    )
