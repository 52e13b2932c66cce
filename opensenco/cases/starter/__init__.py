"""Controlled lists with plain labels, shipped as data (reasons.toml); ids never change meaning."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, dict[str, str]]:
    text = resources.files(__name__).joinpath("reasons.toml").read_text("utf-8")
    return {
        one["id"]: {
            option["id"]: option["label"]
            for option in sorted(one["option"], key=lambda option: int(option["order"]))
        }
        for one in tomllib.loads(text)["list"]
    }


def options(name: str) -> dict[str, str]:
    """Give the labels of one list by their ids, in the list's own order.

    Raises:
        KeyError: there is no list of that name.
    """
    return _lists()[name]
