"""A costed provision map as it is kept in a spreadsheet: numbers, cells with formulas, values.

The numbers are made up, always the same for one seed. The formulas are those that such a workbook
has; they are worked out here in floating point, as a spreadsheet does, because no spreadsheet
program is at hand. So its time is that of this evaluator and says little of such a program's.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

THRESHOLD = 6_000
#: pounds an hour by kind of post
RATES = {"ta": 17.20, "hlta": 19.65, "mentor": 18.40, "lunch": 15.40, "teacher": 48.50,
         "bought": 68.00}  # fmt: skip
CLASSES = tuple(f"Q{year}{letter}" for year in "123456" for letter in "AB")


class Provision(NamedTuple):
    """A line of the price list."""

    name: str
    post: str
    group: int
    minutes: int
    times: int
    weeks: int


class Given(NamedTuple):
    """A provision that pupils have together, by their numbers, from a week of school on."""

    provision: int
    pupils: tuple[int, ...]
    week: int


@dataclass(frozen=True)
class Numbers:
    """All that the map says, before anything is worked out."""

    provisions: Sequence[Provision]
    classes: Sequence[str]
    top_up: Sequence[int]
    given: Sequence[Given]


def made_up(pupils: int, provisions: int, seed: int) -> Numbers:
    """Make the numbers of one school; every group is as large as its price says."""
    chance = random.Random(seed)  # noqa: S311 (nobody's secret)
    whats = []
    for number in range(provisions):
        alone = number % 5 < 2
        whats.append(
            Provision(
                f"Map line {number + 1:02}", chance.choice(list(RATES)),
                1 if alone else chance.choice([3, 4, 6]),
                chance.choice([10, 15, 20, 30, 45, 60]), chance.choice([1, 2, 3, 5]),
                chance.choice([6, 12, 38]),
            )
        )  # fmt: skip
    whats[0] = Provision("Map line 01", "ta", 1, 60, 10, 38)
    heavy = [number for number in range(pupils) if chance.random() < 0.12]
    given = [Given(0, (number,), 0) for number in heavy]
    for key, what in enumerate(whats[1:], start=1):
        of = chance.sample(range(pupils), min(pupils, chance.choice([12, 24, 36])))
        for at in range(0, len(of) - what.group + 1, what.group):
            week = 0 if what.weeks == 38 else chance.randint(0, 38 - what.weeks)
            given.append(Given(key, tuple(of[at : at + what.group]), week))
    tops = [0] * pupils
    for number in heavy[::2]:
        tops[number] = chance.choice([1_500, 3_500, 6_200])
    classes = [CLASSES[number % len(CLASSES)] for number in range(pupils)]
    return Numbers(whats, classes, tops, given)


Cell = float | str
Sheets = dict[str, dict[str, Cell]]


def column(number: int) -> str:
    """Give the letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def workbook(numbers: Numbers) -> Sheets:
    """Write the map as its sheets: prices, units, costs, pupils over the threshold, classes."""
    names = ("Prices", "Map", "Pupils", "Cost", "Over", "Classes")
    sheets: Sheets = {name: {} for name in names}
    _prices(sheets["Prices"], numbers)
    _map(sheets, numbers)
    _costs(sheets["Cost"], len(numbers.classes), len(numbers.provisions))
    _answers(sheets, len(numbers.classes), len(numbers.provisions))
    return sheets


def _prices(cells: dict[str, Cell], numbers: Numbers) -> None:
    for row, what in enumerate(numbers.provisions, start=2):
        rest = (RATES[what.post], what.group, what.minutes, what.times, what.weeks)
        cells[f"A{row}"] = what.name
        for number, value in enumerate(rest, start=2):
            cells[f"{column(number)}{row}"] = value
        cells[f"G{row}"] = f"=B{row}*D{row}*E{row}*F{row}/60/C{row}"


def _map(sheets: Sheets, numbers: Numbers) -> None:
    units = Counter((pupil, given.provision) for given in numbers.given for pupil in given.pupils)
    for pupil, (name, top_up) in enumerate(zip(numbers.classes, numbers.top_up, strict=True)):
        row = pupil + 2
        for key in range(len(numbers.provisions)):
            where = column(key + 1)
            sheets["Map"][f"{where}{row}"] = float(units[pupil, key])
            sheets["Cost"][f"{where}{row}"] = f"=Map!{where}{row}*Prices!$G${key + 2}"
        sheets["Pupils"] |= {f"A{row}": name, f"B{row}": float(top_up)}


def _costs(cells: dict[str, Cell], pupils: int, whats: int) -> None:
    total, above, last = column(whats + 1), column(whats + 2), pupils + 1
    for row in range(2, last + 1):
        cells[f"{total}{row}"] = f"=SUM(A{row}:{column(whats)}{row})"
        cells[f"{above}{row}"] = f"=MAX(0,{total}{row}-{THRESHOLD})"
    for key in range(whats + 1):
        where = column(key + 1)
        cells[f"{where}{last + 1}"] = f"=SUM({where}2:{where}{last})"


def _answers(sheets: Sheets, pupils: int, whats: int) -> None:
    total, above, last = column(whats + 1), column(whats + 2), pupils + 1
    for rank in range(1, pupils // 4 + 1):
        sheets["Over"][f"A{rank}"] = f"=LARGE(Cost!{above}2:{above}{last},{rank})"
    for row, name in enumerate(CLASSES, start=2):
        by, cells = f"Pupils!A2:A{last},A{row}", sheets["Classes"]
        cells[f"A{row}"] = name
        cells[f"B{row}"] = f"=COUNTIF({by})"
        cells[f"C{row}"] = f'=COUNTIFS({by},Cost!{above}2:{above}{last},">0")'
        for where, summed in (
            ("D", f"Cost!{above}2:{above}{last}"), ("E", f"Cost!{total}2:{total}{last}"),
            ("F", f"Pupils!B2:B{last}"),
        ):  # fmt: skip
            cells[f"{where}{row}"] = f"=SUMIF({by},{summed})"


_CALL = re.compile(r"=([A-Z]+)\((.*)\)")
_RANGE = re.compile(r"(?:(\w+)!)?([A-Z]+)(\d+):([A-Z]+)(\d+)")
_ONE = re.compile(r"(?:(\w+)!)?([A-Z]+\d+)")


class Worked:
    """The values of a workbook's cells, each formula worked out when it is asked for."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._values: dict[tuple[str, str], Cell] = {}
        self._ranges: dict[tuple[str, str], list[Cell]] = {}
        self._large: dict[str, list[float]] = {}

    def all(self) -> int:
        """Work out every cell, and tell how many formulas there were."""
        formulas = 0
        for sheet, cells in self._sheets.items():
            for where, held in cells.items():
                formulas += isinstance(held, str) and held.startswith("=")
                self.value(sheet, where)
        return formulas

    def number(self, sheet: str, where: str) -> float:
        """Give a cell that is a number."""
        return float(self.value(sheet, where))

    def value(self, sheet: str, where: str) -> Cell:
        """Give what a cell shows."""
        key = sheet, where
        if key not in self._values:
            held = self._sheets[sheet][where]
            formula = isinstance(held, str) and held.startswith("=")
            self._values[key] = self._formula(sheet, str(held)) if formula else held
        return self._values[key]

    def _formula(self, sheet: str, text: str) -> float:
        called = _CALL.fullmatch(text)
        if called:
            return self._functions[called[1]](self, sheet, called[2].split(","))
        # a chain of products and quotients, from left to right
        found = 1.0
        for sign, term in re.findall(r"([=*/])([^*/]+)", text.replace("$", "")):
            value = self._term(sheet, term)
            found = found / value if sign == "/" else found * value
        return found

    def _term(self, sheet: str, term: str) -> float:
        one = _ONE.fullmatch(term)
        return self.number(one[1] or sheet, one[2]) if one else float(term)

    def _range(self, sheet: str, text: str) -> list[Cell]:
        key = sheet, text
        if key not in self._ranges:
            found = _RANGE.fullmatch(text)
            if found is None:
                raise ValueError(text)
            of, (first, start, last, stop) = found[1] or sheet, found.groups()[1:]
            names = [column(n) for n in range(_number(first), _number(last) + 1)]
            rows = range(int(start), int(stop) + 1)
            self._ranges[key] = [self.value(of, f"{name}{row}") for row in rows for name in names]
        return self._ranges[key]

    def _sum(self, sheet: str, given: Sequence[str]) -> float:
        return sum(float(value) for value in self._range(sheet, given[0]))

    def _max(self, sheet: str, given: Sequence[str]) -> float:
        cell, less = given[1].split("-")
        return max(0.0, self._term(sheet, cell) - float(less))

    def _rank(self, sheet: str, given: Sequence[str]) -> float:
        if given[0] not in self._large:
            values = [float(value) for value in self._range(sheet, given[0])]
            self._large[given[0]] = sorted(values, reverse=True)
        return self._large[given[0]][int(given[1]) - 1]

    def _count(self, sheet: str, given: Sequence[str]) -> float:
        wanted, found = self.value(sheet, given[1]), self._range(sheet, given[0])
        among = self._range(sheet, given[2]) if len(given) > 2 else [1.0] * len(found)
        return sum(1.0 for name, n in zip(found, among, strict=True) if name == wanted and float(n))

    def _sumif(self, sheet: str, given: Sequence[str]) -> float:
        wanted = self.value(sheet, given[1])
        pairs = zip(self._range(sheet, given[0]), self._range(sheet, given[2]), strict=True)
        return sum(float(value) for name, value in pairs if name == wanted)

    _functions: dict[str, Callable[["Worked", str, Sequence[str]], float]] = {
        "SUM": _sum, "MAX": _max, "LARGE": _rank, "COUNTIF": _count, "COUNTIFS": _count,
        "SUMIF": _sumif,
    }  # fmt: skip


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
