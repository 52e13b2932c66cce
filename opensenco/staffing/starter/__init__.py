"""The first words of a place's approach to SEN, shipped as data (approach.toml)."""

import tomllib
from functools import cache
from importlib import resources

from opensenco.cases.guides import For


@cache
def approach(place: For) -> str:
    """Give the words from which such a place begins."""
    text = resources.files(__name__).joinpath("approach.toml").read_text("utf-8")
    words: str = tomllib.loads(text)[place or "school"]
    return words.strip()
