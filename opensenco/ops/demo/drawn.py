"""The pupils whom nobody describes: drawn by the rates of the data, always the same ones."""

import random

from opensenco.ops.demo.files import Row, rows, table
from opensenco.ops.demo.world import SCHOOL

HOW_MANY = 12
#: months of birth, September first
MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
SUMMER = (5, 6, 7, 8)
ORDINARY_K = "K"


def pupils() -> list[Row]:
    """Give the drawn pupils of the school as the files describe the others.

    Who they are hangs on the seed alone, so a pupil stays the same whatever the day.
    """
    rates = table("pupils")["generator"]
    # Not for anything that must be hard to guess: it has to come out the same everywhere.
    draw = random.Random(rates["seed"])  # noqa: S311
    names = {sex: list(rates[f"forenames_{sex.lower()}"]) for sex in "FM"}
    return [_pupil(draw, rates, number, names) for number in range(HOW_MANY)]


def _pupil(draw: random.Random, rates: Row, number: int, names: dict[str, list[str]]) -> Row:
    classes = rows("places", "class")
    group = classes[number % len(classes)]
    status = _status(draw, rates, group["year"])
    boys = rates["boys_share"][{"K": "k", "E": "e", "N": "none"}[status]]
    sex = "M" if draw.random() < boys else "F"
    first = names[sex].pop(draw.randrange(len(names[sex])))
    last = draw.choice(rates["surname_stems"]) + draw.choice(rates["surname_endings"])
    weights = [rates["summer_born_multiplier_k"] if m in SUMMER else 1 for m in MONTHS]
    month = draw.choices(MONTHS, weights if status == ORDINARY_K else None)[0]
    return {
        "id": f"P-P{501 + number}",
        "first_name": first,
        "last_name": last,
        "sex": sex,
        "setting": SCHOOL,
        "class": group["id"],
        "year": group["year"],
        "birth_md": f"{month:02}-{draw.randint(1, 28):02}",
        "home_language": "English",
        "sen": status,
        "needs": _needs(draw, rates, status),
    }


def _status(draw: random.Random, rates: Row, year: int) -> str:
    share = next(row for row in rates["share_sen"] if row["phase"] == "primary")
    tilt = rates["k_by_year_multiplier"][f"Y{year}" if year else "R"]
    number = draw.random()
    if number < share["e"]:
        return "E"
    return "K" if number < share["e"] + share["k"] * tilt else "N"


def _needs(draw: random.Random, rates: Row, status: str) -> list[Row]:
    if status == "N":
        return []
    of = dict(rates["needs_k_percent" if status == "K" else "needs_e_mainstream_percent"])
    found = [draw.choices(list(of), list(of.values()))[0]]
    if draw.random() < rates["second_need_probability"][status.lower()]:
        del of[found[0]]
        found += draw.choices(list(of), list(of.values()))
    return [{"rank": rank, "code": code} for rank, code in enumerate(found, 1)]
