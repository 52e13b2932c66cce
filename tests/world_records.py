"""What the world holds of other systems: Idris misses school, reads slowly, and was in a push."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.operations import records
from tests.cast import NOW

LAST_YEAR = (date(2025, 9, 1), date(2026, 7, 20))
SPRING = (date(2027, 1, 5), date(2027, 2, 12))
PASSAGES = "YARC Passage Reading"


def make_records(keeper: Actor, idris: Pupil) -> None:
    """Give Idris two spans of attendance, four results and three entries of the log."""
    earlier = replace(keeper, at=NOW - timedelta(days=20))
    spans: list[dict[str, Any]] = [
        {"starts": LAST_YEAR[0], "ends": LAST_YEAR[1], "percent": Decimal("96.2")},
        {"starts": SPRING[0], "ends": SPRING[1], "possible": 58, "attended": 51,
         "authorised": 5, "unauthorised": 2, "late": 4},
    ]  # fmt: skip
    records.record_attendance(actor=earlier, pupils=[idris, idris], spans=spans)
    age = {"test": PASSAGES, "measure": "age", "assessed_by": "Priya Raman"}
    results: list[dict[str, Any]] = [
        {**age, "on": date(2026, 3, 16), "number": Decimal(76)},
        {**age, "on": date(2027, 1, 18), "number": Decimal(80)},
        {"test": "NTS", "area": "Maths", "measure": "standardised", "on": date(2027, 1, 20),
         "number": Decimal(91)},
        {"test": "Writing", "measure": "scale", "on": date(2027, 1, 22), "words": "WTS"},
    ]  # fmt: skip
    records.record_results(actor=earlier, pupils=[idris] * 4, results=results)
    incidents: list[dict[str, Any]] = [
        {"on": date(2026, 11, 12), "category": "Left the room", "points": 1},
        {"on": date(2027, 1, 14), "category": "Pushed another pupil", "points": 2,
         "words": "In the dinner queue. He could not say what was wrong.",
         "done": "Sat with Jo until he was calm.", "place": "12:10, hall", "told_by": "Jo Birkett"},
        {"on": date(2027, 1, 20), "category": "Kindness", "praise": True, "points": 1},
    ]  # fmt: skip
    records.record_incidents(actor=earlier, pupils=[idris] * 3, incidents=incidents)


def make_other_records(actor: Actor, pupil: Pupil, word: str) -> None:
    """Give a pupil one of each, with a word by which it would be noticed."""
    span = {"starts": LAST_YEAR[0], "ends": LAST_YEAR[1], "percent": Decimal("12.34")}
    records.record_attendance(actor=actor, pupils=[pupil], spans=[span])
    result = {"test": word, "measure": "scale", "on": LAST_YEAR[0], "words": word}
    records.record_results(actor=actor, pupils=[pupil], results=[result])
    entry = {"on": LAST_YEAR[0], "category": word, "words": word, "done": word, "place": word}
    records.record_incidents(actor=actor, pupils=[pupil], incidents=[entry])
