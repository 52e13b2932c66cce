"""Hours hold from a day until the next entry, and a term has those of its own days."""

from datetime import date

from opensenco.kernel.dates import Span
from opensenco.staffing.contracted import Contract, Contracts

JO, KIM = 1, 2
SEPTEMBER, JANUARY = date(2026, 9, 1), date(2027, 1, 4)


def contract(who: int, first: date, week: int, send: int) -> Contract:
    return Contract(who, "Assistant", "supports", week, send, first)


def weekdays(span: Span) -> int:
    return sum(day.weekday() < 5 for day in span.days())


def test_hours_hold_until_the_next_and_none_say_that_somebody_has_left():
    book = Contracts([contract(JO, JANUARY, 0, 0), contract(JO, SEPTEMBER, 1800, 900)])
    assert book.on(JO, date(2026, 8, 31)) is None
    held = book.on(JO, date(2026, 12, 31))
    assert held is not None
    assert held.send == 900
    assert book.on(JO, JANUARY) is None
    assert book.on(KIM, JANUARY) is None


def test_a_stretch_has_the_minutes_of_each_of_its_days():
    book = Contracts([contract(JO, SEPTEMBER, 1800, 300), contract(JO, JANUARY, 1800, 600)])
    # one week at five hours, one week at ten
    assert book.minutes(JO, Span(date(2026, 12, 28), date(2027, 1, 10)), weekdays) == 900
    assert book.minutes(JO, Span(date(2026, 8, 3), date(2026, 8, 9)), weekdays) == 0
    assert book.minutes(KIM, Span(SEPTEMBER, JANUARY), weekdays) == 0
