"""Reads the worked examples about money and agreement: pounds, and which vector a row repeats."""

import re
from fractions import Fraction
from typing import Any

import pytest

from opensenco.kernel.money import pounds
from tests.law.pages import Example, examples


def rows(page: str, heading: str) -> list[Any]:
    """The examples under a heading as test parameters; a row that names a vector carries it."""
    found = []
    for number, example in enumerate(examples(page, heading)):
        shown = example.get("what it shows", "") or " ".join(example.values())
        vectors = re.findall(r"FTV-\d\d", shown)
        marks = [pytest.mark.vector(*vectors)] if vectors else []
        found.append(pytest.param(example, id=f"{number} {shown}"[:60], marks=marks))
    return found


def pence(text: str) -> int:
    """Pence in a cell; an empty one is nought."""
    return pounds(text) if text else 0


def exact(text: str) -> Fraction:
    """An exact number in a cell, such as 44.60 or 40/3."""
    return Fraction(text.replace(",", ""))


def facts(text: str) -> dict[str, str]:
    """Names and values with commas between: "hours 10, rate 23.33"."""
    pairs = [part.rsplit(" ", 1) for part in re.split(r", (?=[A-Za-z])", text) if part.strip()]
    return {name.strip(): value for name, value in pairs}


def named_pence(text: str) -> dict[str, int]:
    """Names and amounts with commas between: "K 5,000, L 0"."""
    return {name: pounds(amount) for name, amount in facts(text).items()}


def plain_example(page: str, heading: str, number: int = 0) -> Example:
    """One example on its own."""
    return examples(page, heading)[number]
