"""Files of a made-up school, as its systems write them: pupils, staff, classes, parents.

Run as `python -m bench.made_up_school FOLDER primary|secondary`. Nobody in them is real. The same
kind gives the same files, so that two runs can be compared.
"""

import csv
import io
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from opensenco.kernel.upn import check_letter

GIVEN = [
    "Ada",
    "Ben",
    "Cleo",
    "Dov",
    "Esme",
    "Finn",
    "Gita",
    "Hugo",
    "Iris",
    "Jago",
    "Kira",
    "Leo",
    "Mina",
    "Ned",
    "Orla",
    "Pip",
    "Quin",
    "Rosa",
    "Sam",
    "Tess",
    "Uma",
    "Vik",
    "Wren",
    "Xan",
    "Yara",
    "Zed",
    "Arlo",
    "Bea",
    "Cy",
    "Dara",
    "Eli",
    "Fern",
    "Gus",
    "Hana",
    "Ivo",
    "Jem",
    "Kit",
    "Lark",
    "Milo",
    "Nell",
    "Oona",
]
FIRST = [
    "Ash",
    "Birch",
    "Cedar",
    "Elder",
    "Fir",
    "Hazel",
    "Holly",
    "Juniper",
    "Linden",
    "Maple",
    "Oak",
    "Rowan",
    "Sorrel",
    "Tansy",
]
LAST = [
    "bank",
    "brook",
    "combe",
    "croft",
    "dale",
    "fell",
    "field",
    "ford",
    "gate",
    "ham",
    "hill",
    "hurst",
    "ley",
    "mere",
    "stead",
    "wick",
]
NEEDS = ("SLCN", "SPLD", "MLD", "SEMH", "ASD", "HI", "PD")
#: of a hundred pupils: with an EHC plan, on SEN support; of those every sixth without a need
PLANS, SUPPORT, NEEDLESS = 4, 14, 6
PUPILS = ("UPN", "Legal Surname", "Legal Forename", "DOB", "Gender", "Reg Group", "Year Group",
          "SEN Status", "SEN Start Date", "SEN Need Type 1")  # fmt: skip
STAFF = ("Work Email", "Surname", "Forename", "Job Title")
CLASSES = ("Class", "Teacher", "Teacher Email")
CONTACTS = ("UPN", "Surname", "Forename", "Contact Name", "Relationship", "Mobile", "Email",
            "Parental Responsibility")  # fmt: skip
Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Size:
    """A school: its years, forms in each year, and pupils in a form."""

    name: str
    years: tuple[int, ...]
    forms: int
    each: int
    assistants: int

    @property
    def pupils(self) -> int:
        """How many pupils it has."""
        return len(self.years) * self.forms * self.each


SIZES = {
    "primary": Size("Elm Bank Primary School", tuple(range(7)), 2, 30, 18),
    "secondary": Size("Oakmere Academy", tuple(range(7, 12)), 10, 30, 24),
    # a few of each, for the story in a browser
    "small": Size("Ash Lane School", (3, 4), 1, 3, 1),
}


@dataclass(frozen=True)
class Files:
    """The lists of a school, as bytes by the name of the file."""

    size: Size
    lists: dict[str, bytes]


def made_up(kind: str, today: date) -> Files:
    """Give the files of a kind of school as they are on a day."""
    size, chance = SIZES[kind], random.Random(kind)  # noqa: S311 (nobody's secret)
    year = today.year if today.month >= 9 else today.year - 1
    surnames = [f"{one}{two}" for one in FIRST for two in LAST]
    forms = [(f"{y or 'R'}{chr(65 + n)}", y) for y in size.years for n in range(size.forms)]
    teachers = [(GIVEN[n % len(GIVEN)], f"{surnames[n]}") for n in range(len(forms))]
    pupils: Rows = []
    contacts: Rows = []
    for number in range(size.pupils):
        form, y = forms[number // size.each]
        born = date(year - 5 - y, 9, 1) + timedelta(days=chance.randrange(365))
        first = GIVEN[(number * 7) % len(GIVEN)]
        last = surnames[(number * 11 + number // len(surnames)) % len(surnames)]
        upn = _upn(number)
        pupils.append(
            (upn, last, first, f"{born:%d/%m/%Y}", chance.choice("MF"), form, str(y or "R"),
             *_sen(number, year))
        )  # fmt: skip
        contacts.append(
            (upn, last, first, f"{GIVEN[(number * 3) % len(GIVEN)]} {last}", "Mother",
             f"07700 900{number % 1000:03}", f"family{number}@home.example", "Y")
        )  # fmt: skip
    domain = size.name.split()[0].lower()
    address = [f"{first}.{last}.{n}@{domain}.example".lower()
               for n, (first, last) in enumerate(teachers)]  # fmt: skip
    staff = [(mail, last, first, "Teacher")
             for mail, (first, last) in zip(address, teachers, strict=True)]  # fmt: skip
    staff += [
        (f"ta{n}@{domain}.example", surnames[-1 - n], GIVEN[n], "Teaching Assistant")
        for n in range(size.assistants)
    ]
    classes = [
        (form, f"{first} {last}", mail)
        for (form, _y), (first, last), mail in zip(forms, teachers, address, strict=True)
    ]
    return Files(
        size,
        {
            "classes.csv": written(CLASSES, classes),
            "contacts.csv": written(CONTACTS, contacts),
            "pupils.csv": written(PUPILS, pupils),
            "staff.csv": written(STAFF, staff),
        },
    )


def _upn(number: int) -> str:
    body = f"999999{24:02}{number:04}"
    return f"{check_letter(body)}{body}"


def _sen(number: int, year: int) -> tuple[str, str, str]:
    """Give status, its first day and the need: a few without a day, a few without a need."""
    # five is prime to no hundred: the pupils with SEN are spread over all classes
    place = (number * 37) % 100
    if place >= PLANS + SUPPORT:
        return "N", "", ""
    since = "" if number % 4 == 0 else f"05/01/{year - number % 3}"
    need = "" if number % NEEDLESS == 0 else NEEDS[number % len(NEEDS)]
    return ("E" if place < PLANS else "K"), since, need


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV, as spreadsheets like it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return ("\ufeff" + out.getvalue()).encode()


def main(words: Sequence[str]) -> int:
    """Write the files of a kind of school into a folder."""
    folder, kind = Path(words[0]), words[1]
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made_up(kind, datetime.now(tz=UTC).date()).lists.items():
        (folder / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
