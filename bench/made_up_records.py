"""What a made-up school's other systems know of its pupils: map, attendance, results, behaviour.

For the pupils of `bench.made_up_school`. The same numbers give the same files.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bench.made_up_school import FIRST, LAST, made_up, written

PROVISIONS, ON_THE_MAP, PROMISES, INCIDENTS = 40, 300, 1_063, 20_000
#: of the tests' cast, who works at the school already
ADULTS = ("Owen Sharp", "Jo Birkett", "Priya Raman", "")
KINDS = ("Disruption", "Late to lesson", "No homework", "Unkind words", "Kindness", "Effort")
WHAT = (
    "Spoke over others during the task and left the table twice.",
    "Came to the lesson after the register had been taken.",
    "Helped somebody who had forgotten their things, without being asked.",
)
TESTS = ("Reading", "Spelling", "Maths", "Verbal", "Quantitative", "Spatial", "Vocabulary")
Who = tuple[str, str, str, str]


def pupils_of(content: bytes) -> list[Who]:
    """Give UPN, surname, first name and date of birth of each pupil of a list."""
    lines = content.decode("utf-8-sig").splitlines()[1:]
    return [(cells[0], cells[1], cells[2], cells[3]) for cells in (one.split(",") for one in lines)]


def records(kind: str, today: date) -> Mapping[str, bytes]:
    """Give the lists of a kind of school as they are on a day, by the code of the import."""
    who = pupils_of(made_up(kind, today).lists["pupils.csv"])
    chance = random.Random(f"records of {kind}")  # noqa: S311 (nobody's secret)
    header = ("UPN", "Surname", "Forename", "DOB")
    return {
        "provision-map": written(
            ("UPN", "Surname", "Forename", "Intervention", "Wave", "Frequency", "Led by", "Group",
             "Start Date", "End Date"),
            _promises(who[:ON_THE_MAP], today),
        ),
        "attendance": written(
            (*header, "From", "To", "Poss", "Att", "Auth Abs", "Unauth Abs", "Lates"),
            _attendance(who, today, chance),
        ),
        "assessments": written(
            (*header, "Date", *(f"{test} SS" for test in TESTS)), _results(who, today, chance)
        ),
        "behaviour": written(
            (*header, "Date", "Time", "Type", "Category", "Points", "Description",
             "Action Taken", "Recorded By"),
            _incidents(who, today, chance),
        ),
    }  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _promises(who: Sequence[Who], today: date) -> Iterator[tuple[str, ...]]:
    """Each pupil gets three or four provisions; every third provision runs in a group."""
    for number in range(PROMISES):
        upn, last, first, _born = who[number % len(who)]
        what = (number % len(who) + (number // len(who)) * 11) % PROVISIONS
        name = f"{FIRST[what % len(FIRST)]}{LAST[what % len(LAST)]} hour"
        group = f"Hour {what}" if what % 3 == 0 else ""
        yield (
            upn, last, first, name, str(1 + what % 3),
            f"{1 + what % 4} x {15 + 5 * (what % 4)}", ADULTS[what % len(ADULTS)], group,
            _day(today - timedelta(days=30)), _day(today + timedelta(days=60)),
        )  # fmt: skip


def _attendance(
    who: Sequence[Who], today: date, chance: random.Random
) -> Iterator[tuple[str, ...]]:
    spans = _day(today - timedelta(days=120)), _day(today - timedelta(days=1))
    for one in who:
        away, without = chance.randrange(12), chance.randrange(6)
        late = str(chance.randrange(5))
        yield *one, *spans, "140", str(140 - away - without), str(away), str(without), late


def _results(who: Sequence[Who], today: date, chance: random.Random) -> Iterator[tuple[str, ...]]:
    for one in who:
        scores = (str(chance.randrange(70, 131)) for _test in TESTS)
        yield *one, _day(today - timedelta(days=40)), *scores


def _incidents(who: Sequence[Who], today: date, chance: random.Random) -> Iterator[tuple[str, ...]]:
    for number in range(INCIDENTS):
        kind = KINDS[number % len(KINDS)]
        good = kind in ("Kindness", "Effort")
        yield (
            *who[chance.randrange(len(who))], _day(today - timedelta(days=chance.randrange(150))),
            f"{9 + number % 6}:{number % 60:02}", "Positive" if good else "Negative", kind,
            "1" if good else "-1", WHAT[number % len(WHAT)], "Talked it through",
            ADULTS[number % 3],
        )  # fmt: skip
